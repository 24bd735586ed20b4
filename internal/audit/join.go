package audit

import (
	"cmp"
	"math"
	"slices"
)

const (
	joinCost  = 4.0 // what one calendar for two runs may cost before they stay apart
	longPause = 400 // days after which a return is a new subscription
	nearTime  = 2700
)

// join makes one series of runs at one merchant that follow each other on one
// calendar: after a long pause, or where a price changed too much to go on.
func (a *auditor) join(runs []found) []found {
	slices.SortStableFunc(runs, func(x, y found) int { return cmp.Compare(a.begin(&x).instant(), a.begin(&y).instant()) })
	for i := 0; i < len(runs); i++ {
		for {
			best, to := math.Inf(-1), -1
			var whole fit
			for j := i + 1; j < len(runs); j++ {
				if f, gain, ok := a.oneCalendar(&runs[i], &runs[j]); ok && gain > best {
					best, to, whole = gain, j, f
				}
			}
			if to < 0 {
				break
			}
			runs[i].members = append(runs[i].members, runs[to].members...)
			runs[i].score += runs[to].score
			runs[i].fit = whole
			runs = slices.Delete(runs, to, to+1)
		}
	}
	return runs
}

// oneCalendar reports whether y goes on where x stopped.
func (a *auditor) oneCalendar(x, y *found) (fit, float64, bool) {
	last, first := a.end(x), a.begin(y)
	if x.fit.cadence != y.fit.cadence || first.day <= last.day || first.day-last.day > longPause || x.fit.night != y.fit.night {
		return fit{}, 0, false
	}
	if ratio := float64(a.begin(y).minor+1) / float64(last.minor+1); ratio > 3 || ratio < 1.0/3 {
		return fit{}, 0, false
	}
	if last.sec >= 0 && first.sec >= 0 && apart(a.usualTime(x.members), a.usualTime(y.members)) > nearTime {
		return fit{}, 0, false
	}
	a.of = a.of[:0]
	for _, f := range [...]*found{x, y} {
		for _, m := range f.members {
			if c := &a.charges[m]; c.minor > 0 {
				a.of = append(a.of, c)
			}
		}
	}
	f := a.calendarOf(x.fit.cadence, a.of)
	gain := f.log - x.fit.log - y.fit.log
	if last.price == first.price {
		gain++
	}
	return f, gain, gain >= -joinCost
}

// succeed makes one series of two under different names, where the second
// begins on the day, at the price and at the time at which the first was due:
// a merchant that took another name, or another biller.
func (a *auditor) succeed(all []found) []found {
	for i := range all {
		x := &all[i]
		if x.members == nil {
			continue
		}
		var heir *found
		for j := range all {
			y := &all[j]
			if i == j || y.members == nil || !a.follows(x, y) {
				continue
			}
			if heir != nil { // two could be the heir: neither is
				heir = nil
				break
			}
			heir = y
		}
		if heir == nil {
			continue
		}
		f, _, ok := a.oneCalendar(x, heir)
		if !ok {
			continue
		}
		heir.members = append(slices.Clone(x.members), heir.members...)
		heir.fit = f
		heir.score += x.score
		heir.late += x.late
		heir.shared += x.shared
		x.members = nil
	}
	return slices.DeleteFunc(all, func(f found) bool { return f.members == nil })
}

func (a *auditor) follows(x, y *found) bool {
	last, first := a.end(x), a.begin(y)
	if last.group == first.group || !a.goesOn(x, first) || x.fit.cadence != y.fit.cadence || first.day <= last.day {
		return false
	}
	if last.sec >= 0 && apart(a.usualTime(x.members), a.usualTime(y.members)) > nearTime {
		return false
	}
	due := x.fit.date(x.fit.last+1, a.closed)
	return abs32(x.fit.billed(first)-due) <= 2
}

// goesOn reports whether a charge has the price at which a series stopped, or
// one that the rate of its currency makes of it, where that moved before.
func (a *auditor) goesOn(x *found, first *charge) bool {
	last := a.end(x)
	if last.price == first.price {
		return true
	}
	near := func(p, q *charge) bool {
		return p.minor > 0 && q.minor > 0 && math.Abs(math.Log(float64(p.minor)/float64(q.minor))) < driftRange
	}
	moved := 0
	for i := 1; i < len(x.members); i++ {
		if p, q := &a.charges[x.members[i-1]], &a.charges[x.members[i]]; p.price != q.price && near(p, q) {
			moved++
		}
	}
	return moved*2 > len(x.members) && near(last, first)
}

func (a *auditor) begin(f *found) *charge {
	c := &a.charges[f.members[0]]
	if c.minor == 0 && len(f.members) > 1 { // the free start of a trial
		c = &a.charges[f.members[1]]
	}
	return c
}

func (a *auditor) end(f *found) *charge { return &a.charges[f.members[len(f.members)-1]] }

// usualTime is the middle of the times of day of some charges, as one turned
// around the last.
func (a *auditor) usualTime(members []int32) int32 {
	base := a.charges[members[len(members)-1]].sec
	turned := make([]int32, 0, len(members))
	for _, m := range members {
		if c := &a.charges[m]; c.minor > 0 {
			turned = append(turned, floorMod(c.sec-base+43200, 86400))
		}
	}
	slices.Sort(turned)
	return floorMod(turned[len(turned)/2]+base-43200, 86400)
}
