package audit

import "jandon/internal/history"

// The inner loops count in civil days and months as plain numbers: a day is a
// history.Day, a month is year*12 + month-1.

// civil is a calendar date.
type civil struct {
	month int32
	dom   int32 // 1–31
}

// civilOf gives the date of a day
// (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
func civilOf(day int32) civil {
	z := int64(day) + 719468
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	dom := doy - (153*mp+2)/5 + 1
	year, month := yoe+era*400, mp+3
	if month > 12 {
		month -= 12
		year++
	}
	return civil{int32(year*12 + month - 1), int32(dom)}
}

// firstOf is the first day of a month, by the same source.
func firstOf(month int32) int32 {
	year, m := int64(floorDiv(month, 12)), int64(floorMod(month, 12))+1
	if m <= 2 {
		year--
		m += 12
	}
	era := floorDiv(year, 400)
	yoe := year - era*400
	doy := (153*(m-3) + 2) / 5
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return int32(era*146097 + doe - 719468)
}

var monthDays = [12]int32{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// daysIn is the length of a month.
func daysIn(month int32) int32 {
	m := floorMod(month, 12)
	if year := floorDiv(month, 12); m == 1 && year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		return 29
	}
	return monthDays[m]
}

// dayOf is a day of a month; one that the month does not have is its last.
func dayOf(month, dom int32) int32 { return firstOf(month) + min(dom, daysIn(month)) - 1 }

// weekday is Monday 0 to Sunday 6.
func weekday(day int32) int32 { return int32(history.Day(day).Weekday()) }

type whole interface{ ~int32 | ~int64 }

func floorDiv[T whole](a, b T) T {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func floorMod[T whole](a, b T) T { return a - floorDiv(a, b)*b }

func abs32(n int32) int32 { return max(n, -n) }
