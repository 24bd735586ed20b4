// Package wallet holds the nouns that the platform and the wallet share.
//
// All of it is plain data without I/O, clocks or display. Amounts are signed
// from the person's side: what leaves is negative. Times are instants in UTC;
// which civil day or week they fall in is decided by internal/history in the
// person's zone. Text in these types has passed internal/safe.
package wallet

import (
	"cmp"
	"slices"
	"time"

	"jandon/internal/money"
)

// Issuer is whose value it is: a game, a telco, a shop, a school.
type Issuer struct {
	ID      string
	Name    string
	Sector  string // game, telco, shop, school, transit, media, pay
	Contact string // where a person can ask: phone, address or page
}

// Lot is a piece of value with one origin. Splits and conversions keep its tags.
type Lot struct {
	ID       string
	Issuer   string // Issuer.ID
	Kind     Kind
	Origin   string       // how it came to be: bank_transfer, card, phone_bill, voucher, reward, tip, gift, refund, unknown
	Source   string       // id of the transaction that brought it in
	Granted  money.Amount // what it was at first
	Amount   money.Amount // what is left
	Spent    money.Amount // what of it was spent at merchants and has not come back; the rest that is gone lapsed or was sent out
	Received time.Time
	Expires  time.Time // zero: never
}

// Balance is what one issuer holds of one kind.
type Balance struct {
	Issuer string
	Kind   Kind
	Amount money.Amount
	Lots   []Lot // first to expire first
}

// Transaction is one line of a history.
type Transaction struct {
	ID         string
	Seq        int64 // the platform's number of its last change; 0 for statements
	At         time.Time
	Type       Type
	Status     Status
	Amount     money.Amount // signed: what leaves is negative
	Original   money.Amount // the price in the merchant's own currency, positive; zero: it is the same, or not said
	Issuer     string       // Issuer.ID; for statements the name of the source
	Kind       Kind
	Merchant   string
	Category   string
	Channel    string // app, web, store, phone_bill, statement …
	Reason     string // what it was for, in the words of the merchant
	Contact    string
	Order      string // number of the order: what one purchase is told from another by, however often it was charged
	Approval   string // number of this charge alone, by the card or the bank: approval number or reference; of files
	Settlement string // Settlement.ID of the bill it is part of
	RefundOf   string // the payment that this gives back
}

// Number is what a line shares with its cancellation and with itself in another
// file: its approval number, else that of its order.
func (t *Transaction) Number() string { return cmp.Or(t.Approval, t.Order) }

// Settlement is one bill that aggregates many small charges.
type Settlement struct {
	ID         string
	Seq        int64
	Issuer     string
	From, To   time.Time // the period it covers; To is exclusive
	Due        time.Time
	Paid       time.Time    // zero: open
	Total      money.Amount // positive: what is owed
	Count      int          // number of its charges
	Disclosure []Disclosure
}

// Disclosure says who saw which data of a settlement, and why.
type Disclosure struct {
	Who, What, Why string
}

// AlertKind says what an alert is about; its sentence stands in the catalogue.
type AlertKind string

// The alerts that the platform raises.
const (
	AlertDoubleCharge AlertKind = "double_charge"
	AlertExpiry       AlertKind = "expiry"
	AlertBill         AlertKind = "bill"
	AlertPriceRise    AlertKind = "price_rise"
	AlertRefund       AlertKind = "refund"
	AlertCharge       AlertKind = "charge"
	AlertCashout      AlertKind = "cashout"  // all of a cash-out arrived
	AlertReturned     AlertKind = "returned" // a cash-out, or a part of it, came back

	AlertNewDevice     AlertKind = "new_device"     // Merchant is its name, as of all that concern a device
	AlertWrongCodes    AlertKind = "wrong_codes"    // several in a row
	AlertDeviceBlocked AlertKind = "device_blocked" // far too many
	AlertNewPIN        AlertKind = "new_pin"
	AlertRecoveryUsed  AlertKind = "recovery_used" // a session was opened with a recovery code
	AlertNewRecovery   AlertKind = "new_recovery"  // other recovery codes took the place of the old
	AlertNewApp        AlertKind = "new_app"       // an authenticator app was added

	AlertDestination AlertKind = "destination" // one was linked; Merchant is its name
	AlertReview      AlertKind = "review"      // a cash-out looked unusual and is looked at first; Merchant is its payee

	AlertAutoSet     AlertKind = "auto_set"     // an automatic cash-out was allowed; Merchant is its payee, Amount the ceiling, as of all such
	AlertAutoSoon    AlertKind = "auto_soon"    // it goes within a day
	AlertAutoSkipped AlertKind = "auto_skipped" // it did not go this time
	AlertAutoStopped AlertKind = "auto_stopped" // it goes no more until it is confirmed anew

	AlertDisputeOpened    AlertKind = "dispute_open" // Merchant is whose charge it is, Transactions the charge, as of all that concern a dispute
	AlertDisputeExamined  AlertKind = "dispute_examined"
	AlertDisputePartly    AlertKind = "dispute_partly" // a part came back, the rest stays disputed
	AlertDisputeRefunded  AlertKind = "dispute_refunded"
	AlertDisputeRefused   AlertKind = "dispute_refused"
	AlertDisputeWithdrawn AlertKind = "dispute_withdrawn"
)

// Alert is something worth a look.
type Alert struct {
	ID           string
	Seq          int64
	At           time.Time
	Kind         AlertKind
	Issuer       string
	Merchant     string
	Amount       money.Amount
	Transactions []string // the lines that are the evidence
	Lots         []string
	Settlement   string
}

// Wallet is what a person has at one instant.
type Wallet struct {
	AsOf     time.Time
	Seq      int64
	Currency money.Currency
	Issuers  []Issuer
	Lots     []Lot   // those with something left
	Lapsed   []Claim // what lapsed and can still be asked for; no part of any balance
}

// Claim is what lapsed of a lot (Lot.Amount) and can still be asked for in part.
type Claim struct {
	Lot     Lot
	Until   time.Time // exclusive
	ShareBP int64     // what comes back of it, in basis points
}

// Movable is all that an amount could be made of: the lots with something left,
// and what lapsed and can still be asked for. A lot that a pending claim holds
// stands in both and is one.
func (w *Wallet) Movable() []Lot {
	lots := slices.Clone(w.Lots)
	for _, c := range w.Lapsed {
		if i := slices.IndexFunc(lots, func(l Lot) bool { return l.ID == c.Lot.ID }); i >= 0 {
			lots[i].Amount.Minor += c.Lot.Amount.Minor
		} else {
			lots = append(lots, c.Lot)
		}
	}
	return lots
}

// TrailStep is one station of the way of a unit of value (V9).
type TrailStep struct {
	At          time.Time
	Transaction string
	Type        Type
	Lot         string
	Kind        Kind
	Merchant    string
	Amount      money.Amount // what moved between the lot and the transaction
}
