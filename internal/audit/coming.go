package audit

import "jandon/internal/history"

// yearAhead is how far billing days are told; prices and plans beyond are
// nobody's knowledge.
const yearAhead = 366

// coming lists the billing days of a year from the next one on, by the rule of
// the series with its shifts, so that a calendar shows the days as they will
// be and not a rule that knows no holidays.
func (a *auditor) coming(f *found) []history.Day {
	var days []history.Day
	for n := f.fit.last + 1; ; n++ {
		d := f.fit.date(n, a.closed)
		if d > int32(a.in.AsOf)+yearAhead {
			return days
		}
		days = append(days, history.Day(d))
	}
}
