package ledger_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
)

// A merchant who gives it back by themselves while the platform decides: the
// one that comes first has the effect, and the other none.
func TestMerchantRefundsWhileThePlatformDecides(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, path string) {
		c := newCourt(t, path)
		d := c.dispute("over both", wallet.Double)
		c.now = c.now.Add(5 * 24 * time.Hour)
		var group sync.WaitGroup
		for i := range 16 {
			group.Go(func() {
				if i%2 == 0 {
					_, err := c.Complain(t.Context(), c.merchants(), c.now)
					if err != nil {
						t.Error(err)
					}
					return
				}
				_ = c.GiveBack(t.Context(), c.u, refund(fmt.Sprintf("own-%d", i), "over both", c.now, 7000)) // refused, but for one at most
			})
		}
		group.Wait()
		got := c.see(d.ID)
		if got.State != wallet.DisputeRefunded || c.lots()["early"]+c.lots()["late"] != 14000 {
			t.Errorf("%+v with %v", got, c.lots())
		}
		if err := c.GiveBack(t.Context(), c.u, refund("second", "over both", c.now, 7000)); err == nil {
			t.Error("a second refund")
		}
	})
}

func TestMerchantsOwnRefundEndsTheDispute(t *testing.T) {
	t.Parallel()
	c := newCourt(t, ledger.Memory)
	d := c.dispute("over both", wallet.NotMine)
	c.now = c.now.Add(time.Hour)
	must(t, c.GiveBack(t.Context(), c.u, refund("own", "over both", c.now, 7000)))
	got := c.see(d.ID)
	last := got.Steps[len(got.Steps)-1]
	if got.State != wallet.DisputeRefunded || got.Refund != "own" || last.Who != wallet.TheMerchant || last.What != wallet.StepRefunded {
		t.Errorf("%+v", got)
	}
	c.now = c.now.Add(40 * 24 * time.Hour)
	if next := c.work(); !next.IsZero() {
		t.Errorf("still due at %s", next)
	}
}

// A merchant who gives a part back does not end a dispute with it: the rest stays
// disputed, and comes back if the person is found to be right, to where it came
// from, and no more than it was.
func TestAPartThatCameBackLeavesTheRestDisputed(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		of       string
		part     int64
		why      wallet.DisputeReason
		withdraw bool
		state    wallet.DisputeState
		back     int64 // in all
	}{
		"upheld":     {"over both", 1, wallet.NotMine, false, wallet.DisputeRefunded, 7000},
		"nearly all": {"over both", 6999, wallet.NotMine, false, wallet.DisputeRefunded, 7000},
		"agreed":     {"over both", 3000, wallet.Double, false, wallet.DisputeRefunded, 7000},
		"on a bill":  {"on the bill", 700, wallet.NotMine, false, wallet.DisputeRefunded, 1200},
		"refused":    {"over both", 3000, wallet.WrongAmount, false, wallet.DisputeRefused, 3000},
		"withdrawn":  {"over both", 3000, wallet.NotMine, true, wallet.DisputeWithdrawn, 3000},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCourt(t, ledger.Memory)
			d := c.dispute(x.of, x.why)
			whole := d.Amount.Minor
			c.now = c.now.Add(time.Hour)
			own := refund("own", x.of, c.now, x.part)
			if x.of == "on the bill" {
				own = onBill(own)
			}
			must(t, c.GiveBack(t.Context(), c.u, own))
			got := c.see(d.ID)
			if last := got.Steps[len(got.Steps)-1]; got.State != wallet.DisputeOpen || got.Next != wallet.TheMerchant || got.Amount != money.Won(whole-x.part) || last.What != wallet.StepPartly || last.Who != wallet.TheMerchant {
				t.Fatalf("after a part: %+v", got)
			}
			again := own
			again.ID = "again"
			if err := c.GiveBack(t.Context(), c.u, again); code(err) != fault.BadRequest {
				t.Errorf("a second part: %v", err)
			}
			if x.withdraw {
				_, err := c.withdraw(d.ID)
				must(t, err)
			}
			for range 40 {
				c.now = c.now.Add(12 * time.Hour)
				c.work()
			}
			got = c.see(d.ID)
			if got.State != x.state || got.Amount != money.Won(whole-x.part) {
				t.Fatalf("ended as %+v", got)
			}
			back := int64(0)
			view(t, c.Ledger, c.u, func(v *ledger.View) error {
				page, _, err := v.Transactions(ledger.Lines{Limit: 50})
				for _, x := range page {
					if x.RefundOf != "" && x.RefundOf == got.Transaction {
						back += x.Amount.Minor
					}
				}
				return err
			})
			if back != x.back {
				t.Errorf("₩%d came back, not ₩%d", back, x.back)
			}
			if left := c.lots(); x.of == "over both" && left["early"]+left["late"] != 7000+x.back {
				t.Errorf("lots %v", left)
			}
		})
	}
}

// What a merchant gave back before anybody disputed leaves the rest to dispute,
// until all of it has come back.
func TestTheRestOfAPartlyRefundedChargeCanBeDisputed(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		of          string
		whole, part int64
	}{
		"of value": {"over both", 7000, 3000}, "on a bill": {"on the bill", 1200, 700}, "a won is left": {"over both", 7000, 6999},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCourt(t, ledger.Memory)
			own := refund("own", x.of, day(9), x.part)
			if x.of == "on the bill" {
				own = onBill(own)
			}
			must(t, c.GiveBack(t.Context(), c.u, own))
			status := func() (s wallet.Status) {
				view(t, c.Ledger, c.u, func(v *ledger.View) error {
					one, err := v.Transaction(x.of)
					s = one.Status
					return err
				})
				return s
			}
			if s := status(); s != wallet.Posted {
				t.Errorf("partly refunded, it is %s", s)
			}
			d := c.dispute(x.of, wallet.NotMine)
			if d.Amount != money.Won(x.whole-x.part) || d.State != wallet.DisputeOpen {
				t.Fatalf("opened as %+v", d)
			}
			for range 40 {
				c.now = c.now.Add(12 * time.Hour)
				c.work()
			}
			if d = c.see(d.ID); d.State != wallet.DisputeRefunded || d.Amount != money.Won(x.whole-x.part) {
				t.Errorf("ended as %+v", d)
			}
			if s := status(); s != wallet.Refunded {
				t.Errorf("given back, it is %s", s)
			}
			if left := c.lots(); x.of == "over both" && left["early"]+left["late"] != 14000 {
				t.Errorf("lots %v", left)
			}
		})
	}
}
