package client_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"jandon/client"
	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/keystore"
)

// granted confirms an act that moves trust.
func granted(t testing.TB, a *client.Account, made act.Act) {
	t.Helper()
	_, err := a.Challenge(t.Context(), made)
	must(t, err)
	typed := secret(firstPIN)
	got, err := a.Confirm(t.Context(), made, &typed)
	must(t, err)
	if got.State != act.Done {
		t.Fatalf("%+v", got)
	}
}

// apped gives an account an authenticator app, and the key in it as other
// programs read it.
func apped(t testing.TB, a *client.Account) *otp.Key {
	t.Helper()
	made, err := a.AddAuthenticator(t.Context())
	must(t, err)
	granted(t, a, made)
	uri, err := a.AuthenticatorURI(t.Context(), made.ID)
	must(t, err)
	key, err := otp.NewKeyFromURL(string(uri.Copy()))
	must(t, err)
	must(t, a.CheckAuthenticator(t.Context(), shows(t, key, a.There())))
	return key
}

// shows is what the app shows at an instant.
func shows(t testing.TB, key *otp.Key, at time.Time) keystore.Secret {
	t.Helper()
	code, err := totp.GenerateCode(key.Secret(), at)
	must(t, err)
	return secret(code)
}

// TestRecoverySheetIsUsedUpOneByOne types each code in another way that a person may.
func TestRecoverySheetIsUsedUpOneByOne(t *testing.T) {
	t.Parallel()
	_, _, a := device(t)
	sheet, made, err := a.NewRecoveryCodes(t.Context())
	must(t, err)
	granted(t, a, made)
	for n, code := range sheet {
		a.Lock()
		text := string(code.Copy())
		if n%2 == 1 { // in a hurry
			text = strings.ToLower(strings.ReplaceAll(text, "-", ""))
		}
		_, err := a.UnlockByRecovery(t.Context(), secret(text))
		must(t, err)
		if !a.Unlocked() {
			t.Fatalf("code %d opened nothing", n+1)
		}
	}
	a.Lock()
	for _, used := range []int{0, len(sheet) - 1} {
		_, err = a.UnlockByRecovery(t.Context(), sheet[used])
		wantCode(t, err, fault.WrongCode)
	}
	if a.Unlocked() {
		t.Error("a used code opened a session")
	}
}

// TestAnotherWayInMovesSmallSumsOnly: what it opens has no K, so that there is
// nothing to confirm with; nothing is sent, the act waits on, and the PIN confirms it.
func TestAnotherWayInMovesSmallSumsOnly(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	key := apped(t, a)
	w.pass(72 * time.Hour) // no longer a new device
	a.Lock()
	_, err := a.UnlockByApp(t.Context(), shows(t, key, w.clock()))
	must(t, err)
	small, err := a.CashOut(t.Context(), quoted(t, a, 1000), 0)
	must(t, err)
	if small.Need != act.NeedNone || small.State == act.Waiting {
		t.Errorf("a small act needs %s: %+v", small.Need, small.Reasons)
	}
	large := begun(t, a, 20_000)
	if large.Need != act.NeedCode {
		t.Fatalf("the act needs %s", large.Need)
	}
	q, err := a.Challenge(t.Context(), large)
	must(t, err)
	before := w.seen("POST /v1/challenges/" + q.ID + "/confirm")
	_, err = a.Confirm(t.Context(), large, nil)
	wantCode(t, err, fault.StepUpRequired)
	if w.seen("POST /v1/challenges/"+q.ID+"/confirm") != before || !a.Unlocked() {
		t.Error("something was sent without K")
	}
	a.Lock()
	_, err = a.UnlockByApp(t.Context(), shows(t, key, w.clock()))
	wantCode(t, err, fault.WrongCode) // it was used
	typed := secret(firstPIN)
	_, err = a.Confirm(t.Context(), large, &typed)
	must(t, err)
}

// TestWhatIsNoRecoveryCodeLeavesNoDevice: a PIN or a passphrase in the wrong
// place is not sent, and costs no try.
func TestWhatIsNoRecoveryCodeLeavesNoDevice(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	a.Lock()
	before := w.seen("POST /v1/sessions")
	for range 6 {
		for _, typed := range []string{firstPIN, "correct horse battery staple", "0000-0000-0000-000", "0000-0000-0000-000U", ""} {
			_, err := a.UnlockByRecovery(t.Context(), secret(typed))
			wantCode(t, err, fault.WrongCode)
		}
	}
	if w.seen("POST /v1/sessions") != before {
		t.Error("it was sent")
	}
	_, err := a.Unlock(t.Context(), secret(firstPIN))
	must(t, err)
}
