package valuepath

import (
	"cmp"
	"math"
	"math/bits"
)

// maxNodes bounds a search; a plan that was not finished is not called proved.
// The shipped catalogue may take shippedNodes: of a million requests at the edge
// of everything a handful do.
const (
	maxNodes     = 3000
	shippedNodes = 200_000
)

// patience is how many nodes are branched by rule of thumb, which costs next to
// nothing, before each is branched by looking ahead.
const patience = 64

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
	goal    goal
	scale   int64 // what is kept counts this much
	atLeast int64 // the amount that has to be used
	limit   int   // nodes left
	used    int   // nodes that were branched

	best   []int64 // amounts by lane, nil: none found
	bestV  int64
	slack  []int64
	x      []int64
	price  []int64
	spares [maxRails]spare
	lead   int // the spare that the bound hangs on; −1: none
	proved bool
}

// goal is what a search maximises.
type goal bool

const (
	mostValue goal = false // what is kept, then what is used: two criteria in one number
	mostUsed  goal = true  // what is used alone
)

// worth is what x over l is worth to the goal.
func (s *search) worth(l *lane, x int64) int64 {
	if s.goal == mostUsed {
		return x
	}
	return l.kept(x)*s.scale + x
}

// most finds the amounts of the most value over all lanes. Where that is no more
// than beat there may be none: a bound tells sooner.
func (m *model) most(beat int64) (x []int64, proved bool) {
	if len(m.parts) < 2 {
		m.beat = beat
		return m.part(math.MaxInt64, mostValue, ^uint32(0), 0, nil)
	}
	x, proved = make([]int64, len(m.lanes)), true
	for _, lanes := range m.parts {
		some, ok := m.part(math.MaxInt64, mostValue, lanes, 0, nil)
		proved = proved && ok
		for i, n := range some {
			x[i] += n
		}
	}
	return x, proved
}

// part finds the best amounts for a goal over some lanes, as bits, of those that
// take at most seconds; they use at least so much. have is one way to do so, if
// one is known.
func (m *model) part(seconds int64, to goal, lanes uint32, atLeast int64, have []int64) (x []int64, proved bool) {
	s := &search{m: m, goal: to, scale: m.scale(), atLeast: atLeast, limit: cmp.Or(m.nodes, maxNodes), bestV: -1, proved: m.whole}
	s.slack, s.x, s.price = make([]int64, len(m.unions)), make([]int64, len(m.lanes)), make([]int64, len(m.lanes))
	var spans [maxRails]span
	for i := range m.lanes {
		if l := &m.lanes[i]; l.seconds <= seconds && l.hi > 0 && lanes&(1<<i) != 0 {
			spans[i] = span{l.lo, l.hi, true}
		} else {
			spans[i] = span{zero: true}
		}
	}
	if have != nil {
		s.best, s.bestV = append(s.best, have...), 0
		for i, n := range have {
			s.bestV += s.worth(&m.lanes[i], n)
		}
	}
	if to == mostUsed {
		s.atLeast++ // than have
	} else if m.beat > 0 {
		s.bestV = max(s.bestV, m.beat*s.scale+m.amount) // as much value, and all of it used
	}
	s.node(&spans)
	if s.best != nil && to == mostValue {
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
	var hulls [maxRails]hull
	bound := s.relax(spans, &hulls)
	if bound <= s.bestV {
		return
	}
	var x [maxRails]int64
	copy(x[:], s.x)
	at, open := s.branch(spans, &hulls)
	s.round(spans)
	if at < 0 {
		return // every lane is settled: the rounded amounts are the node's only ones
	}
	if s.used++; s.used > patience && open != 0 {
		if at = s.ahead(spans, open, &x, bound); at < 0 {
			return
		}
	}
	for _, d := range s.split(&s.m.lanes[at], spans[at], x[at]) {
		if d.hi == 0 && !d.zero {
			continue
		}
		child := *spans
		child[at] = d
		s.node(&child)
	}
}

// relax solves the node's relaxation and leaves its amounts and prices in s. It
// returns the most that the node can be worth; −1 where nothing is possible.
func (s *search) relax(spans *[maxRails]span, hulls *[maxRails]hull) int64 {
	reach := s.carry(spans)
	if reach < s.atLeast {
		return -1
	}
	if s.atLeast > 0 {
		s.force(spans)
	}
	m := s.m
	var next [maxRails]int
	copy(s.slack, m.room)
	for i := range m.lanes {
		hulls[i] = s.hull(&m.lanes[i], spans[i])
		s.x[i] = 0
		s.price[i] = -1
		if base := hulls[i].at[0].x; base > 0 && !s.take(i, base) {
			return -1
		}
	}
	chain, used := s.greedy(hulls, &next)
	bound := s.bound(spans, hulls, chain[:used])
	if s.goal == mostUsed {
		return min(bound, reach)
	}
	return min(bound, bound/s.scale*s.scale+reach) // what is kept is whole won
}

// ahead chooses the lane to decide on by what deciding would do to the bound,
// which takes a look at every way. −1 where there is a lane neither of whose
// halves can be better than what was found.
func (s *search) ahead(spans *[maxRails]span, open uint32, x *[maxRails]int64, bound int64) int {
	at, most := -1, wide{hi: -1}
	room := bound - s.bestV
	for ; open != 0; open &= open - 1 {
		i := bits.TrailingZeros32(open)
		var falls [2]int64
		for h, half := range s.split(&s.m.lanes[i], spans[i], x[i]) {
			falls[h] = room
			if half.hi == 0 && !half.zero {
				continue
			}
			child := *spans
			child[i] = half
			var hulls [maxRails]hull
			falls[h] = min(room, bound-s.relax(&child, &hulls))
		}
		if falls[0] == room && falls[1] == room {
			return -1
		}
		if w := product(max(0, falls[0])+1, max(0, falls[1])+1); most.less(w) {
			at, most = i, w
		}
	}
	return at
}

// branch chooses the lane to decide on: whether one is used whose hull bridges
// the gap from nothing, or over the kink of a cap; then whether one is used
// that could fill an odd rest cheaply; then how much one carries whose amount is
// no whole unit. −1 when every lane is settled. open are those, as bits, on which
// the relaxation differs from the truth.
func (s *search) branch(spans *[maxRails]span, hulls *[maxRails]hull) (at int, open uint32) {
	const (
		widest = iota
		used   // its hull bridges less than the goal's numbers tell
		unit
		spareLane
		bridge
	)
	rank, size := -1, int64(0)
	at = -1
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
			if i == s.lead {
				weight = math.MaxInt64
			}
		case x != low:
			kind, weight = unit, hulls[i].value(x)-s.worth(l, low)
		case d.zero && x > 0:
			kind = used
		}
		if kind > widest {
			open |= 1 << i
		}
		if kind > rank || kind == rank && weight > size {
			at, rank, size = i, kind, weight
		}
	}
	return at, open
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
