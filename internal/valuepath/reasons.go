package valuepath

import (
	"slices"
	"time"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// telling is the order in which reasons tell a person most: what the plan
// decided, what an amount lacks, what the account lacks.
var telling = []Code{NotChosen, WholeUnits, OverLimit, BelowMin, FeeExceeds, Closed, NoDestination, NotVerified, Excluded}

// stays names the rest of a plan, lot by lot: first what could have gone, then
// what may not.
func (g *ground) stays(m *model, t *trade, taken []int64) []Stay {
	rest := m.amount - t.used
	if rest == 0 {
		return nil
	}
	var over [maxRails]int64 // what is left of the lots that may go over a rail
	for i := range g.lots {
		for r := range g.book.Rails {
			if g.could[i]&(1<<r) != 0 {
				over[r] = min(over[r]+g.free[i]-taken[i], rest)
			}
		}
	}
	var list []Stay
	add := func(i int, v Verdict) {
		if n := min(rest, g.free[i]-taken[i]); n > 0 {
			list = append(list, Stay{g.lots[i].ID, money.Of(n, g.book.Currency), v})
			rest -= n
		}
	}
	for i := range g.lots {
		if g.mask[i] != 0 && rest > 0 && g.free[i] > taken[i] {
			add(i, g.left(i, t, &over))
		}
	}
	for i := range g.lots {
		if g.mask[i] == 0 && rest > 0 {
			add(i, g.refuse(i))
		}
	}
	return list
}

// left says why a lot that may go is not all gone.
func (g *ground) left(i int, t *trade, over *[maxRails]int64) Verdict {
	best, at, when := -1, 0, time.Time{}
	for r := range g.book.Rails {
		if g.could[i]&(1<<r) == 0 {
			continue
		}
		rail, now := &g.book.Rails[r], &g.state[r]
		code, until := now.code, now.when
		if code == OK {
			x := t.x[r]
			more := max(rail.Unit, rail.Min-x)
			switch {
			case now.room < x+more:
				code, until = OverLimit, g.req.anew(rail, x+more, g.at)
			case over[r] < more && (x > 0 || over[r] < rail.Unit):
				code = WholeUnits
			case over[r] < more:
				code = BelowMin
			case over[r]-rail.Fee.Of(over[r]) <= 0:
				code = FeeExceeds
			default:
				code = NotChosen
			}
		}
		if rank := slices.Index(telling, code); best < 0 || rank < best {
			best, at, when = rank, r, until
		}
	}
	return g.why(telling[best], &g.book.Rails[at], when, over[at])
}

// refused lists the lots that can go nowhere now.
func (g *ground) refused() []Refusal {
	var list []Refusal
	for i := range g.lots {
		if g.mask[i] == 0 {
			l := &g.lots[i]
			list = append(list, Refusal{l.ID, l.Kind, money.Of(g.free[i], l.Amount.Currency), g.refuse(i)})
		}
	}
	for i := range g.req.Lots {
		l := &g.req.Lots[i]
		if l.Amount.Minor <= 0 || g.req.free(l) > 0 {
			continue
		}
		rail := &g.book.Rails[0]
		v := g.why(Held, rail, time.Time{}, l.Amount.Minor)
		if l.Amount.Currency != g.book.Currency {
			v = g.book.verdict(l, rail, NotEligible, g.book.rules[ruleRail], time.Time{})
		}
		list = append(list, Refusal{l.ID, l.Kind, l.Amount, v})
	}
	return list
}

// refuse is the most telling reason why a lot can go nowhere: what bars its
// provenance; else what the rails whose rules it meets lack; else what would
// come soonest by waiting; else the rule of the rail that is nearest.
func (g *ground) refuse(i int) Verdict {
	l := &g.lots[i]
	b := g.book
	if b.Tainted(l) {
		return b.verdict(l, &b.Rails[0], NotEligible, b.refusal(l.Kind, b.origin(l), Cash, nil), time.Time{})
	}
	best, at := -1, 0
	for r := range b.Rails {
		if g.could[i]&(1<<r) != 0 {
			if rank := slices.Index(telling, g.state[r].code); best < 0 || rank < best {
				best, at = rank, r
			}
		}
	}
	if best >= 0 && telling[best] != Excluded {
		return g.why(telling[best], &b.Rails[at], g.state[at].when, g.free[i])
	}
	code, rule, rail, when := g.nearest(l)
	if best >= 0 && code != TooEarly { // it could go by what the person left out
		return g.why(Excluded, &b.Rails[at], time.Time{}, g.free[i])
	}
	return b.verdict(l, rail, code, rule, when)
}

// nearest is the rule that keeps a lot from the rail that is nearest to taking
// it, of those that the person did not leave out, if any.
func (g *ground) nearest(l *wallet.Lot) (code Code, rule *Rule, rail *Rail, when time.Time) {
	rank := -1
	for r := range g.book.Rails {
		c, by, until := g.book.judge(l, &g.book.Rails[r], g.at)
		n := 0
		switch {
		case c == OK:
			continue
		case g.state[r].code == Excluded:
		case c == TooEarly:
			n = 5
		case c == Expired:
			n = 4
		case len(by.Refuses) > 0:
			n = 3
		case by.Condition:
			n = 2
		default:
			n = 1
		}
		if n > rank || n == rank && c == TooEarly && until.Before(when) {
			rank = n
			code, rule, rail, when = c, by, &g.book.Rails[r], until
		}
	}
	return code, rule, rail, when
}

// spendable is what of an amount could be spent as it is, and the instant by
// which its first part has to be.
func (g *ground) spendable(amount int64) (sum int64, by time.Time, first *wallet.Lot) {
	for i := range g.lots {
		l := &g.lots[i]
		if l.Expired(g.at) || sum >= amount {
			continue
		}
		sum = min(amount, sum+g.free[i])
		if first == nil {
			first = l
			by = l.Expires
		}
	}
	return sum, by, first
}
