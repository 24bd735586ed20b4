package client_test

import (
	"testing"
	"time"

	"jandon/client"
	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/keystore"
)

// From a stranger to money that arrived: enrol, unlock, quote, cash out,
// confirm, with clocks that agree or are a day apart.
func TestCashOutWithClocksADayApart(t *testing.T) {
	t.Parallel()
	for name, skew := range map[string]time.Duration{"equal": 0, "a day ahead": 24 * time.Hour, "a day behind": -24 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, s := another(t)
			w.skew = skew
			a := opened(t, s)
			_, err := a.Sync(t.Context(), nil)
			must(t, err)
			x, err := a.Wallet(t.Context())
			must(t, err)
			if len(x.Lots) != 5 {
				t.Errorf("%d lots", len(x.Lots))
			}
			l, err := a.Means(t.Context())
			must(t, err)
			if d := a.There().Sub(w.clock()).Abs(); d > 3*time.Second || l.Zone != "Asia/Seoul" {
				t.Errorf("the platform's time is off by %v, zone %q", d, l.Zone)
			}
			made := begun(t, a, 3000)
			q, err := a.Challenge(t.Context(), made)
			must(t, err)
			if q.Amount != won(3000) || len(q.Parts) != 1 || q.Parts[0].Amount != won(3000) || q.Parts[0].Payee.ID != "mobile_topup" || q.Action != act.Cashout {
				t.Errorf("drawn %+v", q)
			}
			done, err := a.Confirm(t.Context(), made, nil)
			must(t, err)
			if len(done.Receipt) != 9 || done.State == act.Waiting {
				t.Errorf("%+v", done)
			}
			if list, err := a.Store.Journal(t.Context()); err != nil || len(list) > 1 {
				t.Error(list, err)
			}
			// It works after a restart too, with the clock learned anew.
			must(t, a.Close())
			a, err = client.Open(t.Context(), s)
			must(t, err)
			defer a.Close()
			_, err = a.CashOut(t.Context(), quoted(t, a, 1000), 0)
			wantCode(t, err, fault.StepUpRequired)
			must(t, a.UnlockK(t.Context(), first.k))
			page, err := a.Acts(t.Context(), "")
			must(t, err)
			if len(page.Acts) == 0 || page.Acts[0].ID != made.ID {
				t.Errorf("%+v", page)
			}
		})
	}
}

// A wrong PIN is told by the platform and nobody else, and costs a try there;
// the right one goes on.
func TestWrongPIN(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	a.Lock()
	if a.Unlocked() {
		t.Error("unlocked after Lock")
	}
	before := w.seen("POST /v1/sessions")
	_, err := a.Unlock(t.Context(), secret("284751"))
	wantCode(t, err, fault.WrongCode)
	if n := w.seen("POST /v1/sessions") - before; n != 1 {
		t.Errorf("%d codes were sent", n)
	}
	_, err = a.Unlock(t.Context(), secret("12"))
	wantCode(t, err, fault.BadPIN)
	_, err = a.Unlock(t.Context(), secret(firstPIN))
	must(t, err)
	made := begun(t, a, 2000)
	_, err = a.Challenge(t.Context(), made)
	must(t, err)
	wrong, right := secret("284751"), secret(firstPIN)
	_, err = a.Confirm(t.Context(), made, &wrong)
	wantCode(t, err, fault.WrongCode)
	_, err = a.Confirm(t.Context(), made, &right)
	must(t, err)
}

// Five wrong PINs pause the device, and the wallet says so as it was told.
func TestWrongPINsPauseTheDevice(t *testing.T) {
	t.Parallel()
	_, _, a := device(t)
	a.Lock()
	for range 5 {
		wantCode(t, a.UnlockK(t.Context(), keystore.RandomSecret(32)), fault.WrongCode) // as wrong PINs lead to
	}
	wantCode(t, a.UnlockK(t.Context(), first.k), fault.DevicePaused)
}

