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
