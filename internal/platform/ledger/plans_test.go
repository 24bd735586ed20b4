package ledger_test

import (
	"strings"
	"testing"

	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
)

// Nothing that is asked or done reads all of a person's books: without
// statistics SQLite takes "owner = ?" for choosy, and a join in the wrong
// order costs more with every year of history.
func TestNothingReadsAllBooks(t *testing.T) {
	t.Parallel()
	l, u := seeded(t, ledger.Memory)
	ctx := t.Context()
	must(t, l.Grant(ctx, u, line("g", day(60), wallet.Topup, 100), lot("l", 100, day(60), day(70))))
	must(t, l.Spend(ctx, u, line("s", day(61), wallet.Payment, -10)))
	must(t, l.GiveBack(ctx, u, refund("r", "s", day(62), 10)))
	must(t, l.Charge(ctx, u, onBill(line("c", day(62), wallet.Payment, -10))))
	must(t, l.Bill(ctx, u, day(64), bill("b", day(60), day(63))))
	must(t, l.Pay(ctx, u, day(65), "b"))
	must(t, l.Notify(ctx, u, wallet.Alert{ID: "n", At: day(65), Kind: wallet.AlertBill}))
	must(t, l.Sweep(ctx, u, day(80)))
	view(t, l, u, func(v *ledger.View) error {
		for _, ask := range []func() error{
			func() error { _, err := v.Issuers(); return err },
			func() error { _, err := v.Lots(); return err },
			func() error { _, _, err := v.Transactions(ledger.Lines{Limit: 5}); return err },
			func() error { _, err := v.Transaction("s"); return err },
			func() error { _, err := v.Trail("s"); return err },
			func() error { _, _, err := v.Settlements(ledger.Place{}, 5); return err },
			func() error { _, _, err := v.Settlement("b"); return err },
			func() error { _, _, err := v.Alerts(ledger.Place{}, 5); return err },
			func() error { _, _, err := v.Changes(0, 5); return err },
		} {
			must(t, ask())
		}
		return nil
	})
	plans, err := ledger.Plans(ctx, l)
	must(t, err)
	if len(plans) < 30 {
		t.Errorf("only %d statements", len(plans))
	}
	small := []string{"settings", "issuers", "lots_due", "acts_due", " users", "CONSTANT ROW"}
	for query, steps := range plans {
		for _, step := range steps {
			bad := strings.HasPrefix(query, "SELECT") && (strings.Contains(step, "SCAN ") || strings.HasSuffix(step, "(owner=?)") || strings.Contains(step, "SEARCH t ") && strings.HasSuffix(step, "(owner=? AND pays=?)"))
			for _, s := range small {
				bad = bad && !strings.Contains(step, s)
			}
			if bad {
				t.Errorf("%s\nin %s", step, strings.Join(strings.Fields(query), " "))
			}
		}
	}
}
