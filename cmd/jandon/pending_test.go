//go:build unix

package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jandon/config"
	"jandon/internal/fault"
	"jandon/keystore"
)

// account is the id in the settings, and file is theirs.
func (w walletHome) account() (id, file string) {
	w.h.t.Helper()
	file = filepath.Join(w.home, "config", "config.toml")
	text, err := os.ReadFile(file)
	if err != nil {
		w.h.t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, "="); ok && strings.TrimSpace(name) == "account" {
			return strings.Trim(strings.TrimSpace(value), `"`), file
		}
	}
	w.h.t.Fatalf("no account in\n%s", text)
	return "", ""
}

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
	id, file := w.account()
	item, err := keystore.Load(t.Context(), w.keys, id)
	w.must(err)
	for status, args := range map[int][]string{
		0: {"enroll", "--resume"},
		2: {"enroll", "--anew", h.url, "--handle", "nobody"}, // nobody hands it a code
	} {
		w.must(keystore.SavePending(t.Context(), w.keys, id, keystore.Pending{Item: item, ID: "e-before", Handle: h.person, Name: "desk"}))
		w.must(config.Change(file, map[string]string{"platform.enrolling": id}))
		if _, told := w.want(status, args...); !strings.Contains(told, "is complete") {
			t.Errorf("%v: %s", args, told)
		}
		if _, err := keystore.LoadPending(t.Context(), w.keys, id); !errors.Is(err, fault.New(fault.KeyringMissing)) {
			t.Errorf("%v: %v", args, err)
		}
		if text, err := os.ReadFile(file); err != nil || strings.Contains(string(text), "enrolling = \""+id) {
			t.Errorf("%v: %s %v", args, text, err)
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
	text, err := os.ReadFile(filepath.Join(w.home, "config", "config.toml"))
	if err != nil || !strings.Contains(string(text), "enrolling") {
		t.Errorf("%s %v", text, err)
	}
}
