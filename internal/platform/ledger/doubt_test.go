package ledger_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/platform/ledger"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

// disputes opens a dispute of a charge of some instant.
func (c *cashier) disputes(charged time.Time, why wallet.DisputeReason) wallet.Dispute {
	c.t.Helper()
	c.n++
	id := fmt.Sprint("charge", c.n)
	must(c.t, c.Charge(c.t.Context(), c.u, onBill(line(id, charged, wallet.Payment, -1_200))))
	d, err := c.Dispute(c.t.Context(), c.u, c.key(), wallet.DisputeAsk{Transaction: id, Reason: why}, c.now)
	must(c.t, err)
	return d
}

func (c *cashier) merchants() ledger.Merchants {
	return ledger.SimulatedMerchants{Now: func() time.Time { return c.now }}
}

// complain brings disputes to where they are by the clock.
func (c *cashier) complain() {
	c.t.Helper()
	_, err := c.Complain(c.t.Context(), c.merchants(), c.now)
	must(c.t, err)
}

func (c *cashier) withdraws(d wallet.Dispute) {
	c.t.Helper()
	_, err := c.WithdrawDispute(c.t.Context(), c.u, c.merchants(), d.ID, c.now)
	must(c.t, err)
}

// settled is somebody with ten acts, eight of them from before, and nothing verified.
func settled(t testing.TB) *cashier {
	t.Helper()
	c := standard(t, 900_000)
	must(t, ledger.Exec(t.Context(), c.Ledger, "UPDATE standings SET acts = 8, verified = 0"))
	for range 2 {
		c.now = c.now.Add(time.Hour)
		c.by("donation", 1_000)
		c.work()
		c.now = c.now.Add(time.Minute)
		c.work()
	}
	c.now = c.now.Add(24 * time.Hour)
	if l := c.limits(""); l.Tier != valuepath.TierSettled || l.Next.HaveActs != 10 {
		t.Fatalf("%s with %d acts", l.Tier, l.Next.HaveActs)
	}
	return c
}

// A dispute lowers the tier while it is under way. One that was withdrawn or won
// costs nothing from then on, and one that was lost the rest of its week; none
// costs an act for good.
func TestADisputeCostsNothingForGood(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		why   wallet.DisputeReason
		after time.Duration // when it has ended
		end   func(c *cashier, d wallet.Dispute)
		state wallet.DisputeState
		marks bool // it lowers the tier after its end
	}{
		"withdrawn": {wallet.Double, time.Hour, func(c *cashier, d wallet.Dispute) { c.withdraws(d) }, wallet.DisputeWithdrawn, false},
		"agreed":    {wallet.Double, 25 * time.Hour, func(c *cashier, _ wallet.Dispute) { c.complain() }, wallet.DisputeRefunded, false},
		"upheld":    {wallet.NotMine, 73 * time.Hour, func(c *cashier, _ wallet.Dispute) { c.complain() }, wallet.DisputeRefunded, false},
		"refused":   {wallet.WrongAmount, 73 * time.Hour, func(c *cashier, _ wallet.Dispute) { c.complain() }, wallet.DisputeRefused, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := settled(t)
			opened := c.now
			d := c.disputes(c.now, x.why)
			if l := c.limits(""); l.Tier != valuepath.TierNew || l.Floor != act.LevelCareful || l.Next.HaveActs != 10 {
				t.Errorf("under way: %s, %s, %d acts", l.Tier, l.Floor, l.Next.HaveActs)
			}
			c.now = c.now.Add(x.after)
			x.end(c, d)
			var got wallet.Dispute
			view(t, c.Ledger, c.u, func(v *ledger.View) (err error) { got, err = v.Dispute(d.ID); return err })
			if got.State != x.state {
				t.Fatalf("ended as %s", got.State)
			}
			tier, floor := valuepath.TierSettled, act.LevelStandard
			if x.marks {
				tier, floor = valuepath.TierNew, act.LevelCareful
			}
			if l := c.limits(""); l.Tier != tier || l.Floor != floor || l.Next.HaveActs != 10 {
				t.Errorf("ended: %s, %s, %d acts", l.Tier, l.Floor, l.Next.HaveActs)
			}
			c.now = opened.AddDate(0, 0, 7)
			if l := c.limits(""); l.Tier != valuepath.TierSettled || l.Floor != act.LevelStandard || l.Next.HaveActs != 10 {
				t.Errorf("a week later: %s, %s, %d acts", l.Tier, l.Floor, l.Next.HaveActs)
			}
		})
	}
}

