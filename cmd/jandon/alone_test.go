//go:build unix

package main

import (
	"bytes"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// listening takes whatever calls an address, and counts it.
func listening(t *testing.T, network, address string, calls *atomic.Int32) net.Listener {
	t.Helper()
	l, err := net.Listen(network, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			calls.Add(1)
			_ = c.Close()
		}
	}()
	return l
}

// TestAReplayIsAlone replays where there is no home that can be written, and
// where a bus and a proxy listen: nobody calls them, and nothing is written.
func TestAReplayIsAlone(t *testing.T) {
	t.Parallel()
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	file := written(t, student(t))
	dir, err := os.MkdirTemp("", "alone") // short: the name of a socket has an end
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	var calls atomic.Int32
	listening(t, "unix", filepath.Join(dir, "bus"), &calls)
	proxy := listening(t, "tcp", "127.0.0.1:0", &calls).Addr().String()
	home := filepath.Join(dir, "home")
	if err := os.Mkdir(home, 0o500); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"replay", file, "--verify"}, {"replay", file, "--frames", "--step", "20"}, {"session", "show", file}, {"session", "to-scenario", file}} {
		cmd := exec.Command(program, args...)
		if unshare, err := exec.LookPath("unshare"); err == nil && exec.Command(unshare, "-rn", "true").Run() == nil {
			cmd = exec.Command(unshare, append([]string{"-rn", program}, args...)...) // no network at all
		}
		cmd.Dir = home
		cmd.Env = []string{
			"HOME=" + home, "TMPDIR=" + home, "XDG_RUNTIME_DIR=" + home, "LANG=C.UTF-8", "DBUS_SESSION_BUS_ADDRESS=unix:path=" + filepath.Join(dir, "bus"),
			"HTTP_PROXY=http://" + proxy, "HTTPS_PROXY=http://" + proxy, "ALL_PROXY=http://" + proxy,
		}
		var out, told bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &told
		if err := cmd.Run(); err != nil {
			t.Errorf("%v: %v\n%s", args, err, told.String())
		}
		if out.Len() == 0 && !strings.Contains(told.String(), "All ") {
			t.Errorf("%v says nothing: %s", args, told.String())
		}
	}
	if n := calls.Load(); n > 0 {
		t.Errorf("somebody was called %d times", n)
	}
	err = filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
		if path != home {
			t.Errorf("%s was written", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
