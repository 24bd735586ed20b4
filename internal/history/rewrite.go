package history

import (
	"strings"

	"jandon/internal/wallet"
)

// Part says what a piece of a query is, for whoever writes it anew.
type Part uint8

// The parts that are somebody's. All else of a query is its language.
const (
	PartText   Part = iota // a word to look for, or what is not understood
	PartName               // of a merchant, category or issuer
	PartID                 // of a bill
	PartFigure             // an amount: 1,300 or 0.99
)

// RewriteQuery writes a query with other names, words, ids and figures. What
// belongs to its language stays, so that it is understood as the one before:
// keys, comparisons, quotes, kinds, dates. A query that is not finished yet is
// written as far as it goes.
func RewriteQuery(text string, of func(p Part, s string) string) string {
	var out strings.Builder
	text = strings.Map(plainSpace, text)
	for text != "" {
		n := 0
		for quoted := false; n < len(text) && (text[n] != ' ' || quoted); n++ {
			quoted = quoted != (text[n] == '"')
		}
		out.WriteString(rewriteToken(text[:n], of))
		text = text[n:]
		for strings.HasPrefix(text, " ") {
			out.WriteByte(' ')
			text = text[1:]
		}
	}
	return out.String()
}

func rewriteToken(t string, of func(p Part, s string) string) string {
	if t == "" {
		return ""
	}
	if isAmount(t) {
		return rewriteFigures(t, of)
	}
	i := strings.IndexAny(t, `:="`)
	if i <= 0 || t[i] == '"' {
		return rewriteWords(t, PartText, of)
	}
	head, value := t[:i+1], t[i+1:]
	switch key := keys[strings.ToLower(t[:i])]; key {
	case "":
		return rewriteWords(t, PartText, of)
	case "merchant", "category", "issuer":
		return head + rewriteWords(value, PartName, of)
	case "settlement":
		return head + rewriteWords(value, PartID, of)
	case "amount":
		return head + rewriteFigures(value, of)
	default:
		if language(key, strings.ToLower(strings.Trim(value, `"`))) {
			return t
		}
		return head + rewriteWords(value, PartText, of)
	}
}

// language reports whether a value is a word of the query's language.
func language(key, value string) bool {
	switch key {
	case "kind":
		_, err := wallet.ParseKind(value)
		return err == nil
	case "type":
		_, err := wallet.ParseType(value)
		return err == nil
	case "status":
		_, err := wallet.ParseStatus(value)
		return err == nil
	case "without":
		return withoutWords[value] != 0
	case "currency":
		return len(value) <= 3 && onlyLetters(value)
	}
	return len(value) <= len("2026-11-22") && strings.Trim(value, "0123456789-w") == "" // a day, week, month or year
}

// rewriteWords keeps spaces and quotes.
func rewriteWords(s string, p Part, of func(p Part, s string) string) string {
	var out strings.Builder
	for s != "" {
		n := strings.IndexAny(s, ` "`)
		if n < 0 {
			n = len(s)
		}
		if n > 0 {
			out.WriteString(of(p, s[:n]))
		}
		if n < len(s) {
			out.WriteByte(s[n])
			n++
		}
		s = s[n:]
	}
	return out.String()
}

// rewriteFigures keeps comparisons and the word for a currency, and what is none
// of these is a word.
func rewriteFigures(s string, of func(p Part, s string) string) string {
	var out strings.Builder
	for s != "" {
		n := 0
		for n < len(s) && (s[n] >= '0' && s[n] <= '9' || n > 0 && n+1 < len(s) && (s[n] == ',' || s[n] == '.') && s[n+1] >= '0' && s[n+1] <= '9') {
			n++
		}
		p := PartFigure
		if n == 0 {
			if p, n = PartText, strings.IndexAny(s, "0123456789"); n < 0 {
				n = len(s)
			}
			if marks := strings.Trim(s[:n], "<>=≥≤.,₩원 -"); marks == "" || marks == "won" || marks == "KRW" {
				out.WriteString(s[:n])
				s = s[n:]
				continue
			}
		}
		out.WriteString(of(p, s[:n]))
		s = s[n:]
	}
	return out.String()
}
