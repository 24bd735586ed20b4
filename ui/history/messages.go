package history

import (
	past "jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// The pages' messages are kit.Answer of these types, of past.Page, past.Totals
// and []wallet.TrailStep.

// Week is what a read of one week brings.
type Week struct {
	Week   past.Week
	Span   past.Span
	Weeks  []past.WeekTotal // up to and with Week, oldest first
	Days   []past.DayTotal  // of the week before and of Week
	By     past.Dimension   // of Groups
	Groups []past.Group     // of Week, most spent first
}

// Known is what does not change while a page is looked at: issuers by id, the
// currency, and the charges whose disputes are under way.
type Known struct {
	Issuers  []wallet.Issuer
	Currency money.Currency
	Disputed []string
}

// Line is what a read of one line brings.
type Line struct {
	Transaction wallet.Transaction
	Issuer      wallet.Issuer
	Dispute     *wallet.Dispute // nil: it is not disputed
}

// Bill is what a read of a bill brings.
type Bill struct {
	Settlement wallet.Settlement
	Issuer     wallet.Issuer
	Charges    []past.Row  // newest first, billMost at most
	Totals     past.Totals // of all its charges
}

// Evidence is what a read of an alert brings.
type Evidence struct {
	Alert  wallet.Alert
	Issuer wallet.Issuer
	Lines  []wallet.Transaction
}
