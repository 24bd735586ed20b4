//go:build unix

package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// A page that fails, wherever it does, leaves the alternate screen and prints
// nothing of what it showed or failed with.
func TestPanicInAPagePrintsNothingPersonal(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "jandon-falls")
	if err := os.Symlink(self, name); err != nil {
		t.Fatal(err)
	}
	for what, key := range map[string]string{"updating": "u", "drawing": "v", "a command": "c", "one of several": "b", "the runtime": "r"} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(name)
			cmd.Dir = t.TempDir()
			cmd.Env = []string{"TERM=xterm-256color", "HOME=" + cmd.Dir}
			f, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = f.Close() }()
			stuck := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
			defer stuck.Stop()
			var out strings.Builder
			buf, pressed := make([]byte, 4096), -1 // where in out the key was pressed
			for {
				n, err := f.Read(buf)
				out.Write(buf[:n])
				if pressed < 0 && strings.Contains(out.String(), personal) {
					pressed = out.Len()
					if _, err := io.WriteString(f, key); err != nil {
						t.Fatal(err)
					}
				}
				if err != nil { // it has closed the terminal
					break
				}
			}
			if err := cmd.Wait(); err == nil || pressed < 0 {
				t.Fatalf("it did not fail: %v\n%q", err, out.String())
			}
			after := out.String()[pressed:]
			if !strings.Contains(after, "\x1b[?1049l") {
				t.Errorf("it does not leave the screen: %q", after)
			}
			if strings.Contains(after, "Canary") || strings.Contains(after, "739,105") {
				t.Errorf("it says %q", after)
			}
			_, left, _ := strings.Cut(after, "\x1b[?1049l")
			_, told, _ := strings.Cut(left, "Where it failed")
			told, _, _ = strings.Cut(told, "\n")
			if !strings.Contains(told, "fall_test.go:") || !strings.Contains(told, "jandon.falling.") || strings.Contains(told, "/fall_test") {
				t.Errorf("after the screen it says where: %q", told)
			}
			if files, err := os.ReadDir(cmd.Dir); err != nil || len(files) != 0 {
				t.Errorf("it left %v %v", files, err)
			}
		})
	}
}
