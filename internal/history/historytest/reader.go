// Package historytest holds every reader of a history to the same answers.
//
// Run makes up histories, hands each to a reader under test, and compares what
// it says with a naive count over all lines.
package historytest

import (
	"context"

	"jandon/internal/history"
	"jandon/internal/wallet"
)

// Reader is all that a history answers. Pages and commands each declare the
// few of these methods that they need.
type Reader interface {
	Span(ctx context.Context) (history.Span, error)
	Weeks(ctx context.Context, from, to history.Week, by history.Dimension) ([]history.WeekTotal, error)
	Days(ctx context.Context, from, to history.Day) ([]history.DayTotal, error)
	Groups(ctx context.Context, from, to history.Day, by history.Dimension) ([]history.Group, error)
	Rows(ctx context.Context, q history.Query, w history.Window) (history.Page, error)
	Totals(ctx context.Context, q history.Query) (history.Totals, error)
	Transaction(ctx context.Context, id string) (wallet.Transaction, error)
	Settlement(ctx context.Context, id string) (wallet.Settlement, error)
	Settlements(ctx context.Context) ([]wallet.Settlement, error)
	Wallet(ctx context.Context) (wallet.Wallet, error)
	Alerts(ctx context.Context) ([]wallet.Alert, error)
}
