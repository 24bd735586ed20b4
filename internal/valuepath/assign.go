package valuepath

import (
	"math/bits"
	"slices"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

func sortLots(lots []wallet.Lot) { slices.SortFunc(lots, wallet.CompareLots) }

// flow deals lots to the amounts of the rails by augmenting paths, first to
// expire first: a lot is used as far as any arrangement of the earlier ones
// allows, so that what stays is what lasts longest.
type flow struct {
	g     *ground
	moved [][maxRails]int64 // by class and rail
	left  [maxRails]int64   // what each rail still wants
	taken []int64           // by lot
}

// assign gives the draws of every rail, by index of the rail.
func (g *ground) assign(x []int64) (draws [maxRails][]Draw, taken []int64) {
	f := &flow{g: g, moved: make([][maxRails]int64, len(g.sets)), taken: make([]int64, len(g.lots))}
	want := int64(0)
	for i, n := range x {
		f.left[i] = n
		want += n
	}
	for i := range g.lots {
		if g.class[i] < 0 || want == 0 {
			continue
		}
		n := f.push(g.class[i], min(g.free[i], want))
		f.taken[i] = n
		want -= n
	}
	// Within a class lots are alike: deal them out in order, soonest rail first.
	order := make([]int, 0, len(x))
	for r := range x {
		order = append(order, r)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return int((g.book.Rails[a].Time - g.book.Rails[b].Time) / 1e9)
	})
	for i := range g.lots {
		n := f.taken[i]
		for _, r := range order {
			if n == 0 {
				break
			}
			k := g.class[i]
			if t := min(n, f.moved[k][r]); t > 0 {
				draws[r] = append(draws[r], Draw{Lot: g.lots[i].ID, Amount: money.Of(t, g.book.Currency)})
				f.moved[k][r] -= t
				n -= t
			}
		}
	}
	return draws, f.taken
}

// push sends up to n of class k to the rails and says how much went.
func (f *flow) push(k int, n int64) (sent int64) {
	for sent < n {
		t := f.augment(k, n-sent)
		if t == 0 {
			break
		}
		sent += t
	}
	return sent
}

// augment finds a shortest path from class k to a rail that wants more, over
// rails that give back what another class sent them, and sends up to n along it.
func (f *flow) augment(k int, n int64) int64 {
	var from [maxRails]int // the class that reached the rail
	var via [maxClasses]int
	var queue [maxClasses]int
	seenRail, seenClass := uint64(0), uint64(1)<<k
	via[k] = -1
	queue[0] = k
	for head, tail := 0, 1; head < tail; head++ {
		c := queue[head]
		for set := f.g.sets[c] &^ seenRail; set != 0; set &= set - 1 {
			r := bits.TrailingZeros64(set)
			seenRail |= 1 << r
			from[r] = c
			if f.left[r] > 0 {
				return f.send(r, n, &from, &via)
			}
			for o := range f.moved {
				if f.moved[o][r] > 0 && seenClass&(1<<o) == 0 {
					seenClass |= 1 << o
					via[o] = r
					queue[tail] = o
					tail++
				}
			}
		}
	}
	return 0
}

func (f *flow) send(r int, n int64, from *[maxRails]int, via *[maxClasses]int) int64 {
	t := min(n, f.left[r])
	for c := from[r]; via[c] >= 0; c = from[via[c]] {
		t = min(t, f.moved[c][via[c]])
	}
	f.left[r] -= t
	for {
		c := from[r]
		f.moved[c][r] += t
		if via[c] < 0 {
			return t
		}
		r = via[c]
		f.moved[c][r] -= t
	}
}
