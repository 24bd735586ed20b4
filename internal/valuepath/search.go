package valuepath

import "math"

// maxNodes bounds a search; a plan that was not finished is not called proved.
const maxNodes = 3000

// search is the exact branch and bound for one goal over some lanes of a model.
//
// A node gives each lane a span. Its relaxation replaces each lane's worth by
// the concave hull over its span; over a polymatroid the greedy by slopes is
// optimal for it, and yields prices of the tight unions. With these prices the
// bound is Lagrange's: price × room for every tight union, the room reduced by
// what whole units can't fill, and for every lane its best at its price. The
// bound holds for any prices, so that rounding them costs no exactness.
type search struct {
	m       *model
	clean   bool  // amount used first, then value; else the other way round
	scale   int64 // the first criterion counts this much
	atLeast int64 // the amount that has to be used
	limit   int   // nodes left

	best   []int64 // amounts by lane, nil: none found
	bestV  int64
	slack  []int64
	x      []int64
	price  []int64
	spares [maxRails]spare
	proved bool
}

// worth is what x over l is worth to the goal: two criteria in one number.
func (s *search) worth(l *lane, x int64) int64 {
	if s.clean {
		return x*s.scale + l.kept(x)
	}
	return l.kept(x)*s.scale + x
}

// solve finds the best amounts over the lanes that take at most seconds. Parts
// of the wallet that share neither lanes nor room are solved one by one.
func (m *model) solve(seconds int64, clean bool, atLeast int64) (x []int64, proved bool) {
	if atLeast > 0 || len(m.parts) < 2 {
		return m.part(seconds, clean, atLeast, ^uint32(0))
	}
	x, proved = make([]int64, len(m.lanes)), true
	for _, lanes := range m.parts {
		some, ok := m.part(seconds, clean, 0, lanes)
		proved = proved && ok
		for i, n := range some {
			x[i] += n
		}
	}
	return x, proved
}

func (m *model) part(seconds int64, clean bool, atLeast int64, lanes uint32) (x []int64, proved bool) {
	s := &search{m: m, clean: clean, scale: m.scale(), atLeast: atLeast, limit: maxNodes, bestV: -1, proved: m.whole}
	s.slack, s.x, s.price = make([]int64, len(m.unions)), make([]int64, len(m.lanes)), make([]int64, len(m.lanes))
	var spans [maxRails]span
	for i := range m.lanes {
		if l := &m.lanes[i]; l.seconds <= seconds && l.hi > 0 && lanes&(1<<i) != 0 {
			spans[i] = span{l.lo, l.hi, true}
		} else {
			spans[i] = span{zero: true}
		}
	}
	s.node(&spans)
	if s.best != nil {
		s.fewer(&spans)
	}
	return s.best, s.proved
}

// scale is how much one of the first criterion counts in the second: more than
// the second can ever be, and as much more as fits, so that a fraction in a
// bound of the first is told from a whole one.
func (m *model) scale() int64 {
	one := m.amount + 1
	return one * min(4096, (1<<61)/one/one)
}

// tight is a union that became tight in the greedy, and the slope at which it did.
type tight struct {
	union int
	slope int64
}

func (s *search) node(spans *[maxRails]span) {
	if s.limit--; s.limit < 0 {
		s.proved = false
		return
	}
	m := s.m
	var hulls [maxRails]hull
	var next [maxRails]int
	copy(s.slack, m.room)
	most := int64(0)
	for i := range m.lanes {
		hulls[i] = s.hull(&m.lanes[i], spans[i])
		s.x[i] = 0
		s.price[i] = -1
		most += spans[i].hi
		if base := hulls[i].at[0].x; base > 0 && !s.take(i, base) {
			return
		}
	}
	if most < s.atLeast {
		return
	}
	chain, used := s.greedy(&hulls, &next)
	bound := s.bound(spans, &hulls, chain[:used])
	reach := s.reach(spans, math.MaxInt64, ^uint64(0), s.carry(spans))
	if first := bound / s.scale; !s.clean { // what is kept is whole won
		bound = min(bound, first*s.scale+reach)
	}
	if bound <= s.bestV || reach < s.atLeast {
		return
	}
	at := s.branch(spans, &hulls)
	x := int64(0)
	if at >= 0 {
		x = s.x[at]
	}
	s.round(spans)
	if at < 0 {
		return // every lane is settled: the rounded amounts are the node's only ones
	}
	for _, d := range s.split(&m.lanes[at], spans[at], x) {
		if d.hi == 0 && !d.zero {
			continue
		}
		child := *spans
		child[at] = d
		s.node(&child)
	}
}

