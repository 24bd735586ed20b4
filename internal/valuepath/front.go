package valuepath

import (
	"cmp"
	"math"
	"slices"
	"time"

	"jandon/internal/money"
)

// maxFront bounds the plans that are laid side by side; the shipped catalogue
// has a handful.
const maxFront = 32

// trade is a solution with its three criteria.
type trade struct {
	x       []int64
	value   int64
	used    int64
	seconds int64
	legs    int
	proved  bool
}

func (m *model) trade(x []int64, proved bool) trade {
	t := trade{x: x, proved: proved}
	for i, n := range x {
		if n > 0 {
			t.value += m.lanes[i].kept(n)
			t.used += n
			t.seconds = max(t.seconds, m.lanes[i].seconds)
			t.legs++
		}
	}
	return t
}

// front finds every trade-off between value, time and rest. For the slowest
// rails first: all between value and rest. What the plans so found do not need
// of time is passed over: they are best there too.
func (m *model) front() (list []trade, proved bool) {
	proved = true
	for seconds := int64(math.MaxInt64); ; {
		some, ok := m.level(seconds)
		proved = proved && ok
		slowest := int64(0)
		for i := range some {
			slowest = max(slowest, some[i].seconds)
		}
		list = append(list, some...)
		if slowest == 0 {
			break
		}
		seconds = slowest - 1
	}
	return undominated(list), proved
}

// level is the front between value and rest over the lanes that take at most
// seconds. What shares neither lanes nor room is weighed for itself, and every
// choice of the one goes with every choice of the other.
func (m *model) level(seconds int64) (list []trade, proved bool) {
	if len(m.parts) < 2 {
		return m.between(seconds, ^uint32(0))
	}
	list, proved = []trade{{x: make([]int64, len(m.lanes)), proved: true}}, true
	for _, lanes := range m.parts {
		own, ok := m.between(seconds, lanes)
		proved = proved && ok
		if len(own) == 0 {
			continue
		}
		var both []trade
		for i := range list {
			for j := range own {
				x := slices.Clone(list[i].x)
				for k, n := range own[j].x {
					x[k] += n
				}
				both = append(both, m.trade(x, list[i].proved && own[j].proved))
			}
		}
		if list = undominated(both); len(list) > maxFront {
			list, proved = list[:maxFront], false
		}
	}
	return slices.DeleteFunc(list, func(t trade) bool { return t.used == 0 }), proved
}

// between is the front between value and rest over some lanes: the best for
// value, then for nothing left over, then what lies between, by asking for one
// more to be used.
func (m *model) between(seconds int64, lanes uint32) (list []trade, proved bool) {
	x, proved := m.part(seconds, mostValue, lanes, 0, nil)
	if x == nil {
		return nil, proved
	}
	at := m.trade(x, proved)
	if at.used == 0 {
		return nil, proved
	}
	list = append(list, at)
	x, ok := m.part(seconds, mostUsed, lanes, at.used, x)
	most := m.trade(x, ok)
	proved = proved && ok
	if most.used == at.used {
		return list, proved
	}
	x, ok = m.part(seconds, mostValue, lanes, most.used, x)
	end := m.trade(x, ok && most.proved)
	list = append(list, end)
	for proved = proved && ok; at.used < end.used && len(list) < maxFront; proved = proved && ok {
		x, ok = m.part(seconds, mostValue, lanes, at.used+1, end.x)
		at = m.trade(x, ok)
		list = append(list, at)
	}
	return list, proved && at.used >= end.used
}

// undominated keeps what no other trade beats, most value first; among equals
// the one with the fewest legs, and then the one found first.
func undominated(list []trade) []trade {
	slices.SortStableFunc(list, func(a, b trade) int {
		return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(b.used, a.used), cmp.Compare(a.seconds, b.seconds), cmp.Compare(a.legs, b.legs))
	})
	var kept []trade
	for _, t := range list {
		if !slices.ContainsFunc(kept, func(k trade) bool {
			return k.value >= t.value && k.used >= t.used && k.seconds <= t.seconds
		}) {
			kept = append(kept, t)
		}
	}
	return kept
}

// Plan says what an amount can become at the request's instant. Nothing
// convertible is no error: then Front is empty and Refused and Rails say why.
func (b *Book) Plan(req Request) (*Outcome, error) {
	if err := req.check(b); err != nil {
		return nil, err
	}
	out := &Outcome{Amount: money.Of(req.Amount.Minor, b.Currency), Best: [goals]int{-1, -1, -1}, Proved: true, Version: b.Version}
	g := b.ground(&req, req.At)
	m := g.model(req.Amount.Minor)
	out.Refused = g.refused()
	out.Rails = g.states(m)
	if req.Amount.Minor == 0 {
		return out, nil
	}
	trades, proved := m.front()
	out.Proved = proved
	for i := range trades {
		out.Front = append(out.Front, g.plan(m, &trades[i]))
	}
	out.choose()
	g.others(out)
	return out, nil
}

// plan makes a trade into legs that draw on lots.
func (g *ground) plan(m *model, t *trade) Plan {
	c := g.book.Currency
	draws, taken := g.assign(t.x)
	p := Plan{Amount: money.Of(m.amount, c), Proved: t.proved}
	var value, given, fees int64
	for i, x := range t.x {
		if x == 0 {
			continue
		}
		r := &g.book.Rails[i]
		leg := Leg{
			Rail: r.ID, Nature: r.Nature, From: draws[i], Amount: money.Of(x, c), Fee: money.Of(r.Fee.Of(x), c),
			Net: money.Of(m.lanes[i].net(x), c), Time: r.Time,
		}
		if leg.Fee.Minor > 0 {
			leg.FeeName = r.Fee.Name
		}
		fees += leg.Fee.Minor
		if r.own() {
			value += leg.Net.Minor
		} else {
			given += leg.Net.Minor
		}
		p.Legs = append(p.Legs, leg)
	}
	p.Value, p.Given, p.Fees = money.Of(value, c), money.Of(given, c), money.Of(fees, c)
	p.Rest = money.Of(m.amount-t.used, c)
	p.Time = time.Duration(t.seconds) * time.Second
	p.Stays = g.stays(m, t, taken)
	return p
}

// choose names the best of the front for each goal.
func (o *Outcome) choose() {
	pick := func(better func(a, b *Plan) int) int {
		best := -1
		for i := range o.Front {
			if best < 0 || better(&o.Front[i], &o.Front[best]) < 0 {
				best = i
			}
		}
		return best
	}
	value := func(a, b *Plan) int { return cmp.Compare(b.Value.Minor, a.Value.Minor) }
	rest := func(a, b *Plan) int { return cmp.Compare(a.Rest.Minor, b.Rest.Minor) }
	soon := func(a, b *Plan) int { return cmp.Compare(a.Time, b.Time) }
	keeps := func(a, b *Plan) int { return cmp.Compare(min(b.Value.Minor, 1), min(a.Value.Minor, 1)) }
	o.Best[MostValue] = pick(func(a, b *Plan) int { return cmp.Or(value(a, b), rest(a, b), soon(a, b)) })
	o.Best[Fastest] = pick(func(a, b *Plan) int { return cmp.Or(keeps(a, b), soon(a, b), value(a, b), rest(a, b)) })
	o.Best[NothingLeft] = pick(func(a, b *Plan) int { return cmp.Or(rest(a, b), value(a, b), soon(a, b)) })
}
