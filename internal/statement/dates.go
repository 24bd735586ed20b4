package statement

import (
	"time"
	"unicode/utf8"

	"jandon/internal/history"
)

// order is in which order a date names its parts.
type order uint8

const (
	ymd order = iota
	dmy
	mdy
	md // without a year: the last such day before now
	orders
)

var orderWords = [orders]string{"ymd", "dmy", "mdy", "md"}

// parts are the numbers of a date, and what follows them.
type parts struct {
	num    [3]int
	digits [3]uint8
	n      int
	named  order // mdy or dmy if the month is a word; else ymd
	sep    byte
	rest   []byte
}

// splitDate takes the numbers off the front of s: 2026-11-22, 26.11.22,
// 20261122, 2026년 11월 22일, 22 Nov 2026, Nov 22, 2026.
func splitDate(s []byte) (p parts, ok bool) {
	i := 0
	for i < len(s) && p.n < 3 {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			from, v := i, 0
			for i < len(s) && s[i] >= '0' && s[i] <= '9' && i-from < 9 {
				v = v*10 + int(s[i]-'0')
				i++
			}
			n := i - from
			if p.n == 0 && (n == 8 || n == 6 || n == 9) { // 20261122, 261122; more digits are a time
				if n == 9 {
					i--
					v /= 10
				}
				d := uint8(4)
				if n == 6 {
					d = 2
				}
				p.num, p.digits, p.n = [3]int{v / 10_000, v / 100 % 100, v % 100}, [3]uint8{d, 2, 2}, 3
				break
			}
			p.num[p.n], p.digits[p.n] = v, uint8(min(n, 9))
			p.n++
		case c == '-' || c == '.' || c == '/' || c == ' ' || c == ',' || c == '\'':
			if p.n == 1 && p.sep == 0 {
				p.sep = c
			}
			if c == ' ' && p.n == 2 && i+3 <= len(s) && s[min(i+3, len(s)-1)] == ':' { // 11/22 09:30
				p.rest = s[i:]
				return p, true
			}
			i++
		case c >= utf8.RuneSelf: // 년 월 일, and marks of full width
			_, n := utf8.DecodeRune(s[i:])
			i += n
		default:
			m, n := monthName(s[i:])
			if m == 0 || p.n > 1 {
				return p, false
			}
			p.named = dmy
			if p.n == 0 {
				p.named = mdy
			}
			p.num[p.n], p.digits[p.n] = m, 2
			p.n++
			i += n
		}
	}
	if p.n == 3 { // 일 behind the last number
		for i < len(s) && s[i] >= utf8.RuneSelf {
			_, n := utf8.DecodeRune(s[i:])
			i += n
		}
	}
	p.rest = s[i:]
	return p, p.n >= 2
}

const monthNames = "janfebmaraprmayjunjulaugsepoctnovdec"

// monthName reads an English month, short or long; n is its length.
func monthName(s []byte) (month, n int) {
	for n < len(s) && (s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z') {
		n++
	}
	if n < 3 {
		return 0, 0
	}
	for m := range 12 {
		if monthNames[3*m] == s[0]|0x20 && monthNames[3*m+1] == s[1]|0x20 && monthNames[3*m+2] == s[2]|0x20 {
			return m + 1, n
		}
	}
	return 0, 0
}

// civil is the date in an order; false if no calendar has it. Without a year
// (md) y is 0 and 29 February passes.
func (p *parts) civil(o order) (y, m, d int, ok bool) {
	var yearDigits uint8
	switch {
	case o == md && p.n == 2:
		y, m, d, yearDigits = 0, p.num[0], p.num[1], 4
	case p.n != 3 || o == md:
		return 0, 0, 0, false
	case o == ymd && p.named == ymd:
		y, m, d, yearDigits = p.num[0], p.num[1], p.num[2], p.digits[0]
	case o == dmy && p.named != mdy:
		y, m, d, yearDigits = p.num[2], p.num[1], p.num[0], p.digits[2]
	case o == mdy && p.named != dmy:
		y, m, d, yearDigits = p.num[2], p.num[0], p.num[1], p.digits[2]
	}
	switch yearDigits {
	case 2:
		y += 2000
	case 4:
	default:
		return 0, 0, 0, false
	}
	return y, m, d, m >= 1 && m <= 12 && d >= 1 && d <= daysIn(y, m)
}

