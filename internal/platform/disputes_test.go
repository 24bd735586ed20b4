package platform_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/platform"
	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
	"jandon/internal/wire"
)

// paid is a customer with a payment to dispute.
func paid(t testing.TB) (*phone, string) {
	t.Helper()
	p := customer(t, platform.Memory)
	u, err := p.Ledger().User(t.Context(), "mina")
	must(t, err)
	must(t, p.Ledger().Spend(t.Context(), u, line("coffee", p.clock(), wallet.Payment, -700)))
	return p, "coffee"
}

func disputing(of, key string, reason wire.DisputeReason) request {
	return request{method: http.MethodPost, path: "/v1/disputes", key: key, body: wire.DisputeRequest{Transaction: of, Reason: reason, Note: "please"}}
}

// A dispute over HTTP, from the charge to its refund by the platform's clock alone.
func TestADisputeFromChargeToRefund(t *testing.T) {
	t.Parallel()
	p, of := paid(t)
	ask := disputing(of, "key-of-sixteen-1", wire.DisputeReasonNotMine)
	var d, again wire.Dispute
	p.ask(ask).is(t, http.StatusCreated, &d)
	p.ask(ask).is(t, http.StatusCreated, &again)
	if d.Id != again.Id || d.State != wire.Open || d.AmountMinor != 700 || d.Deadline.Before(p.clock()) || d.Note != "please" {
		t.Errorf("%+v, again %+v", d, again)
	}
	p.ask(disputing(of, "key-of-sixteen-1", wire.DisputeReasonDouble)).refused(t, "another body", fault.KeyReused)
	p.ask(disputing(of, "key-of-sixteen-2", wire.DisputeReasonDouble)).refused(t, "a second one", fault.AlreadyDisputed)
	p.ask(disputing("nothing", "key-of-sixteen-3", wire.DisputeReasonDouble)).refused(t, "no charge", fault.NotFound)
	p.ask(disputing("gl0", "key-of-sixteen-4", wire.DisputeReasonDouble)).refused(t, "a top-up", fault.NotDisputable)
	p.ask(request{method: http.MethodPost, path: "/v1/disputes", body: wire.DisputeRequest{Transaction: of, Reason: "double"}}).refused(t, "no key", fault.KeyMissing)
	p.ask(request{method: http.MethodPost, path: "/v1/disputes", key: "key-of-sixteen-5", body: wire.DisputeRequest{Transaction: of, Reason: "whim"}}).refused(t, "no reason", fault.BadRequest)
	for range 5 {
		next, err := p.Work(t.Context())
		must(t, err)
		if next.IsZero() {
			break
		}
		p.at(next)
	}
	p.open("totp", p.totp())
	id := string(d.Id)
	d = wire.Dispute{}
	var list wire.DisputeList
	p.look("/v1/disputes").is(t, http.StatusOK, &list)
	p.look("/v1/disputes/"+id).is(t, http.StatusOK, &d)
	if len(list.Disputes) != 1 || d.State != wire.Refunded || d.Refund == "" || !d.Deadline.IsZero() || d.Next != "nobody" {
		t.Errorf("%+v", d)
	}
	var x wire.TransactionDetail
	p.look("/v1/transactions/"+of).is(t, http.StatusOK, &x)
	if x.Transaction.Status != wallet.Refunded {
		t.Errorf("the charge is %s", x.Transaction.Status)
	}
	p.post("/v1/disputes/"+string(d.Id)+"/withdraw", nil).refused(t, "too late", fault.TooLate)
	p.look("/v1/disputes/nothing").refused(t, "no dispute", fault.NotFound)
	_, err := p.Check(t.Context())
	must(t, err)
}

// A session that reads may look, and neither open nor withdraw.
func TestAReadingSessionDisputesNothing(t *testing.T) {
	t.Parallel()
	p, of := paid(t)
	var d wire.Dispute
	p.ask(disputing(of, "key-of-sixteen-1", wire.DisputeReasonAmount)).is(t, http.StatusCreated, &d)
	acting := p.token
	var s wire.Session
	p.session("", "").is(t, http.StatusCreated, &s)
	p.token = s.Token
	p.ask(disputing(of, "key-of-sixteen-2", wire.DisputeReasonDouble)).refused(t, "a reading session opens", fault.StepUpRequired)
	p.post("/v1/disputes/"+string(d.Id)+"/withdraw", nil).refused(t, "a reading session withdraws", fault.StepUpRequired)
	p.look("/v1/disputes").is(t, http.StatusOK, nil)
	p.token = acting
	p.post("/v1/disputes/"+string(d.Id)+"/withdraw", nil).is(t, http.StatusOK, &d)
	if d.State != wire.Withdrawn || d.Next != "nobody" {
		t.Errorf("%+v", d)
	}
}

// A dispute lowers the tier for a while.
func TestADisputeLowersTheTier(t *testing.T) {
	t.Parallel()
	p, of := paid(t)
	var before, after wire.Limits
	p.look("/v1/limits").is(t, http.StatusOK, &before)
	p.ask(disputing(of, "key-of-sixteen-1", wire.DisputeReasonAmount)).is(t, http.StatusCreated, nil)
	p.look("/v1/limits").is(t, http.StatusOK, &after)
	if before.Tier == after.Tier {
		t.Errorf("still %v", after.Tier)
	}
}

// What the merchant says while the person withdraws has one end, whoever is first.
func TestWithdrawnWhileItIsDecided(t *testing.T) {
	t.Parallel()
	p, of := paid(t)
	var d wire.Dispute
	p.ask(disputing(of, "key-of-sixteen-1", wire.DisputeReasonDouble)).is(t, http.StatusCreated, &d)
	u, err := p.Ledger().User(t.Context(), "mina")
	must(t, err)
	at := p.clock().Add(48 * time.Hour)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			_, err := p.Ledger().Complain(t.Context(), ledger.SimulatedMerchants{Now: func() time.Time { return at }}, at)
			must(t, err)
		})
		group.Go(func() { // TooLate: the answer is there
			_, _ = p.Ledger().WithdrawDispute(t.Context(), u, ledger.SimulatedMerchants{Now: func() time.Time { return at }}, string(d.Id), at)
		})
	}
	group.Wait()
	p.look("/v1/disputes/"+string(d.Id)).is(t, http.StatusOK, &d)
	if (d.State == wire.Refunded) != (d.Refund != "") || d.State != wire.Refunded && d.State != wire.Withdrawn {
		t.Errorf("%+v", d)
	}
	_, err = p.Check(t.Context())
	must(t, err)
}
