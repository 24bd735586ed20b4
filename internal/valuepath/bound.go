package valuepath

import "math"

// greedy raises the lanes along their hulls, steepest piece first, as far as
// the unions have room. It returns the unions that became tight, each with the
// slope at which it did, and leaves the lanes' amounts and prices in s.
func (s *search) greedy(hulls *[maxRails]hull, next *[maxRails]int) (chain [maxRails + 2]tight, used int) {
	m := s.m
	last := uint64(0)
	for {
		at, slope := -1, int64(0)
		for i := range m.lanes {
			if s.price[i] >= 0 || next[i]+1 >= hulls[i].n {
				continue
			}
			if sl := hulls[i].slope(next[i]); at < 0 || sl > slope {
				at, slope = i, sl
			}
		}
		if at < 0 {
			break
		}
		h := &hulls[at]
		t := min(s.free(at), h.at[next[at]+1].x-s.x[at])
		s.take(at, t)
		if s.x[at] == h.at[next[at]+1].x {
			next[at]++
		}
		full := uint64(0)
		for q, u := range m.unions {
			if s.slack[q] == 0 {
				full |= u
			}
		}
		if full == last {
			continue
		}
		last = full
		for i := range m.lanes {
			if s.price[i] < 0 && m.lanes[i].set&^full == 0 {
				s.price[i] = slope
			}
		}
		for q, u := range m.unions {
			if u == full {
				chain[used] = tight{q, slope}
				used++
				break
			}
		}
	}
	return chain, used
}

// spare is a lane that carries no more than it must at its price: whatever it
// carries beyond costs the bound rate (in 1/10⁴) for each unit, and the least
// that it can carry beyond is step.
type spare struct {
	rate, step int64 // rate 0: the lane is no spare
	base       int64 // what it carries
}

// bound is the most that the node can be worth.
func (s *search) bound(spans *[maxRails]span, hulls *[maxRails]hull, chain []tight) int64 {
	var sum wide
	s.spares = [maxRails]spare{}
	for i := range s.m.lanes {
		price := max(s.price[i], 0)
		h := &hulls[i]
		at, best := 0, product(h.at[0].v, wholeBP).sub(product(price, h.at[0].x))
		for j, p := range h.at[1:h.n] {
			if w := product(p.v, wholeBP).sub(product(price, p.x)); !w.less(best) {
				at, best = j+1, w
			}
		}
		sum = sum.add(best)
		if at == 0 && h.n > 1 && price > h.slope(0)+1 { // the slope is rounded down
			s.spares[i] = spare{price - h.slope(0) - 1, s.m.lanes[i].unit, h.at[0].x}
			if spans[i].zero {
				s.spares[i].step = spans[i].lo
			}
		}
	}
	var most wide // the largest gain by a union's odd rest; the spares can pay for one only
	for i, t := range chain {
		after := int64(0)
		if i+1 < len(chain) {
			after = chain[i+1].slope
		}
		price := t.slope - after
		if price <= 0 {
			continue
		}
		union, room := s.m.unions[t.union], s.m.room[t.union]
		full := s.reach(spans, math.MaxInt64, union, room)
		sum = sum.add(product(price, full))
		if loss := s.odds(spans, union, room, price, full); most.less(loss) {
			most = loss
		}
	}
	return sum.sub(most).over(wholeBP)
}

// odds is what a union loses by its odd rest, which the lanes at their price
// can't fill in whole units. The spares fill it at their rates, cheapest first:
// with those of a rate up to r, what is still odd costs more than r. And the
// first of them that is used carries its least at least.
func (s *search) odds(spans *[maxRails]span, union uint64, room, price, full int64) wide {
	odd := full - s.reach(spans, 0, union, room)
	if odd <= 0 {
		return wide{}
	}
	var steps wide
	once := product(price, odd)
	for rate, rest := int64(0), odd; rate < price; {
		next := price
		for l := range s.m.lanes {
			sp := &s.spares[l]
			if sp.rate == 0 || s.m.lanes[l].set&^union != 0 {
				continue
			}
			if sp.rate > rate {
				next = min(next, sp.rate)
			}
			if rate == 0 {
				if w := product(sp.rate, max(sp.step, odd)); w.less(once) {
					once = w
				}
			}
		}
		steps = steps.add(product(next-rate, rest))
		rate = next
		if rest = full - s.reach(spans, rate, union, room); rest <= 0 {
			break
		}
	}
	if steps.less(once) {
		return once
	}
	return steps
}

// reach is the most that the lanes inside a union can carry of its room: whole
// units of coarse lanes, the odd rest only as far as finer lanes go. Spares
// of a higher rate than above carry what they do and no more.
func (s *search) reach(spans *[maxRails]span, above int64, union uint64, room int64) int64 {
	fixed, loose := int64(0), int64(0)
	var settled [maxRails]bool
	for i := range s.m.lanes {
		d := spans[i]
		switch {
		case s.m.lanes[i].set&^union != 0 || d.hi == 0:
			settled[i] = true
		case d.lo == d.hi && !d.zero:
			settled[i] = true
			fixed += d.hi
		case s.spares[i].rate > above:
			settled[i] = true
			fixed += s.spares[i].base
		default:
			loose += d.hi
		}
	}
	c := min(room-fixed, loose)
	g, fine := int64(0), loose
	for _, i := range s.m.byUnit {
		if settled[i] {
			continue
		}
		g = gcd(g, s.m.lanes[i].unit)
		fine -= spans[i].hi
		if odd := c % g; odd > fine {
			c -= odd - fine
		}
	}
	return max(0, fixed+c)
}
