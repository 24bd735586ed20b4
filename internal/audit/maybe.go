package audit

import (
	"math"

	"jandon/internal/history"
)

// pairCadences are those that two charges may hint at.
var pairCadences = [...]Cadence{Monthly, Quarterly, HalfYearly, Yearly}

// maybe lists what was seen too seldom to count: two equal charges a cadence
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
		if len(left) == 0 || len(left) > 2 || len(left) < len(rest) && len(left) > 1 && len(rest) > 3 {
			continue
		}
		last := left[len(left)-1]
		c := &a.charges[last]
		s := Series{Merchant: a.names[last].name, Category: a.category(left), Kind: Fixed, Amount: c.minor, Status: Active,
			Since: history.Day(a.charges[left[0]].day)}
		switch {
		case len(left) == 2 && a.pairs(&a.charges[left[0]], c, &s):
			s.Evidence = append(s.Evidence, Evidence{ID: twiceAlike, Low: c.minor})
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

// pairs reports whether two charges are equal and a cadence apart, and says when a third would come.
func (a *auditor) pairs(x, y *charge, s *Series) bool {
	if x.price != y.price {
		return false
	}
	for _, c := range pairCadences {
		b := &beats[c]
		if offBeat(b, c, x, y, 1) > 1 {
			continue
		}
		anchor := civilOf(x.day)
		next := dayOf(civilOf(y.day).month+int32(b.months), anchor.dom)
		if next+int32(b.grace) < int32(a.in.AsOf) {
			return false
		}
		s.Cadence, s.Next, s.HasNext, s.NextSure = c, history.Day(next), true, 50
		s.Score = math.Floor(probable / 2)
		return true
	}
	return false
}
