package history

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/safe"
	"jandon/internal/wallet"
)

// ParseQuery reads what a person types into a search: words, and parts such as
//
//	merchant:cafe merchant="Café 7" issuer: category: kind: type: status: settlement: currency:
//	>=1000 <5,000 =1300 1000..5000 amount:>1000
//	since:2026-11-01 until:2026-11 day:2026-11-22 week:2026-W47 month:2026-11 year:2026 without:category
//
// A colon asks for a part of the name, an equals sign for exactly it. Quotes
// keep spaces together, and make a plain word of what would else be a part.
// Amounts are in c unless the text names a currency. What is not understood
// is fault.BadQuery with the part and what would be right.
func ParseQuery(text string, c money.Currency) (Query, error) {
	p := queryParser{whole: safe.Text(text), currency: c}
	tokens, open := tokens(strings.Map(plainSpace, text))
	if open != "" {
		return Query{}, p.bad(safe.Text(open), safe.Text(open)+`"`)
	}
	for _, t := range tokens { // amounts need the currency, wherever it stands
		if key, _, value := cutKey(t); key == "currency" {
			p.currency = money.Currency(strings.ToUpper(value))
		}
	}
	var words []string
	for _, t := range tokens {
		known, err := p.token(t)
		if err != nil {
			return Query{}, err
		}
		if !known {
			words = append(words, t)
		}
	}
	p.q.Text = joinWords(splitWords(strings.Join(words, " ")))
	if p.q.From != nil && p.q.To != nil && *p.q.From > *p.q.To {
		return Query{}, p.bad(fmt.Sprintf("since:%v until:%v", *p.q.From, *p.q.To), fmt.Sprintf("since:%v until:%v", *p.q.To, *p.q.From))
	}
	return p.q, nil
}

type queryParser struct {
	whole    string
	currency money.Currency
	q        Query
}

// bad is the fault about a part; want shows one that would be right.
func (p *queryParser) bad(part, want string) error {
	return fault.New(fault.BadQuery, "value", p.whole, "part", safe.Text(part), "want", want)
}

func plainSpace(r rune) rune {
	if unicode.IsSpace(r) {
		return ' '
	}
	return r
}

// tokens splits at spaces outside quotes; open is a part whose quote never closes.
func tokens(s string) (list []string, open string) {
	quoted, from := false, 0
	for i := 0; i <= len(s); i++ {
		switch {
		case i == len(s) || s[i] == ' ' && !quoted:
			if i > from {
				list = append(list, s[from:i])
			}
			from = i + 1
		case s[i] == '"':
			quoted = !quoted
		}
	}
	if quoted {
		return nil, list[len(list)-1]
	}
	return list, ""
}

// keys are the names of the parts; Korean ones and shorter ones stand for them.
var keys = map[string]string{
	"merchant": "merchant", "category": "category", "issuer": "issuer", "kind": "kind", "type": "type", "status": "status",
	"settlement": "settlement", "bill": "settlement", "currency": "currency", "without": "without", "amount": "amount",
	"since": "since", "from": "since", "until": "until", "to": "until", "day": "day", "on": "day", "week": "week", "month": "month", "year": "year",
	"가맹점": "merchant", "사용처": "merchant", "분류": "category", "발행처": "issuer", "종류": "kind", "유형": "type", "상태": "status", "청구서": "settlement",
	"통화": "currency", "없음": "without", "금액": "amount", "부터": "since", "까지": "until", "날짜": "day", "주": "week", "월": "month", "연도": "year",
}

// cutKey splits key:value and key=value and takes quotes off the value.
func cutKey(t string) (key string, exact bool, value string) {
	i := strings.IndexAny(t, `:="`)
	if i <= 0 || t[i] == '"' {
		return "", false, ""
	}
	name := strings.ToLower(t[:i])
	key, ok := keys[name]
	if !ok {
		if t[i] == ':' && onlyLetters(name) && i+1 < len(t) && t[i+1] != '/' { // https://… is a word
			return name, false, ""
		}
		return "", false, ""
	}
	value = t[i+1:]
	if len(value) > 1 && value[0] == '"' && value[len(value)-1] == '"' {
		value = strings.ReplaceAll(value[1:len(value)-1], `""`, `"`)
	}
	return key, t[i] == '=', safe.Text(value)
}

func onlyLetters(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return s != ""
}

// token takes one part in; known is false for a word.
func (p *queryParser) token(t string) (known bool, err error) {
	if isAmount(t) {
		return true, p.amount(t, t)
	}
	key, exact, value := cutKey(t)
	switch key {
	case "":
		return false, nil
	case "merchant":
		return true, p.name(t, exact, value, ByMerchant, &p.q.Merchant, &p.q.MerchantLike)
	case "category":
		return true, p.name(t, exact, value, ByCategory, &p.q.Category, &p.q.CategoryLike)
	case "issuer":
		return true, p.name(t, exact, value, ByIssuer, &p.q.Issuer, &p.q.IssuerLike)
	case "settlement":
		p.q.Settlement = value
	case "amount":
		return true, p.amount(t, value)
	case "currency":
		p.q.Currency = p.currency
		if !p.currency.Valid() {
			return true, p.bad(t, "currency:KRW")
		}
	case "kind", "type", "status", "without":
		return true, p.word(t, key, strings.ToLower(value))
	case "since", "until", "day", "week", "month", "year":
		return true, p.period(t, key, value)
	default:
		return true, p.bad(t, `merchant: category: issuer: kind: type: status: since: until: week: "`+t+`"`)
	}
	if value == "" {
		return true, p.bad(t, key+`:"…"`)
	}
	return true, nil
}

