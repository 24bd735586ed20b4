package replay

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"jandon/internal/session"
)

// drawn keeps the text of every frame that was drawn at the end of a
// recording, so that a build that draws differently can be set beside it: each
// line once, and of a frame the numbers of its lines, packed.
type drawn struct {
	known map[string]uint64
	lines bytes.Buffer
	list  bytes.Buffer
	last  string
	n     int
}

// drawnMost bounds the memory that the text of frames takes while recording;
// of a recording that has more there are the hashes alone.
const drawnMost = 64 << 20

func (d *drawn) add(content string) {
	if d.lines.Len()+d.list.Len() > drawnMost {
		return
	}
	if d.known == nil {
		d.known = map[string]uint64{}
	}
	d.n++
	if content == d.last && d.n > 1 {
		d.number(0)
		return
	}
	d.last = content
	lines := strings.Split(content, "\n")
	d.number(uint64(len(lines)))
	for _, line := range lines {
		line = strings.TrimRight(ansi.Strip(line), " ")
		n, ok := d.known[line]
		if !ok {
			n = uint64(len(d.known))
			d.known[line] = n
			d.lines.Write(binary.AppendUvarint(nil, uint64(len(line))))
			d.lines.WriteString(line)
		}
		d.number(n)
	}
}

func (d *drawn) number(n uint64) { d.list.Write(binary.AppendUvarint(nil, n)) }

// pack is all of it; nil if it would make the tail too long.
func (d *drawn) pack() []byte {
	if d.lines.Len()+d.list.Len() > drawnMost {
		return nil
	}
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.DefaultCompression)
	if err != nil {
		return nil
	}
	head := binary.AppendUvarint(nil, uint64(len(d.known)))
	for _, part := range [...][]byte{head, d.lines.Bytes(), d.list.Bytes()} {
		if _, err := w.Write(part); err != nil {
			return nil
		}
	}
	if w.Close() != nil || out.Len() > session.MaxTail/2 {
		return nil
	}
	return out.Bytes()
}

// texts is what pack has packed, to be read.
type texts struct {
	known []string
	list  []byte
}

// textsOf unpacks. The file may be anybody's: what does not fit its own numbers
// is no text.
func textsOf(packed []byte) (*texts, bool) {
	data, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), drawnMost+drawnMost/4))
	if err != nil || len(packed) == 0 {
		return nil, false
	}
	count, ok := varint(&data)
	if !ok || count > uint64(len(data)) {
		return nil, false
	}
	t := &texts{known: make([]string, 0, count)}
	for range count {
		size, ok := varint(&data)
		if !ok || size > uint64(len(data)) {
			return nil, false
		}
		t.known = append(t.known, string(data[:size]))
		data = data[size:]
	}
	t.list = data
	return t, true
}

func varint(from *[]byte) (uint64, bool) {
	v, size := binary.Uvarint(*from)
	if size <= 0 {
		return 0, false
	}
	*from = (*from)[size:]
	return v, true
}

// mostText is more than the text of the largest window: a line that a file has
// once may stand in a frame as often as it says.
const mostText = 8 * mostW * mostH

// at is the text of the frame with a number.
func (t *texts) at(n int) (lines []string, ok bool) {
	rest := t.list
	var list []uint64
	for range n + 1 {
		size, ok := varint(&rest)
		if !ok || size > mostH {
			return nil, false
		}
		if size == 0 { // as before
			continue
		}
		list = list[:0]
		for range size {
			line, ok := varint(&rest)
			if !ok || line >= uint64(len(t.known)) {
				return nil, false
			}
			list = append(list, line)
		}
	}
	long := 0
	for _, line := range list {
		if long += len(t.known[line]); long > mostText {
			return nil, false
		}
		lines = append(lines, harmless(t.known[line]))
	}
	return lines, true
}

// drawnAt is the text of the frame with a number, of what pack has packed.
func drawnAt(packed []byte, n int) (lines []string, ok bool) {
	t, ok := textsOf(packed)
	if !ok {
		return nil, false
	}
	return t.at(n)
}

// harmless shows what could steer a terminal as a dot.
func harmless(line string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return '·'
		}
		return r
	}, ansi.Strip(line))
}