// What was done while somebody else may have been at the account does not count
// as long as that is looked at.
func TestActsUnderADisputeDoNotCountYet(t *testing.T) {
	t.Parallel()
	c := settled(t)
	d := c.disputes(c.now.Add(-24*time.Hour-30*time.Minute), wallet.NotMine) // between the two
	if l := c.limits(""); l.Next.HaveActs != 9 {
		t.Errorf("%d acts count", l.Next.HaveActs)
	}
	c.withdraws(d)
	if l := c.limits(""); l.Next.HaveActs != 10 || l.Tier != valuepath.TierSettled {
		t.Errorf("withdrawn: %d acts count", l.Next.HaveActs)
	}
}

// A pause is what somebody does who finds a stranger at their account: what was
// done just before, or was under way, teaches nothing, though the pause ends.
// What was learned before stays, and what is done after is learned.
func TestWhatAPauseCameUponTeachesNothing(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		arrives bool          // before the pause
		after   time.Duration // the pause, after the act
		learned bool
	}{
		"under way":      {false, time.Second, false},
		"just after":     {true, time.Minute, false},
		"within the day": {true, 23 * time.Hour, false},
		"days later":     {true, 25 * time.Hour, true},
		"before the act": {true, -time.Hour, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := standard(t, 900_000)
			pause := func() { must(t, c.Pause(t.Context(), c.u, "", c.now)) }
			if x.after < 0 {
				pause()
				c.now = c.now.Add(73 * time.Hour)
			}
			a := c.confirmed(c.by("book_credit", 5_000))
			arrive := func() {
				c.work()
				c.now = c.now.Add(time.Minute)
				c.work()
				if c.act(a.ID).State != act.Done {
					t.Fatal("it did not arrive")
				}
			}
			if x.arrives {
				arrive()
			}
			if x.after > 0 {
				c.now = c.now.Add(x.after)
				pause()
			}
			if !x.arrives {
				arrive()
			}
			c.now = c.now.Add(80 * time.Hour)
			if known := !strings.Contains(codes(c.asked("book_credit")), "rail_new"); known != x.learned {
				t.Errorf("known %t", known)
			}
		})
	}
}

// A charge that somebody says is not theirs keeps what was done since from being
// learned: for good if that is upheld, else until it is taken back. A quarrel
// with a merchant keeps nothing.
func TestWhatIsDisputedTeachesNothing(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		why       wallet.DisputeReason
		withdrawn bool
		later     bool // the charge is later than the act
		learned   bool
	}{
		"upheld":                {wallet.NotMine, false, false, false},
		"withdrawn":             {wallet.NotMine, true, false, true},
		"of another time":       {wallet.NotMine, false, true, true},
		"about the merchant":    {wallet.WrongAmount, false, false, true},
		"upheld, of a merchant": {wallet.Double, false, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := standard(t, 900_000)
			charged := c.now
			c.now = c.now.Add(time.Minute)
			a := c.confirmed(c.by("book_credit", 5_000))
			c.work()
			c.now = c.now.Add(time.Minute)
			c.work()
			if c.act(a.ID).State != act.Done {
				t.Fatal("it did not arrive")
			}
			if x.later {
				charged = c.now
			}
			d := c.disputes(charged, x.why)
			c.now = c.now.AddDate(0, 0, 2)
			if known := !strings.Contains(codes(c.asked("book_credit")), "rail_new"); known != (x.why != wallet.NotMine || x.later) {
				t.Errorf("under way: known %t", known)
			}
			if x.withdrawn {
				c.withdraws(d)
			}
			c.now = c.now.AddDate(0, 0, 6)
			c.complain()
			if known := !strings.Contains(codes(c.asked("book_credit")), "rail_new"); known != x.learned {
				t.Errorf("ended: known %t", known)
			}
		})
	}
}
