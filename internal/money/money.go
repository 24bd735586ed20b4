// Package money holds amounts of money exactly.
//
// An amount is a signed count of minor units (won, cents) and its currency.
// Nothing here rounds in silence, uses floating point, or adds two currencies;
// an operation that would overflow or mix currencies returns an error.
// How an amount looks (₩1,300, 1,300원, $0.99) is a Style, apart from what it is.
package money

import (
	"errors"
	"math"
	"math/bits"
)

// Amount is a signed number of minor units of a currency.
type Amount struct {
	Minor    int64
	Currency Currency
}

// Errors of arithmetic on amounts.
var (
	ErrCurrency = errors.New("money: amounts in different currencies")
	ErrOverflow = errors.New("money: amount out of range")
	ErrSplit    = errors.New("money: weights must be non-negative and not all zero")
)

// Of is the amount of minor units of a currency.
func Of(minor int64, c Currency) Amount { return Amount{minor, c} }

// Won is an amount in Korean won.
func Won(minor int64) Amount { return Amount{minor, KRW} }

// IsZero reports whether the amount is nothing, in whatever currency.
func (a Amount) IsZero() bool { return a.Minor == 0 }

// Add is a + b. The zero Amount adds to any currency.
func (a Amount) Add(b Amount) (Amount, error) {
	if a == (Amount{}) {
		return b, nil
	}
	if b == (Amount{}) {
		return a, nil
	}
	if a.Currency != b.Currency {
		return Amount{}, ErrCurrency
	}
	sum := a.Minor + b.Minor
	if (sum > a.Minor) != (b.Minor > 0) && b.Minor != 0 {
		return Amount{}, ErrOverflow
	}
	return Amount{sum, a.Currency}, nil
}

// Neg is −a. The smallest int64 has no negative.
func (a Amount) Neg() (Amount, error) {
	if a.Minor == math.MinInt64 {
		return Amount{}, ErrOverflow
	}
	return Amount{-a.Minor, a.Currency}, nil
}

// Split deals a out in proportion to weights; the parts sum to a exactly.
// The units that do not divide are dealt one each to the first parts with a weight.
func (a Amount) Split(weights ...int64) ([]Amount, error) {
	var total uint64
	for _, w := range weights {
		if w < 0 {
			return nil, ErrSplit
		}
		sum, carry := bits.Add64(total, uint64(w), 0)
		if carry != 0 {
			return nil, ErrOverflow
		}
		total = sum
	}
	if total == 0 {
		return nil, ErrSplit
	}
	size, sign := magnitude(a.Minor)
	parts := make([]Amount, len(weights))
	rest := size
	for i, w := range weights {
		hi, lo := bits.Mul64(size, uint64(w))
		share, _ := bits.Div64(hi, lo, total) // share ≤ size, since w ≤ total
		parts[i] = Amount{int64(share), a.Currency}
		rest -= share
	}
	for i := 0; rest > 0; i = (i + 1) % len(parts) {
		if weights[i] > 0 {
			parts[i].Minor++
			rest--
		}
	}
	for i := range parts {
		parts[i].Minor *= sign
	}
	return parts, nil
}

// magnitude is |n| without overflow, and the sign as 1 or −1.
func magnitude(n int64) (uint64, int64) {
	if n < 0 {
		return uint64(-(n + 1)) + 1, -1
	}
	return uint64(n), 1
}
