package pin

import (
	"bytes"
	_ "embed"
	"slices"
	"strconv"
	"sync"

	"jandon/internal/fault"
	"jandon/keystore/secret"
)

// Reasons why a PIN is weak: ids of their words in the catalogue.
const (
	repeats  = "weak.digits"
	sequence = "weak.sequence"
	date     = "weak.date"
	common   = "weak.common"
)

// Check refuses PINs that a stranger would try first: fault.WeakPIN with its
// reason. The platform allows ten tries in all, so what matters is the head of
// the distribution; the rules leave more than eight in ten PINs of six digits.
func Check(typed secret.Secret) error {
	plain, err := Plain(typed)
	if err != nil {
		return err
	}
	defer plain.Wipe()
	var why string
	plain.Expose(func(p []byte) { why = weakness(p) })
	if why == "" {
		return nil
	}
	return fault.New(fault.WeakPIN, "why", why, "detail", "")
}

func weakness(p []byte) string {
	switch {
	case patterned(p):
		return repeats
	case running(slices.Compact(bytes.Clone(p))) || interleaved(p):
		return sequence
	case dated(p):
		return date
	case mostUsed()[string(p)]:
		return common
	}
	return ""
}

// patterned finds 000000, 121212, 123123 (a block repeated), 111222 (two runs),
// 123321 (a mirror) and what has fewer than three different digits.
func patterned(p []byte) bool {
	for n := 1; n <= len(p)/2; n++ {
		if bytes.Equal(p[n:], p[:len(p)-n]) {
			return true
		}
	}
	mirror := bytes.Clone(p)
	slices.Reverse(mirror)
	distinct := bytes.Clone(p)
	slices.Sort(distinct)
	return bytes.Equal(mirror, p) || len(slices.Compact(distinct)) < 3
}

// running finds constant steps round the ten digits: 123456, 987654, 890123,
// 135791, and 112233 once its doubles are taken together.
func running(p []byte) bool {
	if len(p) < 3 {
		return true
	}
	step := (10 + p[1] - p[0]) % 10
	for i := 2; i < len(p); i++ {
		if (10+p[i]-p[i-1])%10 != step {
			return false
		}
	}
	return true
}

// interleaved finds 192837 and 102030: every other digit runs.
func interleaved(p []byte) bool {
	var odd, even []byte
	for i, c := range p {
		if i%2 == 0 {
			even = append(even, c)
		} else {
			odd = append(odd, c)
		}
	}
	return running(even) && running(odd)
}

// dated finds birthdays as people write them: six digits with the year in
// front (Korea, as in resident numbers), day or month in front; eight digits
// with four of them the year; and a year with a month.
func dated(p []byte) bool {
	n := func(from, to int) int {
		v, err := strconv.Atoi(string(p[from:to]))
		if err != nil {
			return -1
		}
		return v
	}
	day := func(month, day int) bool {
		longest := [...]int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
		return month >= 1 && month <= 12 && day >= 1 && day <= longest[month-1]
	}
	year := func(y int) bool { return y >= 1900 && y <= 2099 }
	switch len(p) {
	case 6:
		return day(n(2, 4), n(4, 6)) || day(n(2, 4), n(0, 2)) || day(n(0, 2), n(2, 4)) ||
			year(n(0, 4)) && n(4, 6) >= 1 && n(4, 6) <= 12 // a month and a year are a month and a day, too
	case 8:
		return year(n(0, 4)) && (day(n(4, 6), n(6, 8)) || day(n(6, 8), n(4, 6))) ||
			year(n(4, 8)) && (day(n(0, 2), n(2, 4)) || day(n(2, 4), n(0, 2)))
	}
	return false
}

//go:embed data/common.txt
var commonFile []byte

// mostUsed is read when the first PIN is chosen, not at every start.
var mostUsed = sync.OnceValue(func() map[string]bool {
	set := make(map[string]bool, 1600)
	for line := range bytes.Lines(commonFile) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			set[string(line)] = true
		}
	}
	return set
})
