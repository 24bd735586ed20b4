package client_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"jandon/client"
	"jandon/internal/act"
	"jandon/internal/fault"
)

// losing loses every answer to requests whose path ends so.
func losing(end string) func(*http.Request, *said) bool {
	return func(r *http.Request, _ *said) bool { return !strings.HasSuffix(r.URL.Path, end) }
}

// swallowing never passes such requests on.
func swallowing(end string) func(http.ResponseWriter, *http.Request) bool {
	return func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, end) {
			panic(http.ErrAbortHandler)
		}
		return false
	}
}

// A cash-out whose answers are lost is not said to have failed. It is there
// exactly once, and is found: at once, after a restart, and while still locked.
func TestLostAnswerOfACashOut(t *testing.T) {
	t.Parallel()
	w, s, a := device(t)
	q := quoted(t, a, 3000)
	w.lie(nil, losing("/cashouts"))
	_, err := a.CashOut(t.Context(), q, 0)
	wantCode(t, err, fault.UnknownOutcome)
	if n := w.seen("POST /v1/cashouts"); n < 2 {
		t.Errorf("tried %d times under one key", n)
	}
	if got := w.acts(); got[act.Waiting] != 1 {
		t.Errorf("acts %v", got)
	}
	must(t, a.Close())
	a, err = client.Open(t.Context(), s)
	must(t, err)
	defer a.Close()
	w.lie(nil, nil)
	for range 2 { // and again: nothing is asked for twice
		found, err := a.Recover(t.Context())
		must(t, err)
		if len(found) != 1 || found[0].State != act.Waiting || found[0].Quote != q.ID {
			t.Fatalf("%+v", found)
		}
	}
	must(t, a.UnlockK(t.Context(), first.k))
	found, err := a.Recover(t.Context())
	must(t, err)
	_, err = a.Challenge(t.Context(), found[0])
	must(t, err)
	done, err := a.Confirm(t.Context(), found[0], nil)
	must(t, err)
	if got := w.acts(); got[act.Going] != 1 || got[act.Waiting] != 0 {
		t.Errorf("acts %v", got)
	}
	for range 4 { // it arrives; once that is known the journal is empty
		_, err = w.Work(t.Context())
		must(t, err)
		w.pass(time.Minute)
	}
	done, err = a.Act(t.Context(), done.ID)
	must(t, err)
	if list, err := a.Store.Journal(t.Context()); err != nil || len(list) != 0 || done.State != act.Done {
		t.Errorf("%+v %v %+v", list, err, done)
	}
}

// What is found in place of a lost answer is gone on with only if it is what was
// asked for.
func TestFoundAnotherThanWasAskedFor(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	w.lie(nil, losing("/cashouts"))
	_, err := a.CashOut(t.Context(), quoted(t, a, 3000), 0)
	wantCode(t, err, fault.UnknownOutcome)
	w.lie(nil, func(_ *http.Request, s *said) bool {
		s.body = []byte(strings.ReplaceAll(string(s.body), ":3000", ":4000"))
		return true
	})
	for range 2 {
		found, err := a.Recover(t.Context())
		wantCode(t, err, fault.ChallengeDiffers)
		if len(found) != 0 {
			t.Errorf("found %+v", found)
		}
	}
}

// A cash-out that never reached the platform is asked for under its key while
// its quote holds, and released when it is over; both end in one effect or none.
func TestCashOutThatNeverArrived(t *testing.T) {
	t.Parallel()
	for name, late := range map[string]bool{"in time": false, "too late": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, _, a := device(t)
			q := quoted(t, a, 3000)
			w.lie(swallowing("/cashouts"), nil)
			_, err := a.CashOut(t.Context(), q, 0)
			wantCode(t, err, fault.UnknownOutcome)
			if got := w.acts(); got[act.Waiting] != 0 {
				t.Errorf("acts %v", got)
			}
			_, err = a.Recover(t.Context()) // still lost
			wantCode(t, err, fault.UnknownOutcome)
			w.lie(nil, nil)
			if late {
				w.pass(4 * time.Minute)
			}
			found, err := a.Recover(t.Context())
			must(t, err)
			want := map[bool]int{false: 1, true: 0}[late]
			if len(found) != want || w.acts()[act.Waiting] != want {
				t.Errorf("found %+v, the platform has %v", found, w.acts())
			}
			if list, err := a.Store.Journal(t.Context()); err != nil || len(list) != want {
				t.Errorf("%+v %v", list, err)
			}
		})
	}
}

// A locked wallet can't ask again; what never arrived is released once its
// quote is long over, and kept until then.
func TestCashOutThatNeverArrivedWhileLocked(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	w.lie(swallowing("/cashouts"), nil)
	_, err := a.CashOut(t.Context(), quoted(t, a, 3000), 0)
	wantCode(t, err, fault.UnknownOutcome)
	w.lie(nil, nil)
	a.Lock()
	_, err = a.Recover(t.Context())
	wantCode(t, err, fault.UnknownOutcome)
	w.pass(time.Hour)
	found, err := a.Recover(t.Context())
	must(t, err)
	if list, err := a.Store.Journal(t.Context()); err != nil || len(list) != 0 || len(found) != 0 {
		t.Errorf("%+v %v %+v", list, err, found)
	}
}

