package audit

import (
	"math"

	"jandon/internal/history"
)

// describe turns a chain into what a person is told.
func (a *auditor) describe(f *found) Series {
	s := Series{Cadence: f.fit.cadence, Score: f.score, Merchant: a.name(f.members), Category: a.category(f.members)}
	for _, m := range f.members {
		c := &a.charges[m]
		s.Members = append(s.Members, c.item)
		if history.Day(c.day) > a.in.AsOf-365 {
			s.Paid += c.minor
		}
	}
	s.Since = history.Day(a.charges[f.members[0]].day)
	a.price(f, &s)
	a.stand(f, &s)
	s.Annual = beats[s.Cadence].annual(s.Amount)
	n := len(f.members)
	s.NextSure = 100 * max(0, n-f.fit.off-f.late+1) / (n + 2)
	s.Evidence = a.reasons(f, &s)
	return s
}

// name is the merchant's most printed name among the members.
func (a *auditor) name(members []int32) string {
	counts := make(map[string]int)
	best := ""
	for _, m := range members {
		n := a.names[m].name
		counts[n]++
		if best == "" || counts[n] > counts[best] || counts[n] == counts[best] && n < best {
			best = n
		}
	}
	return best
}

// category is that of most members.
func (a *auditor) category(members []int32) string {
	counts := make(map[string]int)
	best := ""
	for _, m := range members {
		c := a.in.Items[a.charges[m].item].Category
		counts[c]++
		if counts[c] > counts[best] || counts[c] == counts[best] && c < best {
			best = c
		}
	}
	return best
}

// price finds how the price behaved.
func (a *auditor) price(f *found, s *Series) {
	same, drift, steps := 0, 0, 0
	for i := 1; i < len(f.members); i++ {
		x, y := &a.charges[f.members[i-1]], &a.charges[f.members[i]]
		if x.minor == 0 {
			steps++
			continue
		}
		switch d := math.Abs(math.Log(float64(y.minor) / float64(x.minor))); {
		case x.price == y.price, d < rounding:
			same++
		case d < driftRange:
			drift++
		default:
			steps++
		}
	}
	last := &a.charges[f.members[len(f.members)-1]]
	s.Amount = last.minor
	orig := last.foreign()
	n := len(f.members) - 1
	switch {
	case orig, drift > 0 && drift+same >= n-n/3 && drift >= same:
		s.Kind = Foreign
	case same*2 >= n || steps <= 1 && same > 0:
		s.Kind = Fixed
	default:
		s.Kind = Usage
		var sum int64
		tail := f.members[max(0, len(f.members)-12):]
		for _, m := range tail {
			sum += a.charges[m].minor
		}
		s.Amount = sum / int64(len(tail))
		return
	}
	s.Changes = a.steps(f.members, s.Kind == Foreign && !orig)
}

// rounding is how far, of its logarithm, a price moves that is the same: a tax
// or a discount was rounded in another way.
const rounding = 0.001

// steps lists the changes of price along a series. Where a line doesn't say
// its price in another currency, as its neighbours do, what was paid must move
// further than rates do, or the next price that is said be another one.
func (a *auditor) steps(members []int32, drifts bool) (list []PriceChange) {
	var said *charge // the last before with a price in another currency, if no step came since
	for i := 1; i < len(members); i++ {
		x, y := &a.charges[members[i-1]], &a.charges[members[i]]
		if x.foreign() {
			said = x
		}
		unlike := x.foreign() != y.foreign() // one says it, one does not
		if unlike && y.foreign() && said != nil {
			x, unlike = said, false
		}
		d := math.Abs(math.Log(float64(y.minor) / max(1, float64(x.minor))))
		if x.price == y.price || d < rounding && !x.foreign() || d < 1.2*driftRange && (drifts || unlike) {
			continue
		}
		list, said = append(list, PriceChange{a.in.Items[y.item].ID, a.in.Items[y.item].Day, x.minor, y.minor}), nil
	}
	return list
}

// stand finds the status and the next date.
func (a *auditor) stand(f *found, s *Series) {
	b := &beats[f.fit.cadence]
	missed := int32(0)
	for n := f.fit.last + 1; f.fit.date(n, a.closed)+int32(b.grace) < int32(a.in.AsOf); n++ {
		missed++
	}
	switch {
	case missed == 0:
		s.Status = Active
		s.Next, s.HasNext = history.Day(f.fit.date(f.fit.last+1, a.closed)), true
		s.Coming = a.coming(f)
	case b.mean < 60 && missed <= 2:
		s.Status = Paused
	default:
		s.Status = Cancelled
	}
	if a.undone(a.end(f)) { // the last charge was given back in full: it is over
		s.Status, s.HasNext = Cancelled, false
	}
}
