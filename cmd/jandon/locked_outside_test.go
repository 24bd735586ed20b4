//go:build outside && linux

package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// ownKeyring starts a bus with a real gnome-keyring, apart from the one that
// the tests share, and gives its address and what ends both.
func ownKeyring(t *testing.T) (address string, end func()) {
	t.Helper()
	script, err := filepath.Abs("../../keystore/testdata/with-keyring.sh")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("dbus-run-session", "--", script, "sh", "-c", "echo $DBUS_SESSION_BUS_ADDRESS; read -r end")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for address == "" && lines.Scan() {
		if at := strings.Index(lines.Text(), "unix:"); at >= 0 {
			address = lines.Text()[at:]
		}
	}
	end = func() {
		_ = in.Close()
		_, _ = io.Copy(io.Discard, out)
		_ = cmd.Wait()
	}
	t.Cleanup(end)
	return address, end
}

// A keyring that is locked and whose window nobody answers, and one that goes
// away, end every start in time with what to do, at a terminal as without one,
// and leave no file behind.
func TestALockedOrVanishedKeyringIsSaidInTime(t *testing.T) {
	t.Parallel()
	path, err := built() // not in the times
	if err != nil {
		t.Fatal(err)
	}
	address, end := ownKeyring(t)
	lock := exec.Command("dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets", "/org/freedesktop/secrets",
		"org.freedesktop.Secret.Service.Lock", "array:objpath:/org/freedesktop/secrets/collection/login")
	lock.Env = append(os.Environ(), "DBUS_SESSION_BUS_ADDRESS="+address)
	if out, err := lock.CombinedOutput(); err != nil {
		t.Fatal(err, string(out))
	}
	home := t.TempDir()
	if err := os.Mkdir(filepath.Join(home, "config"), 0o700); err != nil {
		t.Fatal(err)
	}
	text := "[platform]\nurl = \"http://127.0.0.1:1\"\naccount = \"a-1\"\n[keystore]\nstore = \"keyring\"\n"
	if err := os.WriteFile(filepath.Join(home, "config", "config.toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	env := []string{"JANDON_HOME=" + home, "DBUS_SESSION_BUS_ADDRESS=" + address}
	said := func(code string) {
		t.Helper()
		began := time.Now() //nolint:forbidigo // how long it takes is the point
		s := startTTY(t, 100, 30, env)
		s.until("[" + code + " · ")
		s.gone(9)
		if d := time.Since(began); d > inTime {
			t.Errorf("%s: it took %v", code, d)
		}
		if data, err := os.ReadDir(filepath.Join(home, "data")); len(data) != 0 {
			t.Errorf("%s: it left %v %v", code, data, err)
		}
		if _, err := os.Stat(filepath.Join(home, "data", "keys")); err == nil {
			t.Errorf("%s: a file stands in for the keyring", code)
		}
	}
	said("keyring_denied") // without a display, the daemon dismisses its own window
	silent := exec.Command(path, "balance")
	silent.Env = append([]string{"LANG=C.UTF-8", "HOME=" + home}, env...)
	out, err := silent.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "[keyring_locked · ") {
		t.Errorf("with nobody there it says %v: %s", err, out)
	}
	end()
	said("keyring_none")
}
