package wallet

import (
	"slices"
	"time"

	"jandon/internal/money"
)

// Dispute is a charge that a person wants back, as the platform keeps it. A
// transaction is disputed once: what was refunded, refused or withdrawn is not
// opened again.
type Dispute struct {
	ID          string
	Seq         int64 // of its last change
	Transaction string
	Issuer      string
	Merchant    string
	Amount      money.Amount // that was charged less what came back otherwise, positive: what would come back by it
	Charged     time.Time
	Reason      DisputeReason
	Note        string // in the person's words
	State       DisputeState
	Opened      time.Time
	Next        Party     // who has to act; Nobody once it has ended
	Deadline    time.Time // until when Next has to; zero: nobody has to
	Ended       time.Time // zero: not yet
	Refund      string    // the transaction that gave it back; "" if none did
	Steps       []DisputeStep
}

// Over reports whether a dispute has ended, so that nobody has to act.
func (d Dispute) Over() bool { return d.State.Over() }

// Disputed are the charges of the disputes that have not ended.
func Disputed(list []Dispute) (transactions []string) {
	for _, d := range list {
		if !d.Over() {
			transactions = append(transactions, d.Transaction)
		}
	}
	return transactions
}

// DisputeStep is one thing that happened to a dispute, and who did it.
type DisputeStep struct {
	At   time.Time
	Who  Party
	What DisputeWord
}

// DisputeAsk is what a person says when they dispute a charge.
type DisputeAsk struct {
	Transaction string
	Reason      DisputeReason
	Note        string // for the merchant and the platform; may be empty
}

// LongestNote is the most characters of a note, which is read by a person.
const LongestNote = 200

// DisputeReason is why a charge is disputed.
type DisputeReason string

// The reasons.
const (
	NotMine      DisputeReason = "not_mine"      // the person did not make the purchase
	Double       DisputeReason = "double"        // it was charged twice
	WrongAmount  DisputeReason = "amount"        // another amount was agreed
	NotDelivered DisputeReason = "not_delivered" // it never came
	AfterCancel  DisputeReason = "canceled"      // it was charged though the person had canceled
	NoConsent    DisputeReason = "no_consent"    // the person never agreed to be charged
)

var disputeReasons = []DisputeReason{NotMine, Double, WrongAmount, NotDelivered, AfterCancel, NoConsent}

// DisputeReasons lists the reasons in the order in which they are offered.
func DisputeReasons() []DisputeReason { return slices.Clone(disputeReasons) }

// Known reports whether r is one of the reasons.
func (r DisputeReason) Known() bool { return slices.Contains(disputeReasons, r) }

// DisputeState is how far a dispute has come.
type DisputeState string

// The states of a dispute, in the order of its life.
const (
	DisputeOpen      DisputeState = "open"     // the merchant is asked
	DisputeExamined  DisputeState = "examined" // the platform looks at it
	DisputeRefunded  DisputeState = "refunded"
	DisputeRefused   DisputeState = "refused"
	DisputeWithdrawn DisputeState = "withdrawn" // by the person
)

var disputeStates = []DisputeState{DisputeOpen, DisputeExamined, DisputeRefunded, DisputeRefused, DisputeWithdrawn}

// DisputeStates lists the states in the order of a dispute's life.
func DisputeStates() []DisputeState { return slices.Clone(disputeStates) }

// Over reports whether a dispute in this state has ended. A state that this
// version does not know is taken for one under way: nothing is offered anew.
func (s DisputeState) Over() bool {
	return s == DisputeRefunded || s == DisputeRefused || s == DisputeWithdrawn
}

// Party is who does something about a dispute, or has to.
type Party string

// The parties.
const (
	You         Party = "you"
	TheMerchant Party = "merchant"
	ThePlatform Party = "platform"
	Nobody      Party = "nobody"
)

// DisputeWord says what happened in a step.
type DisputeWord string

// What happens to disputes.
const (
	StepOpened    DisputeWord = "opened"    // by you
	StepWithdrawn DisputeWord = "withdrawn" // by you
	StepAgreed    DisputeWord = "agreed"    // the merchant gives it back
	StepObjected  DisputeWord = "objected"  // the merchant does not
	StepSilent    DisputeWord = "silent"    // the merchant did not answer in time
	StepExamines  DisputeWord = "examines"  // the platform takes it up
	StepFound     DisputeWord = "found"     // the platform found for the person
	StepRefused   DisputeWord = "refused"   // the platform found against them
	StepPartly    DisputeWord = "partly"    // the merchant gave a part of it back; the rest stays disputed
	StepRefunded  DisputeWord = "refunded"  // it came back: by the merchant's own doing, or through the platform
)

// DisputeWords lists what can happen, in the order of a dispute's life.
func DisputeWords() []DisputeWord {
	return []DisputeWord{StepOpened, StepAgreed, StepObjected, StepSilent, StepExamines, StepPartly, StepFound, StepRefused, StepRefunded, StepWithdrawn}
}
