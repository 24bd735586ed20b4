package statement

import "unicode/utf8"

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
