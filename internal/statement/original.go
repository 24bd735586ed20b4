package statement

import (
	"bytes"
	"math/big"
	"strings"

	"jandon/internal/history"
	"jandon/internal/money"
)

// priceElsewhere finds the column with the price in the merchant's own currency
// where it is named like the amount: 이용금액(USD) beside 이용금액(원), or usd
// amount beside amount. A currency column that stands next to that price and
// not to the amount is of the price.
func (c *columns) priceElsewhere(fields [][]byte) {
	if !c.has(colAmount) || c.has(colMinor) {
		return
	}
	main := c[colAmount]
	if !c.has(colOriginal) {
		for i, f := range fields {
			code := currencyIn(string(f))
			if i == main || code == "" || meaningOf(bareName(string(f))).meaning != colAmount {
				continue
			}
			switch of := currencyIn(string(fields[main])); {
			case of == code:
			case of == "" || of == money.KRW:
				c[colOriginal] = i
			case code == money.KRW: // the first of the two is the foreign one
				c[colOriginal], c[colAmount] = main, i
			}
			if c.has(colOriginal) {
				break
			}
		}
		if !c.has(colOriginal) {
			if code := currencyIn(string(fields[main])); code != "" && code != money.KRW { // it is coded; an amount that is not goes before
				for i, f := range fields {
					if i != main && currencyIn(string(f)) == "" && meaningOf(string(f)).meaning == colAmount {
						c[colOriginal], c[colAmount] = main, i
						break
					}
				}
			}
		}
	}
	if main = c[colAmount]; !c.has(colOriginal) || c.has(colOriginalCurrency) || !c.has(colCurrency) {
		return
	}
	beside := func(i, j int) bool { return i-j == 1 || j-i == 1 }
	if at := c[colCurrency]; beside(at, c[colOriginal]) && (!beside(at, main) || currencyIn(string(fields[main])) != "") {
		c[colOriginalCurrency], c[colCurrency] = at, -1
	}
}

// currencyIn is the currency that a header names in brackets or as a word.
func currencyIn(name string) money.Currency {
	for word := range strings.FieldsFuncSeq(strings.ToUpper(history.Fold(name)), func(r rune) bool { return strings.ContainsRune(" \t()[]<>/:_-", r) }) {
		switch word {
		case "$", "US$", "달러", "미화", "미달러":
			return money.USD
		case "원", "₩", "원화":
			return money.KRW
		case "엔", "엔화", "円":
			return "JPY"
		case "유로", "€":
			return "EUR"
		}
		if c := money.Currency(word); len(word) == 3 && c.Valid() && known[c] {
			return c
		}
	}
	return ""
}

// known are currencies that headers name; other words of three letters are words.
var known = map[money.Currency]bool{
	"USD": true, "EUR": true, "JPY": true, "GBP": true, "CNY": true, "KRW": true, "AUD": true, "CAD": true, "CHF": true, "HKD": true, "SGD": true,
	"TWD": true, "THB": true, "VND": true, "PHP": true, "IDR": true, "MYR": true, "INR": true, "NZD": true, "SEK": true, "NOK": true, "DKK": true, "MXN": true, "BRL": true,
}

// bareName is a header without the currency that it names.
func bareName(name string) string {
	words := strings.Fields(history.Fold(name))
	kept := words[:0]
	for _, w := range words {
		if currencyIn(w) == "" {
			kept = append(kept, w)
		}
	}
	if len(kept) == 0 {
		return name // 이용금액(USD) is one word
	}
	return strings.Join(kept, " ")
}

// readOriginal reads the price in the merchant's own currency, if a line has
// one that is another. The line comes in without it, too; lost reports a price
// with a currency beside it that could not be read.
func (r *reader) readOriginal(x *said) (lost bool) {
	f, beside := r.field(colOriginal), r.field(colOriginalCurrency)
	if len(f) == 0 || len(bytes.Trim(f, "-–—")) == 0 {
		return false
	}
	c := money.Currency(strings.ToUpper(string(beside)))
	if len(f) > 40 {
		return c.Valid() && c != x.currency
	}
	text := string(f)
	if !c.Valid() {
		digits, marked, ok := commodity(text)
		switch {
		case ok && marked != "":
			c, text = marked, digits
		case r.cols[colOriginal] < len(r.header):
			c = currencyIn(r.header[r.cols[colOriginal]])
		}
	}
	if c == x.currency {
		return false
	}
	if !c.Valid() {
		return len(bytes.Trim(beside, "-–—")) > 0 && len(bytes.Trim(f, "0.,")) > 0
	}
	format := money.Point
	if !r.cols.has(colMinor) { // ours has a point
		if format = money.GuessNumber(c, text); format == (money.Number{}) {
			format = r.format
		}
	}
	a, err := money.ParseNumber(text, c, format)
	if err != nil {
		return len(beside) > 0
	}
	x.original = priceOf(a)
	return a.Minor != 0 && x.original.Minor == 0
}

// priceOf is a price: without a sign, and none if it can't be one.
func priceOf(a money.Amount) money.Amount {
	if a.Minor == 0 || inRange(a.Minor) != "" {
		return money.Amount{}
	}
	return money.Of(max(a.Minor, -a.Minor), a.Currency)
}

// unitPrice is what so much costs at a price for one, in the price's currency.
func unitPrice(minor int64, of money.Currency, price string, in money.Currency) money.Amount {
	each, ok := new(big.Rat).SetString(strings.ReplaceAll(strings.TrimSpace(price), ",", ""))
	if !ok || each.Sign() <= 0 || len(price) > 30 {
		return money.Amount{}
	}
	return converted(minor, of, in, new(big.Rat).Inv(each).RatString())
}

// stated is the price that a header's line says, with its currency behind it.
func stated(text string) money.Amount {
	number, c, ok := commodity(text)
	if !ok || !c.Valid() || bytes.ContainsRune([]byte(number), ',') {
		return money.Amount{}
	}
	a, err := money.ParseNumber(number, c, money.Point)
	if err != nil {
		return money.Amount{}
	}
	return priceOf(a)
}
