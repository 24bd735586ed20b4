package history

import (
	"strings"

	"jandon/internal/money"
	"jandon/internal/safe"
)

// String is Format in won, or in the currency that q asks for.
func (q Query) String() string { return q.Format(money.KRW) }

// Format writes q as ParseQuery reads it, with amounts in c unless q names a currency.
func (q Query) Format(c money.Currency) string {
	var parts []string
	add := func(key, value string) {
		if value != "" {
			parts = append(parts, key+quoted(value))
		}
	}
	if words := joinWords(splitWords(q.Text)); words != "" {
		parts = append(parts, words)
	}
	add("merchant=", q.Merchant)
	add("merchant:", q.MerchantLike)
	add("category=", q.Category)
	add("category:", q.CategoryLike)
	add("issuer=", q.Issuer)
	add("issuer:", q.IssuerLike)
	for word, by := range withoutWords {
		if q.Without == by {
			add("without:", word)
		}
	}
	if q.Kind != nil {
		add("kind:", q.Kind.String())
	}
	if q.Type != 0 {
		add("type:", q.Type.String())
	}
	if q.Status != 0 {
		add("status:", q.Status.String())
	}
	if q.Currency != "" {
		c = q.Currency
		add("currency:", string(c))
	}
	if q.Min != nil {
		parts = append(parts, ">="+money.Of(*q.Min, c).Plain())
	}
	if q.Max != nil {
		parts = append(parts, "<="+money.Of(*q.Max, c).Plain())
	}
	if q.From != nil {
		add("since:", q.From.String())
	}
	if q.To != nil {
		add("until:", q.To.String())
	}
	add("settlement:", q.Settlement)
	return strings.Join(parts, " ")
}

// quoted puts a value into quotes if it could not stand without.
func quoted(s string) string {
	if strings.ContainsAny(s, ` "`) {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// joinWords puts words behind one another, in quotes where they would not
// stand for themselves.
func joinWords(words []string) string {
	var list []string
	for _, w := range words {
		if w = safe.Text(w); w == "" {
			continue
		}
		if key, _, _ := cutKey(w); key != "" || isAmount(w) || strings.Contains(w, " ") {
			w = `"` + w + `"`
		}
		list = append(list, w)
	}
	return strings.Join(list, " ")
}
