// Package act holds the nouns of moving value and trust, as the platform and
// the wallet share them.
//
// An act is anything that moves value or trust: a cash-out, a new payee, a new
// device, a new PIN, a lower security level, going on after a pause. It has one
// life on the platform: made, asked for what confirms it, carried out leg by
// leg, and ended in a state that says what became of the value. All of it is
// plain data without I/O, clocks or display; text has passed internal/safe.
package act

import (
	"time"

	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

// Action says what an act does. It is the action of its challenge.
type Action string

// The actions.
const (
	Cashout          Action = "cashout"
	AddDestination   Action = "destination.add"
	AddDevice        Action = "device.add"
	ChangePIN        Action = "pin.change"
	LowerLevel       Action = "level.lower" // raising needs nothing
	Resume           Action = "resume"      // ends a pause before its time
	SetRecovery      Action = "recovery.set"
	AddAuthenticator Action = "authenticator.add"
	SetAuto          Action = "auto.set" // lets value leave by itself; moves none
)

// Known reports whether a is an action that this build has a word for.
func (a Action) Known() bool {
	switch a {
	case Cashout, AddDestination, AddDevice, ChangePIN, LowerLevel, Resume, SetRecovery, AddAuthenticator, SetAuto:
		return true
	}
	return false
}

// Need is what the platform asks for before it carries an act out.
type Need string

// The needs, from the least to the most.
const (
	NeedNone   Need = "none"   // small and usual
	NeedCode   Need = "code"   // a code of this device, with the secret opened when the wallet was unlocked
	NeedPIN    Need = "pin"    // a code of this device, with the PIN typed anew
	NeedReview Need = "review" // nothing can be done now: it is looked at until Act.Until
)

// State is how far an act has come.
type State string

// The states. Waiting and Review hold value; the last five are final.
const (
	Waiting  State = "waiting"  // for its confirmation, until Act.Until
	Review   State = "review"   // paused because it looks unusual, until Act.Until
	Going    State = "going"    // confirmed; its legs are under way
	Done     State = "done"     // carried out, all of it
	Partly   State = "partly"   // some legs arrived, the others came back
	Returned State = "returned" // nothing arrived; all came back to the lots it was taken from
	Canceled State = "canceled" // by the person, before anything left
	Lapsed   State = "lapsed"   // never confirmed, or refused in review; what it held is free again
)

// Final reports whether nothing more will happen to an act in this state.
func (s State) Final() bool {
	switch s {
	case Done, Partly, Returned, Canceled, Lapsed:
		return true
	}
	return false
}

// Reason is why a step was asked for, in words of the catalogue: risk.<Code>.
type Reason struct {
	Code   string
	Points int               // what it adds to the score
	Args   map[string]string // what its sentence names; x_minor is the amount {{.x}} in minor units of the act's currency
}

// LegState is how far one leg has come.
type LegState string

// The states of a leg. Asking means that the partner's answer was lost and it
// is being asked; value is neither given twice nor given back meanwhile.
const (
	LegWaiting  LegState = "waiting"
	LegGoing    LegState = "going"
	LegAsking   LegState = "asking"
	LegDone     LegState = "done"
	LegReturned LegState = "returned" // its value is back in the lots it came from: it failed, or is Unsent
)

// Leg is one rail of an act.
type Leg struct {
	ID      string // also the key under which the partner knows it
	Rail    string // valuepath.Rail.ID
	Nature  valuepath.Nature
	Payee   Payee
	From    []wallet.Draw
	Amount  money.Amount // what the lots give
	Fee     money.Amount // what the rail takes of it
	FeeName string       // rail.fee.<name> says which; "" without a fee
	Net     money.Amount // what the payee gets: Amount − Fee
	State   LegState
	Due     time.Time // when it should arrive
	Ended   time.Time // when it arrived or came back; zero: not yet
	Failure string    // leg.<code> says why it came back; "" where it was never sent
}

// Unsent reports whether a leg gave back what was only held for it: its act was
// canceled or lapsed before anything went out.
func (l *Leg) Unsent() bool { return l.State == LegReturned && l.Failure == "" }

// Payee is who gets something.
type Payee struct {
	Name        string
	ID          string // short id, to tell equal names apart: the number, masked
	Destination string // Destination.ID; "" where the rail itself is the payee
}

// Act is one act as the platform knows it.
type Act struct {
	ID        string
	Action    Action
	State     State
	Need      Need
	Reasons   []Reason     // why it needs what it needs
	Challenge string       // id of the open challenge; "" if there is none
	Device    string       // that began it
	Made      time.Time    // by the platform's clock
	Until     time.Time    // Waiting, Review: when it ends by itself; else zero
	Ended     time.Time    // zero: not yet
	Quote     string       // of a cash-out; of SetAuto the digest of its terms; of AddDestination its rail
	Amount    money.Amount // what leaves the balance: legs and fees together; no currency if no value moves
	Fee       money.Amount // the part of Amount that is fees
	Legs      []Leg
	Subject   Payee  // of acts that move no value: the payee, device, level … concerned
	Receipt   string // once confirmed: 3F6F-CD6C
	Automatic bool   // it went by itself; Receipt is of the act that allowed it
}

// Net is what the payees get: Amount − Fee.
func (a Act) Net() money.Amount { return money.Of(a.Amount.Minor-a.Fee.Minor, a.Amount.Currency) }

// Arrived is what has arrived at the payees so far, and back what came back to
// the lots, fees of failed legs included.
func (a Act) Arrived() (arrived, back money.Amount) {
	arrived, back = money.Of(0, a.Amount.Currency), money.Of(0, a.Amount.Currency)
	for _, l := range a.Legs {
		switch l.State {
		case LegDone:
			arrived.Minor += l.Net.Minor
		case LegReturned:
			back.Minor += l.Amount.Minor
		}
	}
	return arrived, back
}

// Page is a stretch of the history of acts, newest first.
type Page struct {
	Acts []Act
	Next string // cursor of older ones; "" if there are none
}
