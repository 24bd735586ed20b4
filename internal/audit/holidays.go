package audit

import (
	"embed"
	"strings"
	"sync"

	"jandon/internal/history"
)

// closedDays are files of public holidays, one a country: data/holidays_kr.txt
// lists those of Korea that fall on weekdays, with substitutes and election
// days (관공서의 공휴일에 관한 규정, by year). A country without a file keeps
// weekends alone.
//
//go:embed data/holidays_*.txt
var closedDays embed.FS

// shift is what happens to a billing day that is no business day.
type shift uint8

const (
	stay shift = iota
	forward
	back
)

// The days a calendar knows: 2000 to 2049. Outside, nothing is shifted.
const (
	calendarFrom = 10957
	calendarDays = 366 * 50
)

// calendar holds, by day, the days to the next and previous business day; 0 on business days.
type calendar struct{ next, prev [calendarDays]int8 }

var calendars sync.Map // *calendar by country code

// businessDays is the calendar of a country: a code of ISO 3166, such as KR.
func businessDays(country string) *calendar {
	if c, ok := calendars.Load(country); ok {
		return c.(*calendar)
	}
	c, _ := calendars.LoadOrStore(country, readCalendar(country))
	return c.(*calendar)
}

func readCalendar(country string) *calendar {
	closed := make([]bool, calendarDays)
	for i := range closed {
		closed[i] = weekday(int32(calendarFrom+i)) >= 5
	}
	holidays, _ := closedDays.ReadFile("data/holidays_" + strings.ToLower(country) + ".txt")
	for line := range strings.Lines(string(holidays)) {
		date, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		if d, err := history.ParseDay(date); err == nil && d >= calendarFrom && d < calendarFrom+calendarDays {
			closed[d-calendarFrom] = true
		}
	}
	c := new(calendar)
	for i := 1; i < calendarDays; i++ {
		if closed[i] {
			c.prev[i] = c.prev[i-1] - 1
		}
		if j := calendarDays - 1 - i; closed[j] {
			c.next[j] = c.next[j+1] + 1
		}
	}
	return c
}

func (c *calendar) apply(day int32, s shift) int32 {
	i := day - calendarFrom
	if s == stay || i < 0 || i >= calendarDays {
		return day
	}
	if s == forward {
		return day + int32(c.next[i])
	}
	return day + int32(c.prev[i])
}
