package statement

import (
	"errors"
	"strings"
	"time"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// line is a transaction in a format that says by itself which field is which.
type line struct {
	at       time.Time
	minor    int64 // signed: what leaves is negative
	currency money.Currency
	original money.Amount // zero: not said
	typ      wallet.Type  // unknown: by the sign and the words
	status   wallet.Status
	kind     wallet.Kind
	whole    bool // every field is right as it is, empty ones too
	lost     bool // a price in another currency is said, and can't be read
	unsure   bool // of its sign: the type says what it did, if the file's amounts have no minus

	merchant, reason, category, account, issuer string
	id, order, approval                         string
	channel, contact, settlement, refunds       string
}

// take adds a line; number and text are for the case that it can't be right.
func (c *collector) take(x *line, number int, text []byte) {
	c.res.Lines++
	if why := inRange(x.minor); why != "" {
		c.skip(number, text, why)
		return
	}
	if !x.currency.Valid() {
		c.skip(number, text, BadMoney)
		return
	}
	s := said{at: x.at, minor: x.minor, currency: x.currency, kind: x.kind, channel: "statement", signed: !x.unsure}
	s.merchant, s.reason = c.entry(&c.merchants, x.merchant), c.entry(&c.reasons, x.reason)
	s.category, s.issuer = c.entry(&c.categories, x.category), c.entry(&c.issuers, x.issuer)
	if s.merchant.text == "" && !x.whole {
		s.merchant, s.reason = s.reason, nothing
	}
	if s.issuer.text == "" {
		s.issuer = c.source()
		if x.account != "" && c.several {
			s.issuer = c.entry(&c.issuers, c.o.Source+" "+x.account)
		}
	}
	s.id, s.order, s.approval = cell(literal(x.id)), cell(literal(x.order)), cell(literal(x.approval))
	if x.channel != "" {
		s.channel = cell(literal(x.channel))
	}
	s.contact, s.bill, s.refundOf = cell(literal(x.contact)), cell(literal(x.settlement)), cell(literal(x.refunds))
	s.verdict = verdict{typ: x.typ, status: x.status}
	if x.typ == wallet.TypeUnknown && !x.unsure {
		if s.verdict.typ = wallet.Payment; x.minor > 0 {
			s.verdict.typ = incoming(x.merchant, x.reason)
		}
	}
	if x.original.Currency != "" && x.original.Currency != x.currency {
		s.original = x.original
	} else if x.lost {
		c.skip(number, text, LostPrice)
	}
	c.add(&s, number, text)
}

// drop counts and lists what might have been a transaction.
func (c *collector) drop(number int, text []byte, why Reason) {
	c.res.Lines++
	c.skip(number, text, why)
}

func (c *collector) entry(t *interner, text string) *entry {
	if text == "" {
		return nothing
	}
	return t.of(literal(text))
}

// literal keeps an apostrophe that is part of a text, where cell would take it
// for the guard of a spreadsheet.
func literal(s string) []byte {
	if strings.HasPrefix(s, "'") {
		s = "'" + s
	}
	return []byte(s)
}

// exact reads an amount as formats for programs write it: digits, perhaps with
// a sign, and one decimal mark of either kind. Zeros beyond the decimals of the
// currency say nothing. Thousands are set apart only by banks that don't know
// better: where both marks stand, or where three digits behind a comma can be
// no decimals. Three digits behind a point could be either, and are refused.
func exact(text string, c money.Currency) (int64, Reason) {
	s := strings.TrimSpace(text)
	if s == "" {
		return 0, NoAmount
	}
	if strings.Contains(s, ".") && strings.Contains(s, ",") || strings.Count(s, ",") > 1 || strings.ContainsAny(s, " '_") {
		a, err := money.Parse(s, c)
		return bounded(a.Minor, err)
	}
	if i := strings.LastIndexAny(s, ".,"); i >= 0 {
		whole, rest := s[:i], s[i+1:]
		if len(rest) == 3 && c.Digits() < 3 && len(strings.TrimLeft(whole, "+-")) <= 3 && strings.TrimLeft(whole, "+-0") != "" {
			if s[i] == '.' {
				return 0, BadAmount
			}
			s = whole + rest
		} else {
			for len(rest) > c.Digits() && strings.HasSuffix(rest, "0") {
				rest = rest[:len(rest)-1]
			}
			if strings.TrimLeft(whole, "+-") == "" { // .50
				whole += "0"
			}
			if s = whole; rest != "" {
				s += "." + rest
			}
		}
	}
	a, err := money.ParseNumber(s, c, money.Number{Decimal: '.'})
	return bounded(a.Minor, err)
}

func bounded(minor int64, err error) (int64, Reason) {
	switch {
	case errors.Is(err, money.ErrOverflow):
		return 0, OutOfRange
	case err != nil:
		return 0, BadAmount
	}
	return minor, inRange(minor)
}
