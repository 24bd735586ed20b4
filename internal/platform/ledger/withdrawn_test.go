package ledger_test

import (
	"errors"
	"testing"
	"time"

	"jandon/internal/dispute"
	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
)

// Withdrawn is for good: nothing decides it any more, and it is not opened again.
func TestWithdrawnThenDecided(t *testing.T) {
	t.Parallel()
	c := newCourt(t, ledger.Memory)
	d := c.dispute("over both", wallet.Double)
	c.now = c.now.Add(23 * time.Hour) // the merchant will agree in an hour
	got, err := c.withdraw(d.ID)
	if err != nil || got.State != wallet.DisputeWithdrawn || got.Next != wallet.Nobody {
		t.Fatalf("%v, %+v", err, got)
	}
	c.now = c.now.Add(40 * 24 * time.Hour)
	if next := c.work(); !next.IsZero() || c.see(d.ID).State != wallet.DisputeWithdrawn || c.lots()["late"] != 7000 {
		t.Errorf("decided after all: %+v", c.see(d.ID))
	}
	if _, err := c.withdraw(d.ID); code(err) != fault.TooLate {
		t.Errorf("withdrawn twice: %v", err)
	}
	if _, err := c.Dispute(t.Context(), c.u, c.key(), wallet.DisputeAsk{Transaction: "over both", Reason: wallet.NotMine}, c.now); code(err) != fault.AlreadyDisputed {
		t.Errorf("opened again: %v", err)
	}
	if _, err := c.withdraw("made up"); code(err) != fault.NotFound {
		t.Error(err)
	}
}

// Whoever withdraws after the merchant has agreed, before anybody looked, is
// too late, and has the refund, at the instant of the answer.
func TestWithdrawnAfterTheMerchantAgreed(t *testing.T) {
	t.Parallel()
	c := newCourt(t, ledger.Memory)
	d := c.dispute("over both", wallet.Double)
	agreed := c.now.Add(24 * time.Hour)
	c.now = c.now.Add(30 * time.Hour)
	if _, err := c.withdraw(d.ID); code(err) != fault.TooLate {
		t.Errorf("withdrawn: %v", err)
	}
	if got := c.see(d.ID); got.State != wallet.DisputeRefunded || !got.Ended.Equal(agreed) || c.lots()["late"] != 9000 {
		t.Errorf("%+v", got)
	}
}

// A merchant who has said when they answer is not asked before, by a withdrawal either.
func TestWithdrawingAsksNobodyWhoIsNotDue(t *testing.T) {
	t.Parallel()
	c := newCourt(t, ledger.Memory)
	d := c.dispute("over both", wallet.Double)
	c.work()
	asked := 0
	m := answers(func() (ledger.Reply, error) { asked++; return ledger.Reply{Says: dispute.Silent}, nil })
	c.now = c.now.Add(time.Hour)
	if got, err := c.WithdrawDispute(t.Context(), c.u, m, d.ID, c.now); err != nil || asked != 0 || got.State != wallet.DisputeWithdrawn {
		t.Errorf("asked %d times, %v, %s", asked, err, got.State)
	}
}

// A merchant who can't be reached keeps nobody from withdrawing.
func TestWithdrawnWhileTheMerchantIsAway(t *testing.T) {
	t.Parallel()
	c := newCourt(t, ledger.Memory)
	d := c.dispute("over both", wallet.Double)
	c.now = c.now.Add(30 * time.Hour)
	away := answers(func() (ledger.Reply, error) { return ledger.Reply{}, errors.New("nobody there") })
	got, err := c.WithdrawDispute(t.Context(), c.u, away, d.ID, c.now)
	if err != nil || got.State != wallet.DisputeWithdrawn {
		t.Errorf("%v, %+v", err, got)
	}
}

func (c *court) withdraw(id string) (wallet.Dispute, error) {
	return c.WithdrawDispute(c.t.Context(), c.u, c.merchants(), id, c.now)
}
