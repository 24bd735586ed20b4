package statement

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"jandon/internal/money"
)

const (
	// maxUnpacked bounds what a workbook may unpack to: a sheet of the most
	// rows that there can be (1,048,576) with ten columns has about 400 MB.
	maxUnpacked = 512 << 20
	// maxRatio is how far a part may shrink when packed; sheets of equal rows
	// reach 100, bombs 1000. Parts under smallPart do no harm.
	maxRatio  = 250
	smallPart = 8 << 20
	// maxParts is how many files a workbook may have; real ones have dozens.
	maxParts = 4096
)

func sniffXLSX(head []byte) bool { return bytes.HasPrefix(head, []byte("PK\x03\x04")) }

// workbook is an open spreadsheet.
type workbook struct {
	parts  map[string]*zip.File
	budget int64 // bytes that may still be unpacked
	epoch  int   // days from 1899-12-30 to the calendar's beginning
	shared []string
	styles []numberStyle // by the index that a cell names
	points bool          // a number of the sheet has decimals, which stand behind a point
}

// sheetRef is a sheet by name.
type sheetRef struct {
	name, part string
	hidden     bool
}

// readXLSX reads the tables of a spreadsheet through the same eyes as CSV:
// each sheet becomes delimited text with a line for each row, so that the
// number of a line is that of its row.
func readXLSX(ctx context.Context, data []byte, c *collector) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return notStatement("damaged")
	}
	b := &workbook{parts: map[string]*zip.File{}, budget: maxUnpacked}
	if err := b.index(z); err != nil {
		return err
	}
	sheets, err := b.open(ctx)
	if err != nil {
		return err
	}
	tables := 0
	for i, s := range sheets {
		text, err := b.table(ctx, s)
		if err != nil {
			return err
		}
		l, score := tryDelimiter(text, '\t')
		if c.o.Rules != nil {
			l, score = c.o.Rules.layout(text, '\t'), 1
		}
		if l == nil || score == 0 {
			if len(bytes.TrimSpace(text)) > 0 && !s.hidden {
				c.drop(i+1, []byte(s.name), OtherPart)
			}
			continue
		}
		l.survey(text, c.o, len(text)) // all of it: a second beginning would lose the sheets before
		if b.points && l.format.Decimal != '.' {
			l.format = money.Point // 1.234 in a cell is a number and no thousand
		}
		l.ruled(c.o.Rules)
		r := newReader(text, l, c)
		r.surveyed = true
		if err := r.rows(ctx); err != nil {
			return err
		}
		if tables++; tables == 1 {
			l.detected(&c.res.Detected)
		}
	}
	switch {
	case tables == 0:
		return notStatement("no_columns")
	case len(c.res.Transactions) == 0 && c.res.Lines > 0:
		return notStatement("no_lines")
	}
	c.res.Detected.Encoding, c.res.Detected.Delimiter = "utf-8", ""
	return nil
}

// index finds the parts and refuses what would unpack to more than any statement.
func (b *workbook) index(z *zip.Reader) error {
	if len(z.File) > maxParts {
		return notStatement("bomb")
	}
	var total uint64
	for _, f := range z.File {
		total += f.UncompressedSize64
		if total > maxUnpacked || f.UncompressedSize64 > smallPart && f.UncompressedSize64/max(f.CompressedSize64, 1) > maxRatio {
			return notStatement("bomb")
		}
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
		if b.parts[strings.ToLower(name)] == nil {
			b.parts[strings.ToLower(name)] = f
		}
	}
	return nil
}

// read unpacks a part; what a directory says of its size is not believed.
func (b *workbook) read(name string) ([]byte, error) {
	f := b.parts[strings.ToLower(name)]
	if f == nil {
		return nil, nil
	}
	if f.Flags&1 != 0 {
		return nil, notStatement("damaged")
	}
	r, err := f.Open()
	if err != nil {
		return nil, notStatement("damaged")
	}
	defer func() { _ = r.Close() }()
	limit := min(b.budget, max(smallPart, maxRatio*int64(f.CompressedSize64)))
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case int64(len(data)) > limit:
		return nil, notStatement("bomb")
	case err != nil:
		return nil, notStatement("damaged")
	}
	b.budget -= int64(len(data))
	if doctype(data) {
		return nil, notStatement("entities")
	}
	return data, nil
}

// open reads what the sheets share, and their list.
func (b *workbook) open(ctx context.Context) ([]sheetRef, error) {
	name := "xl/workbook.xml"
	if b.parts[name] == nil {
		return nil, notStatement("zip") // an archive, or another kind of spreadsheet
	}
	book, err := b.read(name)
	if err != nil {
		return nil, err
	}
	links, err := b.read("xl/_rels/workbook.xml.rels")
	if err != nil {
		return nil, err
	}
	targets := map[string]string{}
	if err := walkXML(ctx, links, func(e xml.StartElement) {
		if e.Name.Local == "Relationship" {
			target := attr(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("xl", target)
			}
			targets[attr(e, "Id")] = strings.TrimPrefix(target, "/")
		}
	}, nil); err != nil {
		return nil, err
	}
	var sheets []sheetRef
	if err := walkXML(ctx, book, func(e xml.StartElement) {
		switch e.Name.Local {
		case "workbookPr":
			if v := attr(e, "date1904"); v == "1" || v == "true" {
				b.epoch = 1462
			}
		case "sheet":
			if part := targets[attr(e, "id")]; part != "" && len(sheets) < 256 {
				state := attr(e, "state")
				sheets = append(sheets, sheetRef{attr(e, "name"), part, state == "hidden" || state == "veryHidden"})
			}
		}
	}, nil); err != nil {
		return nil, err
	}
	if err := b.readStyles(ctx); err != nil {
		return nil, err
	}
	return sheets, b.readShared(ctx)
}

// readShared reads the texts that cells share, without the readings that
// Japanese ones carry.
func (b *workbook) readShared(ctx context.Context) error {
	data, err := b.read("xl/sharedStrings.xml")
	if err != nil {
		return err
	}
	var text strings.Builder
	in, spoken := false, false
	return walkXML(ctx, data, func(e xml.StartElement) {
		switch e.Name.Local {
		case "si":
			text.Reset()
		case "t":
			in = true
		case "rPh":
			spoken = true
		}
	}, func(t xml.Token) {
		switch t := t.(type) {
		case xml.CharData:
			if in && !spoken && text.Len() < maxLeaf {
				text.Write(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				in = false
			case "rPh":
				spoken = false
			case "si":
				b.shared = append(b.shared, text.String())
			}
		}
	})
}

// walkXML gives every start of an element to begin and all other tokens to
// rest, without resolving namespaces.
func walkXML(ctx context.Context, data []byte, begin func(xml.StartElement), rest func(xml.Token)) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	depth := 0
	for n := 0; ; n++ {
		if n&4095 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		t, err := d.RawToken()
		switch {
		case errors.Is(err, io.EOF):
			if depth > 0 {
				return notStatement("damaged")
			}
			return nil
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
			begin(t)
		default:
			if _, ok := t.(xml.EndElement); ok {
				depth--
			}
			if rest != nil {
				rest(t)
			}
		}
	}
}

// attr is an attribute by its local name.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
