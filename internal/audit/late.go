package audit

import (
	"math"
	"slices"
)

const (
	lateMost  = 15   // days for which a refused charge is tried again
	lateNever = 13   // mean days of the cadences that are not waited for
	byItself  = 0.15 // such charges that chance may bring in that time
)

// late gives a run the charges that were made after their day had passed: a
// card was refused or replaced, and the merchant tried again. Such a charge is
// the only one of its price about, and stands where a date went by without one.
func (a *auditor) late(g *group, f *found) {
	if len(g.charges) > busy || beats[f.fit.cadence].mean < lateNever {
		return
	}
	met := make(map[int32]bool)
	first := int32(math.MaxInt32)
	for _, m := range f.members {
		if c := &a.charges[m]; c.minor > 0 {
			n, _ := f.fit.nearest(f.fit.billed(c), a.closed)
			met[n] = true
			first = min(first, n)
		}
	}
	for n := first + 1; n <= f.fit.last+2; n++ {
		if met[n] {
			continue
		}
		due := f.fit.date(n, a.closed)
		if due > int32(a.in.AsOf) {
			return
		}
		until := min(due+lateMost, f.fit.date(n+1, a.closed)-offRhythm)
		if i := a.alike(g, a.before(f, due), due, until); i >= 0 {
			a.charges[i].taken = true
			f.members = append(f.members, i)
			slices.SortFunc(f.members, func(p, q int32) int { return a.compare(&a.charges[p], &a.charges[q]) })
			f.late++
			f.fit.last = max(f.fit.last, n)
		}
	}
}

// before is the last charge of a run before a day.
func (a *auditor) before(f *found, day int32) *charge {
	last := a.begin(f)
	for _, m := range f.members {
		if c := &a.charges[m]; c.minor > 0 && c.day < day {
			last = c
		}
	}
	return last
}

// alike is the only charge left over at a merchant between two days at the
// price of another; -1 if there is none, there are several, or chance brings
// such charges often enough.
func (a *auditor) alike(g *group, to *charge, from, until int32) int32 {
	at, others := int32(-1), 0
	for _, i := range g.charges {
		switch c := &a.charges[i]; {
		case c.taken || c.check || c.price != to.price:
		case c.day <= from || c.day > until:
			others++
		case at >= 0:
			return -1
		default:
			at = i
		}
	}
	if float64(others)*float64(until-from)/float64(max(a.last-a.first, 1)) > byItself {
		return -1
	}
	return at
}
