package statement

import (
	"errors"

	"jandon/internal/money"
)

// readAmount reads the number of a line, with a sign if the file is sure of it.
func (r *reader) readAmount(x *said) Reason {
	if r.cols.has(colMinor) {
		if n, err := money.ParseNumber(string(r.field(colMinor)), money.KRW, money.Point); err == nil { // whole units of whatever
			x.minor, x.signed = n.Minor, true
			return inRange(x.minor)
		}
		return BadAmount
	}
	if r.cols.has(colAmount) {
		f := r.field(colAmount)
		if len(f) == 0 {
			return NoAmount
		}
		var ok bool
		if x.minor, ok = r.minor(f, x.currency); !ok {
			return BadAmount
		}
		return inRange(x.minor)
	}
	debit, credit := r.field(colDebit), r.field(colCredit)
	if len(debit) == 0 && len(credit) == 0 {
		return NoAmount
	}
	var gone, come int64
	ok := true
	if len(debit) > 0 {
		gone, ok = r.minor(debit, x.currency)
	}
	if len(credit) > 0 && ok {
		come, ok = r.minor(credit, x.currency)
	}
	if !ok {
		return BadAmount
	}
	if why := inRange(gone); why != "" {
		return why
	}
	if gone < 0 && len(r.field(colDebit)) > 0 && !r.cols.has(colCredit) { // a debit column with signs of its own
		come, gone = -gone, 0
	}
	x.minor, x.signed = come-max(gone, -gone), true
	return inRange(x.minor)
}

func inRange(minor int64) Reason {
	if minor > maxMinor || minor < -maxMinor {
		return OutOfRange
	}
	return ""
}

// minor reads a number; the plain forms without a detour.
func (r *reader) minor(f []byte, c money.Currency) (int64, bool) {
	if n, ok := plainNumber(f, r.format, c.Digits()); ok {
		return n, true
	}
	a, err := money.ParseNumber(string(f), c, r.format)
	if errors.Is(err, money.ErrOverflow) {
		return maxMinor + 1, true
	}
	return a.Minor, err == nil
}

// plainNumber reads digits with an optional minus, groups of three and
// exactly the currency's decimals.
func plainNumber(f []byte, format money.Number, decimals int) (int64, bool) {
	neg := len(f) > 0 && f[0] == '-'
	if neg {
		f = f[1:]
	}
	if len(f) == 0 || len(f) > 18 {
		return 0, false
	}
	n, group, point := int64(0), -1, -1
	for i, b := range f {
		switch {
		case b >= '0' && b <= '9':
			n = n*10 + int64(b-'0')
		case rune(b) == format.Decimal && point < 0 && decimals > 0 && i > 0:
			point = i
		case rune(b) == format.Group && point < 0 && (group < 0 && i > 0 && i <= 3 || group >= 0 && i-group == 4):
			group = i
		default:
			return 0, false
		}
	}
	end := len(f)
	if point >= 0 {
		if len(f)-point-1 != decimals {
			return 0, false
		}
		end = point
	} else {
		for range decimals {
			n *= 10
		}
	}
	if group >= 0 && end-group != 4 || n < 0 || decimals > 4 {
		return 0, false
	}
	if neg {
		n = -n
	}
	return n, true
}
