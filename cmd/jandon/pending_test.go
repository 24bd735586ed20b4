//go:build unix

package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jandon/config"
	"jandon/internal/fault"
	"jandon/keystore"
)

// file is where its settings are.
func (w walletHome) file() string { return filepath.Join(w.home, "config", "config.toml") }

// setting is a setting of the platform's as the file has it.
func (w walletHome) setting(name string) string {
	w.h.t.Helper()
	text, err := os.ReadFile(w.file())
	w.must(err)
	for line := range strings.Lines(string(text)) {
		if key, value, _ := strings.Cut(line, "="); strings.TrimSpace(key) == name {
			return strings.Trim(strings.TrimSpace(value), `'"`)
		}
	}
	return ""
}

// underWay is the account whose enrolment is under way.
func (w walletHome) underWay() string { return w.setting("enrolling") }

func (w walletHome) must(err error) {
	w.h.t.Helper()
	if err != nil {
		w.h.t.Fatal(err)
	}
}

// What is left of an enrolment whose device is in use is cleared away by the next
// one that is begun, with a word about it, and the device is never revoked.
func TestWhatIsLeftOfAFinishedEnrolmentNeverRevokesItsDevice(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	w.enrolled()
	id := w.setting("account")
	item, err := keystore.Load(t.Context(), w.keys, id)
	w.must(err)
	for status, args := range map[int][]string{
		0: {"enroll", "--resume"},
		2: {"enroll", "--anew", h.url, "--handle", "nobody"}, // nobody hands it a code
	} {
		w.must(keystore.SavePending(t.Context(), w.keys, id, keystore.Pending{Item: item, ID: "e-before", Handle: h.person, Name: "desk"}))
		w.must(config.Change(w.file(), map[string]string{"platform.enrolling": id}))
		if _, told := w.want(status, args...); !strings.Contains(told, "is complete") {
			t.Errorf("%v: %s", args, told)
		}
		if _, err := keystore.LoadPending(t.Context(), w.keys, id); !errors.Is(err, fault.New(fault.KeyringMissing)) {
			t.Errorf("%v: %v", args, err)
		}
		if got := w.underWay(); got != "" {
			t.Errorf("%v: %s is under way", args, got)
		}
		w.want(0, "sync")
	}
}

// holdsOn is a keyring that gives back something else, and lets nothing go.
type holdsOn struct{ keystore.Store }

func (k holdsOn) Set(ctx context.Context, account string, _ keystore.Secret) error {
	return k.Store.Set(ctx, account, keystore.NewSecret([]byte("{}")))
}

func (holdsOn) Delete(context.Context, string) error { return nil }

// What could not be taken out of the keyring again is said, and found again.
func TestWhatStaysInTheKeyringStaysInTheSettings(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	var told strings.Builder
	fds := handed(t, "7K9P-X2MQ", "739105826417")
	a := w.app(strings.NewReader(""), &told, &told)
	a.keys = holdsOn{w.keys}
	if status := a.run(t.Context(), []string{"enroll", h.url, "--handle", h.person, "--name", "desk", "--code-fd", fds[0], "--pin-fd", fds[1]}); status != 9 || !strings.Contains(told.String(), "still in the keyring") {
		t.Errorf("%d\n%s", status, told.String())
	}
	if w.underWay() == "" {
		t.Error("nobody would look for it")
	}
}

// A run that gives its own enrolment up leaves to another run what that one has
// begun since, and the word of it in the settings.
func TestGivingUpLeavesWhatAnotherRunHasBegun(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	s := w.sit("enroll", h.url, "--handle", h.person, "--name", "first")
	s.hears("Activation code")
	id := w.underWay()
	other, err := keystore.LoadPending(t.Context(), w.keys, id)
	w.must(err)
	other.ID = "e-other"
	w.must(keystore.SavePending(t.Context(), w.keys, id, other))
	h.pass(11 * time.Minute)
	letter := <-h.letters
	letter.Code.Expose(func(code []byte) { s.types(string(code) + "\r") })
	s.hears("Another run of Jandon")
	s.ends(7)
	left, err := keystore.LoadPending(t.Context(), w.keys, id)
	if err != nil || left.ID != "e-other" || w.underWay() != id {
		t.Errorf("%s %v, %q is under way", left.ID, err, w.underWay())
	}
}

