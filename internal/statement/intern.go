package statement

import (
	"bytes"
	"strings"

	"jandon/internal/safe"
	"jandon/internal/wallet"
)

// entry is a text of the file after the filter.
type entry struct {
	text string
	hash digest
	verdict
	judged   bool
	come     wallet.Type // by incoming, once it was searched
	searched bool
	group    int // its number among the groups of sums, from 1; 0: not yet
}

// interner filters every different text once. Columns repeat themselves; one
// that does not would only fill the memory, so it stops growing at some size.
type interner struct {
	entries map[string]*entry
	last    *entry
	raw     []byte // that last is of
}

const maxInterned = 1 << 17

func (t *interner) of(raw []byte) *entry {
	if t.last != nil && bytes.Equal(raw, t.raw) {
		return t.last
	}
	e, ok := t.entries[string(raw)]
	if !ok {
		e = &entry{text: cell(raw)}
		e.hash = digestOf(e.text)
		if t.entries == nil {
			t.entries = map[string]*entry{}
		}
		if len(t.entries) < maxInterned {
			t.entries[string(raw)] = e
		}
	}
	t.last, t.raw = e, append(t.raw[:0], raw...)
	return e
}

// cell is the text of a field: one line, filtered, without the apostrophe that
// keeps spreadsheets from taking a text for a formula.
func cell(raw []byte) string {
	s := strings.TrimSpace(strings.ToValidUTF8(string(raw), "\ufffd"))
	if len(s) > 1 && s[0] == '\'' && strings.IndexByte("=+-@\t\r'", s[1]) >= 0 {
		s = s[1:]
	}
	if strings.ContainsAny(s, "\r\n\t") {
		s = strings.Join(strings.Fields(s), " ")
	}
	return safe.Text(s)
}
