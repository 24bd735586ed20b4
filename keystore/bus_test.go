//go:build linux

package keystore

import (
	"errors"
	"os"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"jandon/internal/fault"
	"jandon/keystore/internal/bus/bustest"
)

// brief are deadlines that keep the tests quick; slack is for a busy machine.
var brief = Limits{Quick: 800 * time.Millisecond, Start: 500 * time.Millisecond, Patient: 1200 * time.Millisecond, Settle: 300 * time.Millisecond}

const account = "a-test"

// start is NewKeyring for a test, which does not end before the keyring has
// settled: a late undo must not meet the next test's bus.
func start(t *testing.T, limits Limits, waiting Waiting) *Keyring {
	k := NewKeyring(limits, waiting)
	t.Cleanup(k.late.Wait)
	return k
}

// watchful is brief with time to take a late write back.
var watchful = Limits{Quick: 800 * time.Millisecond, Start: brief.Start, Settle: 20 * time.Second}

func value(s string) Secret { return NewSecret([]byte(s)) }

func wantCode(t *testing.T, err error, code fault.Code) {
	t.Helper()
	if !errors.Is(err, fault.New(code)) {
		t.Errorf("got %v, want %s", err, code)
	}
}

// ownBus starts a message bus of its own for a test and makes it the session's.
// activation is the command that the bus starts for the Secret Service; empty:
// none, so that no keyring of this machine comes into play.
func ownBus(t *testing.T, activation string) {
	t.Helper()
	useBus(t, bustest.Start(t, busName, activation))
}

// useBus makes address the session bus of this process for a test.
func useBus(t *testing.T, address string) {
	t.Helper()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
	t.Cleanup(func() {
		// go-keyring's shared connection must not outlive the bus of the test.
		// With this address there is either that one or an error.
		_ = os.Setenv("DBUS_SESSION_BUS_ADDRESS", "none") // put back by the Setenv above
		if shared, err := dbus.SessionBus(); err == nil {
			_ = shared.Close()
		}
	})
}
