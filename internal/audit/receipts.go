package audit

import "slices"

// receipts finds the charges in which two series of one merchant were billed
// together, as app stores do with what falls on one day: the sum of both
// prices, on a day of both, on which neither was billed alone. Such a charge is
// a change of price of neither, and for both its date did not go by.
func (a *auditor) receipts(g *group, runs []found) {
	if len(runs) < 2 || len(runs) > crossWays || len(g.charges) > busy {
		return
	}
next:
	for _, i := range g.charges {
		for x := range runs {
			for y := range runs[:x] {
				if a.together(i, &runs[x], &runs[y]) {
					a.share(i, &runs[x])
					a.share(i, &runs[y])
					continue next
				}
			}
		}
	}
}

// together reports whether a charge is what two series were due to cost.
func (a *auditor) together(i int32, x, y *found) bool {
	c := &a.charges[i]
	if c.check || c.taken && !slices.Contains(x.members, i) && !slices.Contains(y.members, i) || a.begin(x).day >= c.day || a.begin(y).day >= c.day {
		return false
	}
	one, other := a.before(x, c.day), a.before(y, c.day)
	return one.minor+other.minor == c.minor && a.dueAlone(i, x) && a.dueAlone(i, y)
}

// dueAlone reports whether a charge lies on a day of a series on which no other
// member does.
func (a *auditor) dueAlone(i int32, f *found) bool {
	at, log := f.fit.nearest(f.fit.billed(&a.charges[i]), a.closed)
	return log > onTimeLog && !slices.ContainsFunc(f.members, func(m int32) bool {
		n, _ := f.fit.nearest(f.fit.billed(&a.charges[m]), a.closed)
		return m != i && n == at
	})
}

// share counts a date of a series as met by a charge that is none of its members.
func (a *auditor) share(i int32, f *found) {
	n, _ := f.fit.nearest(f.fit.billed(&a.charges[i]), a.closed)
	if k := slices.Index(f.members, i); k >= 0 {
		f.members = slices.Delete(f.members, k, k+1)
	}
	a.charges[i].taken = true
	f.fit.last = max(f.fit.last, n)
	f.shared++
}
