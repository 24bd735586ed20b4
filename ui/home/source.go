// Package home is the page that the wallet opens on: what is held, what this
// week cost, what expires soon and what is worth a look.
//
// The page is a few sections of lines, set in one, two or three columns by
// the width there is. Sections are worked out when data, size or language
// change; a frame draws only the lines that are visible.
package home

import (
	"context"
	"time"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Holder tells what is held. A statement has no balances: its wallet is empty.
type Holder interface {
	Wallet(ctx context.Context) (wallet.Wallet, error)
	Alerts(ctx context.Context) ([]wallet.Alert, error)
}

// Spender tells what was spent.
type Spender interface {
	Span(ctx context.Context) (history.Span, error)
	Weeks(ctx context.Context, from, to history.Week, by history.Dimension) ([]history.WeekTotal, error)
	Days(ctx context.Context, from, to history.Day) ([]history.DayTotal, error)
	Groups(ctx context.Context, from, to history.Day, by history.Dimension) ([]history.Group, error)
}

// Source is all that the page reads.
type Source interface {
	Holder
	Spender
}

// Options are the limits that a person has set.
type Options struct {
	// Concentration is the share of the total, in percent, over which one
	// issuer is warned about; 0 means DefaultConcentration.
	Concentration int
	// PhoneBill is what a person wants to put on the phone bill in a month at
	// most; the zero Amount sets no limit.
	PhoneBill money.Amount
	// Reviewed tells when the weekly review was last done: zero if it never
	// was. Nil where there is no review.
	Reviewed func(ctx context.Context) (time.Time, error)
	// Waiting tells how many acts wait to be confirmed, which only the platform
	// knows. Nil where nothing can wait.
	Waiting func(ctx context.Context) (Waiting, error)
}

// DefaultConcentration is the share, in percent, at which losing one issuer
// would cost more than all the others together hold.
const DefaultConcentration = 50

// billWarning is the share of the phone bill's limit from which its pile is
// worth a warning: half is gone.
const billWarning = 0.5
