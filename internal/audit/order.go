package audit

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// order is the number that tells one purchase from another.
func (it *Item) order() string {
	if it.Order != "" {
		return it.Order
	}
	return orderOf(it.Merchant)
}

// orderOf finds the order or reference number in a printed string: 주문49687968,
// ORD2352232, #ORDER-03819, #12345, *A1234, *2K4AB1Z9Q. Approval numbers (승인, AUTH) are
// new for every charge and say nothing, and neither do phone numbers or dates.
func orderOf(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			continue
		}
		j := i
		for j < len(s) && s[j] >= '0' && s[j] <= '9' {
			j++
		}
		if j-i >= 4 && isOrder(s[:i]) {
			return s[i:j]
		}
		i = j
	}
	return codeAfter(s)
}

// codeAfter finds an order number of letters and digits: *2K4AB1Z9Q.
func codeAfter(s string) string {
	for field, before := range fields(s) {
		if before != '*' && before != '#' || len(field) < 6 {
			continue
		}
		if _, digits, turns := mixture(field); digits > 1 && turns > 1 {
			return field
		}
	}
	return ""
}

// isOrder reports whether what stands before a number makes it an order number.
func isOrder(before string) bool {
	for _, p := range [...]string{"주문", "주문번호 ", "주문번호", "ORD", "ORDER-", "ORDER ", "#", "REF", "REF "} {
		if strings.HasSuffix(before, p) {
			return true
		}
	}
	// One letter after * or #: *A1234.
	r, size := utf8.DecodeLastRuneInString(before)
	rest := before[:len(before)-size]
	return unicode.IsUpper(r) && (strings.HasSuffix(rest, "*") || strings.HasSuffix(rest, "#"))
}