// A confirmation whose answer is lost was taken once; the wallet finds out.
func TestLostAnswerOfAConfirmation(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	made := begun(t, a, 3000)
	_, err := a.Challenge(t.Context(), made)
	must(t, err)
	w.lie(nil, losing("/confirm"))
	done, err := a.Confirm(t.Context(), made, nil)
	must(t, err)
	sent := 0
	for _, r := range w.requests() {
		if strings.HasSuffix(r, "/confirm") {
			sent++
		}
	}
	if done.Receipt == "" || w.acts()[act.Going] != 1 || sent != 1 {
		t.Errorf("sent %d times: %+v", sent, done)
	}

	// One that never arrived is not known to have failed, and can be given again.
	other := begun(t, a, 2000)
	_, err = a.Challenge(t.Context(), other)
	must(t, err)
	w.lie(swallowing("/confirm"), nil)
	_, err = a.Confirm(t.Context(), other, nil)
	wantCode(t, err, fault.UnknownOutcome)
	w.lie(nil, nil)
	done, err = a.Confirm(t.Context(), other, nil)
	must(t, err)
	if done.Receipt == "" || w.acts()[act.Going] != 2 {
		t.Errorf("%+v", done)
	}
}

// A good confirmation twice at once has one effect.
func TestConfirmTwiceAtOnce(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	made := begun(t, a, 3000)
	_, err := a.Challenge(t.Context(), made)
	must(t, err)
	errs := make(chan error, 4)
	for range cap(errs) {
		go func() {
			_, err := a.Confirm(context.WithoutCancel(t.Context()), made, nil)
			errs <- err
		}()
	}
	good := 0
	for range cap(errs) {
		if err := <-errs; err == nil {
			good++
		} else if c := codeOf(err); c != fault.ChallengeExpired && c != fault.TooLate {
			t.Error(err)
		}
	}
	if good == 0 || w.acts()[act.Going] != 1 {
		t.Errorf("%d good answers, acts %v", good, w.acts())
	}
}

// Leaving while an act is on its way cancels nothing: its outcome is unknown,
// and it is found.
func TestLeavingWhileAnActIsSent(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	q := quoted(t, a, 3000)
	ctx, leave := context.WithCancel(t.Context())
	w.lie(nil, func(r *http.Request, _ *said) bool {
		if strings.HasSuffix(r.URL.Path, "/cashouts") {
			leave()
			<-r.Context().Done()
			return false
		}
		return true
	})
	_, err := a.CashOut(ctx, q, 0)
	wantCode(t, err, fault.UnknownOutcome)
	w.lie(nil, nil)
	found, err := a.Recover(t.Context())
	must(t, err)
	if len(found) != 1 || w.acts()[act.Waiting] != 1 {
		t.Errorf("%+v", found)
	}
}

// A no of the platform is a no: nothing stays behind.
func TestRefusedCashOut(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	q := quoted(t, a, 3000)
	w.pass(4 * time.Minute)
	_, err := a.CashOut(t.Context(), q, 0)
	wantCode(t, err, fault.QuoteExpired)
	made := begun(t, a, 2000)
	used := act.Quote{ID: made.Quote, Amount: won(2000), Offers: someQuote().Offers}
	used.Offers[0].Plan.Legs[0].Amount, used.Offers[0].Plan.Legs[0].Net = won(2000), won(2000)
	_, err = a.CashOut(t.Context(), used, 0)
	wantCode(t, err, fault.QuoteUsed)
	canceled, err := a.Cancel(t.Context(), made.ID)
	must(t, err)
	if canceled.State != act.Canceled {
		t.Errorf("%+v", canceled)
	}
	if list, err := a.Store.Journal(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("%+v %v", list, err)
	}
}

// Offline, an act is refused before anything is written to the platform, and
// nothing is pending.
func TestCashOutOffline(t *testing.T) {
	t.Parallel()
	w, s, a := device(t)
	q := quoted(t, a, 3000)
	must(t, a.Close())
	s.Limits = client.Limits{Tries: 1}
	online := true
	dial := s.Dial
	s.Dial = gate(&online, dial)
	a, err := client.Open(t.Context(), s)
	must(t, err)
	defer a.Close()
	must(t, a.UnlockK(t.Context(), first.k))
	online = false
	a.Client.Close()
	_, err = a.CashOut(t.Context(), q, 0)
	wantCode(t, err, fault.Unreachable)
	if list, err := a.Store.Journal(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("%+v %v", list, err)
	}
	online = true
	made, err := a.CashOut(t.Context(), q, 0)
	must(t, err)
	if w.acts()[act.Waiting] != 1 {
		t.Errorf("%+v", made)
	}
}
