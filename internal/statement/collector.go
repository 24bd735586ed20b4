package statement

import (
	"cmp"
	"time"

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

// collector takes lines from a format and makes the Result of them.
type collector struct {
	o   Options
	res Result
	ids ids

	digests                                               []digest // of what each line says, for its id
	vague                                                 []int    // lines whose type goes out and whose amount has no minus
	outs                                                  int      // those with one
	own                                                   bool     // lines bring ids of their own
	steady                                                trend    // whether the lines are in order of time
	merchants, categories, issuers, reasons, words, plain interner

	neutral, negative int // lines whose sign alone says what they are
	typed             int // lines of which a column says it
	currencies        map[money.Currency]int
	originals         map[int]money.Amount // by line
	charges           bool                 // the amounts are called charges
	fallback          *entry
}

func newCollector(o Options, format string) *collector {
	return &collector{
		o: o, currencies: map[money.Currency]int{},
		res: Result{Detected: Detected{Format: format}, Reasons: map[Reason]int{}},
	}
}

// expect makes room for n lines.
func (c *collector) expect(n int) {
	old := c.res.Transactions
	if cap(old) < n {
		c.res.Transactions = append(make([]wallet.Transaction, 0, n), old...)
		c.digests = append(make([]digest, 0, n), c.digests...)
	}
}

// skip lists a line that gives no transaction.
func (c *collector) skip(number int, text []byte, why Reason) {
	c.res.Reasons[why]++
	if len(c.res.Skipped) < MaxSkipped {
		c.res.Skipped = append(c.res.Skipped, Line{number, shorten(text), why})
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
	order, id                        string
	channel, contact, bill, refundOf string
	kind                             wallet.Kind
	verdict                          verdict
	signed                           bool // minor is right as it is
}

// add takes a line in.
func (c *collector) add(s *said) {
	n := len(c.res.Transactions)
	if n == cap(c.res.Transactions) {
		c.expect(max(1024, 2*n))
	}
	c.res.Transactions = c.res.Transactions[:n+1]
	x := &c.res.Transactions[n] // zero: the memory is fresh
	x.At, x.Type, x.Status, x.Kind = s.at, s.verdict.typ, cmp.Or(s.verdict.status, wallet.Posted), s.kind
	x.Amount.Minor, x.Amount.Currency = s.minor, s.currency
	x.Issuer, x.Merchant, x.Category, x.Reason, x.Channel = s.issuer.text, s.merchant.text, s.category.text, s.reason.text, s.channel
	x.Contact, x.Order, x.Settlement, x.RefundOf = s.contact, s.order, s.bill, s.refundOf
	d := s.merchant.hash.with(uint64(s.at.Unix())).with(uint64(s.minor)).with(uint64(s.reason.hash))
	if s.order != "" {
		d = d.with(uint64(digestOf(s.order)))
	}
	if x.ID = s.id; s.id != "" {
		c.own = true
	}
	c.digests = append(c.digests, d)
	c.steady.add(s.at.Unix())
	c.currencies[s.currency]++
	c.settleSign(x, s)
}

// settleSign gives the amount the sign of its type; where only the sign of all
// lines together can tell, the line waits for finish.
func (c *collector) settleSign(x *wallet.Transaction, s *said) {
	if s.signed && x.Type != wallet.TypeUnknown {
		c.typed++
		return
	}
	m := x.Amount.Minor
	switch {
	case x.Type == wallet.TypeUnknown:
		c.neutral++
		if m < 0 {
			c.negative++
		}
		return
	case x.Type == wallet.Conversion:
	case x.Type.Receives() || x.Type == wallet.Refund:
		x.Amount.Minor = max(m, -m)
	case m > 0: // came in, if a minus means out in this file
		c.vague = append(c.vague, len(c.res.Transactions)-1)
		x.Amount.Minor = -m
	default:
		c.outs++
	}
	c.typed++
}

// result settles signs and ids and sums up.
func (c *collector) result() Result {
	d := &c.res.Detected
	spendsPlus := c.negative == 0 || c.charges && 2*c.negative <= c.neutral || 5*c.negative < c.neutral
	if rules := c.o.Rules; rules != nil && rules.Sign != "" {
		d.Sign, spendsPlus = rules.Sign, rules.Sign == PositiveSpent
	}
	switch {
	case d.Sign != "":
	case c.typed > c.neutral:
		d.Sign = ByType
	case spendsPlus:
		d.Sign = PositiveSpent
	default:
		d.Sign = NegativeSpent
	}
	most := 0
	for cur, n := range c.currencies {
		if n > most || n == most && cur < d.Currency {
			d.Currency, most = cur, n
		}
	}
	tx := c.res.Transactions
	if c.outs > 0 && c.outs >= len(c.vague) {
		for _, i := range c.vague {
			tx[i].Type, tx[i].Amount.Minor = incoming(tx[i].Merchant, tx[i].Reason), -tx[i].Amount.Minor
		}
	}
	for from := 0; from < len(tx); {
		to := c.stretch(from)
		if to-from > 1 || c.own {
			c.ids.reset(to - from)
		}
		for i := from; i < to; i++ {
			x := &tx[i]
			switch {
			case to-from == 1 && x.ID == "":
				x.ID = c.ids.text(c.digests[i])
			case x.ID == "" || !c.ids.claim(digestOf(x.ID)):
				x.ID = c.ids.of(c.digests[i])
			}
			if x.Type == wallet.TypeUnknown {
				settle(x, spendsPlus)
			}
			if x.Type.Spends() && x.Amount.Currency == d.Currency {
				c.res.Spent -= x.Amount.Minor
			}
		}
		from = to
	}
	for i, a := range c.originals {
		if c.res.Originals == nil {
			c.res.Originals = make(map[string]money.Amount, len(c.originals))
		}
		c.res.Originals[tx[i].ID] = a
	}
	return c.res
}

// stretch is the end of the lines from one on among which ids could be the
// same: where lines are in order of time those of one instant, else all.
func (c *collector) stretch(from int) int {
	tx := c.res.Transactions
	if c.own || c.steady.broken {
		return len(tx)
	}
	to := from + 1
	for to < len(tx) && tx[to].At.Equal(tx[from].At) {
		to++
	}
	return to
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

// settle turns a signed number into a payment or what came in.
func settle(x *wallet.Transaction, spendsPlus bool) {
	if spendsPlus {
		x.Type = wallet.Payment
		if x.Amount.Minor < 0 {
			x.Type = wallet.Refund
		}
		x.Amount.Minor = -x.Amount.Minor
		return
	}
	x.Type = wallet.Payment
	if x.Amount.Minor > 0 {
		x.Type = incoming(x.Merchant, x.Reason)
	}
}
