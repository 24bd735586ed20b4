package client_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jandon/client"
	"jandon/client/store"
	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/keystore"
)

// flaky is a keyring that fails when it is told to.
type flaky struct {
	keystore.Store
	get, set error
	forgets  bool // says yes to a write and keeps nothing
	writes   int
}

func (f *flaky) Get(ctx context.Context, account string) (keystore.Secret, error) {
	if f.get != nil {
		return keystore.Secret{}, f.get
	}
	return f.Store.Get(ctx, account)
}

func (f *flaky) Set(ctx context.Context, account string, value keystore.Secret) error {
	f.writes++
	if f.set != nil || f.forgets {
		return f.set
	}
	return f.Store.Set(ctx, account, value)
}

// Giving up at any step, in the run that began or a later one, leaves the
// keyring as it was: with nothing, or with what it had before. On the platform
// nothing waits, and no device is left.
func TestGivingAnEnrolmentUpLeavesNothing(t *testing.T) {
	t.Parallel()
	for steps := range 4 {
		w := newWorld(t)
		s := w.settings()
		before := keystore.Item{Server: "https://old.example/", StoreKey: keystore.RandomSecret(keystore.StoreKeyLen)}
		if steps%2 == 1 {
			must(t, keystore.Save(t.Context(), s.Keys, s.ID, before))
		}
		e, err := client.Enrol(t.Context(), s, "mina", "Laptop")
		must(t, err)
		if steps > 0 {
			must(t, e.Activate(t.Context(), w.letter()))
		}
		if steps > 1 {
			must(t, e.Seal(t.Context(), secret(firstPIN)))
		}
		if steps > 2 {
			_, err = e.Finish(t.Context(), secret("284751"))
			wantCode(t, err, fault.WrongCode)
		}
		if steps > 0 {
			must(t, e.Leave(t.Context()))
			e, err = client.Resume(t.Context(), s)
			must(t, err)
		}
		must(t, e.Abandon(t.Context()))
		must(t, e.Abandon(t.Context()))
		_, err = client.Resume(t.Context(), s)
		wantCode(t, err, fault.KeyringMissing)
		if open := w.acts(); open[act.Waiting] != 0 {
			t.Errorf("%d steps: %v", steps, open)
		}
		if n := w.devices(); n != 0 {
			t.Errorf("%d steps: %d devices", steps, n)
		}
		item, err := keystore.Load(t.Context(), s.Keys, s.ID)
		switch {
		case steps%2 == 0:
			wantCode(t, err, fault.KeyringMissing)
		case err != nil || item.Server != before.Server || item.Enrolled() || !item.StoreKey.Equal(before.StoreKey):
			t.Errorf("%d steps: %+v %v", steps, item, err)
		}
	}
}

// Each step may be tried again within the process, after a wrong code, a lost
// answer, a weak PIN, a failed write, and a wrong PIN.
func TestEnrolmentGoesOnAfterEachFailure(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.skew = -24 * time.Hour
	s := w.settings()
	keys := &flaky{Store: s.Keys}
	s.Keys = keys
	e, err := client.Enrol(t.Context(), s, "mina", "Laptop")
	must(t, err)
	if len(e.Mark()) != 9 || e.ID() != "a-test" || e.Expires().Sub(w.local().Add(10*time.Minute)).Abs() > 3*time.Second || e.Fingerprint() != "" {
		t.Error(e.Mark(), e.ID(), e.Expires(), e.Fingerprint())
	}
	wantCode(t, e.Seal(t.Context(), secret(firstPIN)), fault.Internal)
	wantCode(t, e.Activate(t.Context(), secret("AAAA-AAAA")), fault.WrongCode)
	w.lie(nil, func(*http.Request, *said) bool { return false })
	if err := e.Activate(t.Context(), w.letter()); err == nil {
		t.Error("activated by a lost answer")
	}
	w.lie(nil, nil)
	must(t, e.Activate(t.Context(), w.letter()))
	must(t, e.Activate(t.Context(), w.letter()))
	for _, weak := range []string{"000000", "123456", "654321", "199001"} {
		wantCode(t, e.Seal(t.Context(), secret(weak)), fault.WeakPIN)
	}
	wantCode(t, e.Seal(t.Context(), secret("7391")), fault.BadPIN)
	if _, err := e.Finish(t.Context(), secret(firstPIN)); codeOf(err) != fault.Internal {
		t.Error(err)
	}
	keys.set = fault.New(fault.KeyringDenied)
	wantCode(t, e.Seal(t.Context(), secret(firstPIN)), fault.KeyringDenied)
	keys.set, keys.forgets = nil, true
	wantCode(t, e.Seal(t.Context(), secret(firstPIN)), fault.KeyringDenied)
	keys.forgets = false
	wantCode(t, e.Seal(t.Context(), secret("284751")), fault.EnrolmentOver) // K is hidden once
	must(t, e.Seal(t.Context(), secret(firstPIN)))
	wantCode(t, e.Seal(t.Context(), secret(firstPIN)), fault.EnrolmentOver) // the PIN is kept no longer than it is needed
	_, err = e.Finish(t.Context(), secret("284751"))
	wantCode(t, err, fault.WrongCode)
	a, err := e.Finish(t.Context(), secret(firstPIN))
	must(t, err)
	defer a.Close()
	if !a.Unlocked() {
		t.Error("locked")
	}
	must(t, e.Leave(t.Context())) // does nothing any more
	if _, err := keystore.Load(t.Context(), keys, "a-test"); err != nil {
		t.Error(err)
	}
}

