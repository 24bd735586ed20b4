package history

import (
	"time"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Filter is a Query made ready for many lines. Its parts are separate, so that
// a reader with dictionaries asks each once per entry and not once per line.
type Filter struct {
	q        Query
	text     *Matcher
	merchant *Matcher
	category *Matcher
	issuer   *Matcher
	calendar *Calendar
	names    map[string]string // of issuers, by id
}

// NewFilter prepares q. Days are those of zone; issuers lend their names to
// searches.
func NewFilter(q Query, zone *time.Location, issuers []wallet.Issuer) *Filter {
	f := &Filter{
		q: q, text: NewMatcher(q.Text), calendar: NewCalendar(zone),
		merchant: NewMatcher(q.MerchantLike), category: NewMatcher(q.CategoryLike), issuer: NewMatcher(q.IssuerLike),
		names: make(map[string]string, len(issuers)),
	}
	for _, i := range issuers {
		f.names[i.ID] = i.Name
	}
	return f
}

// All is what the Hits of a line's merchant, category, issuer, reason and
// order must come to together.
func (f *Filter) All() Hits { return f.text.All() }

// Merchant reports whether lines of a merchant may match, and the words found in its name.
func (f *Filter) Merchant(s string) (Hits, bool) {
	return f.text.Hits(s), named(s, f.q.Merchant, f.q.Without == ByMerchant) && f.merchant.Match(s)
}

// Category is Merchant for a category.
func (f *Filter) Category(s string) (Hits, bool) {
	return f.text.Hits(s), named(s, f.q.Category, f.q.Without == ByCategory) && f.category.Match(s)
}

// Issuer is Merchant for an issuer's id.
func (f *Filter) Issuer(id string) (Hits, bool) {
	name := f.names[id]
	return f.text.Hits(id) | f.text.Hits(name), named(id, f.q.Issuer, f.q.Without == ByIssuer) && f.issuer.Match(id, name)
}

// Words says which words of the search are in another text of a line: its
// reason or order.
func (f *Filter) Words(s string) Hits { return f.text.Hits(s) }

func named(s, want string, none bool) bool {
	return (want == "" || s == want) && (!none || s == "")
}

// Plain reports whether what is asked of a line besides its texts and day holds.
func (f *Filter) Plain(typ wallet.Type, status wallet.Status, kind wallet.Kind, minor int64) bool {
	q := &f.q
	size := uint64(minor)
	if minor < 0 {
		size = -size
	}
	return (q.Type == 0 || typ == q.Type) && (q.Status == 0 || status == q.Status) && (q.Kind == nil || kind == *q.Kind) &&
		(q.Min == nil || *q.Min < 0 || size >= uint64(*q.Min)) && (q.Max == nil || *q.Max >= 0 && size <= uint64(*q.Max))
}

// Currency reports whether lines in c are wanted.
func (f *Filter) Currency(c money.Currency) bool { return f.q.Currency == "" || f.q.Currency == c }

// Within reports whether lines of a day are wanted.
func (f *Filter) Within(d Day) bool {
	return (f.q.From == nil || d >= *f.q.From) && (f.q.To == nil || d <= *f.q.To)
}

// Match reports whether the query asks for x. It is not for use by several
// goroutines at once.
func (f *Filter) Match(x *wallet.Transaction) bool {
	if !f.Plain(x.Type, x.Status, x.Kind, x.Amount.Minor) || !f.Currency(x.Amount.Currency) ||
		f.q.Settlement != "" && f.q.Settlement != x.Settlement {
		return false
	}
	if (f.q.From != nil || f.q.To != nil) && !f.Within(f.calendar.Day(x.At.UnixMilli())) {
		return false
	}
	hits, ok := f.Merchant(x.Merchant)
	if !ok {
		return false
	}
	h, ok := f.Category(x.Category)
	if !ok {
		return false
	}
	hits |= h
	if h, ok = f.Issuer(x.Issuer); !ok {
		return false
	}
	hits |= h
	return hits|f.Words(x.Reason)|f.Words(x.Order)|f.Words(x.Approval) == f.All()
}

// Match reports whether q asks for x; for many lines make a Filter.
func (q Query) Match(x *wallet.Transaction, zone *time.Location, issuers []wallet.Issuer) bool {
	return NewFilter(q, zone, issuers).Match(x)
}
