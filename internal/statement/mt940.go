package statement

import (
	"bytes"
	"cmp"
	"strings"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

func sniffMT940(head []byte) bool {
	lines := linesOf(head)
	reference, statement := false, false
	for lines.next() && lines.number < 40 {
		s := bytes.TrimSpace(lines.line)
		if i := bytes.LastIndex(s, []byte("{4:")); i >= 0 { // {1:F01…}{2:…}{4:
			s = bytes.TrimSpace(s[i+3:])
		}
		reference = reference || bytes.HasPrefix(s, []byte(":20:"))
		statement = statement || bytes.HasPrefix(s, []byte(":25")) || bytes.HasPrefix(s, []byte(":60")) || bytes.HasPrefix(s, []byte(":61:")) || bytes.HasPrefix(s, []byte(":28"))
	}
	return reference && statement
}

// mt is a file of SWIFT's customer statements (MT940, and 942, which has the
// same lines).
type mt struct {
	text     script
	encoding string
}

func openMT940(in *source, _ Options) (form, error) {
	text, encoding, err := in.decode()
	return &mt{text, encoding}, err
}

// mtReader reads statements field by field.
type mtReader struct {
	c       *collector
	account *account // of the statement that is open
	all     map[string]*account
	order   []*account

	pending *line // the :61: that waits for its :86:
	number  int
	text    []byte

	unclosed bool // an opening balance was heard, and no closing one since
}

func (f *mt) read(c *collector) error {
	r := &mtReader{c: c, all: map[string]*account{}}
	tag, value, shown := "", []byte(nil), []byte(nil)
	number := 0
	lines := lineScanner{text: f.text(0)}
	for !c.halted() && lines.next() {
		s := bytes.TrimRight(lines.line, " \t\x03\x1a")
		if i := bytes.LastIndex(s, []byte("{4:")); i >= 0 {
			s = s[i+3:]
		}
		name, rest, ok := mtTag(s)
		if ok {
			r.field(tag, value, number, shown)
			tag, value, number, shown = name, append(value[:0], rest...), lines.number, shown[:0]
		}
		shown = excerpt(excerpt(shown, lines.line), []byte("\n"))
		switch {
		case ok, len(s) == 0, len(s) == 1 && s[0] == '-', bytes.HasPrefix(s, []byte("-}")), bytes.HasPrefix(s, []byte("{")):
		case tag == "":
			c.skip(lines.number, s, Preamble)
		case len(value) < maxLeaf:
			value = append(append(value, '\n'), s...)
		}
	}
	if lines.err != nil {
		return lines.err
	}
	r.field(tag, value, number, shown)
	r.flush("")
	if r.unclosed && !c.stopped { // every statement ends with its closing balance
		c.skip(max(number, 1), shown, NoEnd)
	}
	for _, a := range r.order {
		c.res.Stated = append(c.res.Stated, a.stated()...)
	}
	d := &c.res.Detected
	d.Encoding, d.Dates, d.Number, d.Sign = f.encoding, orderWords[ymd], money.Number{Decimal: ','}, ByType
	return nil
}

// mtTag reads :61: or :60F: at the beginning of a line.
func mtTag(s []byte) (name string, rest []byte, ok bool) {
	if len(s) < 4 || s[0] != ':' {
		return "", nil, false
	}
	end := bytes.IndexByte(s[1:min(len(s), 6)], ':')
	if end < 2 || s[1] < '0' || s[1] > '9' || s[2] < '0' || s[2] > '9' {
		return "", nil, false
	}
	return string(s[1 : 1+end]), s[2+end:], true
}

func (r *mtReader) field(tag string, value []byte, number int, text []byte) {
	switch tag {
	case "25", "25P":
		r.flush("")
		r.open(string(bytes.TrimSpace(value)))
	case "60F", "60M":
		r.flush("")
		r.unclosed = true
		if m, ok := mtBalance(value); ok {
			a := r.now()
			if a.currency = m.Currency; a.opening == nil { // further pages begin where the last one ended
				a.opening = &m.Minor
			}
		}
	case "62F", "62M":
		r.flush("")
		r.unclosed = false
		if m, ok := mtBalance(value); ok {
			a := r.now()
			a.currency, a.closing = m.Currency, &m.Minor
		}
	case "61":
		r.flush("")
		x := &line{currency: r.now().currency}
		if why := r.entry(value, x); why != "" {
			r.c.drop(number, text, why)
			return
		}
		r.pending, r.number, r.text = x, number, append(r.text[:0], text...)
	case "86":
		if r.pending == nil { // about the whole statement
			r.c.skip(number, text, Preamble)
			return
		}
		r.flush(string(value))
	}
}

func (r *mtReader) open(name string) {
	if r.all[name] == nil {
		r.all[name] = &account{name: name, currency: r.c.o.Currency}
		r.order = append(r.order, r.all[name])
		r.c.accounts = len(r.order)
	}
	r.account = r.all[name]
}

func (r *mtReader) now() *account {
	if r.account == nil {
		r.open("")
	}
	return r.account
}

// mtBalance reads C261122EUR1234,56.
func mtBalance(v []byte) (money.Amount, bool) {
	s := strings.TrimSpace(string(v))
	if len(s) < 11 || s[0] != 'C' && s[0] != 'D' {
		return money.Amount{}, false
	}
	c := money.Currency(s[7:10])
	if !c.Valid() {
		return money.Amount{}, false
	}
	minor, why := exact(s[10:], c)
	if s[0] == 'D' {
		minor = -minor
	}
	return money.Of(minor, c), why == ""
}

// entry reads 2611221122DR12,50NMSCREFERENCE//BANKREF and the line below.
func (r *mtReader) entry(v []byte, x *line) Reason {
	first, below, _ := strings.Cut(string(v), "\n")
	s := strings.TrimSpace(first)
	if len(s) < 8 || !allDigits(s[:6]) {
		return BadDate
	}
	y, m, d := 2000+atoi(s[:2]), atoi(s[2:4]), atoi(s[4:6])
	if s = s[6:]; len(s) >= 4 && allDigits(s[:4]) { // the day it was booked; the year is the nearest
		bm, bd := atoi(s[:2]), atoi(s[2:4])
		switch {
		case m == 12 && bm == 1:
			y++
		case m == 1 && bm == 12:
			y--
		}
		m, d, s = bm, bd, s[4:]
	}
	if m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return BadDate
	}
	x.at = civilTime(y, m, d, 0, 0, 0, r.c.o.Zone)
	var back, out bool
	switch {
	case strings.HasPrefix(s, "RC"), strings.HasPrefix(s, "RD"): // a credit or a debit taken back
		back, out, s = true, s[1] == 'C', s[2:]
	case strings.HasPrefix(s, "EC"), strings.HasPrefix(s, "ED"): // expected
		x.status, out, s = wallet.Pending, s[1] == 'D', s[2:]
	case strings.HasPrefix(s, "C"), strings.HasPrefix(s, "D"):
		out, s = s[0] == 'D', s[1:]
	default:
		return BadAmount
	}
	if s != "" && s[0] >= 'A' && s[0] <= 'Z' { // the third letter of the currency
		s = s[1:]
	}
	n := 0
	for n < len(s) && (s[n] >= '0' && s[n] <= '9' || s[n] == ',' || s[n] == '.') {
		n++
	}
	var why Reason
	if x.minor, why = exact(s[:n], x.currency); why != "" {
		if !x.currency.Valid() {
			return BadMoney
		}
		return why
	}
	if out {
		x.minor = -x.minor
	}
	s = s[n:]
	kind := ""
	if len(s) >= 4 {
		kind, s = s[1:4], s[4:]
	}
	own, bank, _ := strings.Cut(s, "//")
	for _, ref := range []string{own, bank} {
		if ref = strings.TrimSpace(ref); ref != "" && ref != "NONREF" && ref != "EREF" && ref != "PREF" && x.approval == "" {
			x.approval = ref
		}
	}
	x.reason = strings.TrimSpace(below)
	switch {
	case back && x.minor > 0:
		x.typ = wallet.Refund
	case kind == "CHG" || kind == "COM":
		x.typ = wallet.FeeCharge
	case kind == "INT" && x.minor >= 0:
		x.typ = wallet.Earn
	}
	return ""
}

// flush adds the line that waits, with what its :86: says.
func (r *mtReader) flush(info string) {
	if r.pending == nil {
		return
	}
	x := r.pending
	r.pending = nil
	if info != "" {
		i := mtInfo(info)
		x.merchant, x.reason, x.approval = i.name, cmp.Or(i.purpose, x.reason), cmp.Or(i.reference, x.approval)
	}
	a := r.now()
	a.moved(x.minor)
	x.account = a.name
	r.c.take(x, r.number, r.text)
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// atoi is the number of a few digits.
func atoi(s string) int {
	n := 0
	for i := range len(s) {
		n = 10*n + int(s[i]-'0')
	}
	return n
}
