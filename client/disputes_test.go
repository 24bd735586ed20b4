package client_test

import (
	"testing"

	"jandon/client"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// aCharge is a payment that can be disputed.
func aCharge(t *testing.T, w *world, a *client.Account) string {
	t.Helper()
	_, err := a.Sync(t.Context(), nil)
	must(t, err)
	u, err := w.Ledger().User(t.Context(), "mina")
	must(t, err)
	must(t, w.Ledger().Spend(t.Context(), u, wallet.Transaction{
		ID: "pay-1", At: w.clock(), Type: wallet.Payment, Status: wallet.Posted, Amount: money.Won(-700), Issuer: "game", Kind: wallet.Prepaid,
		Merchant: "Corner Shop", Category: "food", Channel: "app",
	}))
	return "pay-1"
}

// The answer to a dispute is lost: it is not said to have failed, it is there
// once, and asking again, in this run or the next, finds that one.
func TestLostAnswerOfADispute(t *testing.T) {
	t.Parallel()
	w, s, a := device(t)
	ask := wallet.DisputeAsk{Transaction: aCharge(t, w, a), Reason: wallet.Double, Note: "twice"}
	w.lie(nil, losing("/disputes"))
	_, err := a.Dispute(t.Context(), ask)
	wantCode(t, err, fault.UnknownOutcome)
	if n := w.seen("POST /v1/disputes"); n < 2 {
		t.Errorf("tried %d times under one key", n)
	}
	must(t, a.Close())
	a, err = client.Open(t.Context(), s)
	must(t, err)
	defer a.Close()
	w.lie(nil, nil)
	must(t, a.UnlockK(t.Context(), first.k))
	got, err := a.Dispute(t.Context(), ask)
	must(t, err)
	list, err := a.Disputes(t.Context())
	must(t, err)
	if len(list) != 1 || list[0].ID != got.ID || list[0].Note != "twice" || list[0].State != wallet.DisputeOpen {
		t.Errorf("%+v", list)
	}
	if _, err = a.Dispute(t.Context(), wallet.DisputeAsk{Transaction: ask.Transaction, Reason: wallet.NotMine}); fault.From(err) == nil || fault.From(err).Code != fault.AlreadyDisputed {
		t.Errorf("a second one: %v", err)
	}
	journalEmpty(t, a)
}

// A dispute that never reached the platform is asked for after a restart,
// under the key that it had.
func TestDisputeThatNeverArrivedIsAskedForAgain(t *testing.T) {
	t.Parallel()
	w, s, a := device(t)
	ask := wallet.DisputeAsk{Transaction: aCharge(t, w, a), Reason: wallet.NotMine}
	w.lie(swallowing("/disputes"), nil)
	_, err := a.Dispute(t.Context(), ask)
	wantCode(t, err, fault.UnknownOutcome)
	must(t, a.Close())
	a, err = client.Open(t.Context(), s)
	must(t, err)
	defer a.Close()
	w.lie(nil, nil)
	_, err = a.Recover(t.Context()) // locked: it can't be asked for yet
	wantCode(t, err, fault.UnknownOutcome)
	must(t, a.UnlockK(t.Context(), first.k))
	for range 2 {
		_, err = a.Recover(t.Context())
		must(t, err)
	}
	list, err := a.Disputes(t.Context())
	must(t, err)
	if len(list) != 1 || list[0].Transaction != ask.Transaction {
		t.Errorf("%+v", list)
	}
	journalEmpty(t, a)
}

// What is refused leaves nothing in the journal, and a locked wallet sends nothing.
func TestDisputeThatIsRefused(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	of := aCharge(t, w, a)
	_, err := a.Dispute(t.Context(), wallet.DisputeAsk{Transaction: "made up", Reason: wallet.NotMine})
	wantCode(t, err, fault.NotFound)
	a.Lock()
	_, err = a.Dispute(t.Context(), wallet.DisputeAsk{Transaction: of, Reason: wallet.NotMine})
	wantCode(t, err, fault.StepUpRequired)
	if n := w.seen("POST /v1/disputes"); n != 1 {
		t.Errorf("sent %d times", n)
	}
	journalEmpty(t, a)
}

// The answer to a withdrawal is lost: it is asked what became of it. The copy
// learns of all by its next sync, and has it offline.
func TestLostAnswerOfAWithdrawal(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	d, err := a.Dispute(t.Context(), wallet.DisputeAsk{Transaction: aCharge(t, w, a), Reason: wallet.WrongAmount})
	must(t, err)
	w.lie(nil, losing("/withdraw"))
	got, err := a.Withdraw(t.Context(), d.ID)
	if err != nil || got.State != wallet.DisputeWithdrawn {
		t.Fatalf("%v, %+v", err, got)
	}
	w.lie(nil, nil)
	_, err = a.Sync(t.Context(), nil)
	must(t, err)
	kept, err := a.Store.Disputes(t.Context())
	if err != nil || len(kept) != 1 || kept[0].State != wallet.DisputeWithdrawn || len(kept[0].Steps) != 2 {
		t.Errorf("%v, %+v", err, kept)
	}
	_, err = a.Withdraw(t.Context(), "made up")
	wantCode(t, err, fault.NotFound)
}

func journalEmpty(t *testing.T, a *client.Account) {
	t.Helper()
	if list, err := a.Store.Journal(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("%v, journal %+v", err, list)
	}
}