// carry bounds what all lanes together can carry: a union's room, and what the
// lanes that are not inside it can.
func (s *search) carry(spans *[maxRails]span) int64 {
	most := s.m.held
	for q, u := range s.m.unions {
		sum := s.m.room[q]
		for i := range s.m.lanes {
			if s.m.lanes[i].set&^u != 0 {
				sum += spans[i].hi
			}
		}
		most = min(most, sum)
	}
	return most
}

// branch chooses the lane to decide on: whether one is used whose hull bridges
// the gap from nothing, or over the kink of a cap; then whether one is used
// that could fill an odd rest cheaply; then how much one carries whose amount is no whole unit. −1 when
// every lane is settled.
func (s *search) branch(spans *[maxRails]span, hulls *[maxRails]hull) int {
	const (
		widest = iota
		unit
		spareLane
		bridge
	)
	at, rank, size := -1, -1, int64(0)
	for i := range s.m.lanes {
		d, l, x := spans[i], &s.m.lanes[i], s.x[i]
		if d.hi == 0 || d.lo == d.hi && !d.zero {
			continue
		}
		low := s.down(l, d, x)
		kind, weight := widest, d.hi-d.lo
		switch {
		case d.zero && x > 0 && x < d.lo, hulls[i].value(low) > s.worth(l, low):
			kind, weight = bridge, hulls[i].value(x)-s.worth(l, low)
		case d.zero && s.spares[i].rate > 0:
			kind, weight = spareLane, math.MaxInt64-s.spares[i].rate
		case x != low:
			kind, weight = unit, hulls[i].value(x)-s.worth(l, low)
		}
		if kind > rank || kind == rank && weight > size {
			at, rank, size = i, kind, weight
		}
	}
	return at
}

// split cuts a span in two around x, the more promising part first.
func (s *search) split(l *lane, d span, x int64) [2]span {
	closed := span{zero: true}
	g := x / l.unit * l.unit
	switch {
	case d.zero && (x > 0 || d.lo == d.hi):
		return [2]span{{d.lo, d.hi, false}, closed}
	case d.zero:
		return [2]span{closed, {d.lo, d.hi, false}}
	case g < d.hi:
		return [2]span{{d.lo, max(g, d.lo), false}, {max(g, d.lo) + l.unit, d.hi, false}}
	default:
		return [2]span{{d.hi, d.hi, false}, {d.lo, d.hi - l.unit, false}}
	}
}

// down is the largest amount of the span that is not above x; the least, where there is none.
func (s *search) down(l *lane, d span, x int64) int64 {
	g := min(x, d.hi) / l.unit * l.unit
	switch {
	case g >= d.lo:
		return g
	case d.zero:
		return 0
	}
	return d.lo
}

// take moves t onto lane i, if there is room.
func (s *search) take(i int, t int64) bool {
	for _, q := range s.m.lanes[i].in {
		if s.slack[q] < t {
			return false
		}
	}
	for _, q := range s.m.lanes[i].in {
		s.slack[q] -= t
	}
	s.x[i] += t
	return true
}

// free is what lane i may still take.
func (s *search) free(i int) int64 {
	room := s.m.amount
	for _, q := range s.m.lanes[i].in {
		room = min(room, s.slack[q])
	}
	return room
}
