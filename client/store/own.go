package store

import (
	"cmp"
	"math"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/history"
)

// limits decide between ways to the same answer.
type limits struct {
	// few is up to how many lines a plan looks at one by one beforehand.
	// Above, they are so many that a list soon meets some.
	few int
	// patience is how many lines a scan of the list may pass over before the
	// strands are asked one by one after all: the wanted lines may lie far off.
	patience int
	// many is from how many new lines on an import makes the index of amounts
	// anew at its end.
	many int
}

var usual = limits{few: 4000, patience: 20_000, many: 50_000}

// own finds the lines that are wanted because of their own texts.
func (v *view) own(p *plan, m *history.Matcher) error {
	found, err := v.sweep(m)
	if err != nil {
		return err
	}
	rest := map[history.Hits]bool{}
	for _, h := range p.partly {
		rest[h] = true
	}
	found = slices.DeleteFunc(found, func(l looseHit) bool {
		for h := range rest {
			if h|l.hits == p.filter.All() {
				return false
			}
		}
		return true
	})
	if len(found) > v.s.limits.few {
		p.loose = found
		return nil
	}
	p.spotty = map[int64]bool{}
	for _, l := range found {
		s, ok, err := v.proven(p, l.n)
		if err != nil {
			return err
		}
		if ok && !p.spotty[l.n] {
			p.spotty[l.n] = true
			p.spots = append(p.spots, s)
		}
	}
	slices.SortFunc(p.spots, newestFirst)
	return nil
}

func newestFirst(a, b spot) int { return cmp.Or(cmp.Compare(b.at, a.at), cmp.Compare(b.n, a.n)) }

// proven looks at a line: is it of a partly wanted strand, and do its own
// texts have the other words?
func (v *view) proven(p *plan, n int64) (s spot, ok bool, err error) {
	var order, reason, approval string
	found, err := v.one(func(st *sqlite3.Stmt) {
		s = spot{st.ColumnInt64(0), n, st.ColumnInt64(1), st.ColumnInt64(2)}
		order, reason, approval = st.ColumnText(3), st.ColumnText(4), st.ColumnText(5)
	}, "SELECT at, strand, amount, ord, reason, approval FROM tx WHERE n=?", n)
	if err != nil || !found {
		return s, false, err
	}
	hits, ok := p.partly[s.strand]
	return s, ok && hits|p.filter.Words(order)|p.filter.Words(approval)|p.filter.Words(reason) == p.filter.All(), nil
}

// rarities reads the lines with a wanted amount, if they are few.
func (v *view) rarities(p *plan, q history.Query) error {
	lo, hi := int64(0), int64(math.MaxInt64)
	if q.Min != nil {
		lo = max(lo, *q.Min)
	}
	if q.Max != nil {
		if hi = *q.Max; hi < 0 {
			p.nothing = true
			return nil
		}
	}
	var found []spot
	least := -hi
	if hi == math.MaxInt64 {
		least = math.MinInt64 // whose size no int64 holds
	}
	for _, r := range [][2]int64{{least, -lo}, {max(lo, 1), hi}} {
		err := v.rows(func(st *sqlite3.Stmt) bool {
			found = append(found, spot{st.ColumnInt64(1), st.ColumnInt64(2), st.ColumnInt64(3), st.ColumnInt64(0)})
			return len(found) <= v.s.limits.few
		}, "SELECT amount, at, n, strand FROM tx INDEXED BY tx_amount WHERE amount BETWEEN ? AND ?", r[0], r[1])
		if err != nil {
			return err
		}
		if len(found) > v.s.limits.few {
			return nil
		}
	}
	slices.SortFunc(found, newestFirst)
	p.rare, p.isRare = found, true
	return nil
}

// wants reports whether a line is asked for. Its settlement is not looked at.
func (v *view) wants(p *plan, s spot) (bool, error) {
	if s.at < p.lo || s.at >= p.hi {
		return false, nil
	}
	if p.days {
		if d := v.calendar.Day(s.at); d < p.begun || d > p.ended {
			return false, nil
		}
	}
	if p.sized && !p.fits(s.amount) {
		return false, nil
	}
	switch {
	case p.every, s.strand < int64(len(p.full)) && p.full[s.strand], p.spotty[s.n]:
		return true, nil
	case len(p.loose) == 0:
		return false, nil
	}
	if _, ok := p.partly[s.strand]; !ok {
		return false, nil
	}
	if _, ok := slices.BinarySearchFunc(p.loose, s.n, func(l looseHit, n int64) int { return cmp.Compare(l.n, n) }); !ok {
		return false, nil
	}
	_, ok, err := v.proven(p, s.n)
	return ok, err
}

// fits reports whether an amount has a wanted size.
func (p *plan) fits(minor int64) bool {
	size := uint64(minor)
	if minor < 0 {
		size = -size
	}
	return (p.key.min < 0 || size >= uint64(p.key.min)) && (p.key.max == unset || p.key.max >= 0 && size <= uint64(p.key.max))
}