// Unlocking again and again within one time step never sends a code twice.
func TestUnlockAgainAtOnce(t *testing.T) {
	t.Parallel()
	_, _, a := device(t)
	for range 4 {
		a.Lock()
		must(t, a.UnlockK(t.Context(), first.k))
	}
}

// A question that needs the PIN anew is not answered with the K in memory.
func TestNeedForThePINIsKept(t *testing.T) {
	t.Parallel()
	_, _, a := device(t)
	_, made, err := a.NewRecoveryCodes(t.Context())
	must(t, err)
	q, err := a.Challenge(t.Context(), made)
	must(t, err)
	if q.Need != act.NeedPIN || q.Amount.Currency != "" || len(q.Parts) != 1 || q.Parts[0].Payee.Name == "" {
		t.Errorf("%+v", q)
	}
	_, err = a.Confirm(t.Context(), made, nil)
	wantCode(t, err, fault.StepUpRequired)
	typed := secret(firstPIN)
	done, err := a.Confirm(t.Context(), made, &typed)
	must(t, err)
	if done.State != act.Done {
		t.Errorf("%+v", done)
	}
}

// A session that reads opens by itself, again when it ended; one that may act
// asks for the PIN again, and the act that was begun is still there.
func TestEndedSessions(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	made := begun(t, a, 2000)
	w.pass(6 * time.Minute) // both are idle for longer than five minutes
	_, err := a.Limits(t.Context())
	must(t, err)
	_, err = a.CashOut(t.Context(), quoted(t, a, 1000), 0)
	wantCode(t, err, fault.StepUpRequired)
	if a.Unlocked() {
		t.Error("still unlocked")
	}
	must(t, a.UnlockK(t.Context(), first.k))
	found, err := a.Recover(t.Context())
	must(t, err)
	if len(found) != 1 || found[0].ID != made.ID {
		t.Errorf("%+v", found)
	}
}

// Recovery codes and an authenticator app open a session that has no K.
func TestFallbacksOpenSessions(t *testing.T) {
	t.Parallel()
	_, _, a := device(t)
	sheet, made, err := a.NewRecoveryCodes(t.Context())
	must(t, err)
	_, err = a.Challenge(t.Context(), made)
	must(t, err)
	typed := secret(firstPIN)
	_, err = a.Confirm(t.Context(), made, &typed)
	must(t, err)
	a.Lock()
	_, err = a.UnlockByRecovery(t.Context(), secret("0000-0000-0000-0000"))
	wantCode(t, err, fault.WrongCode)
	_, err = a.UnlockByRecovery(t.Context(), sheet[3])
	must(t, err)
	if !a.Unlocked() {
		t.Error("locked")
	}
	_, err = a.UnlockByRecovery(t.Context(), sheet[3])
	wantCode(t, err, fault.WrongCode)
}

