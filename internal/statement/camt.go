package statement

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"io"

	"jandon/internal/money"
)

func sniffCAMT(head []byte) bool {
	return bytes.Contains(head, []byte("BkToCstmr")) || bytes.Contains(head, []byte("camt.05"))
}

// camtReader reads ISO 20022 statements (camt.053), reports (052) and
// notifications (054) of all versions.
type camtReader struct {
	c        *collector
	accounts []*account
	put      []waiting
	text     []byte
	summary  *element
}

func readCAMT(ctx context.Context, data []byte, c *collector) error {
	text, encoding, err := declared(data, declaration(data[:min(len(data), 256)], "encoding"))
	if err != nil {
		return err
	}
	if doctype(text) {
		return notStatement("entities")
	}
	r := &camtReader{c: c, text: text}
	if err := r.document(ctx); err != nil {
		return err
	}
	for i := range r.put {
		x := &r.put[i]
		if len(r.accounts) > 1 {
			x.line.account = r.accounts[x.account].name
		}
		c.take(&x.line, x.number, x.text)
	}
	if len(c.res.Transactions) == 0 && c.res.Lines > 0 {
		return notStatement("no_lines")
	}
	d := &c.res.Detected
	d.Encoding, d.Dates, d.Number, d.Sign = encoding, orderWords[ymd], money.Number{Decimal: '.'}, ByType
	return nil
}

// document walks to the entries and takes each on its own, so that only one
// is in memory as a tree.
func (r *camtReader) document(ctx context.Context) error {
	d := xml.NewDecoder(bytes.NewReader(r.text))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 by now
	var path []string
	lineAt, offset := 1, int64(0)
	for n := 0; ; n++ {
		if n&1023 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		begun := d.InputOffset()
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			if len(path) > 0 || n == 0 {
				return notStatement("cut_off")
			}
			return nil
		}
		if err != nil {
			return brokenXML(err)
		}
		switch t := t.(type) {
		case xml.Directive:
			return notStatement("entities")
		case xml.StartElement:
			switch t.Name.Local {
			case "Stmt", "Rpt", "Ntfctn":
				r.begin()
			case "Acct", "Bal", "TxsSummry", "Ntry":
				e, err := tree(d, t, len(path))
				if err != nil {
					return err
				}
				lineAt += bytes.Count(r.text[offset:begun], []byte("\n"))
				offset = begun
				if t.Name.Local == "Ntry" {
					r.entry(e, lineAt, r.text[begun:d.InputOffset()])
				} else {
					r.about(e)
				}
				continue
			}
			if path = append(path, t.Name.Local); len(path) > maxDepth {
				return notStatement("deep")
			}
		case xml.EndElement:
			path = path[:len(path)-1]
			switch t.Name.Local {
			case "Stmt", "Rpt", "Ntfctn":
				r.end()
			}
		}
	}
}

func (r *camtReader) begin() {
	r.accounts = append(r.accounts, &account{currency: r.c.o.Currency})
	r.summary = nil
}

func (r *camtReader) now() *account {
	if len(r.accounts) == 0 {
		r.begin()
	}
	return r.accounts[len(r.accounts)-1]
}

// about takes in what a statement says of itself.
func (r *camtReader) about(e *element) {
	a := r.now()
	switch e.name {
	case "Acct":
		a.name = cmp.Or(e.str("Id", "IBAN"), e.str("Id", "Othr", "Id"), e.str("Nm"))
		if c := money.Currency(e.str("Ccy")); c.Valid() {
			a.currency = c
		}
	case "Bal":
		amt := e.at("Amt")
		if amt == nil {
			return
		}
		if c := money.Currency(amt.ccy); c.Valid() {
			a.currency = c
		}
		minor, why := exact(amt.text, a.currency)
		if why != "" {
			return
		}
		if e.str("CdtDbtInd") == "DBIT" {
			minor = -minor
		}
		switch e.str("Tp", "CdOrPrtry", "Cd") {
		case "OPBD", "PRCD":
			a.opening = &minor
		case "CLBD":
			a.closing = &minor
		}
	case "TxsSummry":
		r.summary = e
	}
}

// end holds the statement against its lines.
func (r *camtReader) end() {
	a := r.now()
	list := a.stated()
	for _, x := range []struct {
		what Aspect
		path []string
		got  int64
	}{
		{Entries, []string{"TtlNtries", "NbOfNtries"}, int64(a.lines)},
		{Debits, []string{"TtlDbtNtries", "Sum"}, a.out},
		{Credits, []string{"TtlCdtNtries", "Sum"}, a.in},
	} {
		text := r.summary.str(x.path...)
		if text == "" {
			continue
		}
		s := Stated{What: x.what, Account: a.name, Currency: a.currency, Found: x.got, Checked: true}
		var why Reason
		if x.what == Entries {
			s.Currency = ""
			s.Said, why = exact(text, money.KRW) // a whole number
		} else {
			s.Said, why = exact(text, a.currency)
		}
		if why == "" {
			list = append(list, s)
		}
	}
	r.c.res.Stated = append(r.c.res.Stated, list...)
}
