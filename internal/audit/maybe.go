package audit

import (
	"math"

	"jandon/internal/history"
)

// pairCadences are those that two charges may hint at.
var pairCadences = [...]Cadence{Monthly, Quarterly, HalfYearly, Yearly}

// few is how many equal charges a cadence apart are listed if they were not
// enough for a series: a statement of three months has no more of one.
const few = 4

// maybe lists what was seen too seldom to count: a few equal charges a cadence
// apart at a merchant with no others, and single lines that speak of a
// subscription themselves. Only what may still go on is listed.
func (a *auditor) maybe() []Series {
	var out []Series
	for g := range a.groups {
		var left []int32
		rest := a.groups[g].charges
		for _, i := range rest {
			if c := &a.charges[i]; !c.taken && !c.check && c.minor > 0 {
				left = append(left, i)
			}
		}
		if len(left) == 0 || len(left) > few || len(left) < len(rest) && len(left) > 1 && len(rest) > 3 {
			continue
		}
		last := left[len(left)-1]
		c := &a.charges[last]
		s := Series{Merchant: a.names[last].name, Category: a.category(left), Kind: Fixed, Amount: c.minor, Status: Active,
			Since: history.Day(a.charges[left[0]].day)}
		switch {
		case len(left) == 2 && a.steady(left, &s):
			s.Evidence = append(s.Evidence, Evidence{ID: twiceAlike, Low: c.minor})
		case len(left) > 2 && a.steady(left, &s):
			s.Evidence = append(s.Evidence, Evidence{ID: allAlike, N: len(left), Low: c.minor})
		case len(left) > 2:
			continue
		case a.names[last].mark&recurringWord != 0 && int32(a.in.AsOf)-c.day <= 31+beatsGrace:
			left = left[len(left)-1:]
			s.Since = history.Day(c.day)
		default:
			continue
		}
		if a.names[last].mark&recurringWord != 0 {
			s.Evidence = append(s.Evidence, Evidence{ID: saysSo})
		}
		for _, i := range left {
			s.Members = append(s.Members, a.charges[i].item)
			if history.Day(a.charges[i].day) > a.in.AsOf-365 {
				s.Paid += a.charges[i].minor
			}
		}
		s.Annual = beats[s.Cadence].annual(s.Amount)
		out = append(out, s)
	}
	return out
}

// beatsGrace is how many days late a charge seen once may be before it is no longer looked for.
const beatsGrace = 7

// steady reports whether charges are equal and a cadence apart, and says when
// the next one would come.
func (a *auditor) steady(charges []int32, s *Series) bool {
	first, last := &a.charges[charges[0]], &a.charges[charges[len(charges)-1]]
	for _, c := range pairCadences {
		b := &beats[c]
		if !a.keeps(charges, c) {
			continue
		}
		next := dayOf(civilOf(last.day).month+int32(b.months), civilOf(first.day).dom)
		if next+int32(b.grace) < int32(a.in.AsOf) {
			return false
		}
		s.Cadence, s.Next, s.HasNext, s.NextSure = c, history.Day(next), true, 50
		s.Score = math.Floor(probable / 2)
		return true
	}
	return false
}

// keeps reports whether each charge costs what the first one did and comes one
// step of a cadence after the one before it.
func (a *auditor) keeps(charges []int32, c Cadence) bool {
	for k := 1; k < len(charges); k++ {
		x, y := &a.charges[charges[k-1]], &a.charges[charges[k]]
		if x.price != y.price || offBeat(&beats[c], c, x, y, 1) > 1 {
			return false
		}
	}
	return true
}
