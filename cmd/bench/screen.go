package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// The window that programs are shown in.
const width, height = 120, 40

// screen is a program in a pseudo-terminal, whose output an emulator draws.
type screen struct {
	cmd   *exec.Cmd
	pty   *os.File
	mu    sync.Mutex
	term  *vt.Emulator
	bytes int64
	ended chan struct{}
	drawn chan struct{} // gets a value after output, if nobody has taken the last one
}

func show(c *exec.Cmd) (*screen, error) {
	f, err := pty.StartWithSize(c, &pty.Winsize{Cols: width, Rows: height})
	if err != nil {
		return nil, err
	}
	s := &screen{cmd: c, pty: f, term: vt.NewEmulator(width, height), ended: make(chan struct{}), drawn: make(chan struct{}, 1)}
	go s.draw()
	go s.answer()
	return s, nil
}

func (s *screen) draw() {
	defer close(s.ended)
	buf := make([]byte, 64<<10)
	for {
		n, err := s.pty.Read(buf)
		s.mu.Lock()
		s.bytes += int64(n)
		_, _ = s.term.Write(buf[:n])
		s.mu.Unlock()
		select {
		case s.drawn <- struct{}{}:
		default:
		}
		if err != nil { // the program has ended
			return
		}
	}
}

// answer hands the terminal's answers to the program's questions back.
func (s *screen) answer() {
	buf := make([]byte, 4096)
	for {
		n, err := s.term.Read(buf)
		if err != nil {
			return
		}
		if _, err := s.pty.Write(buf[:n]); err != nil {
			return
		}
	}
}

func (s *screen) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.term.String()
}

func (s *screen) written() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.bytes
}

// await waits until the screen shows all of some texts.
func (s *screen) await(ctx context.Context, want ...string) error {
	deadline := time.After(30 * time.Second)
	for {
		text, all := s.text(), true
		for _, w := range want {
			all = all && strings.Contains(text, w)
		}
		if all {
			return nil
		}
		select {
		case <-s.drawn:
		case <-s.ended:
			return fmt.Errorf("%v ended; its screen was:\n%s", s.cmd.Args, s.text())
		case <-deadline:
			return fmt.Errorf("%v does not show %q but:\n%s", s.cmd.Args, want, text)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// leave presses a key that quits and waits for the end.
func (s *screen) leave(key string) error {
	_, err := s.pty.WriteString(key)
	select {
	case <-s.ended:
	case <-time.After(10 * time.Second):
		err = errors.Join(err, s.cmd.Process.Kill())
	}
	_ = s.cmd.Wait()
	return errors.Join(err, s.term.Close(), s.pty.Close())
}
