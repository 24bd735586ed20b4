//go:build outside && linux

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// longest is what the keyring may cost a person who waits, from their key
// to the sentence on the screen.
const longest = 3 * time.Second

// promptly fails unless something takes no more than that; a machine that is busy
// with something else may be late, but not three times.
func promptly(t *testing.T, what string, before, do func()) {
	t.Helper()
	var took time.Duration
	for range 3 {
		before()
		began := time.Now() //nolint:forbidigo // how long it takes is the point
		do()
		if took = time.Since(began); took <= longest {
			return
		}
	}
	t.Errorf("%s: it took %v", what, took)
}

// asked asks the bus of the environment for something and gives the answer.
func asked(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command("dbus-send", append([]string{"--session", "--print-reply"}, args...)...).CombinedOutput()
	if err != nil {
		t.Fatal(err, string(out))
	}
	return string(out)
}

// A keyring that hangs, that is locked and whose window is closed unanswered, or
// that goes away while the screens are open: each is said within three seconds,
// keys do what they do meanwhile, nothing stands in for the keyring, and once it
// is well again the very same PIN goes on.
func TestScreensLiveThroughEachStateOfTheKeyring(t *testing.T) { // sets the environment, so not in parallel
	address, end := ownKeyring(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
	p := person{t, program(t), t.TempDir()}
	p.enroll(startServe(t, p.jandon, "--scenario", "everyday", "--db", filepath.Join(t.TempDir(), "platform.db")))
	words := strings.Fields(asked(t, "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.GetConnectionUnixProcessID", "string:org.freedesktop.secrets"))
	daemon, err := strconv.Atoi(words[len(words)-1])
	if err != nil {
		t.Fatal(words)
	}
	tell := func(signal syscall.Signal) {
		t.Helper()
		if err := syscall.Kill(daemon, signal); err != nil {
			t.Fatal(err)
		}
	}

	s := startTTY(t, 100, 30, []string{"JANDON_HOME=" + p.home, "DBUS_SESSION_BUS_ADDRESS=" + address})
	const below = "y yes, cash out" // a key that the panel for the PIN has not
	s.until("1 Home", "Total held")
	s.press("6")
	s.until("can go")
	s.press("1300\r\x1b[B")
	s.until("▸ Fastest")
	s.press("\r")
	s.until("Cash this out?", "y yes")
	panel := func() { s.insist("y", "This needs your PIN", "Esc not now") } // and the keys below are its own by then
	said := func(code string) {
		t.Helper()
		promptly(t, code, func() {
			s.press(secretPIN)
			s.until("• • •") // what was said before is gone
		}, func() {
			s.press("\r")
			s.until("[" + code)
		})
		promptly(t, code+", by command", func() {}, func() {
			if status, _, told := p.run("", "balance"); status != 9 || !strings.Contains(told, "[keyring_") {
				t.Errorf("%s: a command ends with %d and says %s", code, status, told)
			}
		})
		if found, err := filepath.Glob(filepath.Join(p.home, "data", "keys")); len(found) > 0 || err != nil {
			t.Errorf("%s: a file stands in for the keyring: %v %v", code, found, err)
		}
	}

	panel()
	tell(syscall.SIGSTOP)
	s.press(secretPIN + "\r\x1b") // who does not want to wait does not have to
	s.until(below)
	panel()
	said("keyring_stuck")
	s.press("\x1b")
	s.until(below)
	tell(syscall.SIGCONT)
	panel()
	s.press(secretPIN + "\r")
	s.insist("y", "Confirm exactly this?")
	s.insist("y", "receipt")

	s.press("L")
	s.until("Locked since")
	asked(t, "--dest=org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock",
		"array:objpath:/org/freedesktop/secrets/collection/login")
	said("keyring_denied") // without a display, the daemon dismisses its own window
	s.press("284")
	s.until("• • •")
	s.press("r")
	end()
	said("keyring_none")
	s.press("q")
	s.gone(0)
	s.restored()
	if raw := s.raw.String(); strings.Contains(raw, secretPIN) || strings.Contains(raw, "press Ctrl+C to stop") {
		t.Error("something was printed over the screen")
	}
	nothingSecret(t, secretPIN, p.home)
	if _, err := os.Stat(filepath.Join(p.home, "data", "keys")); err == nil {
		t.Error("a file stands in for the keyring")
	}
}
