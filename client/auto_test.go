package client_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"jandon/client"
	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/wire"
	"jandon/keystore/challenge"
)

// terms are those that mina may set: ₩5,000 went to one account week by week.
func terms(t testing.TB, a *client.Account) act.Terms {
	t.Helper()
	x, err := a.Auto(t.Context())
	must(t, err)
	if x.State != act.AutoOff || !x.Able || len(x.Choices) != 1 || x.Choices[0].Most != won(7500) {
		t.Fatalf("auto %+v", x)
	}
	return act.Terms{Ceiling: won(7000), Keep: won(1000), Rail: x.Choices[0].Rail, Destination: x.Choices[0].Payee.Destination, Every: act.EveryWeek}
}

func TestAnAutomaticCashOutIsConfirmedByItsTerms(t *testing.T) {
	t.Parallel()
	_, _, a := device(t)
	asked := terms(t, a)
	made, err := a.SetAuto(t.Context(), asked)
	must(t, err)
	if made.State != act.Waiting || made.Need != act.NeedPIN {
		t.Fatalf("%+v", made)
	}
	q, err := a.Challenge(t.Context(), made)
	must(t, err)
	if q.Auto == nil || *q.Auto != asked || q.Quote != asked.Digest() || q.Amount != won(7000) || len(q.Parts) != 1 || q.Parts[0].Payee.Name != "민아" {
		t.Fatalf("drawn %+v", q)
	}
	pin := secret(firstPIN)
	done, err := a.Confirm(t.Context(), made, &pin)
	must(t, err)
	if done.State != act.Done || done.Receipt == "" {
		t.Errorf("%+v", done)
	}
	x, err := a.Auto(t.Context())
	must(t, err)
	if x.State != act.AutoOn || x.Terms == nil || *x.Terms != asked || x.Next.IsZero() || x.Payee.Name != "민아" {
		t.Errorf("%+v", x)
	}
	x, err = a.StopAuto(t.Context())
	must(t, err)
	if x.State != act.AutoOff {
		t.Errorf("%+v", x)
	}
	_, err = a.StopAuto(t.Context())
	wantCode(t, err, fault.NotFound)
	_, err = a.SetAuto(t.Context(), act.Terms{Ceiling: won(9000), Rail: asked.Rail, Destination: asked.Destination, Keep: won(0), Every: act.EveryWeek})
	wantCode(t, err, fault.OverLimit)
}

// Terms that were changed anywhere on the way, or that this device never asked
// for, are drawn nowhere and answered never.
func TestTermsChangedAfterTheCode(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	asked := terms(t, a)
	made, err := a.SetAuto(t.Context(), asked)
	must(t, err)
	other := asked
	other.Keep.Minor = 0
	for name, change := range map[string]func(*challenge.Challenge){
		"digest":  func(c *challenge.Challenge) { c.Quote = other.Digest() },
		"ceiling": func(c *challenge.Challenge) { c.Amount, c.Legs[0].Amount = 7500, 7500 },
		"payee":   func(c *challenge.Challenge) { c.Legs[0].Payee = "Somebody else" },
		"number":  func(c *challenge.Challenge) { c.Legs[0].PayeeID = "***-0000" },
	} {
		w.lie(nil, edited(t, fields(t, change)))
		if _, err := a.Challenge(t.Context(), made); codeOf(err) != fault.ChallengeDiffers {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.lie(nil, nil)
	// A platform that took other terms than it was asked for.
	w.lie(nil, func(r *http.Request, got *said) bool {
		if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "/auto-cashout") {
			var one wire.Act
			if err := json.Unmarshal(got.body, &one); err != nil {
				t.Error(err)
			}
			one.Quote = wire.Line(other.Digest())
			got.body, _ = json.Marshal(one)
		}
		return true
	})
	_, err = a.SetAuto(t.Context(), asked)
	wantCode(t, err, fault.ChallengeDiffers)
	w.lie(nil, nil)
	// A journal that is gone has nothing to hold the challenge to.
	list, err := a.Store.Journal(t.Context())
	must(t, err)
	for _, e := range list {
		must(t, a.Store.End(t.Context(), e.Key))
	}
	_, err = a.Challenge(t.Context(), made)
	wantCode(t, err, fault.ChallengeDiffers)
}

// What says that something goes, and not by which terms, is no answer.
func TestAnAutomaticCashOutWithoutTermsIsNone(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	for _, state := range []wire.AutoCashoutState{wire.On, wire.Stopped} {
		w.lie(nil, func(r *http.Request, got *said) bool {
			if r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/auto-cashout") {
				got.body, _ = json.Marshal(wire.AutoCashout{State: state, Missing: []wire.Line{}, Choices: []wire.AutoChoice{}})
			}
			return true
		})
		if x, err := a.Auto(t.Context()); err == nil {
			t.Errorf("%s is taken for %+v", state, x)
		}
	}
}

// Nothing is set up, stopped or shown as if it were known without the platform.
func TestAutomaticCashOutsOffline(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	asked := terms(t, a)
	w.lie(func(http.ResponseWriter, *http.Request) bool { panic(http.ErrAbortHandler) }, nil)
	_, err := a.Auto(t.Context())
	wantFamily(t, err, fault.FamilyOffline)
	_, err = a.StopAuto(t.Context())
	wantFamily(t, err, fault.FamilyOffline)
	_, err = a.SetAuto(t.Context(), asked)
	wantFamily(t, err, fault.FamilyOffline)
}

func wantFamily(t testing.TB, err error, want fault.Family) {
	t.Helper()
	if f := fault.From(err); f == nil || f.Code.Family() != want {
		t.Errorf("%v", err)
	}
}