func daysIn(y, m int) int {
	switch m {
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// dater turns the texts of a date column into instants.
type dater struct {
	zone  *time.Location
	order order
	now   time.Time

	last             []byte // the date text that the fields below are of
	midnight, length int64  // Unix seconds; length 0: the clocks change on that day
	y, m, d          int
	restAt           int
	ok               bool
}

// at is the instant of a date with a time in the same or another field.
func (z *dater) at(date, clock []byte) (time.Time, bool) {
	n := dateLen(date)
	if n == 0 || string(date[:n]) != string(z.last) {
		n = z.read(date, n)
	}
	if !z.ok {
		return time.Time{}, false
	}
	if rest := date[n:]; len(rest) > 0 {
		if hasDigit(rest) {
			clock = rest
		}
	}
	sec, offset, hasOffset, ok := clockOf(clock)
	if !ok {
		sec, hasOffset = 0, false // what stands behind the date is no time
	}
	switch {
	case hasOffset:
		return time.Unix(utcDay(z.y, z.m, z.d)+sec-offset, 0).UTC(), true
	case z.length > 0:
		return time.Unix(z.midnight+sec, 0).UTC(), true
	case sec == 0:
		return time.Unix(z.midnight, 0).UTC(), true
	}
	h := int(sec)
	return time.Date(z.y, time.Month(z.m), z.d, h/3600, h/60%60, h%60, 0, z.zone).UTC(), true
}

// dateLen is the length of the date in its commonest forms, 0 for others.
func dateLen(s []byte) int {
	if len(s) >= 10 && (s[4] == '-' && s[7] == '-' || s[4] == '.' && s[7] == '.' || s[4] == '/' && s[7] == '/' || s[2] == '/' && s[5] == '/' || s[2] == '.' && s[5] == '.') &&
		(len(s) == 10 || s[10] == ' ' || s[10] == 'T') {
		return 10
	}
	if len(s) == 8 {
		return 8
	}
	return 0
}

// read parses another date and says where its time begins.
func (z *dater) read(date []byte, n int) int {
	z.ok, z.last = false, z.last[:0]
	p, ok := splitDate(date)
	if !ok {
		return 0
	}
	z.y, z.m, z.d, ok = p.civil(z.order)
	if !ok {
		return 0
	}
	if z.order == md {
		if z.now.IsZero() {
			return 0
		}
		today := z.now.In(z.zone)
		z.y = today.Year()
		if z.m > int(today.Month()) || z.m == int(today.Month()) && z.d > today.Day() {
			z.y--
		}
		if z.d > daysIn(z.y, z.m) {
			return 0
		}
	}
	z.ok = true
	day := history.DateOf(z.y, time.Month(z.m), z.d)
	start, end := day.Start(z.zone).Unix(), (day + 1).Start(z.zone).Unix()
	z.midnight, z.length = start, end-start
	if z.length != 24*3600 {
		z.length = 0
	}
	if at := len(date) - len(p.rest); n == 0 || at != n {
		return at
	}
	z.last = append(z.last, date[:n]...)
	return n
}

func utcDay(y, m, d int) int64 {
	return int64(history.DateOf(y, time.Month(m), d)) * 24 * 3600
}

func hasDigit(s []byte) bool {
	for _, c := range s {
		if c >= '0' && c <= '9' {
			return true
		}
	}
	return false
}

// clockOf reads a time of day: 09:30, 09:30:15.25, 093015, 9:30 PM, 오후 9:30,
// 9시 30분, with Z or an offset such as +09:00 behind it. Nothing is midnight.
func clockOf(s []byte) (sec, offset int64, hasOffset, ok bool) {
	var num [3]int64
	n, half := 0, int64(0)
	i := 0
	for i < len(s) {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			from, v := i, int64(0)
			for i < len(s) && s[i] >= '0' && s[i] <= '9' && i-from < 7 {
				v = v*10 + int64(s[i]-'0')
				i++
			}
			switch {
			case n == 0 && (i-from == 6 || i-from == 4): // 093015, 0930
				if i-from == 4 {
					v *= 100
				}
				num, n = [3]int64{v / 10_000, v / 100 % 100, v % 100}, 3
			case n < 3 && i-from <= 2:
				num[n] = v
				n++
			default:
				return 0, 0, false, false
			}
			continue
		case c == '.' && n == 3: // parts of a second
			for i++; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
			}
			continue
		case (c == '+' || c == '-') && n >= 2:
			offset, ok = offsetOf(s[i:])
			hasOffset, i = ok, len(s)
			if !ok {
				return 0, 0, false, false
			}
			continue
		case c == 'Z' && n >= 2:
			hasOffset = true
		case c == 'a' || c == 'A':
			half = 1
		case c == 'p' || c == 'P':
			half = 2
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRune(s[i:])
			if r == '전' {
				half = 1
			} else if r == '후' {
				half = 2
			}
			i += size
			continue
		}
		i++
	}
	switch {
	case half == 2 && num[0] < 12:
		num[0] += 12
	case half == 1 && num[0] == 12:
		num[0] = 0
	}
	if num[0] > 23 || num[1] > 59 || num[2] > 60 {
		return 0, 0, false, false
	}
	return num[0]*3600 + num[1]*60 + num[2], offset, hasOffset, true
}

