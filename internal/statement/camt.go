package statement

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"time"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

func sniffCAMT(head []byte) bool {
	return bytes.Contains(head, []byte("BkToCstmr")) || bytes.Contains(head, []byte("camt.05"))
}

// maxDepth bounds how deep an XML statement may be nested: CAMT's deepest
// element stands at 16.
const maxDepth = 64

// element is a part of an XML document by local names, so that namespaces and
// their versions don't matter.
type element struct {
	name string
	text string
	ccy  string // attribute Ccy
	kids []*element
}

// at follows a path of names to the first such element; nil if there is none.
func (e *element) at(path ...string) *element {
	for _, name := range path {
		if e == nil {
			return nil
		}
		var next *element
		for _, k := range e.kids {
			if k.name == name {
				next = k
				break
			}
		}
		e = next
	}
	return e
}

// str is the text at a path.
func (e *element) str(path ...string) string {
	if f := e.at(path...); f != nil {
		return f.text
	}
	return ""
}

// all gives every child of a name.
func (e *element) all(name string) []*element {
	var list []*element
	if e != nil {
		for _, k := range e.kids {
			if k.name == name {
				list = append(list, k)
			}
		}
	}
	return list
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

func brokenXML(err error) error {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) && strings.Contains(syntax.Msg, "unexpected EOF") {
		return notStatement("cut_off")
	}
	if strings.Contains(err.Error(), "entity") {
		return notStatement("entities")
	}
	return notStatement("damaged")
}

