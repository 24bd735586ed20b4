//go:build unix

package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// built is the program as `go build` makes it, made once.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "jandon-smoke-")
	if err != nil {
		return "", err
	}
	leftovers = append(leftovers, dir)
	path := filepath.Join(dir, "jandon")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", &exec.Error{Name: string(out), Err: err}
	}
	return path, nil
})

// tty is the built program in a real pseudo-terminal, with an emulator that
// draws what it writes and answers what it asks.
type tty struct {
	t    *testing.T
	cmd  *exec.Cmd
	pty  *os.File
	done chan error

	mu   sync.Mutex
	emu  *vt.Emulator
	raw  bytes.Buffer
	news chan struct{} // holds a token when something was drawn
}

// patience bounds every wait for what the screen shows. It only says when a test
// has failed: on a loaded machine a second of work may take half a minute.
const patience = 3 * time.Minute

func startTTY(t *testing.T, width, height int, env []string, args ...string) *tty {
	t.Helper()
	return startTTYIn(t, "", width, height, env, args...)
}

// startTTYIn is startTTY in another directory.
func startTTYIn(t *testing.T, dir string, width, height int, env []string, args ...string) *tty {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Dir = dir
	cmd.Env = append([]string{
		"TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8", "HOME=" + t.TempDir(), "JANDON_HOME=" + t.TempDir(),
	}, env...)
	blocking, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)})
	if err != nil {
		t.Fatal(err)
	}
	f := interruptible(t, blocking)
	s := &tty{t: t, cmd: cmd, pty: f, done: make(chan error, 1), emu: vt.NewEmulator(width, height), news: make(chan struct{}, 1)}
	go func() { _, _ = io.Copy(f, s.emu) }() // what the terminal answers
	go s.draw()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = f.Close()
		_ = s.emu.Close()
	})
	return s
}

// interruptible is the same terminal with reads that can be ended: one that
// blocks in the kernel would keep it open.
func interruptible(t *testing.T, f *os.File) *os.File {
	t.Helper()
	fd, err := syscall.Dup(int(f.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	syscall.CloseOnExec(fd)
	if err := errors.Join(syscall.SetNonblock(fd, true), f.Close()); err != nil {
		t.Fatal(err)
	}
	return os.NewFile(uintptr(fd), "terminal")
}

// draw feeds the emulator until the program has closed the terminal.
func (s *tty) draw() {
	buf := make([]byte, 1<<15)
	for {
		n, err := s.pty.Read(buf)
		s.mu.Lock()
		s.raw.Write(buf[:n])
		_, _ = s.emu.Write(buf[:n])
		s.mu.Unlock()
		select {
		case s.news <- struct{}{}:
		default:
		}
		if err != nil {
			s.done <- s.cmd.Wait()
			return
		}
	}
}

func (s *tty) screen() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.emu.String()
}

// until waits for a screen that holds all of the words.
func (s *tty) until(words ...string) {
	s.t.Helper()
	deadline := time.After(patience)
	for {
		screen, all := s.screen(), true
		for _, w := range words {
			all = all && strings.Contains(screen, w)
		}
		if all {
			return
		}
		select {
		case <-s.news:
		case <-deadline:
			s.t.Fatalf("no screen with %q; the last one is\n%s", words, screen)
		}
	}
}

func (s *tty) press(keys string) {
	s.t.Helper()
	if _, err := io.WriteString(s.pty, keys); err != nil {
		s.t.Fatal(err)
	}
}

// insist presses a key until a screen holds all of the words: a question takes
// no answer before it has stood there for a moment.
func (s *tty) insist(key string, words ...string) {
	s.t.Helper()
	deadline := time.After(patience)
	for {
		s.press(key)
		again := time.After(time.Second)
		for waiting := true; waiting; {
			screen, all := s.screen(), true
			for _, w := range words {
				all = all && strings.Contains(screen, w)
			}
			if all {
				return
			}
			select {
			case <-s.news:
			case <-again:
				waiting = false
			case <-deadline:
				s.t.Fatalf("no screen with %q; the last one is\n%s", words, screen)
			}
		}
	}
}

func (s *tty) resize(width, height int) {
	s.t.Helper()
	s.mu.Lock()
	s.emu.Resize(width, height)
	s.mu.Unlock()
	if err := pty.Setsize(s.pty, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)}); err != nil {
		s.t.Fatal(err)
	}
}

// gone waits for the end of the program and looks at what it left behind.
func (s *tty) gone(status int) {
	s.t.Helper()
	select {
	case <-s.done:
	case <-time.After(patience):
		s.t.Fatalf("it does not end; the screen is\n%s", s.screen())
	}
	if got := s.cmd.ProcessState.ExitCode(); got != status {
		s.t.Errorf("exit status %d, want %d; the screen is\n%s", got, status, s.screen())
	}
}

// restored checks that the alternate screen was left, the cursor shown, and
// every mode switched on switched off again.
func (s *tty) restored() {
	s.t.Helper()
	s.mu.Lock()
	raw := s.raw.String()
	s.mu.Unlock()
	if !strings.Contains(raw, "\x1b[?1049h") {
		s.t.Error("the alternate screen was never entered")
	}
	for mode, name := range map[string]string{
		"1049": "alternate screen", "1000": "mouse", "1002": "mouse drags", "1003": "mouse moves", "1004": "focus", "2004": "bracketed paste",
	} {
		if strings.LastIndex(raw, "\x1b[?"+mode+"h") > strings.LastIndex(raw, "\x1b[?"+mode+"l") {
			s.t.Errorf("%s is left on", name)
		}
	}
	if strings.LastIndex(raw, "\x1b[?25l") > strings.LastIndex(raw, "\x1b[?25h") {
		s.t.Error("the cursor is left hidden")
	}
}

// hangUp closes the terminal, as closing its window does.
func (s *tty) hangUp() {
	s.t.Helper()
	if err := s.pty.SetReadDeadline(time.Now()); err != nil { // a read under way would keep it open
		s.t.Fatal(err)
	}
	if err := s.pty.Close(); err != nil {
		s.t.Fatal(err)
	}
}

func (s *tty) signal(sig syscall.Signal) {
	s.t.Helper()
	if err := s.cmd.Process.Signal(sig); err != nil {
		s.t.Fatal(err)
	}
}
