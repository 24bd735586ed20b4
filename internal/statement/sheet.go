package statement

import (
	"bytes"
	"context"
	"encoding/xml"
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

// table writes a sheet as text with tabs, a line for each row, so that empty
// rows keep their number.
func (b *workbook) table(ctx context.Context, s sheetRef) ([]byte, error) {
	data, err := b.read(s.part)
	if err != nil {
		return nil, err
	}
	b.points = false
	var out bytes.Buffer
	row, column, next, free := 0, 0, 1, 0 // the row and the column that are written, the next row, the next column
	var c cellRead
	in := false
	bad := error(nil)
	err = walkXML(ctx, data, func(e xml.StartElement) {
		switch e.Name.Local {
		case "row":
			n := next
			if r, err := strconv.Atoi(attr(e, "r")); err == nil && r >= next {
				n = r
			}
			if n > maxRows {
				bad = notStatement("damaged")
				return
			}
			for ; row < n; row++ {
				if row > 0 {
					out.WriteByte('\n')
				}
			}
			next, column, free = n+1, 0, 0
		case "c":
			c.kind = attr(e, "t")
			c.style, _ = strconv.Atoi(attr(e, "s"))
			c.column = free
			if at, ok := columnOf(attr(e, "r")); ok && at >= free {
				c.column = at
			}
			free = c.column + 1
			c.text.Reset()
		case "v", "t":
			in = true
		case "rPh":
			in = false
		}
	}, func(t xml.Token) {
		switch t := t.(type) {
		case xml.CharData:
			if in && c.text.Len() < maxLeaf {
				c.text.Write(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "v", "t":
				in = false
			case "c":
				if c.column <= maxColumns {
					for ; column < c.column; column++ {
						out.WriteByte('\t')
					}
					writeCell(&out, b.value(&c))
				}
			}
		}
	})
	if err == nil {
		err = bad
	}
	return out.Bytes(), err
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
func (b *workbook) value(c *cellRead) string {
	text := c.text.String()
	switch c.kind {
	case "s":
		if i, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && i >= 0 && i < len(b.shared) {
			return b.shared[i]
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
	b.points = b.points || strings.Contains(text, ".")
	if style.zeros > len(text) && !strings.ContainsAny(text, "-.") {
		text = strings.Repeat("0", style.zeros-len(text)) + text
	}
	return text
}