// Two runs at once where no account is there yet: the second does not begin one
// beside the first, and says why; and a run whose registration was given up by
// another one leaves what that one has begun.
func TestTwoRunsAtOnce(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	second := w.sit("enroll", h.url, "--handle", h.person)
	second.hears("Name of this device")
	first := w.sit("enroll", h.url, "--handle", h.person, "--name", "first")
	first.hears("Activation code")
	id := w.underWay()
	second.types("second\r")
	second.hears("Another run of Jandon")
	second.ends(7)
	if w.underWay() != id {
		t.Errorf("%q is under way, and was %q", w.underWay(), id)
	}
	<-h.letters
	third := w.sit("enroll", h.url, "--handle", h.person, "--anew", "--name", "third")
	third.hears("Activation code")
	letter, now := <-h.letters, w.underWay()
	first.types("7K9PX2MQ\r")
	first.hears("Another run of Jandon")
	first.ends(7)
	if w.underWay() != now || now == id {
		t.Errorf("%q is under way, and was %q", w.underWay(), now)
	}
	letter.Code.Expose(func(code []byte) { third.types(string(code) + "\r") })
	third.hears("New PIN")
	third.types("739105826417\r")
	third.hears("once more")
	third.types("739105826417\r")
	third.ends(0)
	if w.underWay() != "" {
		t.Errorf("%q is under way", w.underWay())
	}
}

// By command, too, another device can approve what this run asked for, and a later
// run says that only the code lets it in.
func TestApprovedWhileACommandWaits(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	other := h.wallet()
	other.enrolled()
	w := h.wallet()
	first := w.sit("enroll", h.url, "--handle", h.person, "--name", "first")
	first.hears("Another device of yours can approve instead")
	first.hears("Activation code")
	later := w.sit("enroll", "--resume")
	later.hears("can no longer approve it")
	later.hears("Activation code")
	later.types("\r")
	later.hears("It needs the code")
	later.hears("Activation code")
	s := w.sit("enroll", h.url, "--handle", h.person, "--anew", "--name", "desk")
	s.hears("Activation code")
	for _, gone := range []*sitting{first, later} {
		gone.types("7K9PX2MQ\r")
		gone.hears("Another run of Jandon")
		gone.ends(7)
	}
	s.types("\r")
	s.hears("No other device has approved")
	s.hears("Activation code")
	out, _ := other.want(0, "acts", "--json")
	var list actsJSON
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list.Acts) == 0 || list.Acts[0].Action != "device.add" {
		t.Fatal(err, out)
	}
	other.want(0, "acts", "confirm", list.Acts[0].ID, "--yes", "--pin-fd", handed(t, canaryPIN)[0])
	s.types("\r")
	s.hears("New PIN")
	s.types("739105826417\r")
	s.hears("once more")
	s.types("739105826417\r")
	s.ends(0)
}

// Who gives up what waits and begins anew finds what another run has begun under
// the same account meanwhile, and leaves it there: it is gone on with.
func TestBeginningAnewPushesNothingAside(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	w.enrolled()
	first := w.sit("enroll", h.url, "--handle", h.person, "--name", "first")
	first.hears("Activation code")
	<-h.letters
	second := w.sit("enroll", h.url, "--handle", h.person, "--name", "second")
	second.hears("Go on with it?")
	third := w.sit("enroll", h.url, "--handle", h.person, "--anew", "--name", "third")
	third.hears("Activation code")
	letter, id := <-h.letters, w.underWay()
	second.types("n\r")
	second.hears("Another run of Jandon")
	second.ends(7)
	if id == "" || w.underWay() != id {
		t.Errorf("%q is under way, and was %q", w.underWay(), id)
	}
	letter.Code.Expose(func(code []byte) { third.types(string(code) + "\r") })
	third.hears("New PIN")
}
