package statement

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// maxRows is how many rows a sheet can have.
const maxRows = 1 << 20

// cellRead is the cell that is being read.
type cellRead struct {
	column, style int
	kind          string // t: s shared, str, inlineStr, b, e, d, n
	text          strings.Builder
}

// sheetHeld is how many blocks of a sheet's text are held in memory, so that
// it is unpacked once; a longer one is unpacked for each reading.
const sheetHeld = 32

// sheetText is a sheet as text with tabs, a line for each row, so that empty
// rows keep their number.
type sheetText struct {
	source *source
	book   *workbook
	part   string
	points bool // a number has decimals, which stand behind a point
}

// script is the text, held if it is short; filled says whether there is any.
func (t *sheetText) script(held int) (s script, filled bool, err error) {
	r := t.open()
	begin, err := io.ReadAll(io.LimitReader(r, int64(held)+1))
	if err != nil {
		return nil, false, err
	}
	if len(begin) > held {
		_ = r.Close() // it was only read
		return streamed(func() io.Reader { return t.open() }, blockSize), true, nil
	}
	if r.in != nil {
		t.book.budget -= r.in.size
	}
	return written(begin), len(bytes.TrimSpace(begin)) > 0, nil
}

// sheetReader writes the rows as they are asked for.
type sheetReader struct {
	*sheetText
	in  *packed
	d   *xml.Decoder
	err error
	out bytes.Buffer

	depth                   int
	row, column, next, free int // the row and the column that are written, the next row, the next column
	c                       cellRead
	inside                  bool // of what a cell shows
}

func (t *sheetText) open() *sheetReader {
	r := &sheetReader{sheetText: t, next: 1}
	if r.in, r.err = t.book.unpack(t.part); r.err != nil || r.in == nil {
		r.err = cmp.Or(r.err, io.EOF)
		return r
	}
	r.d = xml.NewDecoder(&tape{text: &text{in: r.in, room: 64 << 10}})
	r.d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	return r
}

// Close ends the reading.
func (r *sheetReader) Close() error {
	if r.in != nil {
		return r.in.in.Close()
	}
	return nil
}

func (r *sheetReader) Read(b []byte) (int, error) {
	for n := 0; r.out.Len() < len(b) && r.err == nil; n++ {
		if n&4095 == 0 && r.source.ctx.Err() != nil {
			r.err = r.source.ctx.Err()
			break
		}
		r.err = r.step()
	}
	if r.out.Len() == 0 && len(b) > 0 {
		return 0, r.err
	}
	return r.out.Read(b)
}

// step takes one token in.
func (r *sheetReader) step() error {
	t, err := r.d.RawToken()
	var why notStatement
	switch {
	case errors.As(err, &why), errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, io.EOF):
		if err := r.in.in.Close(); r.depth > 0 || err != nil {
			return notStatement("damaged")
		}
		return io.EOF
	case err != nil:
		return brokenXML(err)
	}
	switch t := t.(type) {
	case xml.Directive:
		return notStatement("entities")
	case xml.StartElement:
		if r.depth++; r.depth > maxDepth {
			return notStatement("deep")
		}
		return r.begin(t)
	case xml.CharData:
		if r.inside && r.c.text.Len() < maxLeaf {
			r.c.text.Write(t)
		}
	case xml.EndElement:
		r.depth--
		r.end(t.Name.Local)
	}
	return nil
}

func (r *sheetReader) begin(e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		n := r.next
		if at, err := strconv.Atoi(attr(e, "r")); err == nil && at >= r.next {
			n = at
		}
		if n > maxRows {
			return notStatement("damaged")
		}
		for ; r.row < n; r.row++ {
			if r.row > 0 {
				r.out.WriteByte('\n')
			}
		}
		r.next, r.column, r.free = n+1, 0, 0
	case "c":
		c := &r.c
		c.kind = attr(e, "t")
		c.style, _ = strconv.Atoi(attr(e, "s"))
		c.column = r.free
		if at, ok := columnOf(attr(e, "r")); ok && at >= r.free {
			c.column = at
		}
		r.free = c.column + 1
		c.text.Reset()
	case "v", "t":
		r.inside = true
	case "rPh":
		r.inside = false
	}
	return nil
}

func (r *sheetReader) end(name string) {
	switch name {
	case "v", "t":
		r.inside = false
	case "c":
		if r.c.column > maxColumns {
			return
		}
		for ; r.column < r.c.column; r.column++ {
			r.out.WriteByte('\t')
		}
		writeCell(&r.out, r.value(&r.c))
	}
}

// writeCell quotes what would end a field or begin a quote.
func writeCell(out *bytes.Buffer, s string) {
	if strings.ContainsAny(s, "\t\r\n") {
		s = strings.Join(strings.Fields(s), " ")
	}
	if strings.HasPrefix(s, `"`) || strings.HasPrefix(s, "=") || strings.HasPrefix(s, " ") {
		s = `"` + strings.ReplaceAll(strings.TrimSpace(s), `"`, `""`) + `"`
	}
	out.WriteString(s)
}

// columnOf reads the letters of B12: A is 0.
func columnOf(ref string) (int, bool) {
	n := 0
	for i := range len(ref) {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		if n = 26*n + int(c-'A') + 1; n > 1<<15 {
			return 0, false
		}
	}
	return n - 1, n > 0
}

// value is what a cell shows.
func (t *sheetText) value(c *cellRead) string {
	b := t.book
	text := c.text.String()
	switch c.kind {
	case "s":
		if i, err := strconv.Atoi(strings.TrimSpace(text)); err == nil {
			return b.shared.at(i)
		}
		return ""
	case "str", "inlineStr", "e":
		return text
	case "d": // ISO 8601
		return strings.Replace(strings.TrimSuffix(text, "Z"), "T", " ", 1)
	case "b":
		return map[string]string{"1": "TRUE", "0": "FALSE"}[text]
	}
	text = strings.TrimSpace(text)
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || v != v || v > 1e15 || v < -1e15 {
		return text
	}
	var style numberStyle
	if c.style >= 0 && c.style < len(b.styles) {
		style = b.styles[c.style]
	}
	if style.date && v >= 0 && v < 2_958_466 { // 31 December 9999
		return serialDate(v, b.epoch, style.clock)
	}
	// Fifteen digits are what a spreadsheet keeps; more are noise of binary fractions.
	text = strconv.FormatFloat(v, 'f', -1, 64)
	if short := strconv.FormatFloat(v, 'g', 15, 64); !strings.ContainsAny(short, "eE") {
		text = short
	}
	t.points = t.points || strings.Contains(text, ".")
	if style.zeros > len(text) && !strings.ContainsAny(text, "-.") {
		text = strings.Repeat("0", style.zeros-len(text)) + text
	}
	return text
}
