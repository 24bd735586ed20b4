package i18n

import (
	"time"

	"jandon/internal/history"
)

var (
	weekdayIDs = [7]string{"date.mon", "date.tue", "date.wed", "date.thu", "date.fri", "date.sat", "date.sun"}
	monthIDs   = [12]string{
		"date.jan", "date.feb", "date.mar", "date.apr", "date.may", "date.jun",
		"date.jul", "date.aug", "date.sep", "date.oct", "date.nov", "date.dec",
	}
)

// Weekday is the short name of a weekday, Monday 0 to Sunday 6: Mon, 월.
func (p *Printer) Weekday(n int) string { return p.T(weekdayIDs[n]) }

// Month is the short name of a month: Nov, 11월.
func (p *Printer) Month(m time.Month) string { return p.T(monthIDs[m-1]) }

// Day is a day without its year: 22 Nov, 11월 22일.
func (p *Printer) Day(d history.Day) string {
	_, m, day := d.Date()
	return p.F("date.day", "Month", p.Month(m), "Day", day)
}

// DayYear is a day with its year: 22 Nov 2026, 2026년 11월 22일.
func (p *Printer) DayYear(d history.Day) string {
	y, _, _ := d.Date()
	return p.F("date.day_year", "Date", p.Day(d), "Year", y)
}

// DayRow is a day at the head of a row: Sun 22 Nov, 11월 22일 (일).
func (p *Printer) DayRow(d history.Day) string {
	return p.F("date.day_row", "Weekday", p.Weekday(d.Weekday()), "Date", p.Day(d))
}

// Range is a stretch of days without years, saying the month once if it is the
// same: 16–22 Nov, 30 Nov – 6 Dec.
func (p *Printer) Range(from, to history.Day) string {
	y1, m1, d1 := from.Date()
	y2, m2, d2 := to.Date()
	switch {
	case from == to:
		return p.Day(from)
	case y1 == y2 && m1 == m2:
		return p.F("date.range_month", "From", d1, "To", d2, "Month", p.Month(m1))
	}
	return p.F("date.range", "From", p.Day(from), "To", p.Day(to))
}

// RangeYear is Range with its year, or both years: 28 Dec 2026 – 3 Jan 2027.
func (p *Printer) RangeYear(from, to history.Day) string {
	y1, _, _ := from.Date()
	y2, _, _ := to.Date()
	if y1 != y2 {
		return p.F("date.range", "From", p.DayYear(from), "To", p.DayYear(to))
	}
	return p.F("date.range_year", "Range", p.Range(from, to), "Year", y1)
}

// Clock is the time of day: 09:30.
func (p *Printer) Clock(t time.Time, zone *time.Location) string {
	h, m, _ := t.In(zone).Clock()
	return string([]byte{'0' + byte(h/10), '0' + byte(h%10), ':', '0' + byte(m/10), '0' + byte(m%10)})
}

// Moment is a day with its year and the time of day.
func (p *Printer) Moment(t time.Time, zone *time.Location) string {
	return p.F("date.moment", "Date", p.DayYear(history.DayOf(t, zone)), "Time", p.Clock(t, zone))
}

// Age says how long ago an instant was: just now, 5 min ago, 3 h ago, 2 days ago.
func (p *Printer) Age(now, then time.Time) string {
	switch d := now.Sub(then); {
	case d < time.Minute:
		return p.T("date.now")
	case d < time.Hour:
		return p.N("date.minutes_ago", int(d/time.Minute))
	case d < 24*time.Hour:
		return p.N("date.hours_ago", int(d/time.Hour))
	default:
		return p.N("date.ago", int(d/(24*time.Hour)))
	}
}

// Wait says how long one has to wait, in the largest unit that it is one of, and
// never shorter than it is: 45 seconds, 15 minutes, 1 day.
func (p *Printer) Wait(d time.Duration) string {
	up := func(unit time.Duration) int { return int((d + unit - 1) / unit) }
	switch {
	case d < time.Minute:
		return p.N("date.wait_seconds", up(time.Second))
	case d < time.Hour:
		return p.N("date.wait_minutes", up(time.Minute))
	case d < 24*time.Hour:
		return p.N("date.wait_hours", up(time.Hour))
	default:
		return p.N("date.wait_days", up(24*time.Hour))
	}
}

// Until says how many days away a day is: today, tomorrow, in 3 days, 2 days ago.
func (p *Printer) Until(today, then history.Day) string {
	switch n := int(then - today); {
	case n == 0:
		return p.T("date.today")
	case n == 1:
		return p.T("date.tomorrow")
	case n == -1:
		return p.T("date.yesterday")
	case n < 0:
		return p.N("date.ago", -n)
	default:
		return p.N("date.in_days", n)
	}
}
