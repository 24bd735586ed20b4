package statement

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"io"

	"jandon/internal/money"
)

func sniffCAMT(head []byte) bool {
	return bytes.Contains(head, []byte("BkToCstmr")) || bytes.Contains(head, []byte("camt.05"))
}

// camt is a file of ISO 20022 statements (camt.053), reports (052) or
// notifications (054) of any version.
type camt struct {
	text     script
	encoding string
}

func openCAMT(in *source, _ Options) (form, error) {
	head, err := in.head(256)
	if err != nil {
		return nil, err
	}
	text, encoding, err := in.declared(declaration(head, "encoding"))
	if err != nil {
		return nil, err
	}
	begin := text(0)
	for len(begin.data) < maxDoctype && !begin.done {
		begin.more(0)
	}
	if doctype(begin.data) {
		return nil, notStatement("entities")
	}
	return &camt{text, encoding}, begin.err
}

// camtReader reads such a file entry by entry.
type camtReader struct {
	c        *collector
	accounts []*account
	summary  *element
}

func (f *camt) read(c *collector) error {
	d := &c.res.Detected
	d.Encoding, d.Dates, d.Number, d.Sign = f.encoding, orderWords[ymd], money.Number{Decimal: '.'}, ByType
	r := &camtReader{c: c}
	return r.document(f.text(0))
}

// document walks to the entries and takes each on its own, so that only one
// is in memory as a tree.
func (r *camtReader) document(t *text) error {
	in := &tape{text: t}
	d := xml.NewDecoder(in)
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 by now
	var path []string
	for n := 0; !r.c.halted(); n++ {
		in.mark(d.InputOffset())
		t, err := d.Token()
		if in.err != nil {
			return in.err
		}
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
				switch {
				case in.err != nil:
					return in.err
				case err != nil:
					return err
				case t.Name.Local == "Ntry":
					r.entry(e, in.number, in.shown)
				default:
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
	return nil
}

func (r *camtReader) begin() {
	r.accounts = append(r.accounts, &account{currency: r.c.o.Currency})
	r.c.accounts = len(r.accounts)
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
