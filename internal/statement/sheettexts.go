package statement

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

const (
	// maxShared bounds the texts that the cells of a workbook share, which must
	// all be at hand while its rows are read: a merchant of its own, with twenty
	// letters of Hangul, for each of the most rows that a sheet can have.
	maxShared = 64 << 20
	// sharedBlock is how much of them lies together.
	sharedBlock = 1 << 20
)

// sheetTexts are those texts, in blocks: a string for each would double what a
// short one takes, and one long row of bytes would be copied as it grows.
type sheetTexts struct {
	blocks [][]byte
	places []textPlace
	size   int
}

type textPlace struct{ block, from, to uint32 }

// add takes a text; it reports false where they are more than any statement has.
func (t *sheetTexts) add(s string) bool {
	const each = 12 // bytes of a place
	if t.size += len(s) + each; t.size > maxShared {
		return false
	}
	last := len(t.blocks) - 1
	if last < 0 || len(t.blocks[last])+len(s) > cap(t.blocks[last]) {
		t.blocks = append(t.blocks, make([]byte, 0, max(sharedBlock, len(s))))
		last++
	}
	from := len(t.blocks[last])
	t.blocks[last] = append(t.blocks[last], s...)
	t.places = append(t.places, textPlace{uint32(last), uint32(from), uint32(from + len(s))})
	return true
}

// at is the i-th text.
func (t *sheetTexts) at(i int) string {
	if i < 0 || i >= len(t.places) {
		return ""
	}
	p := t.places[i]
	return string(t.blocks[p.block][p.from:p.to])
}

// readShared reads them as they are unpacked, without the readings that
// Japanese ones carry.
func (b *workbook) readShared(ctx context.Context) error {
	p, err := b.unpack("xl/sharedStrings.xml")
	if p == nil || err != nil {
		return err
	}
	defer func() { _ = p.in.Close() }()
	d := xml.NewDecoder(&tape{text: &text{in: p, room: 64 << 10}})
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	var s strings.Builder
	in, spoken, depth := false, false, 0
	for n := 0; ; n++ {
		if n&4095 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		t, err := d.RawToken()
		var why notStatement
		switch {
		case errors.Is(err, io.EOF):
			b.budget -= p.size
			if depth > 0 {
				return notStatement("damaged")
			}
			return nil
		case errors.As(err, &why), errors.Is(err, context.Canceled):
			return err
		case err != nil:
			return brokenXML(err)
		}
		switch t := t.(type) {
		case xml.Directive:
			return notStatement("entities")
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return notStatement("deep")
			}
			switch t.Name.Local {
			case "si":
				s.Reset()
			case "t":
				in = true
			case "rPh":
				spoken = true
			}
		case xml.CharData:
			if in && !spoken && s.Len() < maxLeaf {
				s.Write(t[:min(len(t), maxLeaf)])
			}
		case xml.EndElement:
			depth--
			switch t.Name.Local {
			case "t":
				in = false
			case "rPh":
				spoken = false
			case "si":
				if !b.shared.add(s.String()) {
					return notStatement("texts")
				}
			}
		}
	}
}