// Without a keyring nothing is asked of the platform: no code goes out that
// could lead nowhere.
func TestEnrolLooksAtTheKeyringFirst(t *testing.T) {
	t.Parallel()
	for _, code := range []fault.Code{fault.KeyringNone, fault.KeyringStuck, fault.KeyringLocked, fault.KeyringDenied} {
		w := newWorld(t)
		s := w.settings()
		s.Keys = &flaky{Store: s.Keys, get: fault.New(code)}
		_, err := client.Enrol(t.Context(), s, "mina", "Laptop")
		wantCode(t, err, code)
		if len(w.Outbox()) != 0 {
			t.Error("a letter went out")
		}
		if files, _ := os.ReadDir(s.Dir); len(files) != 0 {
			t.Error("files:", files)
		}
	}
}

// A keyring that vanished later is an error: nothing is kept elsewhere.
func TestKeyringVanishedLater(t *testing.T) {
	t.Parallel()
	_, s := another(t)
	keys := &flaky{Store: s.Keys}
	s.Keys = keys
	a := opened(t, s)
	made := begun(t, a, 3000)
	_, err := a.Challenge(t.Context(), made)
	must(t, err)
	count := func() (n int) {
		must(t, filepath.WalkDir(s.Dir, func(string, os.DirEntry, error) error { n++; return nil }))
		return n
	}
	files, writes := count(), keys.writes
	keys.get, keys.set = fault.New(fault.KeyringNone), fault.New(fault.KeyringNone)
	typed := secret(firstPIN)
	_, err = a.Confirm(t.Context(), made, &typed)
	wantCode(t, err, fault.KeyringNone)
	wantCode(t, a.ChangePIN(t.Context(), typed, secret("284751")), fault.KeyringNone)
	a.Lock()
	_, err = a.Unlock(t.Context(), typed)
	wantCode(t, err, fault.KeyringNone)
	_, err = client.Open(t.Context(), s)
	wantCode(t, err, fault.KeyringNone)
	if count() != files || keys.writes != writes {
		t.Error("something was written elsewhere")
	}
	keys.get, keys.set = nil, nil
	_, err = a.Unlock(t.Context(), typed)
	must(t, err)
}

// Who imported files before keeps them when the device is enrolled.
func TestEnrolmentKeepsImportedFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.settings()
	files, err := client.OpenFiles(t.Context(), s, true)
	must(t, err)
	must(t, files.Begin(t.Context(), store.Entry{Key: "mark", At: noon, Asked: []byte("{}")})) // anything that is the person's own
	must(t, files.Close())
	s.ID = client.FilesID
	a := w.enrolled(s)
	list, err := a.Store.Journal(t.Context())
	must(t, err)
	if len(list) != 1 || list[0].Key != "mark" {
		t.Errorf("the store of files was lost: %+v", list)
	}
	must(t, a.Close())
	a, err = client.Open(t.Context(), s)
	must(t, err)
	must(t, a.Close())
}

// A store whose key was lost does not bar an enrolment; it is set aside.
func TestEnrolAfterTheStoreKeyWasLost(t *testing.T) {
	t.Parallel()
	w, s := another(t)
	must(t, opened(t, s).Close())
	s.Keys = keystore.NewMemory()
	must(t, w.enrolled(s).Close())
	if _, err := os.Stat(filepath.Join(s.Dir, "a-test.store.aside")); err != nil {
		t.Error(err)
	}
}

// An unknown handle gets the same answer, and no code leads on.
func TestEnrolAStranger(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	e, err := client.Enrol(t.Context(), w.settings(), "nobody", "Laptop")
	must(t, err)
	if len(w.Outbox()) != 0 {
		t.Error("a letter to nobody")
	}
	if err := e.Activate(t.Context(), secret("7K9P-X2MQ")); codeOf(err) != fault.WrongCode {
		t.Error(err)
	}
	must(t, e.Leave(t.Context()))
}

// Keys of an account that is for another address are shown to nobody.
func TestEnrolledForAnotherAddress(t *testing.T) {
	t.Parallel()
	_, s := another(t)
	s.URL = "https://elsewhere.example"
	_, err := client.Open(t.Context(), s)
	wantCode(t, err, fault.OtherServer)
}

// An enrolment that took too long can't be finished, and says so.
func TestEnrolmentThatTookTooLong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.settings()
	e, err := client.Enrol(t.Context(), s, "mina", "Laptop")
	must(t, err)
	w.pass(11 * time.Minute)
	wantCode(t, e.Activate(t.Context(), w.letter()), fault.EnrolmentOver)
	must(t, e.Leave(t.Context()))
}

// What can be no activation code, such as a PIN typed in the wrong place, stays
// on this device and costs no try.
func TestWhatIsNoActivationCodeLeavesNoDevice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	e, err := client.Enrol(t.Context(), w.settings(), "mina", "Laptop")
	must(t, err)
	code := w.letter()
	for range 6 {
		for _, typed := range []string{firstPIN, "correct horse battery staple", "0000-000", "0000-0000-0"} {
			wantCode(t, e.Activate(t.Context(), secret(typed)), fault.WrongCode)
		}
	}
	w.mu.Lock()
	for _, r := range w.asked {
		if strings.HasSuffix(r, "/activate") {
			t.Errorf("%s was sent", r)
		}
	}
	w.mu.Unlock()
	must(t, e.Activate(t.Context(), code))
}
