package home

import (
	"time"

	"jandon/internal/history"
	"jandon/internal/wallet"
)

// The page's messages are kit.Answer[Held], kit.Answer[Spent] and kit.Answer[Waiting].

// Waiting is how many acts wait to be confirmed.
type Waiting struct{ Acts int }

// Held is what a read of balances and alerts brings.
type Held struct {
	Wallet wallet.Wallet
	Alerts []wallet.Alert // as the source has them

	Reviewed time.Time // when the weekly review was last done; zero: never
}

// Spent is what a read of weeks and days brings.
type Spent struct {
	Today  history.Day // the day it was read for
	Span   history.Span
	Week   history.Week        // the week shown: this one, or a statement's last
	Weeks  []history.WeekTotal // up to and with Week, oldest first
	Days   []history.DayTotal  // of the week before and of Week
	Pace   []Paced             // of merchants, then of categories; most spent first, paceMost of each at most
	OnBill history.Totals      // this month's charges on the phone bill
}

// Paced is the pace of a category or merchant.
type Paced struct {
	By   history.Dimension
	Like bool // as audit.Gathered has it
	history.Pace
}
