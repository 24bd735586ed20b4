package store

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"
)

// run is a stretch of line numbers, both ends inclusive.
type run struct{ first, last int64 }

// runs are stretches in order, apart from one another.
type runs []run

// add adds a stretch that does not begin before any other.
func (r *runs) add(first, last int64) {
	if n := len(*r); n > 0 && first <= (*r)[n-1].last+1 {
		(*r)[n-1].last = max((*r)[n-1].last, last)
		return
	}
	*r = append(*r, run{first, last})
}

func (r runs) has(n int64) bool {
	i, ok := slices.BinarySearchFunc(r, n, func(x run, n int64) int { return cmp.Compare(x.first, n) })
	return ok || i > 0 && n <= r[i-1].last
}

func (r runs) len() (n int64) {
	for _, x := range r {
		n += x.last - x.first + 1
	}
	return n
}

// without is r less the stretches of others.
func (r runs) without(others runs) (left runs) {
	for _, x := range r {
		i, _ := slices.BinarySearchFunc(others, x.first, func(o run, n int64) int { return cmp.Compare(o.last, n) })
		for ; i < len(others) && others[i].first <= x.last; i++ {
			if others[i].first > x.first {
				left.add(x.first, others[i].first-1)
			}
			x.first = max(x.first, others[i].last+1)
		}
		if x.first <= x.last {
			left.add(x.first, x.last)
		}
	}
	return left
}

// numbers is a set of line numbers that takes a bit for each where they are dense.
type numbers map[int64]*[64]uint64

const perPage = 64 * 64

func (s numbers) set(n int64) {
	page := s[n/perPage]
	if page == nil {
		page = new([64]uint64)
		s[n/perPage] = page
	}
	page[n%perPage/64] |= 1 << (n % 64)
}

func (s numbers) has(n int64) bool {
	page := s[n/perPage]
	return page != nil && page[n%perPage/64]&(1<<(n%64)) != 0
}

// runs is the set in order.
func (s numbers) runs() (r runs) {
	for _, p := range slices.Sorted(maps.Keys(s)) {
		for i, word := range s[p] {
			for word != 0 {
				b := bits.TrailingZeros64(word)
				n := p*perPage + int64(i*64+b)
				r.add(n, n)
				word &^= 1 << b
			}
		}
	}
	return r
}
