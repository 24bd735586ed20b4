package audittest

import (
	"cmp"
	"fmt"
	"slices"

	"jandon/internal/audit"
	"jandon/internal/history"
)

// Score counts hits over histories. Features counts core series by feature.
type Score struct {
	Hit, False, Missed             int // series
	Matched, Cadence, Status       int
	Active, ActiveHit              int
	Rises, RisesHit                int
	ChangesHit, ChangesFalse       int
	NextAll, Next2, Next0          int
	Core, All                      int // core series; those with every field right
	PairHit, PairFalse, PairMissed int
	Trials, TrialsHit              int
	Features                       map[string][2]int
}

// Ratio is a part of a whole, 1 if there was nothing to find.
func Ratio(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// Precision, Recall and F1 are of whole series.
func (s *Score) Precision() float64 { return Ratio(s.Hit, s.Hit+s.False) }

// Recall is the share of the series that were found.
func (s *Score) Recall() float64 { return Ratio(s.Hit, s.Hit+s.Missed) }

// F1 is the harmonic mean of both.
func (s *Score) F1() float64 {
	p, r := s.Precision(), s.Recall()
	return 2 * p * r / (p + r)
}

// PairPrecision and PairRecall are of double charges.
func (s *Score) PairPrecision() float64 { return Ratio(s.PairHit, s.PairHit+s.PairFalse) }

// PairRecall is the share of the double charges that were found.
func (s *Score) PairRecall() float64 { return Ratio(s.PairHit, s.PairHit+s.PairMissed) }

// String is one line of figures.
func (s *Score) String() string {
	return fmt.Sprintf("series P %.3f R %.3f F1 %.3f · active %.3f · cadence %.3f status %.3f · rises R %.3f, changes P %.3f · next ≤2 d %.3f exact %.3f · all %.3f · double P %.3f R %.3f · trials %.2f",
		s.Precision(), s.Recall(), s.F1(), Ratio(s.ActiveHit, s.Active), Ratio(s.Cadence, s.Matched), Ratio(s.Status, s.Matched),
		Ratio(s.RisesHit, s.Rises), Ratio(s.ChangesHit, s.ChangesHit+s.ChangesFalse), Ratio(s.Next2, s.NextAll), Ratio(s.Next0, s.NextAll),
		Ratio(s.All, s.Core), s.PairPrecision(), s.PairRecall(), Ratio(s.TrialsHit, s.Trials))
}

// unit is a series, or a part of one, that a prediction may match.
type unit struct {
	series int // in Truth.Series
	ids    map[string]bool
	part   int // of Segments; whole for all of it
}

const whole = -1

type match struct {
	jaccard float64
	unit    int
	guess   int
}

// Add scores the report of one history.
func (s *Score) Add(items []audit.Item, truth *Truth, report *audit.Report) {
	neutral := make(map[string]bool)
	for i := range truth.Series {
		for _, id := range truth.Series[i].Neutral {
			neutral[id] = true
		}
	}
	guesses := make([]map[string]bool, len(report.Series))
	for i := range report.Series {
		guesses[i] = make(map[string]bool)
		for _, m := range report.Series[i].Members {
			if id := items[m].ID; !neutral[id] {
				guesses[i][id] = true
			}
		}
	}
	owner := s.pair(truth, guesses)
	s.spare(truth, guesses, owner, report)
	for i := range truth.Series {
		if t := &truth.Series[i]; t.Tier == "core" {
			s.judge(items, t, i, owner, report)
		}
	}
	for i := range guesses {
		if owner[i] == none && len(guesses[i]) > 0 {
			s.False++
		}
	}
	s.pairs(items, truth, report)
}

// owner of a guess: the series it matched, or why it does not count.
const (
	none   = -1
	spared = -2
)

// pair gives each guess its series, best agreement first.
func (s *Score) pair(truth *Truth, guesses []map[string]bool) []int {
	var found []match
	var units []unit
	for i := range truth.Series {
		t := &truth.Series[i]
		if t.Tier != "core" {
			continue
		}
		units = append(units, unit{i, set(t.IDs), whole})
		for k, part := range t.Segments {
			units = append(units, unit{i, set(part), k})
		}
	}
	for u := range units {
		for g := range guesses {
			if j := jaccard(units[u].ids, guesses[g]); j >= 0.8 {
				found = append(found, match{j, u, g})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.jaccard, a.jaccard), cmp.Compare(units[a.unit].part, units[b.unit].part))
	})
	owner := make([]int, len(guesses))
	for i := range owner {
		owner[i] = none
	}
	taken := make(map[int]bool)
	for _, m := range found {
		if owner[m.guess] == none && !taken[m.unit] {
			taken[m.unit] = true
			owner[m.guess] = units[m.unit].series
		}
	}
	return owner
}

