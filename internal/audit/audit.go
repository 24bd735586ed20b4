// Package audit finds what comes back: recurring charges, their prices and
// their next dates, and charges that were made twice.
//
// It is pure and deterministic: the same charges in any order give the same
// report, whatever the machine. A finding carries the evidence a person can
// check. Merchants are told apart by a key, not by the printed string; a
// series is a chain of charges on one calendar rule that explains them better
// than chance does (a log-likelihood ratio against a Poisson background of
// that merchant's own charges); prices may rise along it, so what a
// subscription costs is never taken from equal amounts alone.
package audit

import (
	"jandon/internal/history"
	"jandon/internal/wallet"
)

// Item is one line of a history on its local civil day.
type Item struct {
	ID        string
	Day       history.Day
	Second    int32 // of the day; negative if only the date is known
	Minor     int64 // signed: what leaves is negative
	OrigMinor int64 // the price in the merchant's own currency, positive; 0 if not said
	OrigCode  string
	Merchant  string
	Type      wallet.Type
}

// Input is a history to look through.
type Input struct {
	AsOf    history.Day
	Country string // whose holidays move billing days, by ISO 3166; empty: weekends alone
	Items   []Item
}

// Status says how a series stands at the day of the report.
type Status string

// The statuses of a series.
const (
	Active    Status = "active"
	Cancelled Status = "cancelled"
	Paused    Status = "paused"
	Trial     Status = "trial"
)

// AmountKind says how the price of a series behaves.
type AmountKind string

// The kinds of price.
const (
	Fixed   AmountKind = "fixed"
	Usage   AmountKind = "usage"
	Foreign AmountKind = "fx" // fixed in another currency
)

// PriceChange is a step in the price of a series, dated by the first charge at
// the new price. Amounts in minor units, positive.
type PriceChange struct {
	ID       string
	Day      history.Day
	From, To int64
}

// Series is a recurring charge.
type Series struct {
	Merchant string // as most often printed, without order numbers
	Cadence  Cadence
	Members  []int // indexes into Input.Items, oldest first
	Status   Status
	Amount   int64 // the present price; the mean of the last 12 for Usage
	Kind     AmountKind
	Changes  []PriceChange
	Next     history.Day // first billing day to come; meaningful if HasNext
	HasNext  bool
	Score    float64 // log-likelihood ratio against chance; 7 is probable, 9 sure
	Evidence []Evidence
}

// Double is a charge that seems to have been made twice.
type Double struct {
	First, Second int // indexes into Input.Items
	Apart         int64
	SameOrder     bool
	Refunded      bool
}

// Report is everything that was found.
type Report struct {
	Series  []Series
	Doubles []Double
}
