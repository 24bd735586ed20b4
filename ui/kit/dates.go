package kit

import (
	"time"

	"jandon/internal/history"
)

// Catalogue ids of dates stand in tables, so that drawing one makes no string.
var (
	weekdayIDs = [...]string{"date.mon", "date.tue", "date.wed", "date.thu", "date.fri", "date.sat", "date.sun"}
	monthIDs   = [...]string{"", "date.jan", "date.feb", "date.mar", "date.apr", "date.may", "date.jun",
		"date.jul", "date.aug", "date.sep", "date.oct", "date.nov", "date.dec"}
)

// Today is the civil day of the shell's time.
func (e *Env) Today() history.Day { return history.DayOf(e.Now, e.Zone) }

// Weekday is the short name of a day of the week, Monday 0 to Sunday 6.
func (e *Env) Weekday(n int) string { return e.Text.T(weekdayIDs[n]) }

// Day is a date without its year: 16 Nov · 11월 16일.
func (e *Env) Day(d history.Day) string {
	_, m, day := d.Date()
	return e.Text.F("date.day", "Day", day, "Month", e.Text.T(monthIDs[m]))
}

// DayYear is a date with its year: 16 Nov 2026 · 2026년 11월 16일.
func (e *Env) DayYear(d history.Day) string {
	y, _, _ := d.Date()
	return e.Text.F("date.day_year", "Date", e.Day(d), "Year", y)
}

// DayRow is a date at the head of a row: Sun 22 Nov · 11월 22일 (일).
func (e *Env) DayRow(d history.Day) string {
	return e.Text.F("date.day_row", "Weekday", e.Weekday(d.Weekday()), "Date", e.Day(d))
}

// Range is the days from a to b, saying the month once if it is the same.
func (e *Env) Range(a, b history.Day) string {
	_, ma, da := a.Date()
	_, mb, db := b.Date()
	if ma == mb {
		return e.Text.F("date.range_month", "From", da, "To", db, "Month", e.Text.T(monthIDs[ma]))
	}
	return e.Text.F("date.range", "From", e.Day(a), "To", e.Day(b))
}

// Clock is the time of day in the person's zone: 09:05.
func (e *Env) Clock(t time.Time) string {
	h, m, _ := t.In(e.Zone).Clock()
	return string([]byte{'0' + byte(h/10), '0' + byte(h%10), ':', '0' + byte(m/10), '0' + byte(m%10)})
}

// Moment is a date with its year and the time of day.
func (e *Env) Moment(t time.Time) string {
	return e.Text.F("date.moment", "Date", e.DayYear(history.DayOf(t, e.Zone)), "Time", e.Clock(t))
}

// Until says how many days away a day is: today, tomorrow, in 3 days, 2 days ago.
func (e *Env) Until(d history.Day) string {
	switch n := int(d - e.Today()); {
	case n == 0:
		return e.Text.T("date.today")
	case n == 1:
		return e.Text.T("date.tomorrow")
	case n == -1:
		return e.Text.T("date.yesterday")
	case n < 0:
		return e.Text.N("date.ago", -n)
	default:
		return e.Text.N("date.in_days", n)
	}
}
