package statement

import (
	"cmp"
	"context"
	"time"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/safe"
	"jandon/internal/wallet"
)

// maxMinor is the largest amount that is believed: a line over 10^12 minor
// units is a number in the wrong column, and nine million of them still sum
// within int64.
const maxMinor = 1_000_000_000_000

// maxShown is how much of a skipped line is kept, in characters.
const maxShown = 120

// collector hears the lines of a file from the reader of its format, and
// hands them on.
type collector struct {
	o       Options
	res     Result
	signs   signs
	sink    sink
	own     bool // lines bring ids of their own
	steady  trend
	stopped bool            // whoever takes the lines wants no more
	ctx     context.Context //nolint:containedctx // a collector lives for one reading
	beat    int
	by      *history.Dimension // all that is wanted are sums by it; nil: the lines

	in      *source  // what is read; nil: its progress is told elsewhere
	heard   int      // lines so far
	doubts  doubts   // those that only all lines can settle
	settled *settled // what an earlier reading made of them; nil: there was none
	refunds ids      // of those that were cancelled

	several  bool // the file tells of several accounts, as an earlier reading found
	accounts int  // of which this one has heard

	merchants, categories, issuers, reasons, words, plain interner
	fallback                                              *entry
}

// sink takes the lines that a file holds, in order; what it is handed is good
// until it returns.
type sink interface{ take(c *collector, s *said) }

func newCollector(ctx context.Context, o Options, format string, to sink) *collector {
	c := &collector{ctx: ctx, o: o, sink: to, res: Result{Detected: Detected{Format: format}, Reasons: map[Reason]int{}}}
	switch to := to.(type) {
	case *summer:
		c.by = &to.by
	case counter:
		c.by = new(history.Dimension)
	}
	return c
}

// halted reports that the reading is to end; asked before each line.
func (c *collector) halted() bool {
	if c.beat++; c.beat&1023 == 1 {
		c.stopped = c.stopped || c.ctx.Err() != nil
	}
	return c.stopped
}

// skip lists a line that gives no transaction.
func (c *collector) skip(number int, text []byte, why Reason) {
	c.res.Reasons[why]++
	if len(c.res.Skipped) < MaxSkipped {
		c.list(Line{number, shorten(text), why})
	}
}

func (c *collector) list(l Line) {
	if len(c.res.Skipped) < MaxSkipped {
		c.res.Skipped = append(c.res.Skipped, l)
	}
}

func shorten(text []byte) string {
	cut := text[:min(len(text), 16*maxShown)]
	for i, b := range cut {
		if b == '\t' || b == '\n' || b == '\r' {
			cut = append([]byte(nil), cut...)
			for j := i; j < len(cut); j++ {
				if cut[j] == '\t' || cut[j] == '\n' || cut[j] == '\r' {
					cut[j] = ' '
				}
			}
			break
		}
	}
	runes := []rune(safe.Text(string(cut)))
	if len(runes) > maxShown {
		return string(runes[:maxShown-1]) + "…"
	}
	if len(cut) < len(text) {
		return string(runes) + "…"
	}
	return string(runes)
}

// said is what a line says about one transaction, before signs are settled.
type said struct {
	at                               time.Time
	minor                            int64
	currency                         money.Currency
	merchant, category, issuer       *entry
	reason                           *entry
	order, approval, id              string
	channel, contact, bill, refundOf string
	kind                             wallet.Kind
	verdict                          verdict
	original                         money.Amount // zero: not said
	signed                           bool         // minor is right as it is
	bought                           bool         // it is a purchase, whatever its sign and its mark say
}

// add takes a line in; number and text are for the case that it does not count.
func (c *collector) add(s *said, number int, text []byte) {
	n := c.heard
	c.heard++
	if c.settled == nil {
		if c.doubts.add(n, s) && c.in != nil {
			c.in.further(2) // for what settles them
		}
	} else if why := c.settled.apply(n, s); why != "" {
		c.skip(number, text, why)
		if why == Cancelled || why == MaybeCancelled {
			c.cancel(s)
		}
		if !why.Partial() {
			return
		}
	}
	c.own = c.own || s.id != ""
	c.steady.add(s.at.Unix())
	c.sink.take(c, s)
}

// cancel keeps the refund of a purchase that does not count.
func (c *collector) cancel(s *said) {
	if len(c.res.Cancelled) == 0 {
		c.refunds.reset(len(c.settled.fates))
	}
	if len(c.res.Cancelled) >= maxDoubts {
		return
	}
	x := s.transaction()
	x.Type, x.Status, x.RefundOf = wallet.Refund, wallet.Posted, x.ID
	x.Amount.Minor = max(s.minor, -s.minor)
	x.ID = c.refunds.id("", s.digest().with(uint64(wallet.Refund)).on(s.at))
	c.res.Cancelled = append(c.res.Cancelled, x)
}

// transaction is what a line says, but for what only all lines can tell.
func (s *said) transaction() wallet.Transaction {
	return wallet.Transaction{
		ID: s.id, At: s.at, Type: s.verdict.typ, Status: cmp.Or(s.verdict.status, wallet.Posted), Kind: s.kind,
		Amount: money.Amount{Minor: s.minor, Currency: s.currency}, Original: s.original,
		Issuer: s.issuer.text, Merchant: s.merchant.text, Category: s.category.text, Reason: s.reason.text, Channel: s.channel,
		Contact: s.contact, Order: s.order, Approval: s.approval, Settlement: s.bill, RefundOf: s.refundOf,
	}
}

// digest is of what a line says, for its id.
func (s *said) digest() digest {
	d := s.merchant.hash.with(uint64(s.at.Unix())).with(uint64(s.minor)).with(uint64(s.reason.hash))
	if n := s.number(); n != 0 {
		d = d.with(uint64(n))
	}
	return d.on(s.at)
}

// judge decides what only all lines together say, and tells it in the result.
func (c *collector) judge() judgement {
	j := c.signs.judge(c.res.Detected.Sign, c.o.Rules)
	c.res.Detected.Sign = j.sign
	if j.currency != "" {
		c.res.Detected.Currency = j.currency
	}
	return j
}

// trend watches whether numbers only rise or only fall.
type trend struct {
	last     int64
	begun    bool
	up, down bool
	broken   bool
}

func (t *trend) add(n int64) {
	if t.begun {
		t.up, t.down = t.up || n > t.last, t.down || n < t.last
		t.broken = t.up && t.down
	}
	t.last, t.begun = n, true
}
