package valuepath

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Sixteen rails of unrelated units and fees are more than can be proved in the
// time of a key press: the answer is possible, and says that it is not proved.
func TestWhatIsNotProvedSaysSo(t *testing.T) {
	t.Parallel()
	m := &model{classes: []int64{MaxAmount}, amount: 98_765_431}
	for i, unit := range []int64{9973, 9967, 9949, 9941, 9931, 9929, 9923, 9907, 9901, 9887, 9883, 9871, 9859, 9857, 9851, 9839} {
		m.lanes = append(m.lanes, lane{lo: unit * 700, hi: 40_000_000, unit: unit, set: 1, own: true, fee: Fee{Fixed: 1000 + 37*int64(i)}})
	}
	plain := &model{lanes: slices.Clone(m.lanes), classes: slices.Clone(m.classes), amount: m.amount}
	m.build()
	x, proved := m.part(0, mostValue, ^uint32(0), 0, nil)
	if proved || x == nil || !possible(plain, x) {
		t.Errorf("proved %v: %v", proved, x)
	}
	if got := m.trade(x, proved); got.used < m.amount*99/100 {
		t.Errorf("only %d of %d", got.used, m.amount)
	}
}

// Rails that each take other lots make more unions than are looked at; what is
// left out costs the proof, never the bounds.
func TestTooManyUnionsCostTheProof(t *testing.T) {
	t.Parallel()
	m := &model{amount: 10_000}
	for i := range maxRails {
		m.classes = append(m.classes, int64(100+i))
		m.lanes = append(m.lanes, lane{lo: 1, hi: 10_000, unit: 1, set: 1<<i | 1<<((i+5)%maxRails), own: true})
	}
	plain := &model{lanes: slices.Clone(m.lanes), classes: slices.Clone(m.classes), amount: m.amount}
	m.build()
	x, proved := m.part(0, mostValue, ^uint32(0), 0, nil)
	if proved || len(m.unions) > maxUnions || !possible(plain, x) {
		t.Errorf("proved %v with %d unions: %v", proved, len(m.unions), x)
	}
}

// Whatever the catalogue and amounts, a plan is possible and within the room.
func TestRandomCataloguesStayPossible(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := &model{amount: rapid.Int64Range(1, MaxAmount).Draw(t, "amount")}
		for range rapid.IntRange(1, 5).Draw(t, "classes") {
			m.classes = append(m.classes, rapid.Int64Range(0, MaxAmount).Draw(t, "class"))
		}
		for range rapid.IntRange(1, 12).Draw(t, "lanes") {
			unit := rapid.SampledFrom([]int64{1, 7, 100, 500, 1000, 30_000}).Draw(t, "unit")
			l := lane{unit: unit, own: rapid.Bool().Draw(t, "own"), seconds: rapid.Int64Range(0, 3).Draw(t, "seconds")}
			l.lo, l.hi = unit*rapid.Int64Range(1, 50).Draw(t, "min"), rapid.Int64Range(0, MaxAmount).Draw(t, "max")
			l.set = rapid.Uint64Range(0, 1<<len(m.classes)-1).Draw(t, "set")
			l.fee = Fee{Fixed: rapid.Int64Range(0, 3000).Draw(t, "fixed"), Floor: rapid.Int64Range(0, 3000).Draw(t, "floor")}
			if unit >= 100 {
				l.fee.BP = 100 * rapid.Int64Range(0, 99).Draw(t, "bp")
			}
			if rapid.Bool().Draw(t, "capped") {
				l.fee.Cap = l.fee.Floor + rapid.Int64Range(1, 100_000).Draw(t, "cap")
			}
			m.lanes = append(m.lanes, l)
		}
		plain := &model{lanes: slices.Clone(m.lanes), classes: slices.Clone(m.classes), amount: m.amount}
		m.build()
		front, _ := m.front()
		for _, f := range front {
			if !possible(plain, f.x) {
				t.Fatalf("not possible: %v", f.x)
			}
			for i, x := range f.x {
				if l := plain.lanes[i]; x != 0 && (x < l.lo || x > l.hi || x%l.unit != 0 || x <= l.fee.Of(x)) {
					t.Fatalf("lane %d carries %d", i, x)
				}
			}
		}
	})
}
