//go:build linux

package keystore

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"jandon/internal/fault"
)

// brief are deadlines that keep the tests quick; slack is for a busy machine.
var brief = Limits{Quick: 800 * time.Millisecond, Start: 500 * time.Millisecond, Patient: 1200 * time.Millisecond, Settle: 300 * time.Millisecond}

const account = "a-test"

// start is NewKeyring for a test, which does not end before the keyring has
// settled: a late undo must not meet the next test's bus.
func start(t *testing.T, limits Limits, waiting func(bool)) *Keyring {
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

// bus starts a message bus of its own for a test and makes it the session's.
// activation is the command that the bus starts for the Secret Service; empty:
// none, so that no keyring of this machine comes into play.
func bus(t *testing.T, activation string) string {
	t.Helper()
	dir := t.TempDir()
	services := filepath.Join(dir, "services")
	if err := os.Mkdir(services, 0o700); err != nil {
		t.Fatal(err)
	}
	if activation != "" {
		write(t, filepath.Join(services, busName+".service"), fmt.Sprintf("[D-BUS Service]\nName=%s\nExec=%s\n", busName, activation))
	}
	config := filepath.Join(dir, "bus.conf")
	write(t, config, fmt.Sprintf(`<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir=%s</listen><servicedir>%s</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`, dir, services))
	daemon := exec.Command("dbus-daemon", "--config-file="+config, "--print-address", "--nofork", "--nopidfile")
	daemon.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} // also when the tests are killed
	out, err := daemon.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := daemon.Start(); err != nil {
		t.Fatalf("%v (package dbus)", err)
	}
	t.Cleanup(func() {
		_ = daemon.Process.Kill()
		_ = daemon.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	address := strings.TrimSpace(line)
	useBus(t, address)
	return address
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

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
