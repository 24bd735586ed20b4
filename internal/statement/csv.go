package statement

import (
	"bytes"
	"errors"
	"strings"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// errSurvey says that the first lines left open what a later one decides, and
// errAgain that the reading is to begin anew, since more is known now.
var (
	errSurvey = errors.New("statement: the first lines did not decide")
	errAgain  = errors.New("statement: to be read once more")
)

// reader turns records into lines of the collector.
type reader struct {
	*layout
	text     script
	s        *scanner
	c        *collector
	dates    dater
	surveyed bool // all lines have been looked at
	asked    bool // the status column asks whether a line was cancelled
	captures bool // it tells whether the merchant has claimed what was approved
	part     bool // a part of the purchase of said was cancelled
	lost     bool // the line of said has a price in another currency that can't be read
	said     said
}

var nothing = &entry{hash: digestOf(""), come: wallet.TransferIn, searched: true}

func newReader(t *table, c *collector) *reader {
	l := t.layout
	r := &reader{layout: l, text: t.text, s: l.scanner(t.text), c: c, surveyed: t.surveyed, dates: dater{zone: c.o.Zone, order: l.order, now: c.o.Now}}
	r.s.lone = r.lone
	if l.cols.has(colStatus) && l.line > 0 {
		name := plainName(l.header[l.cols[colStatus]])
		r.asked, r.captures = strings.Contains(name, "취소"), strings.Contains(name, "매입")
	}
	if l.cols.has(colAmount) && l.line > 0 {
		c.signs.charges = charges(l.header[l.cols[colAmount]])
	}
	c.o.Source = cell([]byte(c.o.Source))
	return r
}

// rows reads the records that begin before a place.
func (r *reader) rows(to int64) error {
	width := r.cols.width()
	for r.s.place() < to && !r.c.halted() && r.s.next() {
		if len(r.s.fields) < 2 && r.s.blank() {
			continue
		}
		r.c.res.Lines++
		var why Reason
		switch {
		case r.s.huge():
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
		if r.odd(r.s) {
			why = r.literally(why)
		}
		if why != "" && (r.s.first || r.s.inner) { // nothing comes of it, but of a line in it something would
			r.s.rewind()
			r.c.res.Lines--
			continue
		}
		switch why {
		case "":
			switch {
			case r.s.open && r.shifted():
				r.c.skip(r.s.line, r.s.record(), OpenQuote)
				continue
			case r.s.open:
				r.c.skip(r.s.line, r.s.record(), StrayQuote)
			case r.s.inner:
				r.c.skip(r.s.line, r.s.record(), InQuotes)
			}
			if r.lost {
				r.c.skip(r.s.line, r.s.record(), LostPrice)
			}
			if r.part {
				r.c.skip(r.s.line, r.s.record(), PartCancelled)
			}
			r.c.add(&r.said, r.s.line, r.s.record())
			continue
		case BadDate, BadAmount:
			if !r.surveyed && r.undecided(why) {
				return errSurvey
			}
		}
		r.explain(why)
	}
	return r.s.err
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

// shifted reports a record of more fields than the header has: delimiters behind
// a quote that never closes may have moved them.
func (r *reader) shifted() bool {
	n := len(r.s.fields)
	for n > 0 && len(bytes.TrimSpace(r.s.fields[n-1])) == 0 {
		n--
	}
	return r.line > 0 && n > len(r.header)
}

// literally reads an odd record, in which a quote that never closed may have met
// one within a word. It stays as it was where that says the same, or nothing.
func (r *reader) literally(why Reason) Reason {
	fields, was, lost, part := r.s.fields, r.said, r.lost, r.part
	r.s.fields = bytes.Split(r.s.record(), []byte{r.delim})
	if r.essence() == "" && (why != "" || r.said.minor != was.minor) {
		r.s.open = true
		return r.row()
	}
	r.s.fields, r.said, r.lost, r.part = fields, was, lost, part
	r.s.open = r.s.open || why != ""
	return why
}

// lone reports whether a line gives a date and an amount by itself.
func (r *reader) lone(line []byte) bool {
	x := &reader{layout: r.layout, s: newScanner(written(line)(0), r.delim), c: r.c, dates: dater{zone: r.c.o.Zone, order: r.order, now: r.c.o.Now}}
	return x.s.next() && len(x.s.fields) >= r.cols.width() && x.essence() == ""
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

// preamble lists what stands before the header, and what is odd about that.
func (r *reader) preamble() error {
	if r.line == 0 {
		return nil
	}
	s := newScanner(r.text(0), r.delim)
	for s.next() && s.line <= r.line {
		switch {
		case s.line == r.line && s.open:
			r.c.skip(s.line, s.record(), StrayQuote)
		case s.line < r.line && !s.blank():
			r.c.skip(s.line, s.record(), Preamble)
		}
	}
	return s.err
}

// estimate is how many lines a text that is in memory has, judged by its first ones.
func (r *reader) estimate() int {
	const head = 64 << 10
	rest := r.s.data
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
	if why := r.essence(); why != "" {
		return why
	}
	if why := r.readVerdict(x); why != "" {
		return why
	}
	if r.cols.has(colOriginal) {
		r.lost = r.readOriginal(x)
	}
	if c.by != nil && !x.doubtful() {
		r.sketch(x, *c.by)
		return ""
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
	if r.cols.has(colApproval) {
		x.approval = cell(r.field(colApproval))
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

// essence reads what a record is nothing without: its date and its amount.
func (r *reader) essence() Reason {
	x := &r.said
	r.lost, r.part = false, false
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
	return r.readAmount(x)
}

// sketch reads of the texts of a record what sums by a dimension want: its
// group, and the words that tell what came in.
func (r *reader) sketch(x *said, by history.Dimension) {
	c := r.c
	x.merchant, x.category, x.reason, x.issuer = nothing, nothing, nothing, nothing
	if x.minor > 0 || by == history.ByMerchant {
		x.merchant, x.reason = r.entry(colMerchant, &c.merchants), r.entry(colReason, &c.reasons)
		if x.merchant.text == "" && !r.cols.has(colMinor) {
			x.merchant, x.reason = x.reason, nothing
		}
	}
	switch by {
	case history.ByCategory:
		x.category = r.entry(colCategory, &c.categories)
	case history.ByIssuer:
		if x.issuer = r.entry(colIssuer, &c.issuers); x.issuer.text == "" {
			x.issuer = c.source()
		}
	case history.ByKind:
		if r.cols.has(colKind) {
			x.kind, _ = wallet.ParseKind(string(r.field(colKind)))
		}
	}
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
