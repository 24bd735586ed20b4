package cashout

import (
	"jandon/internal/fault"
	"jandon/internal/valuepath"
	"jandon/ui/kit"
)

// What the catalogue makes of amounts: its steps, fees and limits are in it, so
// that a replay, whose amounts are others, takes it from the recording.

// Surveyed is what the catalogue says of all that is held.
type Surveyed struct {
	Refused []valuepath.Refusal
	Rails   []valuepath.RailState
	Terms   []Term
	Err     *fault.Error
}

// Term is what a rail asks of an amount, in minor units.
type Term struct {
	Min, Unit int64
	Stepped   bool // it does not take any amount from there on
}

// Planned is what the planner says of an amount.
type Planned struct {
	Outcome *valuepath.Outcome // its front holds the best plans alone
	Err     *fault.Error
}

// Split is what a split by hand comes to: its plan, the rails that can't, and
// the fee of each amount.
type Split struct {
	Plan *valuepath.Plan
	Bad  []valuepath.RailState
	Fees map[string]int64 // minor units by Rail.ID
	Err  *fault.Error
}

// Figured is an amount after a key, in minor units.
type Figured struct {
	To      int64
	Changed bool
	Full    bool // it would be more than can be planned
}

// Brokered is the arithmetic at both ends of what brokers are known to take.
type Brokered struct{ Ends [2]valuepath.BrokerCost }

func (p *Page) lookAround(req valuepath.Request) (s Surveyed) {
	out, err := p.book.Plan(req)
	if err != nil {
		return Surveyed{Err: fault.From(err)}
	}
	s.Refused, s.Rails = out.Refused, out.Rails
	for i := range p.book.Rails {
		r := &p.book.Rails[i]
		s.Terms = append(s.Terms, Term{Min: r.Min, Unit: r.Unit, Stepped: r.Unit > 1})
	}
	return s
}

func (p *Page) plan(req valuepath.Request) Planned {
	out, err := p.book.Plan(req)
	if err != nil {
		return Planned{Err: fault.From(err)}
	}
	best := make([]valuepath.Plan, 0, len(out.Best))
	at := map[int]int{}
	for g, i := range out.Best {
		if i < 0 {
			continue
		}
		if _, known := at[i]; !known {
			at[i] = len(best)
			best = append(best, out.Front[i])
		}
		out.Best[g] = at[i]
	}
	out.Front = best
	return Planned{Outcome: out}
}

func (p *Page) byAmounts(req valuepath.Request) (s Split) {
	plan, bad, err := p.book.ByHand(req, p.hand)
	if err != nil {
		return Split{Err: fault.From(err)}
	}
	s.Plan, s.Bad, s.Fees = plan, bad, map[string]int64{}
	for i := range p.book.Rails {
		r := &p.book.Rails[i]
		if n := p.hand[r.ID]; n > 0 {
			s.Fees[r.ID] = r.Fee.Of(n)
		}
	}
	return s
}

// figured is an amount that a key changes.
func (p *Page) figured(do func() (to figure, changed, full bool)) (to figure, changed, full bool) {
	f := kit.Work(p.env, func() Figured {
		to, changed, full := do()
		return Figured{int64(to), changed, full}
	})
	return figure(f.To), f.Changed, f.Full
}

// moved is an amount that goes elsewhere in any case.
func (p *Page) moved(to func() figure) figure {
	f, _, _ := p.figured(func() (figure, bool, bool) { return to(), true, false })
	return f
}

// term is what a rail asks of an amount; nothing where it is not known yet.
func (p *Page) term(i int) Term {
	if i < len(p.ground.terms) {
		return p.ground.terms[i]
	}
	return Term{}
}

// feeOf is what a rail takes of the amount that stands beside it.
func (p *Page) feeOf(rail string) int64 {
	if p.hand != nil {
		return p.pre.fees[rail]
	}
	if o := p.option(); o != nil {
		for i := range o.plan.Legs {
			if o.plan.Legs[i].Rail == rail {
				return o.plan.Legs[i].Fee.Minor
			}
		}
	}
	return 0
}