func TestDevicesDestinationsAndLevel(t *testing.T) {
	t.Parallel()
	_, _, a := device(t)
	list, err := a.Devices(t.Context())
	must(t, err)
	if len(list) != 1 || !list[0].Current || list[0].Name != "Mina's laptop" || list[0].Store != "memory" {
		t.Fatalf("%+v", list)
	}
	must(t, a.RenameDevice(t.Context(), list[0].ID, "Desk"))
	list, err = a.Devices(t.Context())
	must(t, err)
	if list[0].Name != "Desk" {
		t.Errorf("%+v", list)
	}
	to, err := a.Destinations(t.Context())
	must(t, err)
	if len(to) != 1 || to[0].Rail != "bank_instant" {
		t.Errorf("%+v", to)
	}
	_, err = a.LinkDestination(t.Context(), "bank_transfer", "민\u202e아", "110-222-3344")
	wantCode(t, err, fault.UnsafeText)
	made, err := a.LinkDestination(t.Context(), "bank_transfer", "민아", "110-222-9876")
	must(t, err)
	q, err := a.Challenge(t.Context(), made)
	must(t, err)
	if q.Parts[0].Payee.Name != "민아" {
		t.Errorf("%+v", q)
	}
	typed := secret(firstPIN)
	_, err = a.Confirm(t.Context(), made, &typed)
	must(t, err)
	must(t, a.UnlinkDestination(t.Context(), to[0].ID))
	none, err := a.SetLevel(t.Context(), act.LevelStrict)
	must(t, err)
	if none.ID != "" {
		t.Errorf("raising needs %+v", none)
	}
	lower, err := a.SetLevel(t.Context(), act.LevelStandard)
	must(t, err)
	if lower.Action != act.LowerLevel || lower.State != act.Waiting {
		t.Errorf("%+v", lower)
	}
	l, err := a.Pause(t.Context())
	must(t, err)
	if l.Paused.IsZero() {
		t.Errorf("%+v", l)
	}
	_, err = a.Resume(t.Context())
	must(t, err)
	must(t, a.RevokeDevice(t.Context(), list[0].ID))
	_, err = a.Devices(t.Context())
	if codeOf(err) != fault.DeviceRevoked && codeOf(err) != fault.Unauthorized {
		t.Error(err)
	}
}

// The key of an authenticator app comes sealed, once, as what a QR code holds.
func TestAuthenticator(t *testing.T) {
	t.Parallel()
	_, _, a := device(t)
	made, err := a.AddAuthenticator(t.Context())
	must(t, err)
	_, err = a.AuthenticatorURI(t.Context(), made.ID)
	if err == nil {
		t.Error("a key before the confirmation")
	}
	_, err = a.Challenge(t.Context(), made)
	must(t, err)
	typed := secret(firstPIN)
	_, err = a.Confirm(t.Context(), made, &typed)
	must(t, err)
	uri, err := a.AuthenticatorURI(t.Context(), made.ID)
	must(t, err)
	var seed keystore.Secret
	uri.Expose(func(b []byte) { seed = seedOf(t, string(b)) })
	code := appCode(t, seed, a.There())
	must(t, a.CheckAuthenticator(t.Context(), code))
	a.Lock()
	_, err = a.UnlockByApp(t.Context(), appCode(t, seed, a.There().Add(30*time.Second)))
	must(t, err)
}

// A clock that is set by a day while the wallet runs costs one refusal of a
// proof, and nothing else.
func TestClockSetWhileRunning(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	made := begun(t, a, 3000)
	for _, by := range []time.Duration{24 * time.Hour, -48 * time.Hour, 24 * time.Hour} {
		w.mu.Lock()
		w.skew += by
		w.mu.Unlock()
		_, err := a.Devices(t.Context())
		must(t, err)
		if d := a.There().Sub(w.clock()).Abs(); d > 3*time.Second {
			t.Errorf("off by %v", d)
		}
	}
	if _, err := a.Act(t.Context(), made.ID); err != nil {
		t.Error(err)
	}
}

// Ages, days and countdowns on the screens go by the platform's clock where
// this computer's is off, and by this computer's where the two agree.
func TestScreensGoByThePlatformsTimeWhereClocksDiffer(t *testing.T) {
	t.Parallel()
	for skew, follows := range map[time.Duration]bool{0: false, 40 * time.Second: false, 24 * time.Hour: true, -24 * time.Hour: true} {
		w, s := another(t)
		w.skew = skew
		a := opened(t, s)
		_, err := a.Sync(t.Context(), nil)
		must(t, err)
		want := w.local()
		if follows {
			want = w.clock()
		}
		if d := a.Now().Sub(want).Abs(); d > 3*time.Second {
			t.Errorf("%v: off by %v", skew, d)
		}
		state, err := a.State(t.Context())
		must(t, err)
		if d := a.Now().Sub(state.SyncedAt).Abs(); d > 3*time.Second {
			t.Errorf("%v: the last fetch is %v away", skew, d)
		}
	}
}
