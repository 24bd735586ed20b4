package valuepath

// round makes amounts of whole units out of the greedy's and fills what room
// is left, coarsest unit first. Where a lane was cut down to whole units it
// tries one more unit instead, which another lane makes room for.
func (s *search) round(spans *[maxRails]span) {
	m := s.m
	var low, cut [maxRails]int64
	for i := range m.lanes {
		low[i] = s.down(&m.lanes[i], spans[i], s.x[i])
		cut[i] = s.x[i] - low[i]
	}
	copy(s.x, low[:])
	s.fill(spans)
	for f := range m.lanes {
		up := max(low[f]+m.lanes[f].unit, spans[f].lo)
		if cut[f] == 0 || up > spans[f].hi {
			continue
		}
		for g := range m.lanes {
			unit := m.lanes[g].unit
			give := (up - low[f] - cut[f] + unit - 1) / unit * unit
			if g == f || low[g]-give < spans[g].lo {
				continue
			}
			copy(s.x, low[:])
			s.x[f], s.x[g] = up, low[g]-give
			s.fill(spans)
		}
	}
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
	if s.bestV = v; s.goal == mostUsed {
		s.atLeast = used + 1
	}
	s.best = append(s.best[:0], s.x...)
	return true
}

// fewer drops legs that the plan is no worse without, smallest first: the
// others take over what they carried.
func (s *search) fewer(all *[maxRails]span) {
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
			if s.best[i] > 0 && i != at {
				spans[i] = all[i]
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
