// Package audit finds what comes back: recurring charges, their prices and
// their next dates, and charges that were made twice.
//
// It is pure and deterministic: the same lines in any order give the same
// report, whatever the machine. Merchants are told apart by a key, not by the
// printed string. A series is a chain of charges on one calendar that explains
// them better than chance does: a log-likelihood ratio against a Poisson
// background of that merchant's own charges. Prices may change along it, so
// that a rise is never taken for an end. Every finding carries evidence that a
// person can check, and what a person decided about one is respected.
package audit

import (
	"math"

	"jandon/internal/history"
	"jandon/internal/money"
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
	Order     string // number of the order; empty: what Merchant carries
	Approval  string // number of this charge alone
	Category  string // empty if not said
	Type      wallet.Type
}

// Input is a history of one currency to look through.
type Input struct {
	AsOf     history.Day
	Country  string // whose holidays move billing days, by ISO 3166; empty: weekends alone
	Currency money.Currency
	Items    []Item

	// Mandates are the standing agreements that the source keeps. Nothing can be
	// said about consent to a series that none of them is of.
	Mandates []Mandate
}

// Mandate is a standing agreement to be charged, with what was agreed to.
type Mandate struct {
	First    string // the charge that it began with
	Consents []Consent
}

// Consent is an agreement on record: to a series, a new price or the end of a trial.
type Consent struct {
	Transaction string // the charge that it was given for
	Day         history.Day
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

// Percent is how much the price moved, rounded to the nearest; 0 from a free start.
func (c PriceChange) Percent() int {
	if c.From == 0 {
		return 0
	}
	return int(math.Round(float64(c.To-c.From) * 100 / float64(c.From)))
}

// Series is a recurring charge.
type Series struct {
	Merchant string // as most often printed, without order numbers
	Category string // of most members
	Cadence  Cadence
	Members  []int // indexes into Input.Items, oldest first
	Since    history.Day
	Status   Status
	Amount   int64 // the present price; the mean of the last 12 for Usage
	Kind     AmountKind
	Changes  []PriceChange
	Annual   int64       // what a year costs at the present price
	Paid     int64       // what was charged in the year before the report
	Next     history.Day // first billing day to come; meaningful if HasNext
	HasNext  bool
	Coming   []history.Day // the billing days of a year, Next first; nil where no rule is certain
	NextSure int           // percent: how often charges came when they were due
	Score    float64       // log-likelihood ratio against chance
	Evidence []Evidence

	Kept    bool        // a person looked at it and keeps it
	Snoozed history.Day // to be shown again on this day; 0: not snoozed
}

// Sure reports whether a series is beyond reasonable doubt rather than probable.
func (s *Series) Sure() bool { return s.Score >= sure }

// Key names a series across reports: the id of its first charge.
func (s *Series) Key(in *Input) string { return in.Items[s.Members[0]].ID }

// Double is a charge that seems to have been made twice.
type Double struct {
	First, Second int   // indexes into Input.Items
	Apart         int64 // seconds
	SameOrder     bool  // both carry the same order number
	SameApproval  bool  // both carry the same approval number
	OtherWay      bool  // they went through two gateways, and are printed so
	Refunded      bool  // the amount came back afterwards
}

// Report is everything that was found.
type Report struct {
	AsOf      history.Day
	Series    []Series // most certain first
	Maybe     []Series // seen once or twice: shown, never counted
	Dismissed []Series // a person said that they are no subscriptions
	Doubles   []Double
	Creep     Creep
	Overlaps  []Overlap
	Silent    []Silent
	Forgotten []Forgotten
}
