package ledger_test

import (
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/dispute"
	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
)

// Books of one person that can't be read stop neither the legs nor what goes by
// itself of another.
func TestOnePersonsFailureStopsNobodyElse(t *testing.T) {
	t.Parallel()
	c := steady(t, ledger.Memory, 90_000)
	c.allow(weekly(20_000, 0))
	c.to(sundayNine)
	u, err := c.AddUser(t.Context(), "jun", "KRW")
	must(t, err)
	other := *c
	other.u = u
	must(t, ledger.Trust(t.Context(), c.Ledger, u, c.now.AddDate(0, -1, 0)))
	other.grant(50_000, c.now.AddDate(1, 0, 0))
	sent := other.confirmed(other.cashOut(other.quote(hand(map[string]int64{"mobile_topup": 5000})), 0))
	c.work()
	must(t, ledger.Exec(t.Context(), c.Ledger, "UPDATE autos SET terms = '{'"))
	c.now = c.now.AddDate(0, 0, 2)
	other.now = c.now
	if _, err := c.Work(t.Context(), c.partner, c.now); err == nil {
		t.Fatal("the failure is told to nobody")
	}
	if a := other.act(sent.ID); a.State != act.Done {
		t.Errorf("the other's cash-out is %s", a.State)
	}
	balanced(t, c.Ledger)
}

// A dispute that can't be seen to is due again, and no other waits for it.
func TestOneDisputesFailureStopsNoOther(t *testing.T) {
	t.Parallel()
	c := newCourt(t, ledger.Memory)
	broken, fine := c.dispute("over both", wallet.NotDelivered), c.dispute("on the bill", wallet.Double)
	must(t, ledger.Exec(t.Context(), c.Ledger, "UPDATE disputes SET next = next - 1 WHERE id = '"+broken.ID+"'")) // it comes first
	must(t, c.Grant(t.Context(), c.u, line("refund-"+broken.ID, c.now, wallet.Topup, 10), lot("in its place", 10, c.now, time.Time{})))
	c.now = c.now.AddDate(0, 0, 2)
	if _, err := c.Complain(t.Context(), c.merchants(), c.now); err == nil {
		t.Fatal("the failure is told to nobody")
	}
	if one, other := c.see(broken.ID), c.see(fine.ID); one.State != wallet.DisputeOpen || other.State != wallet.DisputeRefunded {
		t.Errorf("%s and %s", one.State, other.State)
	}
}

// Whatever a merchant's answer is that says neither yes nor no, it is none: it
// must not count as an objection.
func TestAnAnswerThatSaysNothingIsNone(t *testing.T) {
	t.Parallel()
	c := newCourt(t, ledger.Memory)
	d := c.dispute("over both", wallet.WrongAmount)
	for _, says := range []dispute.Says{"", "perhaps"} {
		if _, err := c.Complain(t.Context(), answers(func() (ledger.Reply, error) { return ledger.Reply{Says: says}, nil }), c.now); err != nil {
			t.Fatal(err)
		}
		if got := c.see(d.ID); got.State != wallet.DisputeOpen || len(got.Steps) != 1 {
			t.Errorf("%q: %+v", says, got)
		}
		must(t, ledger.Exec(t.Context(), c.Ledger, "UPDATE disputes SET next = opened"))
	}
}
