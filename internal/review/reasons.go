package review

import (
	"cmp"
	"slices"

	"jandon/internal/audit"
	"jandon/internal/history"
)

// Why is a reason to look at something.
type Why string

// The reasons, the gravest first: money that may come back, money about to
// leave, and what is good to know.
const (
	Twice     Why = "twice"     // it may have been charged twice
	Trial     Why = "trial"     // it is free, and about to cost
	Silent    Why = "silent"    // it began or rose without consent on record
	Rise      Why = "rise"      // it costs more than before
	Overlap   Why = "overlap"   // something else does the same
	Forgotten Why = "forgotten" // it runs on and nothing speaks of it
	Doubtful  Why = "doubtful"  // it may be a habit and no subscription
	New       Why = "new"       // it was not there before
)

var gravity = []Why{Twice, Trial, Silent, Rise, Overlap, Forgotten, Doubtful, New}

// Reason is one of them.
type Reason struct {
	Why      Why
	Key      string // stays the same from audit to audit
	Day      history.Day
	From, To int64          // of Rise: prices in minor units
	With     []string       // of Overlap: the names of the others
	Annual   int64          // of Overlap: what all of them cost a year
	Category string         // of Overlap, if they are of one category
	Occasion audit.Occasion // of Silent
	Months   int            // of Forgotten: since it began
}

// Consent says whether a person's consent to the first charge and to every rise is on record.
type Consent string

// What records say of consent; a source without records says nothing.
const (
	ConsentUnknown Consent = "unknown"
	ConsentGiven   Consent = "yes"
	ConsentMissing Consent = "no"
)

// newestOf is the series of an overlap that began last: it is the one to ask about.
func newestOf(o audit.Overlap, rep *audit.Report) int {
	return slices.MaxFunc(o.Series, func(a, b int) int {
		return cmp.Or(cmp.Compare(rep.Series[a].Since, rep.Series[b].Since), cmp.Compare(a, b))
	})
}

// consent looks a series up in what is not on record; without a mandate there is none.
func consent(rep *audit.Report, kept bool, at int) Consent {
	switch {
	case !kept:
		return ConsentUnknown
	case slices.ContainsFunc(rep.Silent, func(x audit.Silent) bool { return x.Series == at }):
		return ConsentMissing
	}
	return ConsentGiven
}

// lookBack is how far back a rise or a beginning is worth a look, in days: what
// has run for a year was seen before.
const lookBack = 366

// reasons says why a series is worth a look. What has ended is not, nor what
// was put off; what was kept is not for what was known when it was. at is its
// place in the report, negative for what only may be a series.
func (f *Findings) reasons(s *Series, in *audit.Input, rep *audit.Report, at int) {
	s.Consent = consent(rep, s.Mandate != nil, at)
	if !s.Running() || s.Sleeps() {
		return
	}
	first := s.Charges[0]
	add := func(id string, r Reason) {
		r.Key = string(r.Why) + ":" + id
		s.Reasons = append(s.Reasons, r)
	}
	if s.Status == audit.Trial {
		add(first.ID, Reason{Why: Trial, Day: first.Day, To: s.Amount})
	}
	for _, c := range s.Changes {
		if c.To > c.From && c.From > 0 && c.Day > f.Today-lookBack {
			add(c.ID, Reason{Why: Rise, Day: c.Day, From: c.From, To: c.To})
		}
	}
	for _, x := range rep.Silent {
		if x.Series == at && x.Known && x.Day > f.Today-lookBack {
			add(x.ID, Reason{Why: Silent, Day: x.Day, Occasion: x.What})
		}
	}
	for _, o := range rep.Overlaps {
		if newestOf(o, rep) == at {
			r := Reason{Why: Overlap, Day: s.Since, Annual: o.Annual, Category: o.Category}
			for _, i := range o.Series {
				if i != at {
					r.With = append(r.With, rep.Series[i].Merchant)
				}
			}
			add(o.Category+"+"+s.Key, r)
		}
	}
	for _, x := range rep.Forgotten {
		if x.Series == at {
			add(s.Key, Reason{Why: Forgotten, Day: s.Since, Months: x.Months})
		}
	}
	switch {
	case s.Maybe || !s.Sure() && s.Status != audit.Trial:
		add(first.ID, Reason{Why: Doubtful, Day: first.Day})
	case first.Day > f.Today-lookBack && s.Status != audit.Trial:
		add(first.ID, Reason{Why: New, Day: first.Day})
	}
	if s.Decision.Verdict == audit.Keep {
		s.Reasons = slices.DeleteFunc(s.Reasons, func(r Reason) bool { return r.Day <= s.Decision.Made })
	}
	slices.SortStableFunc(s.Reasons, func(a, b Reason) int {
		return cmp.Or(slices.Index(gravity, a.Why)-slices.Index(gravity, b.Why), cmp.Compare(b.Day, a.Day))
	})
}
