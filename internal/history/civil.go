package history

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Day is a civil day: the number of days since 1970-01-01 in the person's zone.
// It carries no zone; DayOf decides which day an instant belongs to.
type Day int32

// secondsADay is the length of a civil day without a change of clocks.
const secondsADay = 86400

// DayOf is the civil day of an instant in a zone.
func DayOf(t time.Time, zone *time.Location) Day {
	y, m, d := t.In(zone).Date()
	return DateOf(y, m, d)
}

// DateOf is the day of a calendar date.
func DateOf(y int, m time.Month, d int) Day {
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / secondsADay)
}

// Date is the calendar date of d.
func (d Day) Date() (int, time.Month, int) { return d.utc().Date() }

func (d Day) utc() time.Time { return time.Unix(int64(d)*secondsADay, 0).UTC() }

// Start is the first instant of d in a zone; where the clocks skip midnight
// (or a whole day), the first instant after the gap, and where midnight comes
// twice, the first of the two.
func (d Day) Start(zone *time.Location) time.Time {
	y, m, day := d.Date()
	t := time.Date(y, m, day, 0, 0, 0, 0, zone)
	if DayOf(t, zone) < d { // time.Date chose the side before the gap
		_, t = t.ZoneBounds()
		return t
	}
	from, _ := t.ZoneBounds()
	if from.IsZero() {
		return t
	}
	if from.Before(t) && DayOf(from, zone) == d { // time.Date chose the side after the gap
		t = from
	}
	if before := from.Add(-time.Nanosecond); DayOf(before, zone) == d { // the clocks went back over midnight
		_, offset := before.Zone()
		t = time.Unix(int64(d)*secondsADay-int64(offset), 0).In(zone)
	}
	return t
}

// Weekday is the day of the week, Monday 0 to Sunday 6 (ISO 8601 less one).
func (d Day) Weekday() int { return int(((d+3)%7 + 7) % 7) }

// String is the ISO 8601 form: 2026-11-22.
func (d Day) String() string { return d.utc().Format(time.DateOnly) }

// ParseDay reads 2026-11-22.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("history: %q is no date like 2026-11-22", s)
	}
	return DateOf(t.Date()), nil
}

// Calendar tells the civil day of many instants of one zone, quickest when
// they come in order: within one offset from UTC a day is a division.
type Calendar struct {
	zone     *time.Location
	offset   int64
	from, to int64 // Unix seconds in which offset holds
}

// NewCalendar is the calendar of a zone.
func NewCalendar(zone *time.Location) *Calendar { return &Calendar{zone: zone, from: 1} }

// Day is the civil day of an instant in Unix milliseconds.
func (c *Calendar) Day(ms int64) Day {
	sec := floorDiv(ms, 1000)
	if sec < c.from || sec >= c.to {
		c.move(sec)
	}
	return Day(floorDiv(sec+c.offset, secondsADay))
}

func (c *Calendar) move(sec int64) {
	t := time.Unix(sec, 0).In(c.zone)
	_, offset := t.Zone()
	from, to := t.ZoneBounds()
	c.offset, c.from, c.to = int64(offset), minSecond, maxSecond
	if !from.IsZero() {
		c.from = from.Unix()
	}
	if !to.IsZero() {
		c.to = to.Unix()
	}
}

const (
	minSecond = -1 << 62
	maxSecond = 1 << 62
)

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// Week is a Monday-to-Sunday week, known by its Monday.
type Week struct{ Monday Day }

// WeekOf is the week that holds d.
func WeekOf(d Day) Week { return Week{d - Day(d.Weekday())} }

// Sunday is its last day.
func (w Week) Sunday() Day { return w.Monday + 6 }

// Add is the week n weeks later.
func (w Week) Add(n int) Week { return Week{w.Monday + Day(7*n)} }

// Until is the number of weeks from w to v.
func (w Week) Until(v Week) int { return int(v.Monday-w.Monday) / 7 }

// ISO is the year and number of the week by ISO 8601.
func (w Week) ISO() (year, week int) { return w.Monday.utc().ISOWeek() }

// String is the ISO 8601 form: 2026-W47.
func (w Week) String() string {
	y, n := w.ISO()
	return fmt.Sprintf("%04d-W%02d", y, n)
}

// ParseWeek reads 2026-W47; a week that its year does not have is an error.
func ParseWeek(s string) (Week, error) {
	bad := fmt.Errorf("history: %q is no week like 2026-W47", s)
	year, num, ok := strings.Cut(strings.ToUpper(s), "-W")
	if !ok || len(year) != 4 || len(num) != 2 {
		return Week{}, bad
	}
	y, err1 := strconv.ParseUint(year, 10, 16)
	n, err2 := strconv.ParseUint(num, 10, 8)
	if err1 != nil || err2 != nil {
		return Week{}, bad
	}
	// 4 January is always in week 1 (ISO 8601).
	w := WeekOf(DateOf(int(y), time.January, 4)).Add(int(n) - 1)
	if gy, gn := w.ISO(); n < 1 || gy != int(y) || gn != int(n) {
		return Week{}, bad
	}
	return w, nil
}
