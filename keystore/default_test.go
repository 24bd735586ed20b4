//go:build linux && !outside

package keystore

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jandon/keystore/internal/bus/bustest"
)

// The other tests go by shorter times; these are what a person waits.
func TestDeadlinesAreThePromised(t *testing.T) {
	t.Parallel()
	want := Limits{Quick: 2500 * time.Millisecond, Start: 2500 * time.Millisecond * 2 / 3, Patient: time.Minute, Settle: 10 * time.Minute}
	if got := NewKeyring(Limits{}, nil).limits; got != want {
		t.Errorf("%+v", got)
	}
	if got := NewKeyring(Limits{Quick: 300 * time.Millisecond}, nil).limits.Start; got >= 300*time.Millisecond {
		t.Errorf("starting the service alone may take %v", got)
	}
}

// Without an address in the environment the bus of the runtime directory is
// found, by the probe and by go-keyring below.
func TestBusOfTheRuntimeDirectory(t *testing.T) {
	address := bustest.Start(t, busName, "")
	path, _, _ := strings.Cut(strings.TrimPrefix(address, "unix:path="), ",")
	dir := t.TempDir()
	if err := os.Symlink(path, filepath.Join(dir, "bus")); err != nil {
		t.Fatal(err)
	}
	useBus(t, address)
	serve(t, &service{})
	t.Setenv("XDG_RUNTIME_DIR", dir)
	for _, none := range []string{"", "autolaunch:"} {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", none)
		k := start(t, brief, nil)
		if err := k.Set(t.Context(), account, value("x")); err != nil {
			t.Errorf("%q: %v", none, err)
		}
	}
}
