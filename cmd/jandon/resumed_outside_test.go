//go:build outside && linux

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"jandon/config"
	"jandon/keystore"
)

// at opens the screens of a wallet with the shared keyring.
func (p person) at(args ...string) *tty {
	p.t.Helper()
	return startTTY(p.t, 100, 30, []string{"JANDON_HOME=" + p.home, "DBUS_SESSION_BUS_ADDRESS=" + os.Getenv("DBUS_SESSION_BUS_ADDRESS")}, args...)
}

// killed is a SIGKILL.
func (s *tty) killed() {
	s.t.Helper()
	s.signal(syscall.SIGKILL)
	<-s.done
}

// kill -9 of the wallet at every step of its registration, with the real keyring
// and real processes: each start goes on at the step that was left, in the
// screens and in the terminal's lines, and in the end there is one device and
// nothing else, in the keyring, the settings and on the platform.
func TestKilledAtEachStepOfARegistration(t *testing.T) {
	t.Parallel()
	jandon := program(t)
	db := filepath.Join(t.TempDir(), "platform.db")
	served := startServe(t, jandon, "--scenario", "everyday", "--db", db)
	p := person{t, jandon, t.TempDir()}

	s := p.at()
	s.until("q  Quit")
	s.press("2\r")
	s.until("Which platform")
	s.press(served.url + "\r")
	s.until("Who are you to")
	s.killed() // nothing was begun
	s = p.at("enroll", served.url, "--handle", served.handle, "--name", "desk")
	s.until("Activation code (not shown)")
	s.killed()
	code := <-served.codes

	p.want(2, "", "enroll", served.url, "--handle", served.handle, "--code-fd", "3", "--pin-fd", "3") // nobody says which
	s = p.at()
	s.until("A registration waits", "desk", "the activation code")
	s.insist("\r", "Which code")
	s.press(code + "\r")
	s.until("Choose a PIN")
	s.killed()

	s = p.at()
	s.until("A registration waits", "the activation code again")
	s.press("q")
	s.gone(0)
	nothingSecret(t, code, p.home)
	s = p.at()
	s.until("A registration waits")
	s.insist("\r", "nothing of it is kept here")
	s.press(code + "\r")
	s.until("Choose a PIN")
	s.killed()
	s = p.at("enroll")
	s.until("Its code was taken")
	s.insist("y\r", "nothing of it is kept here")
	s.until("Activation code (not shown)")
	s.press(code + "\r")
	s.until("New PIN")
	s.press(secretPIN + "\r")
	s.until("The same once more")
	served.stop(t) // the keys are kept, and no session can be opened with them
	s.press(secretPIN + "\r")
	s.until("What was begun is kept.")
	s.gone(6)
	handle := served.handle
	served = startServe(t, jandon, "--db", db, "--listen", strings.TrimPrefix(served.url, "http://"))
	s = p.at("enroll")
	s.until("it waits for the PIN that you chose")
	s.insist("y\r", "The PIN that you chose, to open")
	s.killed()

	s = p.at()
	s.until("A registration waits", "the PIN that you chose")
	s.insist("\r", "Type the PIN again")
	s.press(secretPIN + "\r")
	s.until("This device is registered")
	s.killed()

	p.want(0, "", "sync")
	var devices struct{ Devices []struct{ Name string } }
	out, _ := p.want(0, "", "devices", "--json")
	if err := json.Unmarshal([]byte(out), &devices); err != nil || len(devices.Devices) != 1 || devices.Devices[0].Name != "desk" {
		t.Errorf("devices: %s %v", out, err)
	}
	if acts, _ := p.want(0, "", "acts", "--json"); strings.Contains(acts, "waiting") || strings.Count(acts, `"device.add"`) != 1 {
		t.Errorf("acts: %s", acts)
	}
	stores, _ := filepath.Glob(filepath.Join(p.home, "data", "*.store"))
	if len(stores) != 1 {
		t.Fatalf("stores: %v", stores)
	}
	ring, account := keystore.NewKeyring(keystore.Limits{}, nil), strings.TrimSuffix(filepath.Base(stores[0]), ".store")
	if _, err := keystore.LoadPending(t.Context(), ring, account); err == nil {
		t.Error("what was made for the registration is still in the keyring")
	}
	nothingSecret(t, secretPIN, p.home)

	// As if it was killed after the account's own entry was written, which names the
	// device: it is concluded without a question, and the device stays.
	item, err := keystore.Load(t.Context(), ring, account)
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"enroll", "--resume"}, {"enroll"}} {
		err := keystore.SavePending(t.Context(), ring, account, keystore.Pending{Item: item, ID: "e-before", Handle: handle, Name: "desk"})
		if err == nil {
			err = config.Change(filepath.Join(p.home, "config", "config.toml"), map[string]string{"platform.enrolling": account})
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, said := p.want(0, "", args...); !strings.Contains(said, "is complete") {
			t.Errorf("%v: %s", args, said)
		}
		if _, err := keystore.LoadPending(t.Context(), ring, account); err == nil {
			t.Error("what was made for the registration is still in the keyring")
		}
		p.want(0, "", "sync")
	}

	// Another one is begun, killed and given up: nothing waits anywhere.
	s = p.at("enroll", served.url, "--handle", handle, "--name", "other")
	s.until("Activation code (not shown)")
	s.killed()
	<-served.codes
	if acts, _ := p.want(0, "", "acts", "--json"); !strings.Contains(acts, `"waiting"`) {
		t.Errorf("acts: %s", acts)
	}
	s = p.at("enroll", served.url, "--handle", handle, "--anew", "--name", "again")
	s.until("Activation code (not shown)")
	s.killed()
	if acts, _ := p.want(0, "", "acts", "--json"); !strings.Contains(acts, `"canceled"`) || strings.Count(acts, `"waiting"`) != 1 {
		t.Errorf("acts: %s", acts)
	}
	p.want(0, "", "balance") // the account itself is as it was
}
