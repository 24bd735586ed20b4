package money

import "strconv"

// Unit is how the currency is written beside the digits.
type Unit uint8

// The ways of writing a currency.
const (
	Symbol Unit = iota // ₩1,300 · $0.99
	Word               // 1,300원 · 1,300 won; currencies without a word keep their symbol
	Code               // KRW 1,300
	Bare               // 1,300
)

// Style is how amounts are drawn for one person. The zero Style is English with symbols.
type Style struct {
	Lang string // "en" or "ko"
	Unit Unit
	Plus bool // write + before what is more than nothing
}

var symbols = map[Currency]string{
	"KRW": "₩", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "INR": "₹", "VND": "₫", "THB": "฿",
	"AUD": "A$", "CAD": "CA$", "HKD": "HK$", "NZD": "NZ$", "SGD": "S$", "TWD": "NT$",
}

// Format writes the amount with grouped digits and the sign before everything: -₩1,300.
func (s Style) Format(a Amount) string {
	var buf [48]byte
	return string(s.Append(buf[:0], a))
}

// Append is Format onto a buffer.
func (s Style) Append(b []byte, a Amount) []byte {
	size, sign := magnitude(a.Minor)
	switch {
	case sign < 0:
		b = append(b, '-')
	case s.Plus && size > 0:
		b = append(b, '+')
	}
	before, after := s.unit(a.Currency)
	b = append(b, before...)
	b = appendDecimal(b, size, a.Currency.Digits(), ',')
	return append(b, after...)
}

func (s Style) unit(c Currency) (before, after string) {
	switch {
	case s.Unit == Bare || c == "":
		return "", ""
	case s.Unit == Word && c == KRW && s.Lang == "ko":
		return "", "원"
	case s.Unit == Word && c == KRW:
		return "", " won"
	case s.Unit != Code && symbols[c] != "":
		return symbols[c], ""
	}
	return string(c) + " ", ""
}

// Plain is the amount as a decimal number without grouping or currency: -1300, 0.99.
// Parse reads it back.
func (a Amount) Plain() string {
	size, sign := magnitude(a.Minor)
	var b []byte
	if sign < 0 {
		b = append(b, '-')
	}
	return string(appendDecimal(b, size, a.Currency.Digits(), 0))
}

// String is the amount for logs and tests: "KRW -1300".
func (a Amount) String() string { return string(a.Currency) + " " + a.Plain() }

// appendDecimal writes size/10^digits, with group (if not 0) between thousands.
func appendDecimal(b []byte, size uint64, digits int, group byte) []byte {
	var buf [24]byte
	num := strconv.AppendUint(buf[:0], size, 10)
	for len(num) <= digits {
		num = append([]byte{'0'}, num...)
	}
	whole, part := num[:len(num)-digits], num[len(num)-digits:]
	for i, d := range whole {
		if group != 0 && i > 0 && (len(whole)-i)%3 == 0 {
			b = append(b, group)
		}
		b = append(b, d)
	}
	if digits > 0 {
		b = append(append(b, '.'), part...)
	}
	return b
}
