package statement

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// readCSV reads delimited text.
func readCSV(ctx context.Context, data []byte, c *collector) error {
	if why := foreign(data); why != "" {
		return notStatement(why)
	}
	text, encoding, err := decodeTable(data, c.o.Rules)
	if err != nil {
		return err
	}
	if (encoding == "utf-8" || encoding == "windows-1252") && binary(text) {
		return notStatement("binary")
	}
	l, err := layoutOf(text, c.o)
	if err != nil {
		return err
	}
	err = readRows(ctx, text, l, c)
	if errors.Is(err, errSurvey) {
		// A line further down contradicts what the first ones left open: look
		// at all of them and begin again.
		l.survey(text, c.o, len(text))
		l.ruled(c.o.Rules)
		*c = *newCollector(c.o, c.res.Detected.Format)
		r := newReader(text, l, c)
		r.surveyed = true
		err = r.rows(ctx)
	}
	if err != nil {
		return err
	}
	if len(c.res.Transactions) == 0 && c.res.Lines > 0 {
		return notStatement("no_lines")
	}
	l.detected(&c.res.Detected)
	c.res.Detected.Encoding = encoding
	return nil
}

func readRows(ctx context.Context, text []byte, l *layout, c *collector) error {
	return newReader(text, l, c).rows(ctx)
}

var errSurvey = errors.New("statement: the first lines did not decide")

// reader turns records into lines of the collector.
type reader struct {
	*layout
	text     []byte
	s        *scanner
	c        *collector
	dates    dater
	surveyed bool // all lines have been looked at
	asked    bool // the status column asks whether a line was cancelled
	said     said
}

var nothing = &entry{hash: digestOf("")}

func newReader(text []byte, l *layout, c *collector) *reader {
	r := &reader{layout: l, text: text, s: l.scanner(text), c: c, dates: dater{zone: c.o.Zone, order: l.order, now: c.o.Now}}
	if l.cols.has(colStatus) && l.line > 0 {
		r.asked = strings.Contains(plainName(l.header[l.cols[colStatus]]), "취소")
	}
	if l.cols.has(colAmount) && l.line > 0 {
		c.charges = charges(l.header[l.cols[colAmount]])
	}
	c.o.Source = cell([]byte(c.o.Source))
	return r
}

func (r *reader) rows(ctx context.Context) error {
	r.preamble()
	r.c.expect(r.estimate())
	width := r.cols.width()
	for n := 0; r.s.next(); n++ {
		if n&4095 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if len(r.s.fields) < 2 && r.s.blank() {
			continue
		}
		r.c.res.Lines++
		var why Reason
		switch {
		case r.s.end-r.s.start > maxRecord:
			why = TooLong
		case len(r.s.fields) < width:
			if r.s.blank() {
				r.c.res.Lines--
				continue
			}
			why = TooFew
		default:
			why = r.row()
		}
		switch why {
		case "":
			r.c.add(&r.said)
			continue
		case BadDate, BadAmount:
			if !r.surveyed && r.undecided(why) {
				return errSurvey
			}
		}
		r.explain(why)
	}
	return nil
}

// explain lists the record that was just read, by the plainest reason.
func (r *reader) explain(why Reason) {
	switch {
	case r.s.blank():
		r.c.res.Lines--
		return
	case why == TooLong || why == Declined:
	case r.isHeader(r.s.fields):
		why = Repeated
	case r.sumsUp():
		why = Summary
	case r.s.open:
		why = OpenQuote
	}
	r.c.skip(r.s.line, r.s.record(), why)
}

func (r *reader) sumsUp() bool {
	for _, f := range r.s.fields {
		if len(f) < 40 && isSummary(string(f)) {
			return true
		}
	}
	return false
}

// undecided reports whether another way of reading dates or numbers fitted the
// sample as well as the one chosen, and fits this line better.
func (r *reader) undecided(why Reason) bool {
	if why == BadAmount {
		a := r.layoutAmount()
		f := money.GuessNumber(r.currency, append([]string{a}, r.amounts...)...)
		return f != (money.Number{}) && f != r.format
	}
	if !r.cols.has(colDate) {
		return false
	}
	p, ok := splitDate(bytes.TrimSpace(r.s.fields[r.cols[colDate]]))
	if !ok {
		return false
	}
	for o := range orders {
		if _, _, _, fits := p.civil(o); fits && o != r.order {
			return true
		}
	}
	return false
}

