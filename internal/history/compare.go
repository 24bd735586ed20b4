package history

import "slices"

// UsualWeeks is how many whole weeks make the usual one: two months, which
// holds a payday and a bill or two and forgets last season.
const UsualWeeks = 8

// Comparison is a week beside the one before and the usual one, in minor units spent.
type Comparison struct {
	Week  Week
	This  Totals
	Last  Totals // the whole week before
	Usual int64  // median of what the last UsualWeeks whole weeks spent

	// SameDays is what the week before had spent by the same weekday as
	// today; equal to Last.Spent once the week is over.
	SameDays int64
	Running  bool // the week is not over
	HasLast  bool // the history reaches back to the week before
	Weeks    int  // how many weeks Usual comes from; 0: there is no usual week yet
}

// Compare puts week w beside the ones before. weeks are totals that reach up
// to w, oldest first; days are those of the week before w, at least up to the
// weekday of today.
func Compare(w Week, today Day, span Span, weeks []WeekTotal, days []DayTotal) Comparison {
	c := Comparison{Week: w, Running: today >= w.Monday && today < w.Sunday()}
	before := make([]int64, 0, UsualWeeks)
	for _, t := range weeks {
		ago := t.Week.Until(w)
		switch {
		case ago == 0:
			c.This = t.Totals
		case ago == 1:
			c.Last, c.HasLast = t.Totals, span.Lines > 0 && span.First <= t.Week.Sunday()
		}
		if ago >= 1 && ago <= UsualWeeks && wholeWithin(t.Week, span) {
			before = append(before, t.Spent)
		}
	}
	c.Usual, c.Weeks = Median(before), len(before)
	c.SameDays = c.Last.Spent
	if c.Running {
		c.SameDays = 0
		for _, d := range days {
			if WeekOf(d.Day) == w.Add(-1) && d.Day.Weekday() <= today.Weekday() {
				c.SameDays += d.Spent
			}
		}
	}
	return c
}

// wholeWithin reports whether the history had begun when the week did. The end
// of a history is no bound: a week without a line is a week without spending.
func wholeWithin(w Week, span Span) bool { return span.Lines > 0 && span.First <= w.Monday }

// Median is the middle one of some amounts; of an even number the mean of the
// middle two, rounded to the nearest unit and halves away from zero. None: 0.
func Median(amounts []int64) int64 {
	n := len(amounts)
	if n == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(amounts))
	if n%2 == 1 {
		return sorted[n/2]
	}
	a, b := sorted[n/2-1], sorted[n/2]
	return scale(1, 2, a, b)
}
