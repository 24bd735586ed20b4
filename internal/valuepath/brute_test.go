package valuepath

import (
	"math/bits"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawModel makes a small problem in which every kind of trouble is common:
// coarse units, floors, caps, fixed fees, shared and private classes.
func drawModel(t *rapid.T) *model {
	m := &model{amount: rapid.Int64Range(1, 60).Draw(t, "amount")}
	for range rapid.IntRange(1, 3).Draw(t, "classes") {
		m.classes = append(m.classes, rapid.Int64Range(0, 40).Draw(t, "class"))
	}
	for range rapid.IntRange(1, 4).Draw(t, "lanes") {
		unit := rapid.SampledFrom([]int64{1, 2, 5, 10, 20}).Draw(t, "unit")
		l := lane{unit: unit, own: rapid.IntRange(0, 3).Draw(t, "own") > 0, seconds: rapid.Int64Range(0, 2).Draw(t, "seconds")}
		l.lo = unit * rapid.Int64Range(1, 3).Draw(t, "min")
		l.hi = rapid.Int64Range(0, 60).Draw(t, "max")
		l.set = rapid.Uint64Range(0, 1<<len(m.classes)-1).Draw(t, "set")
		l.fee.Fixed = rapid.Int64Range(0, 8).Draw(t, "fixed")
		l.fee.Floor = rapid.Int64Range(0, 8).Draw(t, "floor")
		if unit >= 5 {
			l.fee.BP = rapid.SampledFrom([]int64{0, 2000, 4000}).Draw(t, "bp")
		}
		if rapid.Bool().Draw(t, "capped") {
			l.fee.Cap = max(1, l.fee.Floor) + rapid.Int64Range(0, 6).Draw(t, "cap")
		}
		m.lanes = append(m.lanes, l)
	}
	return m
}

// every calls with every amount that is possible, by definition rather than by
// what the solver makes of it.
func every(m *model, with func(x []int64)) {
	x := make([]int64, len(m.lanes))
	var next func(i int)
	next = func(i int) {
		if i == len(m.lanes) {
			if possible(m, x) {
				with(x)
			}
			return
		}
		l := m.lanes[i]
		x[i] = 0
		next(i + 1)
		for n := l.lo; n <= l.hi && n <= m.amount; n += l.unit {
			if n-l.fee.Of(n) > 0 {
				x[i] = n
				next(i + 1)
			}
		}
		x[i] = 0
	}
	next(0)
}

func possible(m *model, x []int64) bool {
	for q := uint64(0); q < 1<<len(m.classes); q++ {
		carried, held := int64(0), int64(0)
		for i, n := range x {
			if m.lanes[i].set&^q == 0 {
				carried += n
			}
		}
		for set := q; set != 0; set &= set - 1 {
			held += m.classes[bits.TrailingZeros64(set)]
		}
		if carried > held {
			return false
		}
	}
	sum := int64(0)
	for _, n := range x {
		sum += n
	}
	return sum <= m.amount
}

func TestPlannerEqualsBruteForce(t *testing.T) {
	t.Parallel()
	for range 60 { // rapid makes a hundred at a time
		rapid.Check(t, equalsBruteForce)
	}
}

func equalsBruteForce(t *rapid.T) {
	m := drawModel(t)
	plain := &model{lanes: slices.Clone(m.lanes), classes: slices.Clone(m.classes), amount: m.amount}
	var want []trade
	every(plain, func(x []int64) {
		one := plain.trade(slices.Clone(x), true)
		if one.used > 0 {
			want = append(want, one)
		}
	})
	want = undominated(want)
	m.build()
	got, proved := m.front()
	if !proved {
		t.Fatalf("not proved")
	}
	if len(got) != len(want) {
		t.Fatalf("%d plans on the front, not %d:\n%+v\n%+v", len(got), len(want), got, want)
	}
	for i := range got {
		g, w := got[i], want[i]
		if g.value != w.value || g.used != w.used || g.seconds != w.seconds {
			t.Fatalf("plan %d: %+v, not %+v", i, g, w)
		}
		if !possible(plain, g.x) {
			t.Fatalf("plan %d is not possible: %v", i, g.x)
		}
	}
}
