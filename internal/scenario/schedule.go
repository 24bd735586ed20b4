package scenario

import (
	"math"
	"time"

	"jandon/internal/history"
)

// calendar knows the days on which banks are closed.
type calendar struct{ holidays map[history.Day]bool }

func calendarOf(w *world) calendar {
	c := calendar{make(map[history.Day]bool, len(w.Holidays))}
	for _, h := range w.Holidays {
		c.holidays[day(h)] = true
	}
	return c
}

func (c calendar) closed(d history.Day) bool { return d.Weekday() >= 5 || c.holidays[d] }

// move is the day to which d is moved; longestClosure bounds the search, since
// a file may declare every day a holiday.
func (c calendar) move(d history.Day, by shift) history.Day {
	moved := d
	for range longestClosure {
		if by == 0 || !c.closed(moved) {
			return moved
		}
		moved += history.Day(by)
	}
	return d
}

// longestClosure: Korean New Year and Chuseok with weekends and substitutes close banks for up to 10 days.
const longestClosure = 14

// plan is a when with its days worked out once.
type plan struct {
	*when
	from, until history.Day
	on          map[history.Day]bool
	week        [7]int64 // thousandths
	regular     bool
}

func planOf(w *when, start history.Day) plan {
	p := plan{when: w, from: start, until: math.MaxInt32, on: make(map[history.Day]bool)}
	if w.From.Year != 0 {
		p.from = day(w.From)
	}
	if w.Until.Year != 0 {
		p.until = day(w.Until)
	}
	for _, d := range w.On {
		p.on[day(d)] = true
	}
	for i, rate := range w.Week {
		p.week[i] = int64(math.Round(rate * 1000))
	}
	p.regular = w.Cadence != cadence{}
	return p
}

// times is when it happens on a day: seconds after midnight.
func (p *plan) times(d history.Day, c calendar, s stream) []int {
	n := 0
	switch {
	case p.regular:
		n = p.due(d, c)
	case p.on[d]:
		n = 1
	case d >= p.from && d <= p.until:
		n = s.count(p.week[d.Weekday()])
	}
	if n == 0 {
		return nil
	}
	times := make([]int, n)
	for i := range times {
		h := p.Hours[s.below(int64(len(p.Hours)))]
		times[i] = int(s.between(int64(h.from), int64(h.to)))*60 + int(s.below(60))
	}
	return times
}

// due counts the regular days that are booked on d: usually none or one.
func (p *plan) due(d history.Day, c calendar) int {
	if p.Shift == 0 {
		return count(p.anchors(d))
	}
	if c.closed(d) && c.move(d, p.Shift) != d {
		return 0
	}
	n := 0
	for back := range history.Day(longestClosure) {
		anchor := d - back*history.Day(p.Shift)
		if p.anchors(anchor) && c.move(anchor, p.Shift) == d {
			n++
		}
	}
	return n
}

// anchors reports whether d is a day of the cadence before any shift.
func (p *plan) anchors(d history.Day) bool {
	if d < p.from || d > p.until {
		return false
	}
	if p.Cadence.days > 0 {
		return int(d-p.from)%p.Cadence.days == 0
	}
	y, m, dom := d.Date()
	fy, fm, want := p.from.Date()
	if p.Day > 0 {
		want = p.Day
	}
	if ((y-fy)*12+int(m-fm))%p.Cadence.months != 0 {
		return false
	}
	return dom == min(want, monthDays(y, m))
}

// monthDays is the length of a month.
func monthDays(y int, m time.Month) int { return time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Day() }

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// at is the instant of a second of a civil day, by the clock on the wall. A
// time that the clocks skip is moved, but never out of its day.
func at(d history.Day, second int, zone *time.Location) time.Time {
	y, m, dom := d.Date()
	t := time.Date(y, m, dom, 0, 0, second, 0, zone)
	if history.DayOf(t, zone) != d {
		t = d.Start(zone)
	}
	return t.UTC()
}

// firstOf is the first day of the month that is n months after d's.
func firstOf(d history.Day, n int) history.Day {
	y, m, _ := d.Date()
	return history.DateOf(y, m+time.Month(n), 1)
}
