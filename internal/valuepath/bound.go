package valuepath

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

// bound is the most that the node can be worth; −1 where too little can be used.
func (s *search) bound(spans *[maxRails]span, hulls *[maxRails]hull, chain []tight) int64 {
	var sum wide
	s.spares = [maxRails]spare{}
	s.lead = -1
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
	most := wide{hi: -1}
	var fam [maxPriced]priced
	n := s.family(spans, chain, &fam)
	for i := range n {
		u := &fam[i]
		full := s.reach(spans, 0, s.m.inside(u.set), u.room)
		sum = sum.add(product(u.price, full))
		var ok bool
		var lead int
		if u.loss, lead, ok = s.odds(spans, u.set, u.room, u.price, full); !ok {
			return -1
		}
		if most.less(u.loss) {
			most, s.lead = u.loss, lead
		}
		var inner wide
		for j := range i {
			if c := &fam[j]; !c.inner && c.set&^u.set == 0 {
				inner, c.inner = inner.add(c.loss), true
			}
		}
		if u.loss.less(inner) {
			u.loss = inner
		}
	}
	for i := range n {
		if !fam[i].inner {
			sum = sum.sub(fam[i].loss)
		}
	}
	return sum.over(wholeBP)
}

// priced is a tight union that no lane ties to another, with its price in 1/10⁴
// and what is lost by its odd rest and those of the unions inside it. Unions
// that share nothing each lose their own, since each has spares of its own.
type priced struct {
	set   uint64
	room  int64
	price int64
	loss  wide
	inner bool // it is inside a later one
}

// maxPriced is the most unions of which any two are one inside the other or
// share nothing, of the sets of maxRails lanes and their whole.
const maxPriced = 2*maxRails + 1

// family spreads the prices of the chain over what each of its unions falls
// apart into: an odd rest in one part is no room for a lane of another. A union
// whose parts hold more than the amount that was asked stays whole.
func (s *search) family(spans *[maxRails]span, chain []tight, fam *[maxPriced]priced) (n int) {
	for i, t := range chain {
		price := t.slope
		if i+1 < len(chain) {
			price -= chain[i+1].slope
		}
		if price <= 0 {
			continue
		}
		whole := s.m.unions[t.union]
		var parts [maxRails]uint64
		count := s.apart(spans, whole, &parts)
		held := int64(0)
		for _, p := range parts[:count] {
			held += s.m.holds(p)
		}
		if held > s.m.room[t.union] {
			parts[0], count = whole, 1
		}
	next:
		for _, p := range parts[:count] {
			for j := range n {
				if fam[j].set == p {
					fam[j].price += price
					continue next
				}
			}
			fam[n] = priced{set: p, room: min(s.m.amount, s.m.holds(p)), price: price}
			n++
		}
	}
	return n
}

// apart is what a union falls apart into: the sets of its open lanes, those
// that share a class made one.
func (s *search) apart(spans *[maxRails]span, whole uint64, parts *[maxRails]uint64) (n int) {
	for i := range s.m.lanes {
		set := s.m.lanes[i].set
		if spans[i].hi == 0 || set&^whole != 0 {
			continue
		}
		for j := 0; j < n; {
			if parts[j]&set == 0 {
				j++
				continue
			}
			set |= parts[j]
			n--
			parts[j] = parts[n]
		}
		parts[n] = set
		n++
	}
	return n
}
