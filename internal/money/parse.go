package money

import (
	"errors"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Errors of reading an amount.
var (
	ErrSyntax   = errors.New("money: not an amount")
	ErrDecimals = errors.New("money: more decimals than the currency has")
)

// Number says how numbers are written. The zero Number is unknown.
type Number struct {
	Decimal rune // '.' or ','; 0 where there are only whole units
	Group   rune // ',', '.', ' ', '\'' or '_'; 0 where thousands are not set apart
}

// The usual ways of writing numbers.
var (
	Point = Number{'.', ','} // 1,234.56
	Comma = Number{',', '.'} // 1.234,56
)

// Parse reads an amount as people and files write it, with the currency's own
// number of decimals at most: -1300, ₩1,300, 1,300원, (300), $0.99, 1.234,56-.
// A decimal comma is understood where nothing else is possible; see
// ParseNumber where the way of writing is known. If the text names a currency
// it must be c.
func Parse(text string, c Currency) (Amount, error) {
	n, rest, err := clean(text, c)
	if err != nil {
		return Amount{}, err
	}
	return n.amount(GuessNumber(c, rest), rest, c)
}

// ParseNumber is Parse for a known way of writing.
func ParseNumber(text string, c Currency, format Number) (Amount, error) {
	n, rest, err := clean(text, c)
	if err != nil {
		return Amount{}, err
	}
	return n.amount(format, rest, c)
}

// sign is what stands around the digits.
type sign struct{ negative bool }

// clean strips sign, currency and spaces from text, which leaves digits and
// the marks between them.
func clean(text string, c Currency) (sign, string, error) {
	s := strings.TrimFunc(width.Narrow.String(text), unicode.IsSpace)
	var n sign
	signs := 0
	if inner, ok := strings.CutPrefix(s, "("); ok { // as bookkeepers write what is less than nothing
		if s, ok = strings.CutSuffix(inner, ")"); !ok {
			return n, "", ErrSyntax
		}
		n.negative, signs = true, 1
	}
	unit := false
	for again := true; again; {
		again = false
		s = strings.TrimFunc(s, unicode.IsSpace)
		for _, m := range [...]string{"-", "−", "–", "+", "▲", "△"} { // △ and ▲: less, in Korean and Japanese books
			t, ok := strings.CutPrefix(s, m)
			if !ok {
				t, ok = strings.CutSuffix(s, m)
			}
			if ok {
				s, again = t, true
				n.negative = n.negative || m != "+"
				signs++
				break
			}
		}
		if t, ok := cutUnit(s, c); ok && !unit {
			s, unit, again = t, true, true
		}
	}
	if signs > 1 || s == "" {
		return n, "", ErrSyntax
	}
	return n, s, nil
}

// units are the ways in which the product's currencies are written beside the
// ones of Style.
var units = map[Currency][]string{"KRW": {"원", "won", "\\"}, "JPY": {"円", "엔", "¥"}, "USD": {"US$", "달러"}, "CNY": {"¥", "元"}}

func cutUnit(s string, c Currency) (string, bool) {
	for _, u := range append([]string{string(c), symbols[c]}, units[c]...) {
		if u == "" {
			continue
		}
		if len(s) > len(u) && strings.EqualFold(s[:len(u)], u) {
			return s[len(u):], true
		}
		if n := len(s) - len(u); n > 0 && strings.EqualFold(s[n:], u) {
			return s[:n], true
		}
	}
	return s, false
}

// GuessNumber is the way of writing that fits all samples of amounts in c,
// Point where both would.
func GuessNumber(c Currency, samples ...string) Number {
	candidates := []Number{Point, Comma, {'.', ' '}, {',', ' '}, {'.', '\''}}
	for _, f := range candidates {
		fits := true
		for _, s := range samples {
			n, rest, err := clean(s, c)
			if err != nil || strings.ContainsFunc(rest, unicode.IsLetter) {
				continue // no number at all
			}
			_, err = n.amount(f, rest, c)
			fits = fits && (err == nil || errors.Is(err, ErrOverflow))
		}
		if fits {
			return f
		}
	}
	return Number{}
}

// amount reads digits in groups of three and decimals.
func (n sign) amount(f Number, s string, c Currency) (Amount, error) {
	var size uint64
	digits, group, decimals := 0, -1, -1 // group: digits since the last mark
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			if size > (1<<63)/10 {
				return Amount{}, ErrOverflow
			}
			if decimals >= 0 {
				if decimals++; decimals > c.Digits() {
					if r != '0' {
						return Amount{}, ErrDecimals
					}
					continue // 1300.00 won, as databases write it
				}
			}
			size = size*10 + uint64(r-'0')
			digits++
			if group >= 0 {
				group++
			}
		case decimals >= 0:
			return Amount{}, ErrSyntax
		case r == f.Decimal:
			if group >= 0 && group != 3 {
				return Amount{}, ErrSyntax
			}
			decimals = 0
		case f.Group != 0 && sameMark(r, f.Group) && digits > 0 && (group == 3 || group < 0 && digits <= 3):
			group = 0
		default:
			return Amount{}, ErrSyntax
		}
	}
	if digits == 0 || decimals < 0 && group >= 0 && group != 3 {
		return Amount{}, ErrSyntax
	}
	if decimals == 3 && c.Digits() < 3 {
		return Amount{}, ErrDecimals // 1.000 is a thousand, not one
	}
	for d := min(max(decimals, 0), c.Digits()); d < c.Digits(); d++ {
		if size > (1<<63)/10 {
			return Amount{}, ErrOverflow
		}
		size *= 10
	}
	return n.of(size, c)
}

func (n sign) of(size uint64, c Currency) (Amount, error) {
	switch {
	case n.negative && size <= 1<<63:
		return Amount{-int64(size-1) - 1, c}, nil
	case !n.negative && size < 1<<63:
		return Amount{int64(size), c}, nil
	}
	return Amount{}, ErrOverflow
}

// sameMark takes the spaces and apostrophes that are used between thousands as one each.
func sameMark(r, mark rune) bool {
	switch mark {
	case ' ':
		return unicode.Is(unicode.Zs, r)
	case '\'':
		return r == '\'' || r == '’'
	}
	return r == mark
}
