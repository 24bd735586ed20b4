package audit

import (
	_ "embed"
	"strings"
	"sync"

	"jandon/internal/history"
)

// holidaysKR lists the public holidays of Korea that fall on weekdays, with
// substitutes and election days (관공서의 공휴일에 관한 규정, by year).
//
//go:embed data/holidays_kr.txt
var holidaysKR string

// shift is what happens to a billing day that is no business day.
type shift uint8

const (
	stay shift = iota
	forward
	back
)

const (
	calendarFrom = history.Day(14610) // 2010-01-01
	calendarDays = 366 * 40
)

type calendar struct {
	next, prev [calendarDays]int8 // days to the next or previous business day; 0 on business days
}

var businessDays = sync.OnceValue(func() *calendar {
	closed := make([]bool, calendarDays)
	for i := range closed {
		closed[i] = (calendarFrom + history.Day(i)).Weekday() >= 5
	}
	for line := range strings.Lines(holidaysKR) {
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
})

func (c *calendar) apply(d history.Day, s shift) history.Day {
	i := d - calendarFrom
	if i < 0 || i >= calendarDays {
		return d
	}
	switch s {
	case forward:
		return d + history.Day(c.next[i])
	case back:
		return d + history.Day(c.prev[i])
	}
	return d
}
