package history

import (
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Query says which transactions are wanted; zero fields ask nothing.
type Query struct {
	Text       string // anywhere in merchant, category, reason, issuer, order; folded
	Merchant   string
	Category   string
	Issuer     string // Issuer.ID
	Kind       *wallet.Kind
	Type       wallet.Type
	Status     wallet.Status
	Min, Max   *int64 // of the amount's size, in minor units, inclusive
	From, To   *Day   // inclusive
	Settlement string
	Currency   money.Currency
}
