package act

import (
	"time"

	"jandon/internal/money"
)

// Question is what is confirmed: the fields of a challenge's own bytes, after
// they were found to ask for exactly what the person did. A screen that
// confirms draws these and nothing else.
type Question struct {
	ID      string // of the challenge
	Act     string // Act.ID
	Action  Action
	Need    Need         // NeedCode or NeedPIN
	Amount  money.Amount // what leaves the balance: legs and fee together; no currency if no value moves
	Fee     money.Amount
	Parts   []Part    // who gets what, in the order of the bytes
	Quote   string    // what else the act is bound to: its quote, the terms' digest, the rail of a new destination; "" if nothing
	Auto    *Terms    // of SetAuto: what was asked for here, whose digest is Quote; else nil
	Account string    // whose balance it leaves
	Server  string    // the platform that asks, by its address
	At      time.Time // when the platform made it, by its clock: seconds left count from here, whatever the time is here
	Expires time.Time
}

// Part is what one payee gets. An act that moves no value has one part of
// nothing, whose payee is its subject.
type Part struct {
	Amount money.Amount // after fees
	Payee  Payee        // Name and ID
}
