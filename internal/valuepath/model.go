package valuepath

import (
	"math/bits"
	"slices"
)

// The solver's view: classes of value that may go over the same lanes, and
// lanes with amounts x ∈ {0} ∪ {lo … hi by unit}. Amounts are possible exactly
// if for every set Q of classes the lanes that draw on Q alone carry no more
// than Q holds, and all together no more than was asked (Hall's condition: the
// lanes' amounts form a polymatroid). It is enough to look at unions of the
// lanes' own sets.

// lane is a rail with what it may carry in one act.
type lane struct {
	lo, hi, unit int64  // lo and hi are multiples of unit; hi 0: closed
	set          uint64 // the classes that it may draw on, as bits
	fee          Fee
	own          bool // what comes out is still the person's
	seconds      int64
	in           []int // the unions that hold set
}

// net is what comes out of the lane for x.
func (l *lane) net(x int64) int64 { return x - l.fee.Of(x) }

// kept is what the person has of it.
func (l *lane) kept(x int64) int64 {
	if !l.own {
		return 0
	}
	return l.net(x)
}

// maxUnions bounds the sets that are looked at; the shipped catalogue has a
// dozen. Beyond it the smallest classes are left out, and nothing is proved.
const maxUnions = 256

// model is one problem: an amount of classes of value over lanes.
type model struct {
	lanes   []lane
	classes []int64
	amount  int64
	unions  []uint64
	room    []int64  // what each union holds, at most amount
	byUnit  []int    // lanes, coarsest unit first
	held    int64    // what all of them hold, at most amount
	parts   []uint32 // lanes, as bits, that share nothing with the others; see divide
	whole   bool     // no class was left out
	nodes   int      // that a search may take; 0: maxNodes
	beat    int64    // the value that is had otherwise; a search need not find as much
}

// build finds the unions and their room. Lanes carry at most what is there.
func (m *model) build() {
	m.whole = true
	for !m.close() {
		least := -1
		for k, c := range m.classes {
			if m.drawn()&(1<<k) != 0 && (least < 0 || c < m.classes[least]) {
				least = k
			}
		}
		for i := range m.lanes {
			m.lanes[i].set &^= 1 << least
		}
		m.whole = false
	}
	m.room = make([]int64, len(m.unions))
	for q, u := range m.unions {
		m.room[q] = min(m.amount, m.holds(u))
		m.held = max(m.held, m.room[q])
	}
	for i := range m.lanes {
		l := &m.lanes[i]
		l.in = l.in[:0]
		for q, u := range m.unions {
			if l.set&^u == 0 {
				l.in = append(l.in, q)
			}
		}
		l.hi = min(l.hi, m.amount, m.holds(l.set)) / l.unit * l.unit
		l.lo = l.worth()
		if l.lo > l.hi {
			l.lo, l.hi = 0, 0
		}
		m.byUnit = append(m.byUnit, i)
	}
	m.divide()
	slices.SortStableFunc(m.byUnit, func(a, b int) int { return int(m.lanes[b].unit - m.lanes[a].unit) })
}

// divide finds the lanes that share classes with each other alone. Where they
// can't carry all that was asked they share no room either, and are problems of
// their own.
func (m *model) divide() {
	all := uint64(0)
	var sets []uint64
	for i := range m.lanes {
		l := &m.lanes[i]
		if l.hi == 0 {
			continue
		}
		all |= l.set
		lanes, set := uint32(1)<<i, l.set
		for q := 0; q < len(sets); {
			if sets[q]&set == 0 {
				q++
				continue
			}
			set |= sets[q]
			lanes |= m.parts[q]
			sets, m.parts = slices.Delete(sets, q, q+1), slices.Delete(m.parts, q, q+1)
		}
		sets, m.parts = append(sets, set), append(m.parts, lanes)
	}
	most := m.holds(all)
	for q := -1; q < len(m.unions); q++ {
		u, sum := uint64(0), int64(0)
		if q >= 0 {
			u = m.unions[q]
			sum = m.holds(u)
		}
		for i := range m.lanes {
			if m.lanes[i].set&^u != 0 {
				sum += m.lanes[i].hi
			}
		}
		most = min(most, sum)
	}
	if most > m.amount {
		m.parts = nil
	}
}

// worth is the least amount from lo of which something comes out: the net
// never falls as the amount grows, since the fee's slope is below one.
func (l *lane) worth() int64 {
	a, b := l.lo/l.unit, l.hi/l.unit+1
	for a < b {
		if mid := (a + b) / 2; l.net(mid*l.unit) > 0 {
			b = mid
		} else {
			a = mid + 1
		}
	}
	return a * l.unit
}

// drawn are the classes that any lane draws on.
func (m *model) drawn() (all uint64) {
	for i := range m.lanes {
		all |= m.lanes[i].set
	}
	return all
}

// close makes every union of the lanes' sets; false where there are too many.
func (m *model) close() bool {
	m.unions = m.unions[:0]
	for i := range m.lanes {
		set := m.lanes[i].set
		for q := len(m.unions) - 1; q >= -1; q-- {
			u := set
			if q >= 0 {
				u |= m.unions[q]
			}
			if u != 0 && !slices.Contains(m.unions, u) {
				m.unions = append(m.unions, u)
			}
		}
		if len(m.unions) > maxUnions {
			return false
		}
	}
	return true
}

func (m *model) holds(set uint64) (sum int64) {
	for ; set != 0; set &= set - 1 {
		sum += m.classes[bits.TrailingZeros64(set)]
	}
	return sum
}

// inside are the lanes, as bits, that draw on a union alone.
func (m *model) inside(union uint64) (lanes uint32) {
	for i := range m.lanes {
		if m.lanes[i].set&^union == 0 {
			lanes |= 1 << i
		}
	}
	return lanes
}
