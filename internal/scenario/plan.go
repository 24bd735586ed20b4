package scenario

import (
	"time"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Act is what a step asks of the ledger.
type Act uint8

// The acts.
const (
	ActUnknown Act = iota
	Grant          // Lot comes in from outside: top-up, earning, gift, transfer in
	Spend          // Transaction (payment, fee, transfer out) draws on lots of its issuer and kind, first to expire first
	Charge         // Transaction goes on the issuer's bill (phone bill), as carrier credit: no lots, the person owes
	GiveBack       // Transaction refunds all of RefundOf: lots get back what it drew, or the bill of its day shrinks
	Bill           // Settlement closes: charges of its issuer in its period get its id
	Pay            // Settlement is paid from outside
	Notify         // Alert is raised
	Agree          // Mandate begins or changes
)

// Step is one act at an instant. Only the fields its Act names are set.
type Step struct {
	At          time.Time
	Act         Act
	Transaction wallet.Transaction
	Lot         wallet.Lot
	Settlement  wallet.Settlement
	Alert       wallet.Alert
	Mandate     wallet.Mandate
}

// Plan is a generated world. Expiry is not a step: the ledger books it when a
// lot's time has come.
type Plan struct {
	Name     string
	Person   string
	Zone     *time.Location
	Currency money.Currency
	At       time.Time // the instant it is generated for; no step is later
	Issuers  []wallet.Issuer
	Steps    []Step // in order of time

	Account      Account
	Destinations []Destination // those linked by At, in the order of the file
	Disputes     []Dispute     // those opened by At, in order of time; they follow all steps
}

// Account is what the platform knows of a person beside their value. It is no
// part of their history.
type Account struct {
	Since    time.Time // when they joined
	Verified bool
	Acts     int   // cash-outs done and undisputed before these books
	Usual    int64 // minor units of a usual one
}

// Destination is a linked payee of one rail.
type Destination struct {
	Rail, Name, Number string
	Added              time.Time
	Used               time.Time   // zero: not by At
	Earlier            []time.Time // when cash-outs of the usual size arrived there, oldest first, before these books
}
