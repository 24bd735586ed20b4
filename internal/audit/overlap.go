package audit

import (
	"cmp"
	"slices"

	"jandon/internal/history"
)

// Overlap is several series that may do one thing twice.
type Overlap struct {
	Merchant string // several plans there; or empty
	Category string // several services of it; or empty
	Series   []int  // indexes into Report.Series
	Annual   int64  // what they cost a year together
}

// overlaps finds several active plans at one merchant, and several services of
// one category.
func (a *auditor) overlaps(series []Series) []Overlap {
	type place struct{ merchant, category string }
	at := make(map[place]int)
	var out []Overlap
	add := func(p place, i int) {
		k, ok := at[p]
		if !ok {
			k = len(out)
			at[p] = k
			out = append(out, Overlap{Merchant: p.merchant, Category: p.category})
		}
		out[k].Series = append(out[k].Series, i)
		out[k].Annual += series[i].Annual
	}
	seen := make(map[place]bool) // one service with two plans is no two services
	for i := range series {
		s := &series[i]
		if s.Status != Active {
			continue
		}
		add(place{merchant: s.Merchant}, i)
		if one := (place{s.Merchant, s.Category}); s.Category != "" && !seen[one] {
			seen[one] = true
			add(place{category: s.Category}, i)
		}
	}
	out = slices.DeleteFunc(out, func(o Overlap) bool { return len(o.Series) < 2 })
	slices.SortStableFunc(out, func(x, y Overlap) int {
		return cmp.Or(cmp.Compare(y.Annual, x.Annual), cmp.Compare(x.Merchant, y.Merchant), cmp.Compare(x.Category, y.Category))
	})
	return out
}

// Silent is a charge that a person should have agreed to beforehand.
type Silent struct {
	Series int    // index into Report.Series
	ID     string // the charge
	Day    history.Day
	What   Occasion
	Known  bool // consents are on record here, and there is none; false: there are no records
}

// Occasion is what consent was due for.
type Occasion string

// The occasions of consent.
const (
	FirstCharge Occasion = "first_charge"
	TrialEnd    Occasion = "trial_end"
	PriceRise   Occasion = "price_rise"
)

// silent lists the charges of active series for which consent was due and is
// not on record.
func (a *auditor) silent(series []Series) []Silent {
	given, kept := make(map[string]history.Day), make(map[string]bool)
	for _, m := range a.in.Mandates {
		kept[m.First] = true
		for _, c := range m.Consents {
			given[c.Transaction], kept[c.Transaction] = c.Day, true
		}
	}
	var out []Silent
	for i := range series {
		s := &series[i]
		if s.Status != Active {
			continue
		}
		known := slices.ContainsFunc(s.Members, func(m int) bool { return kept[a.in.Items[m].ID] })
		due := func(id string, day history.Day, what Occasion, reach int) {
			if at, ok := given[id]; ok && at <= day && (reach == 0 || int(day-at) <= reach) {
				return
			}
			out = append(out, Silent{i, id, day, what, known})
		}
		first := &a.in.Items[s.Members[0]]
		due(first.ID, first.Day, FirstCharge, 0)
		for _, c := range s.Changes {
			if r, ok := consentRule(c.Day); ok && c.To > c.From {
				what := PriceRise
				if c.From == 0 {
					what = TrialEnd
				}
				due(c.ID, c.Day, what, r.within)
			}
		}
	}
	return out
}
