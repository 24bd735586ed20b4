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
	// maxPart is how much of one that is read as a whole: the lists of sheets
	// and styles, which are kilobytes.
	maxPart = 16 << 20
	// maxParts is how many files a workbook may have; real ones have dozens.
	maxParts = 4096
)

func sniffXLSX(head []byte) bool { return bytes.HasPrefix(head, []byte("PK\x03\x04")) }

// workbook is an open spreadsheet.
type workbook struct {
	parts  map[string]*zip.File
	budget int64 // bytes that may still be unpacked
	epoch  int   // days from 1899-12-30 to the calendar's beginning
	shared sheetTexts
	styles []numberStyle // by the index that a cell names
}

// sheetRef is a sheet by name.
type sheetRef struct {
	name, part string
	hidden     bool
}

// sheets is a spreadsheet, whose tables are read through the same eyes as CSV:
// each sheet becomes delimited text with a line for each row, so that the
// number of a line is that of its row.
type sheets struct {
	tables []sheetTable // in order
}

// sheetTable is a sheet that is a table, or one that is none but holds something.
type sheetTable struct {
	*table
	number int
	name   string
}

func openXLSX(in *source, o Options) (form, error) {
	z, err := zip.NewReader(metered{in}, in.size)
	if err != nil {
		if in.ctx.Err() != nil {
			return nil, in.ctx.Err()
		}
		return nil, notStatement("damaged")
	}
	b := &workbook{parts: map[string]*zip.File{}, budget: maxUnpacked}
	if err := b.index(z); err != nil {
		return nil, err
	}
	list, err := b.open(in.ctx)
	if err != nil {
		return nil, err
	}
	all, found := &sheets{}, false
	for i, s := range list {
		t, filled, err := b.table(in, s, o)
		switch {
		case err != nil:
			return nil, err
		case t != nil:
			found = true
		case !filled || s.hidden:
			continue
		}
		all.tables = append(all.tables, sheetTable{t, i + 1, s.name})
	}
	if !found {
		return nil, notStatement("no_columns")
	}
	return all, nil
}

// table finds out how a sheet is to be read; nil if it is no table.
func (b *workbook) table(in *source, s sheetRef, o Options) (t *table, filled bool, err error) {
	text := &sheetText{source: in, book: b, part: s.part}
	script, filled, err := text.script(sheetHeld * in.block)
	if err != nil {
		return nil, false, err
	}
	l, score := tryDelimiter(script, '\t')
	if o.Rules != nil {
		l, score = o.Rules.layout(script, '\t'), 1
	}
	if l == nil || score == 0 {
		return nil, filled, nil
	}
	if err := l.survey(script, o, 0); err != nil { // all of it: there are no second thoughts about a sheet
		return nil, false, err
	}
	if text.points && l.format.Decimal != '.' {
		l.format = money.Point // 1.234 in a cell is a number and no thousand
	}
	l.ruled(o.Rules)
	return &table{text: script, encoding: "utf-8", layout: l, surveyed: true}, true, nil
}

func (f *sheets) read(c *collector) error {
	first := true
	for _, s := range f.tables {
		if s.table == nil {
			c.drop(s.number, []byte(s.name), OtherPart)
			continue
		}
		if first {
			s.detected(&c.res.Detected)
			c.res.Detected.Delimiter = ""
			first = false
		}
		if err := s.lines(c); err != nil {
			return err
		}
	}
	return nil
}

// metered tells how much of the compressed file is read.
type metered struct{ in *source }

func (m metered) ReadAt(b []byte, at int64) (int, error) {
	if err := m.in.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := m.in.file.ReadAt(b, at)
	m.in.read(n)
	return n, err
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

// unpack opens a part; what a directory says of its size is not believed. It
// is nil if there is no such part.
func (b *workbook) unpack(name string) (*packed, error) {
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
	return &packed{in: r, left: min(b.budget, max(smallPart, maxRatio*int64(f.CompressedSize64)))}, nil
}

// packed is a part of a workbook while it is unpacked.
type packed struct {
	in   io.ReadCloser
	left int64 // bytes that may still come
	size int64 // bytes that came
}

func (p *packed) Read(b []byte) (int, error) {
	n, err := p.in.Read(b)
	p.size += int64(n)
	if p.left -= int64(n); p.left < 0 {
		return 0, notStatement("bomb")
	}
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, context.Canceled) {
		err = notStatement("damaged")
	}
	return n, err
}

// read unpacks a whole part, a small one.
func (b *workbook) read(name string) ([]byte, error) {
	p, err := b.unpack(name)
	if p == nil || err != nil {
		return nil, err
	}
	defer func() { _ = p.in.Close() }()
	p.left = min(p.left, maxPart)
	data, err := io.ReadAll(p)
	if err != nil {
		return nil, err
	}
	b.budget -= p.size
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
