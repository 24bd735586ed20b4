package audittest

import (
	"math/rand/v2"
	"time"
)

// biller says when a service is billed and booked.
type biller struct {
	cadence string
	start   time.Time // the first billing day, at 0:00 UTC of the civil day
	dom     int
	second  int // semi-monthly: the later day
	nth     int // the n-th weekday of the month; 5 the last
	move    int // -1 back, 1 on to a business day
	lag     int // up to so many days late
	hour    float64
	spread  float64 // minutes
	closed  map[time.Time]bool
}

// due is the n-th billing day from the start on.
func (b *biller) due(n int) time.Time {
	d := b.plain(n)
	for b.move != 0 && (d.Weekday() == time.Saturday || d.Weekday() == time.Sunday || b.closed[d]) {
		d = d.AddDate(0, 0, b.move)
	}
	return d
}

func (b *biller) plain(n int) time.Time {
	months := 0
	switch b.cadence {
	case "weekly":
		return b.start.AddDate(0, 0, 7*n)
	case "biweekly":
		return b.start.AddDate(0, 0, 14*n)
	case "four_weekly":
		return b.start.AddDate(0, 0, 28*n)
	case "days30":
		return b.start.AddDate(0, 0, 30*n)
	case "semi_monthly":
		if n%2 != 0 {
			return inMonth(b.start, n/2, b.second)
		}
		return inMonth(b.start, n/2, b.dom)
	case "monthly":
		months = 1
	case "bimonthly":
		months = 2
	case "quarterly":
		months = 3
	case "half_yearly":
		months = 6
	case "yearly":
		months = 12
	}
	if b.nth > 0 {
		return nthWeekday(b.start, n*months, b.start.Weekday(), b.nth)
	}
	return inMonth(b.start, n*months, b.dom)
}

// inMonth is a day of the month so many months on; its last where it is shorter.
func inMonth(from time.Time, months, dom int) time.Time {
	first := time.Date(from.Year(), from.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(dom, last)-1)
}

func nthWeekday(from time.Time, months int, w time.Weekday, nth int) time.Time {
	first := time.Date(from.Year(), from.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	d := first.AddDate(0, 0, (int(w)-int(first.Weekday())+7)%7+7*(nth-1))
	if d.Month() != first.Month() { // the fifth that is not there: the last
		d = d.AddDate(0, 0, -7)
	}
	return d
}

// booked is when a charge due on a day appears.
func (b *biller) booked(r *rand.Rand, due time.Time) time.Time {
	late := 0
	for late < b.lag && r.Float64() < 0.45 {
		late++
	}
	at := due.AddDate(0, 0, late).Add(time.Duration(b.hour * float64(time.Hour)))
	at = at.Add(time.Duration(r.NormFloat64() * b.spread * float64(time.Minute)))
	last := due.AddDate(0, 0, late+1).Add(-time.Second)
	if at.Before(due.AddDate(0, 0, late)) {
		return due.AddDate(0, 0, late)
	}
	if at.After(last) {
		return last
	}
	return at
}

// cadences with how often worlds have them, how many a year, and the days of grace.
var cadences = []struct {
	word   string
	weight int
	days   float64
	grace  int
}{
	{"monthly", 40, 30.44, 7}, {"weekly", 7, 7, 3}, {"biweekly", 5, 14, 5}, {"semi_monthly", 7, 15.22, 5},
	{"four_weekly", 6, 28, 7}, {"days30", 6, 30, 7}, {"bimonthly", 6, 60.9, 7}, {"quarterly", 6, 91.3, 7},
	{"half_yearly", 4, 182.6, 7}, {"yearly", 6, 365.25, 14},
}

func newBiller(r *rand.Rand, first, last time.Time, closed map[time.Time]bool) (biller, float64, int) {
	total := 0
	for _, c := range cadences {
		total += c.weight
	}
	k, i := r.IntN(total), 0
	for k >= cadences[i].weight {
		k -= cadences[i].weight
		i++
	}
	c := cadences[i]
	b := biller{cadence: c.word, closed: closed, hour: 24 * r.Float64(), spread: []float64{1.5, 1.5, 12, 60}[r.IntN(4)]}
	room := int(last.Sub(first).Hours()/24) - int(3*c.days)
	b.start = first.AddDate(0, 0, r.IntN(max(room/2, int(min(c.days, 31)))))
	b.dom = b.start.Day()
	switch c.word {
	case "monthly", "bimonthly", "quarterly":
		switch r.IntN(9) {
		case 0: // the first business day
			b.dom, b.move = 1, 1
		case 1: // the last one
			b.dom, b.move = 31, -1
		case 2:
			b.dom = 29 + r.IntN(3)
		case 3:
			if c.word == "monthly" {
				b.nth = 1 + r.IntN(5)
			}
		case 4, 5:
			b.move = 1
		}
	case "semi_monthly":
		pair := [][2]int{{1, 15}, {1, 16}, {15, 31}, {5, 20}, {10, 25}, {7, 22}, {15, 30}}[r.IntN(7)]
		b.dom, b.second = pair[0], pair[1]
		b.move = r.IntN(2)
	case "weekly", "biweekly", "four_weekly":
		if w := b.start.Weekday(); w != time.Saturday && w != time.Sunday && r.IntN(3) == 0 {
			b.move = 1
		}
	}
	if c.word != "weekly" {
		b.lag = []int{0, 0, 0, 1, 2, 3}[r.IntN(6)]
	}
	return b, c.days, c.grace
}