// offsetOf reads +09:00, +0900 or +09 as seconds.
func offsetOf(s []byte) (int64, bool) {
	var digits [4]int64
	n := 0
	for _, c := range s[1:] {
		if c >= '0' && c <= '9' && n < 4 {
			digits[n] = int64(c - '0')
			n++
		} else if c != ':' {
			return 0, false
		}
	}
	if n != 2 && n != 4 {
		return 0, false
	}
	sec := (digits[0]*10+digits[1])*3600 + (digits[2]*10+digits[3])*60
	if s[0] == '-' {
		sec = -sec
	}
	return sec, true
}

// census counts how the dates of a column could be read.
type census struct {
	dates, failed [orders]int
	turns         [orders]int // changes between rising and falling
	late          [orders]int // after tomorrow
	last, trend   [orders]int64
	dotted, named bool
}

func (c *census) add(date []byte, tomorrow int64) {
	p, ok := splitDate(date)
	if !ok {
		return
	}
	c.dotted = c.dotted || p.sep == '.' || p.sep == '-'
	for o := range orders {
		y, m, d, ok := p.civil(o)
		if !ok {
			c.failed[o]++
			continue
		}
		c.dates[o]++
		t := utcDay(y, m, d)
		if t > tomorrow && o != md {
			c.late[o]++
		}
		switch step := t - c.last[o]; {
		case c.last[o] == 0 || step == 0:
		case step > 0 && c.trend[o] < 0, step < 0 && c.trend[o] > 0:
			c.turns[o]++
			c.trend[o] = step
		default:
			c.trend[o] = step
		}
		c.last[o] = t
	}
}

// open reports whether more lines might decide between orders.
func (c *census) open() bool {
	best := c.choose(false)
	for o := range orders {
		if o != best && c.failed[o] == c.failed[best] && c.dates[o] > 0 {
			return true
		}
	}
	return false
}

// choose is the order in which most dates exist; then the one in which fewest
// lie in the future, then the one that runs most steadily, then what the
// separator and the place suggest.
func (c *census) choose(american bool) order {
	candidates := []order{ymd, dmy, mdy, md}
	switch {
	case american && !c.dotted:
		candidates = []order{ymd, mdy, dmy, md}
	}
	best := candidates[0]
	for _, o := range candidates[1:] {
		a, b := [...]int{c.failed[o], c.late[o], c.turns[o]}, [...]int{c.failed[best], c.late[best], c.turns[best]}
		for i := range a {
			if a[i] != b[i] {
				if a[i] < b[i] {
					best = o
				}
				break
			}
		}
	}
	return best
}

// word names the chosen order, with a ? if nothing in the file decided.
func (c *census) word(o order) string {
	w := orderWords[o]
	for _, other := range []order{dmy, mdy, ymd} {
		if other != o && o != md && c.dates[o] > 0 && c.failed[other] == c.failed[o] && c.late[other] == c.late[o] && c.turns[other] == c.turns[o] {
			return w + "?"
		}
	}
	return w
}
