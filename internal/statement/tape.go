package statement

import (
	"bytes"
	"errors"
	"io"
)

// errEndless is what a piece of XML without a tag for maxPlain bytes is.
var errEndless = errors.New("statement: a text longer than any statement")

// maxPlain bounds what stands between two tags of XML.
const maxPlain = 32 << 20

// tape gives a text byte by byte, so that a decoder of XML reads no further
// than it must, and remembers what was read since a mark, to show it.
type tape struct {
	*text
	at     int    // in text.data
	lines  int    // ends of lines so far
	plain  int    // bytes since the last tag
	number int    // of the line of the mark
	shown  []byte // what was read since the mark, at most maxExcerpt
}

// Read is there because a decoder asks for it; it uses ReadByte.
func (t *tape) Read(b []byte) (int, error) {
	c, err := t.ReadByte()
	if err != nil || len(b) == 0 {
		return 0, err
	}
	b[0] = c
	return 1, nil
}

// ReadByte gives the next byte.
func (t *tape) ReadByte() (byte, error) {
	for t.at >= len(t.data) {
		if t.done {
			if t.err != nil {
				return 0, t.err
			}
			return 0, io.EOF
		}
		t.more(t.at)
		t.at = 0
	}
	c := t.data[t.at]
	t.at++
	switch c {
	case '\n':
		t.lines++
	case '<':
		t.plain = 0
	}
	if t.plain++; t.plain > maxPlain {
		return 0, errEndless
	}
	if len(t.shown) < maxExcerpt {
		t.shown = append(t.shown, c)
	}
	return c, nil
}

// mark begins what is shown at a place that is no more than a byte behind what was read.
func (t *tape) mark(place int64) {
	ahead := int(t.base + int64(t.at) - place)
	kept := t.data[t.at-min(ahead, t.at) : t.at]
	t.shown = append(t.shown[:0], kept...)
	t.number = 1 + t.lines - bytes.Count(kept, []byte("\n"))
}
