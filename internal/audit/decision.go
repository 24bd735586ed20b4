package audit

import (
	"cmp"
	"slices"

	"jandon/internal/history"
)

// Verdict is what a person decided about a finding.
type Verdict string

// The verdicts.
const (
	Keep            Verdict = "keep"             // a series is wanted
	NotSubscription Verdict = "not_subscription" // these charges are no series
	BothMine        Verdict = "both_mine"        // both charges of a pair were meant
	Snooze          Verdict = "snooze"           // do not show a series before a day
	Merge           Verdict = "merge"            // these charges are one series
)

// Decision is a verdict on some charges: the members of a series when it was
// given, the two of a pair, or one charge of each series to merge.
type Decision struct {
	Verdict      Verdict
	Transactions []string
	Made         history.Day
	Until        history.Day // of a Snooze
}

// leastSnooze is how many days a snooze lasts at least.
const leastSnooze = 7

// inOrder is how decisions are applied: by day, so that the last one holds.
func inOrder(decisions []Decision) []Decision {
	list := slices.Clone(decisions)
	slices.SortStableFunc(list, func(x, y Decision) int {
		return cmp.Or(cmp.Compare(x.Made, y.Made), cmp.Compare(x.Verdict, y.Verdict), slices.Compare(x.Transactions, y.Transactions))
	})
	return list
}

// merge joins the series that a person says are one.
func (a *auditor) merge(all []found, decisions []Decision) []found {
	for _, d := range decisions {
		if d.Verdict != Merge {
			continue
		}
		into := -1
		for i := range all {
			if !slices.ContainsFunc(all[i].members, func(m int32) bool {
				return slices.Contains(d.Transactions, a.in.Items[a.charges[m].item].ID)
			}) {
				continue
			}
			if into < 0 {
				into = i
				continue
			}
			a.unite(&all[into], &all[i])
		}
		all = slices.DeleteFunc(all, func(f found) bool { return f.members == nil })
	}
	return all
}

// unite puts all of y into x, on the calendar of the one that went on longer.
func (a *auditor) unite(x, y *found) {
	if a.end(y).instant() > a.end(x).instant() {
		x.fit = y.fit
	}
	x.score = max(x.score, y.score)
	x.members = append(x.members, y.members...)
	slices.SortFunc(x.members, func(p, q int32) int { return a.compare(&a.charges[p], &a.charges[q]) })
	y.members = nil
}

// decide applies verdicts to what was found: kept and snoozed series are
// marked, dismissed ones and meant pairs are taken out.
func (r *Report) decide(in *Input, decisions []Decision) {
	var dismissed []bool
	mark := func(list []Series) {
		dismissed = make([]bool, len(list))
		for _, d := range decisions {
			for i := range list {
				s := &list[i]
				if !concerns(&d, s, in) {
					continue
				}
				switch d.Verdict {
				case Keep:
					s.Kept, s.Snoozed, dismissed[i] = true, 0, false
				case Snooze:
					if until := max(d.Until, d.Made+leastSnooze); until > in.AsOf {
						s.Snoozed = until
					}
				case NotSubscription:
					dismissed[i] = true
				}
			}
		}
	}
	sift := func(list []Series) []Series {
		mark(list)
		kept := list[:0]
		for i := range list {
			if dismissed[i] {
				r.Dismissed = append(r.Dismissed, list[i])
			} else {
				kept = append(kept, list[i])
			}
		}
		return kept
	}
	r.Series, r.Maybe = sift(r.Series), sift(r.Maybe)
	r.Doubles = slices.DeleteFunc(r.Doubles, func(x Double) bool {
		return slices.ContainsFunc(decisions, func(d Decision) bool {
			return d.Verdict == BothMine && slices.Contains(d.Transactions, in.Items[x.First].ID) &&
				slices.Contains(d.Transactions, in.Items[x.Second].ID)
		})
	})
}

// Concerns reports whether a decision was about a series of so many charges, of
// which it names some: at least half of those that it names, or of the series.
// A series may have grown since, lost its other half to another run, or been
// put together from some of the charges that were judged.
func (d *Decision) Concerns(named, charges int) bool {
	return named > 0 && named*2 >= min(len(d.Transactions), charges)
}

func concerns(d *Decision, s *Series, in *Input) bool {
	n := 0
	for _, m := range s.Members {
		if slices.Contains(d.Transactions, in.Items[m].ID) {
			n++
		}
	}
	return d.Concerns(n, len(s.Members))
}
