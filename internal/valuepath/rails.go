package valuepath

import (
	"time"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// ground is what a request stands on: the lots that may go anywhere, in
// classes of the same rails, and what each rail can carry now.
type ground struct {
	book  *Book
	req   *Request
	at    time.Time
	lots  []wallet.Lot // all with something free, first to expire first; Amount as in the wallet
	free  []int64      // what of each may be taken
	mask  []uint64     // the rails that a lot may go over now, as bits
	could []uint64     // the rails whose rules it meets, also those closed now
	class []int        // its class; −1: none
	sets  []uint64     // the mask of each class
	sums  []int64      // what each class holds
	state [maxRails]railNow
	whole bool // no class was left out
}

// railNow is what a rail can carry at the instant, whatever the lots.
type railNow struct {
	code Code
	when time.Time
	room int64 // by limits
	used int64
}

// maxClasses is what fits the bits of a set.
const maxClasses = 64

func (b *Book) ground(req *Request, at time.Time) *ground {
	g := &ground{book: b, req: req, lots: make([]wallet.Lot, 0, len(req.Lots))}
	for i := range req.Lots {
		if req.free(&req.Lots[i]) > 0 {
			g.lots = append(g.lots, req.Lots[i])
		}
	}
	sortLots(g.lots)
	g.free = make([]int64, len(g.lots))
	for i := range g.lots {
		g.free[i] = min(req.free(&g.lots[i]), MaxAmount)
	}
	g.lay(at)
	return g
}

// later is the same ground at another instant: its lots and what is free of
// them stay, where they may go does not.
func (g *ground) later(at time.Time) *ground {
	then := &ground{book: g.book, req: g.req, lots: g.lots, free: g.free}
	then.lay(at)
	return then
}

// lay says which lots may go where at an instant.
func (g *ground) lay(at time.Time) {
	b, n := g.book, len(g.lots)
	g.at, g.whole = at, true
	for i := range b.Rails {
		g.state[i] = b.now(&b.Rails[i], g.req, at)
	}
	g.mask, g.could, g.class = make([]uint64, n), make([]uint64, n), make([]int, n)
	for i := range g.lots {
		l := &g.lots[i]
		for r := range b.Rails {
			if code, _, _ := b.judge(l, &b.Rails[r], at); code == OK {
				g.could[i] |= 1 << r
				if g.state[r].code == OK {
					g.mask[i] |= 1 << r
				}
			}
		}
		g.class[i] = g.classOf(g.mask[i])
		if g.class[i] >= 0 {
			g.sums[g.class[i]] = min(g.sums[g.class[i]]+g.free[i], MaxAmount)
		}
	}
}

func (g *ground) classOf(mask uint64) int {
	if mask == 0 {
		return -1
	}
	for k, s := range g.sets {
		if s == mask {
			return k
		}
	}
	if len(g.sets) == maxClasses {
		g.whole = false
		return -1
	}
	g.sets, g.sums = append(g.sets, mask), append(g.sums, 0)
	return len(g.sets) - 1
}

// now says whether a rail takes acts of this person at an instant, and how much.
// On a later day than the request's, nothing is used up yet.
func (b *Book) now(r *Rail, req *Request, at time.Time) railNow {
	limit := r.Limit(req.Tier)
	used := int64(0)
	if sameDay(at, req.At, req.Zone) {
		used = max(0, req.Used[r.ID])
	}
	s := railNow{room: min(limit.Act, max(0, limit.Day-used)), used: used}
	switch {
	case req.Without[r.ID]:
		s.code = Excluded
	case r.Verified && !req.Verified:
		s.code = NotVerified
	case r.Destination && !req.Linked[r.ID]:
		s.code = NoDestination
	case s.room < r.Min:
		s.code, s.when = OverLimit, req.anew(r, r.Min, at)
	case !r.OpenAt(at, req.Zone):
		s.code, s.when = Closed, r.Opens(at, req.Zone)
	}
	return s
}

// anew is when a rail can carry so much again that is over a limit: tomorrow is
// another day, but zero where it is over the limit of one act.
func (r *Request) anew(rail *Rail, amount int64, at time.Time) time.Time {
	if amount > rail.Limit(r.Tier).Act {
		return time.Time{}
	}
	return nextDay(at, r.Zone)
}

func sameDay(a, b time.Time, zone *time.Location) bool {
	ay, am, ad := a.In(zone).Date()
	by, bm, bd := b.In(zone).Date()
	return ay == by && am == bm && ad == bd
}

// nextDay is the first hour of the next civil day; Date moves it forward where
// the clocks skip midnight.
func nextDay(at time.Time, zone *time.Location) time.Time {
	y, m, d := at.In(zone).Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, zone)
}

// model is the ground as the solver sees it, for an amount.
func (g *ground) model(amount int64) *model {
	m := &model{classes: append([]int64(nil), g.sums...), amount: amount, nodes: g.book.nodes}
	for i := range g.book.Rails {
		r := &g.book.Rails[i]
		l := lane{unit: r.Unit, fee: r.Fee, own: r.own(), seconds: int64(r.Time / time.Second)}
		if s := &g.state[i]; s.code == OK {
			l.lo, l.hi = r.Min, s.room
			for k, set := range g.sets {
				if set&(1<<i) != 0 {
					l.set |= 1 << k
				}
			}
		}
		m.lanes = append(m.lanes, l)
	}
	m.build()
	m.whole = m.whole && g.whole
	return m
}

// states says of every rail what it could carry of an amount.
func (g *ground) states(m *model) []RailState {
	out := make([]RailState, len(g.book.Rails))
	for i := range g.book.Rails {
		r, s := &g.book.Rails[i], &g.state[i]
		eligible := int64(0)
		for j := range g.lots {
			if g.could[j]&(1<<i) != 0 {
				eligible = min(eligible+g.free[j], MaxAmount)
			}
		}
		out[i] = RailState{Rail: r.ID, Eligible: money.Of(eligible, g.book.Currency), Most: money.Of(m.lanes[i].hi, g.book.Currency)}
		code := s.code
		avail := min(eligible, m.amount)
		switch {
		case eligible == 0:
			code = NotEligible
		case code != OK || m.lanes[i].hi > 0:
		case avail < r.Min:
			code = BelowMin
		default:
			code = FeeExceeds
		}
		if code != OK {
			out[i].Verdict = g.why(code, r, s.when, avail)
		}
	}
	return out
}

// why is the verdict for what a rail asks of an amount.
func (g *ground) why(code Code, r *Rail, when time.Time, amount int64) Verdict {
	terms := g.book.rules[ruleRail]
	limit := r.Limit(g.req.Tier)
	c := g.book.Currency
	args := []any{
		"rail", Text{ID: railName + r.ID}, "amount", money.Of(amount, c), "min", money.Of(r.Min, c), "unit", money.Of(r.Unit, c),
		"act", money.Of(limit.Act, c), "day", money.Of(limit.Day, c), "fee", money.Of(r.Fee.Of(max(amount, r.Min)), c),
		"when", when, "tier", Text{ID: "rail.tier." + g.req.Tier.String()},
	}
	v := Verdict{Code: code, Rule: terms.ID, Since: terms.Since(), When: when}
	v.Say = Text{whyName + string(code), args}
	v.Remedy = Text{wayName + string(code), args}
	if code == OverLimit && when.IsZero() {
		v.Remedy.ID = "rail.way.tier"
	}
	return v
}
