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
	s.until("All lines", "? help")
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
	for name, sig := range map[string]syscall.Signal{"TERM": syscall.SIGTERM, "INT": syscall.SIGINT, "HUP": syscall.SIGHUP, "QUIT": syscall.SIGQUIT} {
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
	s.until("Keep the keys of this device in such a file? [y/N]") // there is no keyring here
	s.press("\n")
	s.until("no keyring")
	s.until("Choice:")
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
	s := startTTY(t, 120, 24, nil)
	s.until("Choice:")
	s.press("2\n")
	s.until("Keep the keys of this device in such a file? [y/N]")
	s.press("y\n")
	s.until("New passphrase for the key file")
	s.press("canary-passphrase")
	s.press("\x03")
	s.gone(1)
	s.mu.Lock()
	defer s.mu.Unlock()
	if raw := s.raw.String(); strings.Contains(raw, "canary-passphrase") {
		t.Errorf("the passphrase was echoed: %q", raw)
	}
}

func TestSmokeRegisterInTheScreens(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	s := startTTY(t, 100, 30, nil)
	s.until("Choice:")
	s.press("2\n")
	s.until("Keep the keys of this device in such a file? [y/N]")
	s.press("y\n")
	s.until("New passphrase for the key file")
	s.press("correct horse battery staple\n")
	s.until("The same once more:")
	s.press("correct horse battery staple\n")
	s.until("Which platform")
	s.press(h.url + "\r")
	s.until("Who are you to")
	s.press(h.person + "\r\r")
	s.until("good until")
	letter := <-h.letters
	letter.Code.Expose(func(code []byte) { s.press(string(code) + "\r") })
	s.until("_ _ _ _ _ _")
	s.press(canaryPIN + "\r" + canaryPIN + "\r")
	s.until("This device is registered")
	s.press("\r")
	s.until("1 Home", "Total held")
	s.press("q")
	s.gone(0)
	s.restored()
	s.mu.Lock()
	defer s.mu.Unlock()
	if raw := s.raw.String(); strings.Contains(raw, canaryPIN) {
		t.Error("the PIN was shown")
	}
}

func TestSmokeDemoCashesOut(t *testing.T) {
	t.Parallel()
	s := startTTY(t, 110, 34, nil, "demo", "--at", at)
	s.until("Demo: the PIN is 284751")
	s.press("6")
	s.until("can go")
	s.press("1300")
	s.until("₩1,300 refund to source")
	s.press("\r")
	s.press("\x1b[B")
	s.until("▸ Fastest")
	s.press("\r")
	s.until("Cash this out?", "y yes")
	s.insist("y", "This needs your PIN", "the PIN is 284751")
	s.press("284751\r")
	s.insist("y", "Confirm exactly this?")
	s.insist("y", "receipt")
	s.press("q")
	s.gone(0)
	s.restored()
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

// Where nothing can be written a demo is lived in all the same.
func TestSmokeDemoWhereNothingCanBeWritten(t *testing.T) {
	t.Parallel()
	s := startTTY(t, 80, 24, []string{"JANDON_HOME=" + cacheless(t)}, "demo", "--at", at, "--scenario", "student")
	s.until("₩294,791", "284751")
	s.press("2")
	s.until("All lines")
	s.press("q")
	s.gone(0)
	s.restored()
}
