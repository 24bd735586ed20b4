// Package review is what a person has to do with an audit: what of it is worth
// a look, what they decided about it, and how far a review has come.
//
// An audit is made anew from the lines each time; decisions are notes that name
// lines, so they hold however a series grows. Keeping something answers what
// was known that day: a later rise is told again. What is no subscription, and
// two charges that are both right, are never told again.
package review

import (
	"cmp"
	"slices"

	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/notes"
	"jandon/internal/wallet"
)

// Charge is a member of a series, or half of a double charge.
type Charge struct {
	ID       string // of the transaction
	Day      history.Day
	Second   int32 // of the day; negative if only the date is known
	Minor    int64 // what it cost, positive
	Merchant string
}

// Series is a recurring charge with what a person makes of it.
type Series struct {
	audit.Series
	Key      string   // names it across audits
	Charges  []Charge // oldest first
	Maybe    bool     // seen too seldom to be counted
	Consent  Consent
	Reasons  []Reason        // why it is worth a look, the gravest first
	Decision Decision        // the last one; zero if there is none
	Mandate  *wallet.Mandate // under which it is charged; nil: none that is known
}

// Running reports whether money still goes there.
func (s *Series) Running() bool { return s.Status == audit.Active || s.Status == audit.Trial }

// Sleeps reports whether the series was put off to a later day.
func (s *Series) Sleeps() bool { return s.Snoozed > 0 }

// Rise is what the price rose in the year before a day; ok if it did.
func (s *Series) Rise(today history.Day) (from, to int64, ok bool) {
	for _, c := range s.Changes {
		if c.Day <= today-lookBack || c.From <= 0 {
			continue
		}
		if !ok {
			from = c.From
		}
		to, ok = c.To, true
	}
	return from, to, ok && to > from
}

// Double is a pair of charges that may be one made twice.
type Double struct {
	Key           string
	First, Second Charge
	Why           []audit.Evidence
}

// Findings is everything that a person may look at.
type Findings struct {
	Today    history.Day
	Currency money.Currency
	Lines    int      // that were looked through
	Series   []Series // dearest a year first; those that run before the others, and those that may be none last
	Not      []Series // what the person says are no subscriptions
	Doubles  []Double // that were not answered and did not come back; newest first
	Creep    audit.Creep
	Year     int64 // of the series that run, at their present prices
	Running  int   // how many those are
	Said     map[string]Decision

	held []wallet.Mandate
}

// Of puts an audit together with what was said about it and with the mandates
// that the platform keeps. The report must have been made with the decisions of
// the same notes, and the input with the same mandates.
func Of(in *audit.Input, rep *audit.Report, said []notes.Note, held []wallet.Mandate) Findings {
	f := Findings{
		held: held, Today: in.AsOf, Currency: in.Currency, Lines: len(in.Items), Creep: rep.Creep, Said: byKey(said),
	}
	for i := range rep.Series {
		s := f.series(in, rep.Series[i])
		f.reasons(&s, in, rep, i)
		if s.Running() {
			f.Year += s.Annual
			f.Running++
		}
		f.Series = append(f.Series, s)
	}
	for i := range rep.Maybe {
		s := f.series(in, rep.Maybe[i])
		s.Maybe = true
		f.reasons(&s, in, rep, -1)
		f.Series = append(f.Series, s)
	}
	for i := range rep.Dismissed {
		f.Not = append(f.Not, f.series(in, rep.Dismissed[i]))
	}
	slices.SortStableFunc(f.Series, byCost)
	slices.SortStableFunc(f.Not, byCost)
	f.Doubles = f.doubles(in, rep)
	return f
}

func byCost(a, b Series) int {
	rank := func(s *Series) int {
		switch {
		case s.Maybe:
			return 2
		case s.Running():
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(rank(&a), rank(&b)), cmp.Compare(b.Annual, a.Annual), cmp.Compare(a.Merchant, b.Merchant), cmp.Compare(a.Key, b.Key))
}

func (f *Findings) series(in *audit.Input, x audit.Series) Series {
	s := Series{Series: x, Key: x.Key(in), Consent: ConsentUnknown, Charges: make([]Charge, len(x.Members))}
	for i, m := range x.Members {
		s.Charges[i] = chargeOf(&in.Items[m])
	}
	s.Decision, s.Mandate = f.about(&s), under(f.held, s.Charges)
	return s
}

func chargeOf(x *audit.Item) Charge {
	return Charge{ID: x.ID, Day: x.Day, Second: x.Second, Minor: max(-x.Minor, 0), Merchant: x.Merchant}
}

func (f *Findings) doubles(in *audit.Input, rep *audit.Report) []Double {
	var list []Double
	for i := range rep.Doubles {
		d := &rep.Doubles[i]
		x := Double{First: chargeOf(&in.Items[d.First]), Second: chargeOf(&in.Items[d.Second]), Why: d.Why(in)}
		x.Key = doubleKey(x.First.ID, x.Second.ID)
		if said := f.Said[x.Key]; d.Refunded || said.Verdict == audit.Snooze && said.Until > f.Today {
			continue
		}
		list = append(list, x)
	}
	slices.SortStableFunc(list, func(a, b Double) int {
		return cmp.Or(cmp.Compare(b.First.Day, a.First.Day), cmp.Compare(a.Key, b.Key))
	})
	return list
}