// tree reads an element whose beginning was read.
func tree(d *xml.Decoder, start xml.StartElement, depth int) (*element, error) {
	if depth > maxDepth {
		return nil, notStatement("deep")
	}
	e := &element{name: start.Name.Local}
	for _, a := range start.Attr {
		if a.Name.Local == "Ccy" {
			e.ccy = a.Value
		}
	}
	var text strings.Builder
	for {
		t, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil, notStatement("cut_off")
		case err != nil:
			return nil, brokenXML(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			k, err := tree(d, t, depth+1)
			if err != nil {
				return nil, err
			}
			e.kids = append(e.kids, k)
		case xml.CharData:
			if text.Len() < maxLeaf {
				text.Write(t)
			}
		case xml.EndElement:
			e.text = strings.TrimSpace(text.String())
			return e, nil
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

// entry takes an Ntry in: one line, or one for each payment of a batch whose
// amounts are told and give the whole.
func (r *camtReader) entry(e *element, number int, text []byte) {
	shown := text[:min(len(text), 16*maxShown)]
	a := r.now()
	whole := line{currency: a.currency}
	if why := r.common(e, &whole); why != "" {
		r.c.drop(number, shown, why)
		return
	}
	if whole.status != wallet.Pending { // balances are of what is booked
		a.moved(whole.minor)
	} else {
		a.lines++
	}
	var details []*element
	for _, d := range e.all("NtryDtls") {
		details = append(details, d.all("TxDtls")...)
	}
	parts := batch(whole, details)
	if parts == nil {
		x := whole
		if len(details) > 0 {
			detail(details[0], &x, whole.minor)
		}
		if len(details) > 1 { // many payments of which only the sum is known
			x.merchant, x.order = "", ""
		}
		x.reason = cmp.Or(x.reason, e.str("AddtlNtryInf"))
		x.id = cmp.Or(reference(e.str("AcctSvcrRef")), x.id)
		parts = []line{x}
	}
	for _, x := range parts {
		x.reason = cmp.Or(x.reason, e.str("AddtlNtryInf"))
		r.put = append(r.put, waiting{line: x, number: number, text: shown, account: len(r.accounts) - 1})
	}
}

// common reads what an entry says of all its payments.
func (r *camtReader) common(e *element, x *line) Reason {
	status := cmp.Or(e.str("Sts", "Cd"), e.str("Sts", "Prtry"), e.str("Sts"))
	switch status {
	case "INFO":
		return Notice
	case "PDNG", "FUTR":
		x.status = wallet.Pending
	}
	amt := e.at("Amt")
	if amt == nil {
		return NoAmount
	}
	if amt.ccy != "" {
		x.currency = money.Currency(amt.ccy)
	}
	if !x.currency.Valid() {
		return BadMoney
	}
	var why Reason
	if x.minor, why = exact(amt.text, x.currency); why != "" {
		return why
	}
	switch e.str("CdtDbtInd") {
	case "DBIT":
		x.minor = -x.minor
	case "CRDT":
	default:
		return BadAmount // nobody knows which way it went
	}
	var ok bool
	for _, date := range []*element{e.at("BookgDt"), e.at("ValDt")} {
		if x.at, ok = isoTime(cmp.Or(date.str("DtTm"), date.str("Dt")), r.c.o.Zone); ok {
			break
		}
	}
	if !ok {
		return BadDate
	}
	family, sub := e.str("BkTxCd", "Domn", "Fmly", "Cd"), e.str("BkTxCd", "Domn", "Fmly", "SubFmlyCd")
	switch {
	case e.str("RvslInd") == "true" || e.str("RvslInd") == "1":
		if x.minor > 0 { // what was charged came back
			x.typ = wallet.Refund
		}
	case sub == "CHRG" || sub == "FEES" || sub == "COMM":
		x.typ = wallet.FeeCharge
	case sub == "INTR" && x.minor >= 0:
		x.typ = wallet.Earn
	case family == "RDDT" && sub == "RPMT", sub == "RRTN", sub == "UPDD" && x.minor > 0:
		if x.minor > 0 {
			x.typ = wallet.Refund
		}
	}
	return ""
}

// batch gives the payments of an entry, if they are several and sum up to it.
func batch(whole line, details []*element) []line {
	if len(details) < 2 {
		return nil
	}
	var list []line
	sum := int64(0)
	for _, d := range details {
		amt := d.at("Amt")
		if amt == nil {
			amt = d.at("AmtDtls", "TxAmt", "Amt")
		}
		if amt == nil || amt.ccy != "" && money.Currency(amt.ccy) != whole.currency {
			return nil
		}
		x := whole
		var why Reason
		if x.minor, why = exact(amt.text, whole.currency); why != "" {
			return nil
		}
		out := whole.minor < 0
		if way := d.str("CdtDbtInd"); way != "" {
			out = way == "DBIT"
		}
		if out {
			x.minor = -x.minor
		}
		detail(d, &x, x.minor)
		sum += x.minor
		list = append(list, x)
	}
	if sum != whole.minor {
		return nil
	}
	return list
}

// detail reads what is known of one payment.
func detail(d *element, x *line, minor int64) {
	party := "Cdtr"
	if minor > 0 {
		party = "Dbtr"
	}
	for _, path := range [][]string{{party, "Nm"}, {party, "Pty", "Nm"}, {"Ultmt" + party, "Nm"}, {"Ultmt" + party, "Pty", "Nm"}, {"TradgPty", "Nm"}} {
		if x.merchant == "" {
			x.merchant = d.at("RltdPties").str(path...)
		}
	}
	var words []string
	for _, u := range d.at("RmtInf").all("Ustrd") {
		words = append(words, u.text)
	}
	x.reason = cmp.Or(strings.Join(words, " "), d.str("RmtInf", "Strd", "CdtrRefInf", "Ref"), d.str("AddtlTxInf"))
	x.order = cmp.Or(reference(d.str("Refs", "EndToEndId")), reference(d.str("Refs", "TxId")), reference(d.str("Refs", "InstrId")))
	x.id = reference(d.str("Refs", "AcctSvcrRef"))
	if d.at("RtrInf") != nil && minor > 0 {
		x.typ = wallet.Refund
	}
	for _, name := range []string{"InstdAmt", "CntrValAmt", "TxAmt"} {
		if amt := d.at("AmtDtls", name, "Amt"); amt != nil && money.Currency(amt.ccy).Valid() && money.Currency(amt.ccy) != x.currency {
			if m, why := exact(amt.text, money.Currency(amt.ccy)); why == "" {
				x.original = money.Of(max(m, -m), money.Currency(amt.ccy))
				break
			}
		}
	}
}

// reference is a reference that is one.
func reference(s string) string {
	switch strings.ToUpper(s) {
	case "NOTPROVIDED", "NONREF", "NOTAVAILABLE", "-":
		return ""
	}
	return s
}

// isoTime reads 2026-11-22 and 2026-11-22T09:30:00.000+09:00; without an offset
// the clock is the person's. A date may have an offset too, which is nobody's.
func isoTime(s string, zone *time.Location) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC(), true
	}
	if len(s) > 10 && s[10] != 'T' {
		s = s[:10]
	}
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return civilTime(t.Year(), int(t.Month()), t.Day(), t.Hour(), t.Minute(), t.Second(), zone), true
		}
	}
	return time.Time{}, false
}
