package valuepath

import "time"

// ByHand is the plan that carries the amounts that a person chose by Rail.ID,
// in minor units, and the rails that can't, each with its reason. Rails that
// can't are left out of the plan: what they should have carried stays. Where
// rails want the same lots, those earlier in the catalogue have them.
func (b *Book) ByHand(req Request, amounts map[string]int64) (*Plan, []RailState, error) {
	if err := req.check(b); err != nil {
		return nil, nil, err
	}
	g := b.ground(&req, req.At)
	m := g.model(req.Amount.Minor)
	states := g.states(m)
	s := &search{m: m, slack: append([]int64(nil), m.room...), x: make([]int64, len(m.lanes))}
	var bad []RailState
	for i := range b.Rails {
		r := &b.Rails[i]
		want := amounts[r.ID]
		if want == 0 {
			continue
		}
		state := states[i]
		if state.Code == OK || state.Code == BelowMin && want < g.book.Rails[i].Min { // it speaks of this amount, not of the whole
			state.Verdict = g.refuseHand(s, i, want)
		}
		if state.Code != OK {
			bad = append(bad, state)
			continue
		}
		s.take(i, want)
	}
	t := m.trade(s.x, false) // chosen, not proved best
	p := g.plan(m, &t)
	return &p, bad, nil
}

// refuseHand says why an open rail can't carry an amount beside what the
// others have, or nothing.
func (g *ground) refuseHand(s *search, i int, want int64) Verdict {
	r, l := &g.book.Rails[i], &s.m.lanes[i]
	code, when := OK, time.Time{}
	switch {
	case want < r.Min:
		code = BelowMin
	case want%r.Unit != 0:
		code, want = WholeUnits, want%r.Unit // what is too little for one more
	case want > g.state[i].room:
		code, when = OverLimit, g.req.anew(r, want, g.at)
	case want-r.Fee.Of(want) <= 0:
		code = FeeExceeds
	case want > l.hi || want > s.free(i):
		code = TooMuch
		want = min(l.hi, s.free(i))
	}
	if code == OK {
		return Verdict{}
	}
	return g.why(code, r, when, want)
}

// Amounts are what a plan sends over each rail, by Rail.ID, as ByHand takes them.
func (p *Plan) Amounts() map[string]int64 {
	m := make(map[string]int64, len(p.Legs))
	for _, l := range p.Legs {
		m[l.Rail] = l.Amount.Minor
	}
	return m
}
