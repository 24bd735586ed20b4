package cashout

import (
	"slices"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/ui/kit"
)

// preview is what an amount can become now, as this device works it out.
type preview struct {
	amount  int64
	out     *valuepath.Outcome // nil: nothing can be worked out, or nothing is typed
	options []option           // the best plans, equal ones merged; then the one by hand
	fees    map[string]int64   // of the amounts chosen by hand, by Rail.ID
	short   int64              // what is missing to the amount
	err     *fault.Error
}

// option is one of the ways that are laid side by side.
type option struct {
	goals []valuepath.Goal // that it is best at
	hand  bool             // the split that the person made
	plan  *valuepath.Plan
}

// ground is what does not depend on the amount.
type ground struct {
	held    int64 // free of pending acts
	pinned  int64 // set aside for them
	lapsed  int64 // of that, what expired and can still be asked for
	movable int64 // of that, what may go over some rail now
	refused []valuepath.Refusal
	rails   []valuepath.RailState
	terms   []Term // of the rails, in the same order
	err     *fault.Error
}

// at is the instant that plans are made for: now, or what the platform said
// last where this device's clock is behind.
func (p *Page) at() time.Time {
	if now := p.env.Now; now.After(p.limits.At) {
		return now
	}
	return p.limits.At
}

// request asks what an amount can become.
func (p *Page) request(minor int64) valuepath.Request {
	req := p.limits.Request(act.Ask{Amount: money.Of(minor, p.book.Currency), Without: p.left()}, p.at(), p.zone)
	req.Lots = p.wallet.Movable()
	return req
}

// left are the rails that the person left out, in the catalogue's order.
func (p *Page) left() (list []string) {
	for i := range p.book.Rails {
		if id := p.book.Rails[i].ID; p.without[id] {
			list = append(list, id)
		}
	}
	return list
}

// known reports whether there is anything to work with.
func (p *Page) known() bool { return p.wallet != nil && p.limits != nil }

// survey works out what does not depend on the amount, and then the rest.
func (p *Page) survey() {
	p.ground = ground{}
	if p.known() {
		p.ground = p.lay()
	}
	p.foresee()
}

func (p *Page) lay() (g ground) {
	if g.err = p.foreign; g.err != nil {
		return g
	}
	req := p.request(0)
	out := kit.Work(p.env, func() Surveyed { return p.lookAround(req) })
	if g.err = out.Err; g.err != nil {
		return g
	}
	for i := range req.Lots {
		if l := &req.Lots[i]; l.Amount.Currency == p.book.Currency {
			aside := min(max(0, req.Pinned[l.ID]), l.Amount.Minor)
			g.held += l.Amount.Minor - aside
			g.pinned += aside
		}
	}
	for i := range p.wallet.Lapsed {
		if c := &p.wallet.Lapsed[i]; c.Lot.Amount.Currency == p.book.Currency {
			g.lapsed += c.Lot.Amount.Minor
		}
	}
	g.movable, g.refused, g.rails, g.terms = g.held, out.Refused, out.Rails, out.Terms
	for i := range out.Refused {
		if f := &out.Refused[i]; f.Code != valuepath.Held && f.Amount.Currency == p.book.Currency {
			g.movable -= f.Amount.Minor
		}
	}
	return g
}

// foresee works out the preview anew: at every key, and when anything that it
// stands on changed.
func (p *Page) foresee() {
	p.pre = preview{amount: int64(p.amount), err: p.ground.err}
	if p.amount == 0 || !p.known() || p.pre.err != nil {
		return
	}
	if p.pre.short = int64(p.amount) - p.ground.held; p.pre.short > 0 {
		return
	}
	p.pre.short = 0
	req := p.request(int64(p.amount))
	out := kit.Work(p.env, func() Planned { return p.plan(req) })
	if p.pre.err = out.Err; p.pre.err != nil || out.Outcome == nil {
		return
	}
	p.pre.out, p.pre.options = out.Outcome, merge(out.Outcome)
	if p.hand == nil {
		return
	}
	hand := kit.Work(p.env, func() Split { return p.byAmounts(req) })
	if p.pre.err = hand.Err; p.pre.err != nil || hand.Plan == nil {
		return
	}
	p.bad = map[string]valuepath.Verdict{}
	for _, s := range hand.Bad {
		p.bad[s.Rail] = s.Verdict
	}
	p.pre.fees = hand.Fees
	p.pre.options = append(p.pre.options, option{hand: true, plan: hand.Plan})
}

// merge lays the best plans side by side; one that is best at several goals stands once.
func merge(out *valuepath.Outcome) (list []option) {
	for _, g := range goals {
		plan := out.Plan(g)
		if plan == nil {
			continue
		}
		if i := slices.IndexFunc(list, func(o option) bool { return o.plan == plan }); i >= 0 {
			list[i].goals = append(list[i].goals, g)
			continue
		}
		list = append(list, option{goals: []valuepath.Goal{g}, plan: plan})
	}
	return list
}

// goals in the order in which they are laid side by side.
var goals = [...]valuepath.Goal{valuepath.MostValue, valuepath.Fastest, valuepath.NothingLeft}

// chosen is the number of the option that is chosen; −1 if there is none. What
// was chosen is a goal, or the split by hand: it stays while the amount changes.
func (p *Page) chosen() int {
	for i, o := range p.pre.options {
		if o.hand && p.byHand || !p.byHand && slices.Contains(o.goals, p.goal) {
			return i
		}
	}
	return min(0, len(p.pre.options)-1)
}

// choose takes the option with a number, as far as there is one.
func (p *Page) choose(i int) {
	if i < 0 || i >= len(p.pre.options) {
		return
	}
	o := p.pre.options[i]
	p.byHand = o.hand
	if !o.hand {
		p.goal = o.goals[0]
	}
	p.lower.Top, p.side.Top = 0, 0
}

// option is the one that is chosen; nil if there is none.
func (p *Page) option() *option {
	if i := p.chosen(); i >= 0 {
		return &p.pre.options[i]
	}
	return nil
}
