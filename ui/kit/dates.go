package kit

import (
	"time"

	"jandon/internal/history"
)

// Today is the civil day of the shell's time.
func (e *Env) Today() history.Day { return history.DayOf(e.Now, e.Zone) }

// Weekday is the short name of a day of the week, Monday 0 to Sunday 6.
func (e *Env) Weekday(n int) string { return e.Text.Weekday(n) }

// Day is a date without its year: 16 Nov · 11월 16일.
func (e *Env) Day(d history.Day) string { return e.Text.Day(d) }

// DayYear is a date with its year: 16 Nov 2026 · 2026년 11월 16일.
func (e *Env) DayYear(d history.Day) string { return e.Text.DayYear(d) }

// DayRow is a date at the head of a row: Sun 22 Nov · 11월 22일 (일).
func (e *Env) DayRow(d history.Day) string { return e.Text.DayRow(d) }

// Range is the days from a to b, saying the month once if it is the same.
func (e *Env) Range(a, b history.Day) string { return e.Text.Range(a, b) }

// Clock is the time of day in the person's zone: 09:05.
func (e *Env) Clock(t time.Time) string { return e.Text.Clock(t, e.Zone) }

// Moment is a date with its year and the time of day.
func (e *Env) Moment(t time.Time) string { return e.Text.Moment(t, e.Zone) }

// When is the time of day, with the date unless it is today.
func (e *Env) When(t time.Time) string {
	if history.DayOf(t, e.Zone) == e.Today() {
		return e.Clock(t)
	}
	return e.Moment(t)
}

// Until says how many days away a day is: today, tomorrow, in 3 days, 2 days ago.
func (e *Env) Until(d history.Day) string { return e.Text.Until(e.Today(), d) }

// season is after how many weeks without a line a history counts as ended.
const season = 12

// OpensOn is the week that pages open on: this one, or the last that has lines
// where a history, such as an old statement, ended more than a season ago.
func OpensOn(today history.Day, span history.Span) history.Week {
	now, last := history.WeekOf(today), history.WeekOf(span.Last)
	if span.Lines > 0 && last.Until(now) > season {
		return last
	}
	return now
}
