package valuepath

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawModel makes a small problem in which every kind of trouble is common:
// coarse units, floors, caps, fixed fees, shared and private classes. pick
// chooses between two bounds, both included.
func drawModel(pick func(from, to int64) int64) *model {
	m := &model{amount: pick(1, 60)}
	for range pick(1, 3) {
		m.classes = append(m.classes, pick(0, 40))
	}
	for range pick(1, 4) {
		unit := []int64{1, 2, 5, 10, 20}[pick(0, 4)]
		l := lane{unit: unit, own: pick(0, 3) > 0, seconds: pick(0, 2)}
		l.lo, l.hi = unit*pick(1, 3), pick(0, 60)
		l.set = uint64(pick(0, 1<<len(m.classes)-1))
		l.fee.Fixed, l.fee.Floor = pick(0, 8), pick(0, 8)
		if unit >= 5 {
			l.fee.BP = 2000 * pick(0, 2)
		}
		if pick(0, 1) == 1 {
			l.fee.Cap = max(1, l.fee.Floor) + pick(0, 6)
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
	rapid.Check(t, func(t *rapid.T) { // which favours small and extreme cases, and shrinks
		m := drawModel(func(from, to int64) int64 { return rapid.Int64Range(from, to).Draw(t, "n") })
		if wrong := compare(m); wrong != "" {
			t.Fatal(wrong)
		}
	})
	fronts := map[int]int{}
	for seed := range uint64(8000) { // which favours crowded ones
		rnd := rand.New(rand.NewPCG(seed, 3))
		m := drawModel(func(from, to int64) int64 { return from + rnd.Int64N(to-from+1) })
		if wrong := compare(m); wrong != "" {
			t.Fatalf("seed %d: %s", seed, wrong)
		}
		front, _ := m.front()
		fronts[min(len(front), 3)]++
	}
	if fronts[2] < 500 || fronts[3] < 100 {
		t.Errorf("hardly any trade-offs among the cases: %v", fronts)
	}
}

// compare says where the planner and the list of everything possible differ.
func compare(m *model) string {
	plain := &model{lanes: slices.Clone(m.lanes), classes: slices.Clone(m.classes), amount: m.amount}
	var want []trade
	every(plain, func(x []int64) {
		one := plain.trade(slices.Clone(x), true)
		if one.used > 0 && !slices.ContainsFunc(want, func(w trade) bool {
			return w.value >= one.value && w.used >= one.used && w.seconds <= one.seconds
		}) {
			want = append(want, one)
		}
	})
	want = undominated(want)
	m.build()
	got, proved := m.front()
	if !proved {
		return "not proved"
	}
	if len(got) != len(want) {
		return fmt.Sprintf("%d plans on the front, not %d:\n%+v\n%+v", len(got), len(want), got, want)
	}
	for i := range got {
		g, w := got[i], want[i]
		if g.value != w.value || g.used != w.used || g.seconds != w.seconds {
			return fmt.Sprintf("plan %d: %+v, not %+v", i, g, w)
		}
		if !possible(plain, g.x) {
			return fmt.Sprintf("plan %d is not possible: %v", i, g.x)
		}
	}
	return ""
}
