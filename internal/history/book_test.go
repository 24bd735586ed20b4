package history_test

import (
	"slices"
	"testing"

	"jandon/internal/history"
	"jandon/internal/history/historytest"
)

func TestBook(t *testing.T) {
	t.Parallel()
	historytest.Run(t, func(_ *testing.T, d historytest.Data) historytest.Reader {
		return history.NewBook(slices.Clone(d.Transactions), history.BookOptions{
			Zone: d.Zone, Currency: d.Currency, Wallet: d.Wallet, Settlements: d.Settlements, Alerts: d.Alerts,
		})
	})
}
