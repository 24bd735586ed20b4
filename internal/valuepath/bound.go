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

// bound is the most that the node can be worth.
func (s *search) bound(spans *[maxRails]span, hulls *[maxRails]hull, chain []tight) int64 {
	var sum wide
	for i, t := range chain {
		after := int64(0)
		if i+1 < len(chain) {
			after = chain[i+1].slope
		}
		if t.slope > after {
			sum = sum.add(product(t.slope-after, s.reach(spans, s.m.unions[t.union], s.m.room[t.union])))
		}
	}
	for i := range s.m.lanes {
		price := max(s.price[i], 0)
		h := &hulls[i]
		best := product(h.at[0].v, wholeBP).sub(product(price, h.at[0].x))
		for _, p := range h.at[1:h.n] {
			if w := product(p.v, wholeBP).sub(product(price, p.x)); best.less(w) {
				best = w
			}
		}
		sum = sum.add(best)
	}
	return sum.over(wholeBP)
}

// reach is the most that the lanes inside a union can carry of its room: whole
// units of coarse lanes, the odd rest only as far as finer lanes go.
func (s *search) reach(spans *[maxRails]span, union uint64, room int64) int64 {
	fixed, loose := int64(0), int64(0)
	for i := range s.m.lanes {
		if d := spans[i]; s.m.lanes[i].set&^union == 0 && d.hi > 0 {
			if d.lo == d.hi && !d.zero {
				fixed += d.hi
			} else {
				loose += d.hi
			}
		}
	}
	c := min(room-fixed, loose)
	g, fine := int64(0), loose
	for _, i := range s.m.byUnit {
		d := spans[i]
		if s.m.lanes[i].set&^union != 0 || d.hi == 0 || d.lo == d.hi && !d.zero {
			continue
		}
		g = gcd(g, s.m.lanes[i].unit)
		fine -= d.hi
		if odd := c % g; odd > fine {
			c -= odd - fine
		}
	}
	return max(0, fixed+c)
}

// round makes amounts of whole units out of the greedy's and fills what room
// is left, coarsest unit first.
func (s *search) round(spans *[maxRails]span) {
	m := s.m
	x := s.x
	for i := range m.lanes {
		x[i] = s.down(&m.lanes[i], spans[i], x[i])
	}
	s.fill(spans)
}

// fill completes s.x, which has to be possible, and keeps it if it is the best so far.
func (s *search) fill(spans *[maxRails]span) bool {
	m := s.m
	copy(s.slack, m.room)
	for i, x := range s.x {
		if s.x[i] = 0; !s.take(i, x) {
			return false
		}
	}
	for _, i := range m.byUnit {
		l, d := &m.lanes[i], spans[i]
		if d.hi == 0 {
			continue
		}
		t := min(s.free(i), d.hi-s.x[i]) / l.unit * l.unit
		if s.x[i]+t >= d.lo && t > 0 {
			s.take(i, t)
		}
	}
	v, used := int64(0), int64(0)
	for i := range m.lanes {
		v += s.worth(&m.lanes[i], s.x[i])
		used += s.x[i]
	}
	if used < s.atLeast || v <= s.bestV {
		return false
	}
	s.bestV = v
	s.best = append(s.best[:0], s.x...)
	return true
}

// fewer drops legs that the plan is no worse without, smallest first: the
// others take over what they carried.
func (s *search) fewer(seconds int64) {
	m := s.m
	tried := uint32(0)
	for {
		at := -1
		for i, x := range s.best {
			if x > 0 && tried&(1<<i) == 0 && (at < 0 || x < s.best[at]) {
				at = i
			}
		}
		if at < 0 {
			return
		}
		tried |= 1 << at
		var spans [maxRails]span
		for i := range m.lanes {
			if l := &m.lanes[i]; s.best[i] > 0 && i != at && l.seconds <= seconds {
				spans[i] = span{l.lo, l.hi, true}
			}
		}
		copy(s.x, s.best)
		s.x[at] = 0
		s.bestV-- // as good is good enough
		if !s.fill(&spans) {
			s.bestV++
		}
	}
}
