package ledger_test

import (
	"strings"
	"testing"

	"jandon/internal/act"
	"jandon/internal/money"
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
	must(t, ledger.Bind(ctx, l, u, "phone", day(80), day(81)))
	_, err := ledger.Weigh(ctx, l, u, act.Act{Action: act.Cashout, Device: "phone", Made: day(80), Amount: money.Won(100), Legs: []act.Leg{{Rail: "donation", Amount: money.Won(100)}}})
	must(t, err)
	must(t, l.Pause(ctx, u, "phone", day(80)))
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
			func() error { _, err := v.Limits("phone", day(80)); return err },
			func() error { _, err := v.Destinations(); return err },
			func() error { _, err := v.Log(0, 5, 5); return err },
			func() error { _, _, err := v.Rails(day(80)); return err },
		} {
			must(t, ask())
		}
		return nil
	})
	choosy(t, l, 30)
}

// Nor does any step of a cash-out.
func TestNoCashOutReadsAllBooks(t *testing.T) {
	t.Parallel()
	c := tillWithAll(t)
	view(t, c.Ledger, c.u, func(v *ledger.View) error {
		_, _, err := v.Acts(ledger.Place{}, 5)
		return err
	})
	choosy(t, c.Ledger, 50)
}

// choosy looks at the statements that were used, at least so many.
func choosy(t *testing.T, l *ledger.Ledger, least int) {
	t.Helper()
	plans, err := ledger.Plans(t.Context(), l)
	must(t, err)
	if len(plans) < least {
		t.Errorf("only %d statements", len(plans))
	}
	small := []string{
		"settings", "issuers", "lots_due", "acts_due", " users", "CONSTANT ROW", // few rows, or only those that are due
		"devices_of", "destinations_linked", "attempts_open", "holds_open", "SEARCH d USING PRIMARY KEY (owner=?)", // a person's devices, destinations and what is under way
		"SEARCH audit USING PRIMARY KEY (owner=?)", // the last
	}
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