// spare lets guesses go that are right though they earn nothing.
func (s *Score) spare(truth *Truth, guesses []map[string]bool, owner []int, report *audit.Report) {
	for i := range truth.Series {
		t := &truth.Series[i]
		parts := t.Segments
		if t.Tier != "core" {
			parts = [][]string{t.IDs}
		}
		for _, part := range parts {
			if t.Tier == "core" && len(part) >= 3 {
				continue
			}
			ids := set(part)
			hit := false
			for g := range guesses {
				if owner[g] == none && jaccard(ids, guesses[g]) >= 0.5 {
					owner[g] = spared
					hit = hit || report.Series[g].Status == audit.Trial
				}
			}
			if t.Tier == "trial" {
				s.Trials++
				if hit {
					s.TrialsHit++
				}
			}
		}
	}
}

// judge scores the fields of one core series.
func (s *Score) judge(items []audit.Item, t *Series, index int, owner []int, report *audit.Report) {
	var got []*audit.Series
	for g, o := range owner {
		if o == index {
			got = append(got, &report.Series[g])
		}
	}
	s.Core++
	if t.Status == "active" {
		s.Active++
	}
	hit := len(got) > 0
	for _, f := range append(slices.Clone(t.Features), "cadence:"+t.Cadence) {
		s.feature(f, hit)
	}
	right := s.changes(t, got)
	if !hit {
		s.Missed++
		return
	}
	s.Hit++
	s.Matched++
	if t.Status == "active" {
		s.ActiveHit++
	}
	q := slices.MaxFunc(got, func(a, b *audit.Series) int {
		return cmp.Compare(items[a.Members[len(a.Members)-1]].Day, items[b.Members[len(b.Members)-1]].Day)
	})
	if q.Cadence.String() == t.Cadence {
		s.Cadence++
	} else {
		right = false
	}
	if string(q.Status) == t.Status {
		s.Status++
	} else {
		right = false
	}
	if t.Next != "" {
		s.NextAll++
		apart := 99
		if q.HasNext {
			apart = int(max(q.Next-day(t.Next), day(t.Next)-q.Next))
		}
		if apart == 0 {
			s.Next0++
		}
		if apart <= 2 {
			s.Next2++
		} else {
			right = false
		}
	}
	slack := max(1, t.Amount/50)
	if t.Kind != "fixed" {
		slack = max(1, t.Amount*12/100)
	}
	if max(q.Amount-t.Amount, t.Amount-q.Amount) > slack {
		right = false
	}
	if right {
		s.All++
	}
}

// changes scores the price changes of a series.
func (s *Score) changes(t *Series, got []*audit.Series) bool {
	type step struct {
		day  history.Day
		rise bool
		used bool
	}
	var steps []step
	for _, q := range got {
		for _, c := range q.Changes {
			steps = append(steps, step{c.Day, c.To > c.From, false})
		}
	}
	right := true
	for _, c := range t.Changes {
		rise := c.To > c.From
		i := slices.IndexFunc(steps, func(x step) bool {
			return !x.used && x.rise == rise && max(x.day-day(c.Date), day(c.Date)-x.day) <= 3
		})
		if rise {
			s.Rises++
			if i >= 0 {
				s.RisesHit++
			}
		}
		if i < 0 {
			right = false
			continue
		}
		steps[i].used = true
		s.ChangesHit++
	}
	for _, x := range steps {
		if x.used || slices.ContainsFunc(t.Boundaries, func(b string) bool { return max(x.day-day(b), day(b)-x.day) <= 3 }) {
			continue
		}
		s.ChangesFalse++
		right = false
	}
	return right
}

func (s *Score) pairs(items []audit.Item, truth *Truth, report *audit.Report) {
	told := make(map[string]bool)
	for _, d := range report.Doubles {
		told[pairKey(items[d.First].ID, items[d.Second].ID)] = true
	}
	for _, p := range truth.Doubles {
		k := pairKey(p.IDs[0], p.IDs[1])
		s.feature("twice:"+p.Kind, told[k])
		if told[k] {
			s.PairHit++
		} else {
			s.PairMissed++
		}
		delete(told, k)
	}
	for _, p := range truth.Spared {
		delete(told, pairKey(p.IDs[0], p.IDs[1]))
	}
	s.PairFalse += len(told)
}

// feature counts one more thing that has a feature.
func (s *Score) feature(name string, hit bool) {
	if s.Features == nil {
		s.Features = make(map[string][2]int)
	}
	n := s.Features[name]
	n[1]++
	if hit {
		n[0]++
	}
	s.Features[name] = n
}

func pairKey(a, b string) string { return min(a, b) + " " + max(a, b) }

func set(ids []string) map[string]bool {
	m := make(map[string]bool, len(ids))
	for _, id := range ids {
		m[id] = true
	}
	return m
}

func jaccard(a, b map[string]bool) float64 {
	both := 0
	for id := range a {
		if b[id] {
			both++
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}
