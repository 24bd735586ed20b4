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

// Date is a day with its year: 22 Nov 2026, 2026년 11월 22일.
func (p *Printer) Date(d history.Day) string {
	y, m, day := d.Date()
	return p.F("date.full", "Year", y, "Month", p.Month(m), "Day", day)
}

// DayRange is a stretch of days, saying no more than needed:
// 16–22 Nov 2026, 30 Nov – 6 Dec 2026, 28 Dec 2026 – 3 Jan 2027.
func (p *Printer) DayRange(from, to history.Day) string {
	y1, m1, d1 := from.Date()
	y2, m2, d2 := to.Date()
	id := "date.range_years"
	switch {
	case from == to:
		return p.Date(from)
	case y1 == y2 && m1 == m2:
		id = "date.range_month"
	case y1 == y2:
		id = "date.range_year"
	}
	return p.F(id, "Y1", y1, "M1", p.Month(m1), "D1", d1, "Y2", y2, "M2", p.Month(m2), "D2", d2)
}

// Clock is the time of day: 09:30.
func (p *Printer) Clock(t time.Time, zone *time.Location) string { return t.In(zone).Format("15:04") }

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
		return p.N("date.days_ago", int(d/(24*time.Hour)))
	}
}

// Until says how many days are left: today, tomorrow, in 5 days.
func (p *Printer) Until(today, then history.Day) string {
	switch n := int(then - today); {
	case n < 0:
		return p.N("date.days_over", -n)
	case n == 0:
		return p.T("date.today")
	case n == 1:
		return p.T("date.tomorrow")
	default:
		return p.N("date.in_days", n)
	}
}
