package ledger_test

import (
	"testing"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
)

// What a merchant gives back once a dispute has ended is another matter: it
// stays one of as much as it was.
func TestARefundAfterADisputeLeavesItAsItEnded(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		before, after int64 // it ended
		about         int64
	}{
		"wholly":  {0, 7_000, 7_000},
		"in part": {0, 3_000, 7_000},
		"before":  {3_000, 0, 4_000},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCourt(t, ledger.Memory)
			d := c.dispute("over both", wallet.NotMine)
			if x.before > 0 {
				must(t, c.GiveBack(t.Context(), c.u, refund("before", "over both", c.now, x.before)))
			}
			_, err := c.withdraw(d.ID)
			must(t, err)
			if x.after > 0 { // at the very same instant
				must(t, c.GiveBack(t.Context(), c.u, refund("after", "over both", c.now, x.after)))
			}
			if now := c.see(d.ID); now.Amount != money.Won(x.about) {
				t.Errorf("it is about %v", now.Amount)
			}
		})
	}
}

// Who is told that a charge came back is told how much, whoever gave it back.
func TestTheAlertOfARefundSaysHowMuchCameBack(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct{ own, told int64 }{
		"the platform":            {0, 7_000},
		"the merchant":            {7_000, 7_000},
		"the platform, the rest":  {3_000, 4_000},
		"the platform, one won's": {6_999, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCourt(t, ledger.Memory)
			c.dispute("over both", wallet.NotMine)
			if x.own > 0 {
				must(t, c.GiveBack(t.Context(), c.u, refund("own", "over both", c.now, x.own)))
			}
			for range 10 {
				c.now = c.now.AddDate(0, 0, 1)
				c.work()
			}
			var told []money.Amount
			view(t, c.Ledger, c.u, func(v *ledger.View) error {
				list, _, err := v.Alerts(ledger.Place{}, 50)
				for _, a := range list {
					if a.Kind == wallet.AlertDisputeRefunded {
						told = append(told, a.Amount)
					}
				}
				return err
			})
			if len(told) != 1 || told[0] != money.Won(x.told) {
				t.Errorf("told of %v", told)
			}
		})
	}
}

// No id makes a second refund the rest of a dispute that there is not.
func TestARestWithoutADispute(t *testing.T) {
	t.Parallel()
	c := newCourt(t, ledger.Memory)
	must(t, c.GiveBack(t.Context(), c.u, refund("part", "over both", c.now, 1_000)))
	if err := c.GiveBack(t.Context(), c.u, refund("refund-", "over both", c.now, 1_000)); code(err) != fault.BadRequest {
		t.Error("given back again:", err)
	}
}
