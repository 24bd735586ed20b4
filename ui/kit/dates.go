package kit

import (
	"time"

	"jandon/internal/history"
)

// Today is the civil day of the shell's time.
func (e *Env) Today() history.Day { return history.DayOf(e.Now, e.Zone) }

// DayRow is a day at the head of a row: Sun 22 Nov · 11월 22일 (일).
func (e *Env) DayRow(d history.Day) string {
	return e.Text.F("date.day_row", "Weekday", e.Text.Weekday(d.Weekday()), "Date", e.Text.Day(d))
}

// Stretch is the days from a to b without their year, saying the month once
// if it is the same: 16 – 22 Nov · 11월 16일 – 22일.
func (e *Env) Stretch(a, b history.Day) string {
	_, ma, da := a.Date()
	_, mb, db := b.Date()
	if ma == mb {
		return e.Text.F("date.stretch_month", "From", da, "To", db, "Month", e.Text.Month(ma))
	}
	return e.Text.F("date.stretch", "From", e.Text.Day(a), "To", e.Text.Day(b))
}

// Moment is a date with its year and the time of day.
func (e *Env) Moment(t time.Time) string {
	return e.Text.F("date.moment", "Date", e.Text.Date(history.DayOf(t, e.Zone)), "Time", e.Text.Clock(t, e.Zone))
}
