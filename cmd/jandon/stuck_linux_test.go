package main

import (
	"bytes"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// inTime is three seconds for the keyring and the rest for a busy machine; a
// client that waits as long as the bus does would need two minutes.
const inTime = 10 * time.Second

// A bus that takes connections and never says a word holds no command up, and
// the screens come to say so.
func TestStuckBus(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mute, err := net.Listen("unix", filepath.Join(dir, "mute"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = mute.Close() })
	go func() {
		for {
			conn, err := mute.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { _ = conn.Close() })
		}
	}()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	bus := "DBUS_SESSION_BUS_ADDRESS=unix:path=" + filepath.Join(dir, "mute")
	enrolled := func() (home string) {
		home = t.TempDir()
		text := "[platform]\nurl = \"http://127.0.0.1:1\"\naccount = \"a-1\"\n[keystore]\nstore = \"keyring\"\n"
		if err := errors.Join(os.Mkdir(filepath.Join(home, "config"), 0o700), os.WriteFile(filepath.Join(home, "config", "config.toml"), []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
		return home
	}
	for _, args := range []string{"balance", "sync", "devices", "enroll http://127.0.0.1:1 --handle mina --code-fd 0 --pin-fd 0"} {
		t.Run(args, func(t *testing.T) {
			t.Parallel()
			home := enrolled()
			cmd := exec.Command(path, strings.Fields(args)...)
			cmd.Env = []string{"JANDON_HOME=" + home, "HOME=" + home, "LANG=C.UTF-8", bus}
			var told bytes.Buffer
			cmd.Stderr = &told
			began := time.Now() //nolint:forbidigo // how long it takes is the point
			failed := cmd.Run()
			if d := time.Since(began); d > inTime || cmd.ProcessState.ExitCode() != 9 || !strings.Contains(told.String(), "[keyring_stuck · ") {
				t.Errorf("%v after %v: %s", failed, d, told.String())
			}
			if data, err := os.ReadDir(filepath.Join(home, "data")); len(data) != 0 {
				t.Errorf("it left %v %v", data, err)
			}
		})
	}
	t.Run("screens", func(t *testing.T) {
		t.Parallel()
		s := startTTY(t, 120, 30, []string{"JANDON_HOME=" + enrolled(), bus})
		began := time.Now() //nolint:forbidigo // as above
		s.until("keyring")
		if d := time.Since(began); d > inTime {
			t.Errorf("it was silent for %v", d)
		}
	})
}
