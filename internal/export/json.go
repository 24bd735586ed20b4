package export

import (
	"bufio"
	"encoding/json"
	"fmt"

	"jandon/internal/history"
	"jandon/internal/wallet"
)

// jsonFile is one object with a version and a list, a line each.
type jsonFile struct {
	out  *bufio.Writer
	head Head
	some bool
}

func (f *jsonFile) begin(h Head) {
	f.head = h
	fmt.Fprintf(f.out, "{\"version\":1,\"zone\":%q,\"currency\":%q,\"transactions\":[", h.Zone, h.Currency)
}

func (f *jsonFile) line(r *history.Row) {
	if f.some {
		_ = f.out.WriteByte(',')
	}
	f.some = true
	_, _ = f.out.WriteString("\n")
	e := json.NewEncoder(trim{f.out})
	e.SetEscapeHTML(false)
	_ = e.Encode(LineOf(r, f.head)) // strings and numbers alone; errors of writing show at Flush
}

func (f *jsonFile) paid(*wallet.Settlement) {} // a line names its bill; a bill is no line

func (f *jsonFile) end() { _, _ = f.out.WriteString("\n]}\n") }

// trim takes away the newline that an Encoder ends with.
type trim struct{ out *bufio.Writer }

func (t trim) Write(b []byte) (int, error) {
	n := len(b)
	if n > 0 && b[n-1] == '\n' {
		b = b[:n-1]
	}
	_, err := t.out.Write(b)
	return n, err
}
