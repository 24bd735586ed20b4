//go:build unix

package main

import (
	"strings"
	"syscall"
	"testing"
)

// at pins the demo, so that its world and its screens are known.
const at = "2026-11-22T09:00:00+09:00"

func TestSmokeEveryTabAndBack(t *testing.T) {
	t.Parallel()
	s := startTTY(t, 100, 32, nil, "demo", "--at", at)
	s.until("1 Home", "2 History", "Total held", "This week")
	s.press("2")
	s.until("By day", "By category")
	s.resize(60, 20)
	s.until("All lines", "q quit")
	s.resize(120, 40)
	s.until("By day", "q quit")
	s.press("?")
	s.until("Everywhere")
	s.press("\x1b")
	s.until("By day")
	s.press("1")
	s.until("Total held")
	s.press("H")
	s.until("*****")
	s.press("q")
	s.gone(0)
	s.restored()
}

func TestSmokeKorean(t *testing.T) {
	t.Parallel()
	s := startTTY(t, 80, 24, []string{"LC_ALL=ko_KR.UTF-8"}, "demo", "--at", at)
	s.until("1 홈", "2 내역")
	s.press("ㅂ") // the key of q with a Korean layout
	s.gone(0)
	s.restored()
}

func TestSmokeSignalsRestoreTheScreen(t *testing.T) {
	t.Parallel()
	for name, sig := range map[string]syscall.Signal{"TERM": syscall.SIGTERM, "INT": syscall.SIGINT, "HUP": syscall.SIGHUP} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := startTTY(t, 80, 24, nil, "demo", "--at", at, "--scenario", "student")
			s.until("1 Home", "q quit")
			s.signal(sig)
			s.gone(0)
			s.restored()
		})
	}
}

func TestSmokeClosedTerminalEndsTheProgram(t *testing.T) {
	t.Parallel()
	s := startTTY(t, 80, 24, nil, "demo", "--at", at, "--scenario", "student")
	s.until("1 Home")
	s.hangUp()
	s.gone(0)
}

func TestSmokeFirstRunHasNoDeadEnd(t *testing.T) {
	t.Parallel()
	s := startTTY(t, 160, 40, nil) // wide, so that no message is broken
	s.until("No wallet is connected yet", "Choice:")
	s.press("7\n")
	s.until("1, 2, 3 or q")
	s.press("2\n")
	s.until("Address of the platform:")
	s.press("http://wallet.example\n")
	s.until("in the clear")
	s.press("3\n")
	s.until("Path of the file:")
	s.press("none.csv\n")
	s.until("There is no file none.csv")
	s.press("1\n")
	s.until("1 Home", "Total held")
	s.press("q")
	s.gone(0)
	s.restored()
}

func TestSmokePromptStopsWithoutEcho(t *testing.T) {
	t.Parallel()
	s := startTTY(t, 80, 24, nil)
	s.until("Choice:")
	s.press("2\n")
	s.until("Address of the platform:")
	s.press("http://127.0.0.1:1\n")
	s.until("Reading token (not shown):")
	s.press("canary-token")
	s.press("\x03")
	s.gone(1)
	s.mu.Lock()
	defer s.mu.Unlock()
	if raw := s.raw.String(); strings.Contains(raw, "canary-token") {
		t.Errorf("the token was echoed: %q", raw)
	}
}

func TestSmokeDumbTerminalIsAnswered(t *testing.T) {
	t.Parallel()
	s := startTTY(t, 80, 24, []string{"TERM=dumb"}, "demo")
	s.gone(2)
	s.mu.Lock()
	defer s.mu.Unlock()
	if raw := s.raw.String(); strings.Contains(raw, "\x1b[?") {
		t.Errorf("a dumb terminal was asked things: %q", raw)
	}
}
