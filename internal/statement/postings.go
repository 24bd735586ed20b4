package statement

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"jandon/internal/money"
)

// parsePosting reads an account, and behind two spaces or a tab an amount.
func parsePosting(s []byte) (p posting, ok bool) {
	s = bytes.TrimSpace(s)
	if i := bytes.IndexAny(s, ";"); i >= 0 && (i == 0 || s[i-1] == ' ' || s[i-1] == '\t') {
		s = bytes.TrimSpace(s[:i])
	}
	for _, mark := range []string{"* ", "! "} {
		s = bytes.TrimPrefix(s, []byte(mark))
	}
	if len(s) == 0 || !utf8.Valid(s) {
		return p, false
	}
	end := len(s)
	for i := range s {
		if s[i] == '\t' || s[i] == ' ' && i+1 < len(s) && s[i+1] == ' ' {
			end = i
			break
		}
	}
	if end == len(s) { // beancount needs one space alone, and its accounts have none
		if i := bytes.IndexByte(s, ' '); i > 0 && bytes.IndexByte(s[:i], ':') > 0 && startsAmount(s[i+1:]) {
			end = i
		}
	}
	p.account = string(s[:end])
	if first, _ := utf8.DecodeRuneInString(strings.TrimLeft(p.account, "([")); !unicode.IsLetter(first) && !unicode.IsDigit(first) {
		return p, false
	}
	rest := strings.TrimSpace(string(s[end:]))
	if i := strings.IndexByte(rest, '='); i >= 0 { // a balance assertion
		rest = strings.TrimSpace(rest[:i])
	}
	if i := strings.IndexAny(rest, "@{"); i >= 0 {
		if total, ok := strings.CutPrefix(rest[i:], "@@"); ok {
			p.total = strings.TrimSpace(total)
		} else if each, ok := strings.CutPrefix(rest[i:], "@"); ok {
			p.each = strings.TrimSpace(each)
		}
		p.price, rest = true, strings.TrimSpace(rest[:i])
	}
	if rest == "" {
		return p, true
	}
	p.amount, p.currency, ok = commodity(rest)
	return p, ok
}

func startsAmount(s []byte) bool {
	s = bytes.TrimLeft(s, " ")
	return len(s) > 0 && (s[0] >= '0' && s[0] <= '9' || s[0] == '-' || s[0] == '+')
}

// commodity takes the number and the currency of an amount apart: 1300 KRW,
// KRW -1300, -$4.75, "KRW" 5, 4.75€.
func commodity(s string) (number string, c money.Currency, ok bool) {
	var digits, name strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9' || r == '.' || r == ',' || r == '-' || r == '+' || r == '_' || r == '\'':
			digits.WriteRune(r)
		case unicode.IsSpace(r) || r == '"':
		default:
			name.WriteRune(r)
		}
	}
	switch n := name.String(); n {
	case "":
	case "$", "US$":
		c = money.USD
	case "€":
		c = "EUR"
	case "£":
		c = "GBP"
	case "₩", "원":
		c = money.KRW
	case "¥", "円":
		c = "JPY"
	default:
		c = money.Currency(strings.ToUpper(n))
		if !c.Valid() {
			return "", "", false
		}
	}
	return digits.String(), c, strings.ContainsAny(digits.String(), "0123456789")
}

// ownSide is the side of a transaction in an account of one's own.
type ownSide struct {
	minor    int64
	currency money.Currency
	original money.Amount // the price in another currency; zero: not said
}

// sides finds the one posting that is of one's own account, with its amount,
// and the account on the other side.
func (e *journalEntry) sides(r *journalReader) (own ownSide, other string, why Reason) {
	if len(e.postings) < 2 {
		return own, "", Complex
	}
	at, owns := -1, 0
	for i := range e.postings {
		switch class, _, _ := strings.Cut(strings.ToLower(e.postings[i].account), ":"); class {
		case "assets", "asset", "liabilities", "liability":
			owns++
			if at < 0 {
				at = i
			}
		}
	}
	switch {
	case owns == 0 && len(e.postings) == 2: // names that say nothing: what was paid from stands last
		at = 1
	case owns == 1:
	case owns == 2 && len(e.postings) == 2: // between two of one's own: seen from the first
	default:
		return own, "", Complex
	}
	amount, currency, turn := "", money.Currency(""), false
	if p := &e.postings[at]; p.amount != "" {
		amount, currency = p.amount, p.currency
	} else if len(e.postings) == 2 {
		q := &e.postings[1-at]
		if amount, currency, turn = q.amount, q.currency, true; q.price {
			return own, "", Complex
		}
	}
	sum := int64(0)
	if amount == "" && len(e.postings) > 2 { // the rest of all others
		for i := range e.postings {
			if i == at {
				continue
			}
			q := &e.postings[i]
			if currency == "" {
				currency = q.currency
			}
			if q.amount == "" || q.currency != currency || q.price {
				return own, "", Complex
			}
			minor, why := r.minor(q.amount, &q.currency)
			if why != "" {
				return own, "", why
			}
			if sum -= minor; inRange(sum) != "" {
				return own, "", OutOfRange
			}
		}
		own.minor = sum
		own.currency = r.currency(currency)
	} else {
		if amount == "" {
			return own, "", NoAmount
		}
		own.currency = currency
		if own.minor, why = r.minor(amount, &own.currency); why != "" {
			return own, "", why
		}
		if turn {
			own.minor = -own.minor
		} else {
			own.original = e.price(r, at, own)
		}
	}
	for i := range e.postings {
		if i != at && other == "" {
			other = e.postings[i].account
		}
	}
	return own, other, ""
}

// price is what the amount of one's own side is another of: the price behind
// it, or the amount on the other side.
func (e *journalEntry) price(r *journalReader, at int, own ownSide) (a money.Amount) {
	p := &e.postings[at]
	switch {
	case p.total != "" && !r.comma:
		a = stated(p.total)
	case p.each != "" && !r.comma:
		if number, c, ok := commodity(p.each); ok && c.Valid() {
			a = unitPrice(own.minor, own.currency, number, c)
		}
	case !p.price && len(e.postings) == 2:
		q := &e.postings[1-at]
		if q.amount == "" || q.currency == "" || q.currency == own.currency {
			return money.Amount{}
		}
		minor, why := r.minor(q.amount, &q.currency)
		if why != "" {
			return money.Amount{}
		}
		a = priceOf(money.Of(minor, q.currency))
	}
	return a
}

// currency is what an amount without one is in.
func (r *journalReader) currency(c money.Currency) money.Currency {
	if c != "" {
		return c
	}
	if r.base != "" {
		return r.base
	}
	return money.KRW
}

func (r *journalReader) minor(text string, c *money.Currency) (int64, Reason) {
	*c = r.currency(*c)
	format := money.GuessNumber(*c, text)
	if r.comma {
		format = money.Comma
	} else if strings.Count(text, ".") == 1 && !strings.Contains(text, ",") {
		format = money.Point
	}
	a, err := money.ParseNumber(text, *c, format)
	if err != nil && format == money.Point {
		return exact(text, *c)
	}
	return bounded(a.Minor, err)
}