func (r *reader) layoutAmount() string {
	for _, m := range []meaning{colAmount, colDebit, colCredit} {
		if a := r.field(m); len(a) > 0 {
			return string(a)
		}
	}
	return ""
}

// preamble lists what stands before the header.
func (r *reader) preamble() {
	if r.line == 0 {
		return
	}
	s := newScanner(r.text, r.delim)
	for s.next() && s.line < r.line {
		if !s.blank() {
			r.c.skip(s.line, s.record(), Preamble)
		}
	}
}

// estimate is how many lines the text has, judged by its first ones.
func (r *reader) estimate() int {
	const head = 64 << 10
	rest := r.text[min(r.body, len(r.text)):]
	n := bytes.Count(rest[:min(len(rest), head)], []byte("\n")) + 1
	if len(rest) <= head {
		return n
	}
	return int(int64(n)*int64(len(rest))/head)*21/20 + 16
}

func (r *reader) field(m meaning) []byte {
	i := r.cols[m]
	if i < 0 || i >= len(r.s.fields) {
		return nil
	}
	return bytes.TrimSpace(r.s.fields[i])
}

func (r *reader) entry(m meaning, t *interner) *entry {
	f := r.field(m)
	if len(f) == 0 {
		return nothing
	}
	return t.of(f)
}

func (r *reader) words(m meaning, t *interner) string {
	if !r.cols.has(m) {
		return ""
	}
	return r.entry(m, t).text
}

// row reads one record into r.said; the Reason is "" if that worked.
func (r *reader) row() Reason {
	c, x := r.c, &r.said
	*x = said{currency: r.currency, channel: "statement"}
	date := r.field(colDate)
	if r.cols.has(colInstant) && len(r.field(colInstant)) > 0 {
		date = r.field(colInstant)
	}
	var ok bool
	if x.at, ok = r.dates.at(date, r.field(colTime)); !ok {
		return BadDate
	}
	if r.cols.has(colCurrency) {
		if why := r.readCurrency(x); why != "" {
			return why
		}
	}
	if why := r.readAmount(x); why != "" {
		return why
	}
	if why := r.readVerdict(x); why != "" {
		return why
	}
	x.merchant, x.category = r.entry(colMerchant, &c.merchants), r.entry(colCategory, &c.categories)
	x.reason, x.issuer = r.entry(colReason, &c.reasons), r.entry(colIssuer, &c.issuers)
	if x.merchant.text == "" && !r.cols.has(colMinor) { // the description is better than nothing
		x.merchant, x.reason = x.reason, nothing
	}
	if x.issuer.text == "" {
		x.issuer = c.source()
	}
	if r.cols.has(colOrder) {
		x.order = cell(r.field(colOrder))
	}
	if r.cols.has(colID) {
		x.id = cell(r.field(colID))
	}
	if r.cols.has(colKind) {
		x.kind, _ = wallet.ParseKind(string(r.field(colKind)))
	}
	if ch := r.words(colChannel, &c.plain); ch != "" {
		x.channel = ch
	}
	x.contact, x.bill, x.refundOf = r.words(colContact, &c.plain), r.words(colSettlement, &c.plain), r.words(colRefundOf, &c.plain)
	return ""
}

// source is the issuer of lines that name none.
func (c *collector) source() *entry {
	if c.fallback == nil {
		c.fallback = &entry{text: c.o.Source, hash: digestOf(c.o.Source)}
	}
	return c.fallback
}

func (r *reader) readCurrency(x *said) Reason {
	f := r.field(colCurrency)
	switch {
	case len(f) == 0:
		return ""
	case string(f) == "원" || string(f) == "₩":
		x.currency = money.KRW
		return ""
	case string(f) == string(r.currency):
		return ""
	}
	if x.currency = money.Currency(strings.ToUpper(string(f))); !x.currency.Valid() {
		return BadMoney
	}
	return ""
}
