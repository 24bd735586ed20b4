//go:build linux

package client_test

import (
	"net"
	"path/filepath"
	"testing"
	"time"

	"jandon/client"
	"jandon/internal/fault"
	"jandon/keystore"
)

// With no bus, or one that takes connections and never says a word, every way
// to the keyring ends within three seconds, and nothing is kept elsewhere.
func TestNoBusAndStuckBus(t *testing.T) { // sets the environment, so not in parallel
	w, s := another(t)
	keys := &flaky{Store: s.Keys}
	s.Keys = keys
	a := opened(t, s)
	a.Lock()
	dir := t.TempDir()
	mute, err := net.Listen("unix", filepath.Join(dir, "mute"))
	must(t, err)
	defer mute.Close()
	go func() {
		for {
			conn, err := mute.Accept()
			if err != nil {
				return
			}
			defer conn.Close()
		}
	}()
	for name, want := range map[string]fault.Code{"none": fault.KeyringNone, "mute": fault.KeyringStuck} {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(dir, name))
		keys.Store = keystore.NewKeyring(keystore.Limits{Quick: 300 * time.Millisecond}, nil)
		letters, sessions := len(w.Outbox()), w.seen("POST /v1/sessions")
		for what, try := range map[string]func() error{
			"unlock": func() error { _, err := a.Unlock(t.Context(), secret(firstPIN)); return err },
			"open":   func() error { _, err := client.Open(t.Context(), s); return err },
			"enrol":  func() error { _, err := client.Enrol(t.Context(), s, "mina", "Laptop"); return err },
		} {
			began := time.Now() //nolint:forbidigo // how long it takes is the point
			err := try()
			if d := time.Since(began); codeOf(err) != want || d > 3*time.Second {
				t.Errorf("%s, %s: %v after %v", name, what, err, d)
			}
		}
		if len(w.Outbox()) != letters || w.seen("POST /v1/sessions") != sessions {
			t.Errorf("%s: the platform was asked", name)
		}
	}
	if _, err := a.Wallet(t.Context()); err != nil { // what was stored can still be read
		t.Error(err)
	}
}
