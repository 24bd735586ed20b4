package statement

import (
	"bytes"
	"strings"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

func sniffQIF(head []byte) bool {
	head = bytes.TrimLeft(head, " \t\r\n")
	for _, mark := range []string{"!type:", "!account", "!option:", "!clear:"} {
		if len(head) >= len(mark) && strings.EqualFold(string(head[:len(mark)]), mark) {
			return true
		}
	}
	return false
}

// qifRecord is what stands between two lines with a ^.
type qifRecord struct {
	line                              int
	text                              []byte
	date, amount, payee, memo, number string
	category, address                 string
	splitCategory, splitMemo          string // of the first part
}

// qif is a file in Quicken's interchange format, and what all its records
// together say: only all dates tell which number is the day.
type qif struct {
	text     script
	encoding string
	dates    census
	amounts  []string // one of each shape
	accounts int

	currency money.Currency
	order    order
	format   money.Number
}

// qifReader goes through the records of a file.
type qifReader struct {
	c       *collector
	part    string // bank, or what the section is else
	account string
	each    func(q *qifRecord, account string)
	shown   []byte
}

func openQIF(in *source, o Options) (form, error) {
	text, encoding, err := in.decode()
	if err != nil {
		return nil, err
	}
	f := &qif{text: text, encoding: encoding}
	tomorrow := int64(1) << 62
	if !o.Now.IsZero() {
		tomorrow = o.Now.Unix() + 24*3600
	}
	seen, accounts := map[string]bool{}, map[string]bool{}
	look := newCollector(in.ctx, o, "", nil)
	r := &qifReader{c: look, each: func(q *qifRecord, account string) {
		f.dates.add([]byte(q.date), tomorrow)
		if a := q.amount; a != "" && len(a) < 40 && len(seen) < 512 {
			if shape := strings.Map(digitShape, a); !seen[shape] {
				seen[shape] = true
				f.amounts = append(f.amounts, a)
			}
		}
		accounts[account] = true
	}}
	if err := r.records(text(0)); err != nil {
		return nil, err
	}
	f.accounts = len(accounts)
	l := layout{amounts: f.amounts, cols: noColumns()}
	f.currency = l.chooseCurrency(o, nil)
	if f.format = money.GuessNumber(f.currency, f.amounts...); f.format == (money.Number{}) {
		l.currency = f.currency
		f.format = l.commonest()
	}
	f.order = f.dates.choose(true) // the format is an American program's
	return f, nil
}

func (f *qif) read(c *collector) error {
	c.accounts = f.accounts
	dates := dater{zone: c.o.Zone, order: f.order, now: c.o.Now}
	r := &qifReader{c: c, each: func(q *qifRecord, account string) {
		x := line{currency: f.currency, account: account}
		if why := q.read(&x, &dates, f.format); why != "" {
			c.drop(q.line, q.text, why)
			return
		}
		c.take(&x, q.line, q.text)
	}}
	d := &c.res.Detected
	d.Encoding, d.Dates, d.Number, d.Currency, d.Sign = f.encoding, f.dates.word(f.order), f.format, f.currency, NegativeSpent
	return r.records(f.text(0))
}

func (r *qifReader) records(t *text) error {
	r.part = "bank"
	var q qifRecord
	begun := false
	lines := lineScanner{text: t}
	for !r.c.halted() && lines.next() {
		s := bytes.TrimSpace(lines.line)
		if len(s) == 0 {
			continue
		}
		if s[0] == '!' {
			r.close(&q, begun)
			begun = false
			r.section(strings.ToLower(string(s)))
			continue
		}
		if !begun {
			begun, q, r.shown = true, qifRecord{line: lines.number}, r.shown[:0]
		}
		r.shown = excerpt(excerpt(r.shown, lines.line), []byte("\n"))
		if s[0] == '^' {
			r.close(&q, begun)
			begun = false
			continue
		}
		if len(s) <= maxLeaf {
			q.field(s[0], strings.TrimSpace(string(s[1:])))
		}
	}
	if lines.err != nil {
		return lines.err
	}
	r.close(&q, begun) // many programs leave the last ^ out
	return nil
}

func (r *qifReader) section(s string) {
	kind, ok := strings.CutPrefix(s, "!type:")
	switch {
	case ok:
		switch kind = strings.TrimSpace(kind); kind {
		case "bank", "ccard", "cash", "oth a", "oth l", "bank account":
			r.part = "bank"
		default:
			r.part = kind
		}
	case strings.HasPrefix(s, "!account"):
		r.part = "account"
	}
}

// close ends a record, if one was begun.
func (r *qifReader) close(q *qifRecord, begun bool) {
	if !begun {
		return
	}
	q.text = r.shown
	switch r.part {
	case "bank":
		r.each(q, r.account)
	case "account":
		r.account = q.number // its field N is the name
	default:
		r.c.drop(q.line, q.text, OtherPart)
	}
}

func (q *qifRecord) field(code byte, s string) {
	switch code {
	case 'D':
		q.date = qifDate(s)
	case 'T':
		q.amount = s
	case 'U':
		if q.amount == "" {
			q.amount = s
		}
	case 'P':
		q.payee = s
	case 'M':
		q.memo = s
	case 'N':
		q.number = s
	case 'L':
		q.category = s
	case 'A':
		if q.address == "" {
			q.address = s
		}
	case 'S':
		if q.splitCategory == "" {
			q.splitCategory = s
		}
	case 'E':
		if q.splitMemo == "" {
			q.splitMemo = s
		}
	}
}

// qifDate writes the year of 11/22'26 and 11/22' 6, and days such as "1/ 5",
// as other programs do.
func qifDate(s string) string {
	if at := strings.IndexByte(s, '\''); at >= 0 {
		year := strings.TrimSpace(s[at+1:])
		if len(year) == 1 {
			year = "0" + year
		}
		s = s[:at] + "/" + year
	}
	return strings.ReplaceAll(s, " ", "")
}

// read makes a line of the record. A split purchase is one: its parts were
// paid at once.
func (q *qifRecord) read(x *line, dates *dater, format money.Number) Reason {
	var ok bool
	if x.at, ok = dates.at([]byte(q.date), nil); !ok {
		return BadDate
	}
	if q.amount == "" {
		return NoAmount
	}
	a, err := money.ParseNumber(q.amount, x.currency, format)
	var why Reason
	if x.minor, why = bounded(a.Minor, err); why != "" {
		return why
	}
	x.merchant, x.reason, x.approval = q.payee, q.memo, q.number
	if x.merchant == "" {
		x.merchant = q.address
	}
	x.category = q.category
	if x.category == "" || strings.HasPrefix(x.category, "--") { // --Split--
		x.category = q.splitCategory
	}
	if x.reason == "" {
		x.reason = q.splitMemo
	}
	if strings.HasPrefix(x.category, "[") { // another account of one's own
		if x.typ = wallet.TransferOut; x.minor > 0 {
			x.typ = wallet.TransferIn
		}
		x.category = ""
	}
	x.category, _, _ = strings.Cut(x.category, "/") // a class
	return ""
}
