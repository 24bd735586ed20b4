//go:build unix

package main

import (
	"path/filepath"
	"testing"
)

// bakery is the example of a scenario of one's own.
var bakery = filepath.Join("..", "..", "testdata", "scenarios", "own", "bakery.txtar")

// The keys are typed, and whoever presses one has the keyboard.
func TestSmokeASlowDemoTypesAndHandsOver(t *testing.T) {
	t.Parallel()
	path, err := filepath.Abs(bakery)
	if err != nil {
		t.Fatal(err)
	}
	s := startTTY(t, 100, 30, nil, "demo", "--scenario", path, "--slow")
	s.until("Total held", "The scenario types")
	s.until("This week", "Wheat & Rye", "5 charges") // it pressed 2
	s.press("?")                                     // and we take over
	s.until("Everywhere")
	s.press("\x1b")
	s.until("5 charges")
	s.press("q")
	s.gone(0)
	s.restored()
}

// A script that nobody interrupts goes to its end and leaves the keyboard.
func TestSmokeASlowDemoGoesToItsEnd(t *testing.T) {
	t.Parallel()
	path, err := filepath.Abs(bakery)
	if err != nil {
		t.Fatal(err)
	}
	s := startTTY(t, 100, 30, []string{"LC_ALL=ko_KR.UTF-8"}, "demo", "--scenario", path, "--slow")
	s.until("시나리오가 입력하고 있어요")
	s.until("Tune", "₩94,800")
	s.press("q")
	s.gone(0)
	s.restored()
}

func TestSmokeATesterMovesTheClock(t *testing.T) {
	t.Parallel()
	s := startTTY(t, 110, 34, nil, "demo", "--at", at, "--tester", "--fault", "error=paused@quotes")
	s.until("Total held", "22 Nov 09:0")
	s.press("\x1bs") // Alt+S
	s.until("stopped")
	s.press("\x1bd")
	s.until("23 Nov 09:0", "stopped")
	s.press("\x1b[23~") // F11
	s.until("23 Nov 09:01")
	s.press("6")
	s.until("can go")
	s.press("1300\r\r")
	s.until("Everything that moves value stands still", "[paused ·")
	s.press("\x1bs")
	s.press("\x1bf")
	s.until("×60")
	s.press("q")
	s.gone(0)
	s.restored()
}
