package history

import (
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Query says which transactions are wanted; zero fields ask nothing, and all
// that is asked must hold. ParseQuery reads it from what a person types.
type Query struct {
	// Text is words that must all be found, each anywhere in merchant,
	// category, reason, issuer (id or name) or order; "…" keeps words
	// together. See Matcher for what counts as found.
	Text string

	// Merchant, Category and Issuer (an Issuer.ID) are exact, as in the
	// name of a Group.
	Merchant, Category, Issuer string
	// MerchantLike, CategoryLike and IssuerLike ask for a part, in the way
	// of Text but in this one field; an issuer's name counts too.
	MerchantLike, CategoryLike, IssuerLike string
	// Without asks for the lines that have no category, merchant or issuer.
	Without Dimension

	Kind       *wallet.Kind
	Type       wallet.Type
	Status     wallet.Status
	Min, Max   *int64 // of the amount's size, in minor units, inclusive
	From, To   *Day   // inclusive
	Settlement string
	Currency   money.Currency
}

// In is q narrowed to one group of a dimension.
func (q Query) In(by Dimension, name string) Query {
	switch {
	case by == ByKind:
		if k, err := wallet.ParseKind(name); err == nil {
			q.Kind = &k
		}
	case name == "":
		q.Without = by
	case by == ByCategory:
		q.Category = name
	case by == ByMerchant:
		q.Merchant = name
	case by == ByIssuer:
		q.Issuer = name
	}
	return q
}

// Between is q narrowed to the days from..to.
func (q Query) Between(from, to Day) Query {
	q.From, q.To = &from, &to
	return q
}

// IsZero reports whether q asks for everything.
func (q Query) IsZero() bool { return q == Query{} }
