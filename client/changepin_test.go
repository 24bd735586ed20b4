package client_test

import (
	"crypto/sha256"
	"encoding/binary"
	"net/http"
	"strings"
	"testing"
	"time"

	"jandon/client"
	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/keystore"
	"jandon/keystore/pin"
)

// kOf is the K that a PIN leads to by what the keyring holds.
func kOf(t *testing.T, s client.Settings, typed string) keystore.Secret {
	t.Helper()
	item, err := keystore.Load(t.Context(), s.Keys, s.ID)
	must(t, err)
	k, err := pin.Open(item.Enrol.Blob, secret(typed))
	must(t, err)
	return k
}

// A PIN change brings a new K; the old PIN and the old K lead nowhere from its
// first use on.
func TestPINChangeRotatesK(t *testing.T) {
	t.Parallel()
	_, s, a := device(t)
	before := kOf(t, s, firstPIN)
	must(t, a.ChangePIN(t.Context(), secret(firstPIN), secret(secondPIN)))
	if after := kOf(t, s, secondPIN); after.Equal(before) {
		t.Error("K is the same")
	}
	if !a.Unlocked() {
		t.Error("locked")
	}
	made := begun(t, a, 3000)
	_, err := a.Challenge(t.Context(), made)
	must(t, err)
	_, err = a.Confirm(t.Context(), made, nil)
	must(t, err)
	a.Lock()
	_, err = a.Unlock(t.Context(), secret(firstPIN))
	wantCode(t, err, fault.WrongCode)
	_, err = a.Unlock(t.Context(), secret(secondPIN))
	must(t, err)
	if list, err := a.Store.Journal(t.Context()); err != nil || len(list) > 1 {
		t.Errorf("%+v %v", list, err)
	}
}

// The platform says first whether the old PIN is right: until then nothing is
// sealed or written. Weak PINs are refused before anybody is asked.
func TestPINChangeWithAWrongPIN(t *testing.T) {
	t.Parallel()
	for name, locked := range map[string]bool{"locked": true, "unlocked": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, s := another(t)
			keys := &flaky{Store: s.Keys}
			s.Keys = keys
			a := opened(t, s)
			if locked {
				a.Lock()
			}
			writes := keys.writes
			wantCode(t, a.ChangePIN(t.Context(), secret("284751"), secret(secondPIN)), fault.WrongCode)
			begun := w.seen("POST /v1/secret")
			wantCode(t, a.ChangePIN(t.Context(), secret(firstPIN), secret("123456")), fault.WeakPIN)
			if keys.writes != writes || w.seen("POST /v1/secret") != begun {
				t.Error("something was written, or asked for")
			}
			_, err := a.Unlock(t.Context(), secret(firstPIN))
			must(t, err)
		})
	}
}

// When the write fails, or does not stay, nothing is said to be done, and the
// old PIN goes on working.
func TestPINChangeThatIsNotWritten(t *testing.T) {
	t.Parallel()
	for name, fail := range map[string]func(*flaky){
		"refused":   func(f *flaky) { f.set = fault.New(fault.KeyringDenied) },
		"forgotten": func(f *flaky) { f.forgets = true },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, s := another(t)
			keys := &flaky{Store: s.Keys}
			s.Keys = keys
			a := opened(t, s)
			fail(keys)
			wantCode(t, a.ChangePIN(t.Context(), secret(firstPIN), secret(secondPIN)), fault.KeyringDenied)
			keys.set, keys.forgets = nil, false
			a.Lock()
			_, err := a.Unlock(t.Context(), secret(firstPIN))
			must(t, err)
		})
	}
}

// A platform that does not know the new K after all leaves the old PIN.
func TestPINChangeThatThePlatformForgot(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	w.lie(func(to http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/sessions") {
			to.Header().Set("Date", w.clock().UTC().Format(http.TimeFormat))
			problem(to, fault.New(fault.WrongCode))
			return true
		}
		return false
	}, nil)
	wantCode(t, a.ChangePIN(t.Context(), secret(firstPIN), secret(secondPIN)), fault.WrongCode)
	w.lie(nil, nil)
	_, err := a.Unlock(t.Context(), secret(firstPIN))
	must(t, err)
}

// Damage is not a wrong PIN: it is seen before anybody is asked, and neither a
// flipped bit nor a blob that asks for 4 TiB does more than an error.
func TestDamagedBlob(t *testing.T) {
	t.Parallel()
	w, s, a := device(t)
	a.Lock()
	item, err := keystore.Load(t.Context(), s.Keys, s.ID)
	must(t, err)
	blob := item.Enrol.Blob.Copy()
	put := func(b []byte) {
		item.Enrol.Blob = keystore.NewSecret(append([]byte(nil), b...))
		must(t, keystore.Save(t.Context(), s.Keys, s.ID, item))
	}
	sessions := w.seen("POST /v1/sessions")
	for i := range blob {
		bad := append([]byte(nil), blob...)
		bad[i] ^= 1 << (i % 8)
		put(bad)
		if _, err := a.Unlock(t.Context(), secret(firstPIN)); codeOf(err) != fault.KeyringDamaged && codeOf(err) != fault.StoreNewer {
			t.Errorf("byte %d: %v", i, err)
		}
	}
	huge := append([]byte(nil), blob...)
	binary.BigEndian.PutUint32(huge[5:], 1<<32-1) // KiB: 4 TiB
	sum := sha256.Sum256(huge[:len(huge)-8])
	copy(huge[len(huge)-8:], sum[:8])
	put(huge)
	began := time.Now() //nolint:forbidigo // that it takes no time is the point
	_, err = a.Unlock(t.Context(), secret(firstPIN))
	wantCode(t, err, fault.KeyringDamaged)
	if d := time.Since(began); d > 3*time.Second {
		t.Errorf("it took %v", d)
	}
	if n := w.seen("POST /v1/sessions"); n != sessions {
		t.Errorf("%d codes were sent", n-sessions)
	}
	put(blob)
	_, err = a.Unlock(t.Context(), secret(firstPIN))
	must(t, err)
}

// What the PIN opened is gone with Lock, with the idle time, and with Close;
// acts that were begun are not.
func TestLockWipesK(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	made := begun(t, a, 3000)
	_, err := a.Challenge(t.Context(), made)
	must(t, err)
	if a.KeptK() == 0 {
		t.Error("an unlocked account has no K")
	}
	a.Lock()
	if n := a.KeptK(); n != 0 {
		t.Errorf("%d bytes of K stay in memory", n)
	}
	_, err = a.Confirm(t.Context(), made, nil)
	wantCode(t, err, fault.StepUpRequired)
	must(t, a.UnlockK(t.Context(), first.k))
	w.pass(6 * time.Minute)
	if a.Unlocked() {
		t.Error("unlocked after six minutes of nothing")
	}
	again, err := a.Act(t.Context(), made.ID)
	must(t, err)
	if again.State == act.Canceled {
		t.Errorf("%+v", again)
	}
}
