package export

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"jandon/internal/wallet"
)

// accounts names the accounts of a journal. Two different names never become
// the same account, however much a format's syntax takes away from them.
type accounts struct {
	clean func(string) string
	given map[[2]string]string // class and original name to account
	taken map[string]bool
}

func newAccounts(clean func(string) string) accounts {
	return accounts{clean: clean, given: make(map[[2]string]string), taken: make(map[string]bool)}
}

// of is the account of parts below a class; fresh tells that it is its first use.
func (a *accounts) of(class string, parts ...string) (account string, fresh bool) {
	key := [2]string{class, strings.Join(parts, "\x00")}
	if name, ok := a.given[key]; ok {
		return name, false
	}
	name := class
	for _, p := range parts {
		name += ":" + a.clean(p)
	}
	unique := name
	for n := 2; a.taken[strings.ToLower(unique)]; n++ {
		unique = fmt.Sprintf("%s-%d", name, n)
	}
	a.given[key], a.taken[strings.ToLower(unique)] = unique, true
	return unique, true
}

// place is an account before a format names it.
type place struct {
	class string
	parts []string
}

// sides are the two accounts of a transaction: what holds the value, and where
// it went or came from.
func sides(t *wallet.Transaction, h Head) (own, other place) {
	own = place{"Assets", []string{h.Name(t.Issuer), t.Kind.String()}}
	if t.Kind == wallet.KindUnknown {
		own.parts = own.parts[:1]
	}
	if onBill(t) {
		own = place{"Liabilities", []string{h.Name(t.Issuer)}}
	}
	switch {
	case t.Type.Spends():
		return own, place{"Expenses", []string{cmp.Or(t.Category, "uncategorized")}}
	case t.Type == wallet.Earn:
		return own, place{"Income", []string{cmp.Or(t.Category, "earned")}}
	default: // bought, moved, turned or lapsed: no spending, no income
		return own, place{"Equity", []string{t.Type.String()}}
	}
}

// billSides are the accounts of a bill's payment: what is owed shrinks, by
// money from outside.
func billSides(s *wallet.Settlement, h Head) (owed, outside place) {
	return place{"Liabilities", []string{h.Name(s.Issuer)}}, place{"Equity", []string{"settlement"}}
}

// ledgerName keeps what hledger allows in an account: no colon of its own, no
// comment, no double space.
func ledgerName(s string) string {
	s = strings.NewReplacer(":", "-", ";", ",", "|", "/", "\t", " ").Replace(s)
	return cmp.Or(strings.Trim(strings.Join(strings.Fields(s), " "), "()[]<>!* "), "other")
}

// beanName keeps what beancount allows: letters, digits and dashes, beginning
// with a capital or a digit. Scripts without capitals get an X before them.
func beanName(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		} else if b.Len() > 0 && !strings.HasSuffix(b.String(), "-") {
			b.WriteByte('-')
		}
	}
	name := cmp.Or(strings.TrimRight(b.String(), "-"), "Other")
	first, n := utf8.DecodeRuneInString(name)
	if first = unicode.ToUpper(first); unicode.IsUpper(first) || unicode.IsDigit(first) {
		return string(first) + name[n:]
	}
	return "X-" + name
}
