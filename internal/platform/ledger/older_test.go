package ledger_test

import (
	"path/filepath"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
)

// Books of before it was written down what of a lot was spent, with all kinds of
// things in them: taken over, they say the same as those that grew with it, and
// what was under way goes on.
func TestOlderBooksWithActsInThem(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "books.db")
	c := newCashier(t, path)
	ctx := t.Context()
	must(t, ledger.Exec(ctx, c.Ledger, "UPDATE standings SET level = 'standard'"))
	must(t, ledger.LinkTo(ctx, c.Ledger, c.u, "bank_transfer", "110-234-567831", c.now))
	c.grant(5_000, c.now.AddDate(0, 0, 1)) // lapses, partly used
	c.grant(400_000, c.now.AddDate(1, 0, 0))
	c.voucher("v", 20_000, 1, wallet.Prepaid, "voucher")
	must(t, c.Spend(ctx, c.u, line("back", c.now, wallet.Payment, -3_000)))
	must(t, c.GiveBack(ctx, c.u, refund("part", "back", c.now, 1_000)))
	c.now = c.now.AddDate(0, 0, 2) // Wednesday
	must(t, c.Spend(ctx, c.u, line("disputed", c.now, wallet.Payment, -24_000)))
	c.confirmed(c.by("bank_transfer", 20_000))
	c.work()
	waits := c.by("bank_transfer", 200_000)
	if waits.State != act.Waiting {
		t.Fatalf("it is %s", waits.State)
	}
	d := c.disputes(c.now, wallet.NotMine)
	want := c.spent(c.Ledger)
	balanced(t, c.Ledger)

	for _, q := range []string{
		"DROP INDEX transfers_rest", "ALTER TABLE transfers DROP COLUMN rest_of", "DELETE FROM sqlite_stat1 WHERE idx = 'transfers_rest'",
		"ALTER TABLE lots DROP COLUMN spent", "DELETE FROM goose_db_version WHERE version_id > 10",
	} {
		must(t, ledger.Exec(ctx, c.Ledger, q))
	}
	c.Ledger = open(t, path)
	balanced(t, c.Ledger)
	equal(t, c.spent(c.Ledger), want)

	_, err := c.CancelAct(ctx, c.u, waits.ID, c.now)
	must(t, err)
	for range 40 {
		c.now = c.now.Add(12 * time.Hour)
		c.work()
		c.complain()
	}
	view(t, c.Ledger, c.u, func(v *ledger.View) error {
		got, err := v.Dispute(d.ID)
		if got.State != wallet.DisputeRefunded || got.Amount != money.Won(d.Amount.Minor) {
			t.Errorf("%+v", got)
		}
		return err
	})
	if a := c.act(waits.ID); a.State != act.Canceled {
		t.Errorf("what waited is %s", a.State)
	}
	balanced(t, c.Ledger)
}

// spent is what of each lot was used at merchants.
func (c *cashier) spent(l *ledger.Ledger) map[string]int64 {
	c.t.Helper()
	spent := map[string]int64{}
	view(c.t, l, c.u, func(v *ledger.View) error {
		lots, err := v.Lots()
		for _, x := range lots {
			spent[x.ID] = x.Spent.Minor
		}
		return err
	})
	return spent
}
