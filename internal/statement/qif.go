package statement

import (
	"bytes"
	"cmp"
	"context"
	"slices"
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

// qifReader collects records, since only all dates together say which number
// is the day.
type qifReader struct {
	c       *collector
	part    string // bank, or what the section is else
	account string
	records []qifRecord
	owner   []string // the account of each record
	amounts []string
	seen    map[string]bool
	dates   census
}

// readQIF reads Quicken's interchange format.
func readQIF(ctx context.Context, data []byte, c *collector) error {
	text, encoding, err := decode(data)
	if err != nil {
		return err
	}
	r := &qifReader{c: c, part: "bank", seen: map[string]bool{}}
	if err := r.collect(ctx, text); err != nil {
		return err
	}
	l := layout{amounts: r.amounts, cols: noColumns()}
	currency := l.chooseCurrency(text, c.o, nil)
	format := money.GuessNumber(currency, r.amounts...)
	if format == (money.Number{}) {
		l.currency = currency
		format = l.commonest()
	}
	order := r.dates.choose(true) // the format is an American program's
	dates := dater{zone: c.o.Zone, order: order, now: c.o.Now}
	accounts := map[string]bool{}
	for _, a := range r.owner {
		accounts[a] = true
	}
	for i := range r.records {
		if i&4095 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		q := &r.records[i]
		x := line{currency: currency}
		if len(accounts) > 1 {
			x.account = r.owner[i]
		}
		if why := q.read(&x, &dates, format); why != "" {
			c.drop(q.line, q.text, why)
			continue
		}
		c.take(&x, q.line, q.text)
	}
	slices.SortStableFunc(c.res.Skipped, func(a, b Line) int { return cmp.Compare(a.Number, b.Number) })
	if len(c.res.Transactions) == 0 && c.res.Lines > 0 {
		return notStatement("no_lines")
	}
	d := &c.res.Detected
	d.Encoding, d.Dates, d.Number, d.Currency, d.Sign = encoding, r.dates.word(order), format, currency, NegativeSpent
	return nil
}

func (r *qifReader) collect(ctx context.Context, text []byte) error {
	tomorrow := int64(1) << 62
	if !r.c.o.Now.IsZero() {
		tomorrow = r.c.o.Now.Unix() + 24*3600
	}
	var q qifRecord
	begin := -1
	lines := lineScanner{data: text}
	for lines.next() {
		if lines.number&4095 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		s := bytes.TrimSpace(lines.text)
		if len(s) == 0 {
			continue
		}
		if s[0] == '!' {
			r.close(&q, text, begin, lines.start, tomorrow)
			begin = -1
			r.section(strings.ToLower(string(s)))
			continue
		}
		if begin < 0 {
			begin, q = lines.start, qifRecord{line: lines.number}
		}
		if s[0] == '^' {
			r.close(&q, text, begin, lines.end, tomorrow)
			begin = -1
			continue
		}
		if len(s) <= maxLeaf {
			q.field(s[0], strings.TrimSpace(string(s[1:])))
		}
	}
	r.close(&q, text, begin, len(text), tomorrow) // many programs leave the last ^ out
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

// close ends a record.
func (r *qifReader) close(q *qifRecord, text []byte, begin, end int, tomorrow int64) {
	if begin < 0 {
		return
	}
	q.text = text[begin:min(end, begin+16*maxShown)]
	switch r.part {
	case "bank":
	case "account":
		r.account = q.number // its field N is the name
		return
	default:
		r.c.drop(q.line, q.text, OtherPart)
		return
	}
	r.dates.add([]byte(q.date), tomorrow)
	if a := q.amount; a != "" && len(a) < 40 && len(r.seen) < 512 {
		if shape := strings.Map(digitShape, a); !r.seen[shape] {
			r.seen[shape] = true
			r.amounts = append(r.amounts, a)
		}
	}
	r.records, r.owner = append(r.records, *q), append(r.owner, r.account)
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
	x.merchant, x.reason, x.order = q.payee, q.memo, q.number
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