func (p *queryParser) name(t string, exact bool, value string, by Dimension, whole, like *string) error {
	switch {
	case exact && value == "":
		p.q.Without = by
	case exact:
		*whole = value
	case value == "":
		return p.bad(t, t+"…")
	default:
		*like = value
	}
	return nil
}

func (p *queryParser) word(t, key, value string) (err error) {
	var choices []string
	switch key {
	case "kind":
		var k wallet.Kind
		if k, err = wallet.ParseKind(value); err == nil {
			p.q.Kind = &k
		}
		for _, k := range wallet.Kinds() {
			choices = append(choices, k.String())
		}
	case "type":
		p.q.Type, err = wallet.ParseType(value)
		for x := wallet.Payment; x <= wallet.FeeCharge; x++ {
			choices = append(choices, x.String())
		}
	case "status":
		p.q.Status, err = wallet.ParseStatus(value)
		for x := wallet.Pending; x <= wallet.Refunded; x++ {
			choices = append(choices, x.String())
		}
	case "without":
		p.q.Without = withoutWords[value]
		choices = []string{"category", "merchant", "issuer"}
	}
	if err != nil || key == "type" && p.q.Type == 0 || key == "status" && p.q.Status == 0 || key == "without" && p.q.Without == 0 {
		return p.bad(t, key+":"+strings.Join(choices, "|"))
	}
	return nil
}

var withoutWords = map[string]Dimension{"category": ByCategory, "merchant": ByMerchant, "issuer": ByIssuer}

// isAmount reports parts such as >=1000 and 1000..5000.
func isAmount(t string) bool {
	if strings.ContainsAny(t[:1], "<>=") || strings.HasPrefix(t, "≥") || strings.HasPrefix(t, "≤") {
		return true
	}
	low, high, ok := strings.Cut(t, "..")
	return ok && low+high != "" && !strings.ContainsAny(t, `:="`) && strings.ContainsAny(low+high, "0123456789")
}

func (p *queryParser) amount(t, s string) error {
	bad := p.bad(t, ">=1000")
	if low, high, ok := strings.Cut(s, ".."); ok {
		if low == "" && high == "" {
			return bad
		}
		for _, side := range []struct {
			text  string
			limit **int64
		}{{low, &p.q.Min}, {high, &p.q.Max}} {
			if side.text == "" {
				continue
			}
			n, err := p.minor(side.text)
			if err != nil {
				return p.bad(t, "1000..5000")
			}
			*side.limit = &n
		}
	} else {
		number := strings.TrimLeft(s, "<>=≥≤")
		op := strings.NewReplacer("≥", ">=", "≤", "<=").Replace(s[:len(s)-len(number)])
		n, err := p.minor(number)
		if err != nil || op == "<" && n == 0 {
			return bad
		}
		more, less := n+1, n-1
		switch op {
		case ">=":
			p.q.Min = &n
		case "<=":
			p.q.Max = &n
		case ">":
			p.q.Min = &more
		case "<":
			p.q.Max = &less
		case "=", "":
			p.q.Min, p.q.Max = &n, &n
		default:
			return bad
		}
	}
	if p.q.Min != nil && p.q.Max != nil && *p.q.Min > *p.q.Max {
		return p.bad(t, "1000..5000")
	}
	return nil
}

func (p *queryParser) minor(s string) (int64, error) {
	a, err := money.Parse(s, p.currency)
	if err == nil && (a.Minor < 0 || a.Minor+1 < 0) {
		err = money.ErrSyntax // sizes have no sign
	}
	return a.Minor, err
}

// periodWants shows each kind of date as it would be right.
var periodWants = map[string]string{
	"since": "since:2026-11-01", "until": "until:2026-11-30", "day": "day:2026-11-22", "week": "week:2026-W47", "month": "month:2026-11", "year": "year:2026",
}

func (p *queryParser) period(t, key, value string) error {
	from, to, form, ok := parsePeriod(value)
	if !ok || key != "since" && key != "until" && key != form {
		return p.bad(t, periodWants[key])
	}
	if key != "until" {
		p.q.From = &from
	}
	if key != "since" {
		p.q.To = &to
	}
	return nil
}

// parsePeriod reads a day, week, month or year as its first and last day.
func parsePeriod(s string) (from, to Day, form string, ok bool) {
	if d, err := ParseDay(s); err == nil {
		return d, d, "day", true
	}
	if w, err := ParseWeek(s); err == nil {
		return w.Monday, w.Sunday(), "week", true
	}
	if t, err := time.Parse("2006-01", s); err == nil {
		y, m, _ := t.Date()
		return DateOf(y, m, 1), DateOf(y, m+1, 1) - 1, "month", true
	}
	if y, err := strconv.ParseUint(s, 10, 16); err == nil && len(s) == 4 {
		return DateOf(int(y), 1, 1), DateOf(int(y)+1, 1, 1) - 1, "year", true
	}
	return 0, 0, "", false
}
