package ui_test

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/ui/kit"
)

// finger is a fingerprint reader that answers what it is told to.
type finger struct {
	came   kit.Touch
	during func()
	asked  int
	live   context.Context
}

func (f *finger) touch(ctx context.Context) kit.Touch {
	f.asked++
	f.live = ctx
	if f.during != nil {
		f.during()
	}
	return f.came
}

func touched(t *testing.T, w, h int, f *finger, change ...func(*bench)) (*bench, *keeper) {
	t.Helper()
	return kept(t, w, h, append(change, func(b *bench) { b.o.Touch = f.touch })...)
}

func TestALockedScreenAsksForATouchOnAKeyAndThenForThePIN(t *testing.T) {
	t.Parallel()
	for _, came := range []kit.Touch{"matched", "none", "stuck", "busy", "refused", "no_match", "timed_out", "not_enrolled", ""} {
		f := &finger{came: came}
		b, k := touched(t, 80, 24, f)
		b.Press("L")
		b.sees(t, "First the fingerprint reader")
		b.clock.Advance(10 * time.Minute)
		if f.asked > 0 {
			t.Fatal("the reader is held for an empty chair")
		}
		f.during = func() {
			b.Send(tea.FocusMsg{})
			b.sees(t, "A touch opens nothing by itself")
			b.sees(t, "Esc PIN only")
			if came == "no_match" && f.asked > 1 {
				b.sees(t, "again")
			}
			b.misses(t, "_ _")
			b.Type("111111")
			b.Press("enter")
		}
		b.Press("2")
		b.sees(t, "PIN  _ _ _ _ _ _")
		if k.tries > 0 || !strings.Contains(b.Text(), "PIN") {
			t.Fatalf("%q: something opened without a PIN", came)
		}
		b.misses(t, "₩")
		b.Type(demoPIN)
		b.Press("enter")
		b.sees(t, "₩1,300")
		if !k.open || k.tries != 1 {
			t.Errorf("%q: after %d tries it is open: %v", came, k.tries, k.open)
		}
		b.Press("L") // the next lock asks anew
		b.sees(t, "First the fingerprint reader")
	}
}

func TestEscSkipsTheTouchOfALockedScreen(t *testing.T) {
	t.Parallel()
	f := &finger{came: "matched"}
	b, k := touched(t, 80, 24, f)
	b.Press("L", "esc")
	b.sees(t, "PIN  _ _ _ _ _ _")
	b.misses(t, "fingerprint")
	b.misses(t, "recognised")
	b.Type(demoPIN)
	b.Press("enter")
	if f.asked > 0 || !k.open {
		t.Errorf("asked %d times, open %v", f.asked, k.open)
	}
	f.during = func() {
		b.Press("esc")
		if f.live.Err() == nil {
			t.Error("the reader is still held")
		}
	}
	b.Press("L", "enter")
	b.sees(t, "PIN  _ _ _ _ _ _")
	b.misses(t, "recognised")
	f.during = nil
	b.Press("q")
	if !b.Ended() {
		t.Error("q does not leave a locked screen")
	}
}

func TestAWrongPINAsksForNoOtherTouch(t *testing.T) {
	t.Parallel()
	f := &finger{came: "matched"}
	b, k := touched(t, 80, 24, f)
	b.Press("L", "enter")
	b.Type("111111")
	b.Press("enter")
	b.sees(t, "That is not the PIN.")
	b.sees(t, "PIN  _ _ _ _ _ _")
	b.Type(demoPIN)
	b.Press("enter")
	if f.asked != 1 || !k.open {
		t.Errorf("asked %d times, open %v", f.asked, k.open)
	}
}

func TestThePINsPanelAsksForATouchAtOnce(t *testing.T) {
	t.Parallel()
	f := &finger{came: "none"}
	b, k := touched(t, 80, 24, f)
	k.open = false
	b.pages[0].reply[kit.Next] = kit.Request(kit.Notice{Level: kit.Failure, Err: fault.New(fault.StepUpRequired)})
	f.during = func() {
		b.Send(tea.FocusMsg{})
		b.sees(t, "Touch the fingerprint reader")
		b.sees(t, "Esc PIN only")
	}
	b.Press("n")
	b.sees(t, "This needs your PIN")
	b.sees(t, "No fingerprint reader was found")
	b.sees(t, "PIN  _ _ _ _ _ _")
	b.Type(demoPIN)
	b.Press("enter")
	if !k.open || f.asked != 1 {
		t.Errorf("asked %d times, open %v", f.asked, k.open)
	}
	f.during = func() { b.Press("esc", "esc") } // first the touch, then the panel
	b.Press("n")
	b.misses(t, "This needs your PIN")
	b.misses(t, "fingerprint")
}

// What a touch of an older question comes to is not taken for a newer one's.
func TestAnOldTouchOpensNoNewQuestion(t *testing.T) {
	t.Parallel()
	f := &finger{came: "matched"}
	b, _ := touched(t, 80, 24, f)
	f.during = func() {
		f.during = func() {
			b.Send(kit.Touched{From: "lock touch", Run: 1, Touch: "none"})
			b.sees(t, "Touch the fingerprint reader")
		}
		b.Press("esc")
		b.Type(demoPIN)
		b.Press("enter", "L", "enter")
	}
	b.Press("L", "enter")
	b.sees(t, "Finger recognised")
	b.misses(t, "No fingerprint reader")
}

func TestEveryWindowHasRoomForALockedTouch(t *testing.T) {
	t.Parallel()
	for _, w := range []int{0, 20, 28, 40, 80} {
		for _, h := range []int{1, 6, 9, 16, 24} {
			for _, lang := range []string{"en", "ko"} {
				f := &finger{came: "no_match"}
				b, _ := touched(t, w, h, f, func(b *bench) { b.o.Lang = lang })
				check := func() {
					b.Send(tea.FocusMsg{})
					if err := b.Check(); err != nil {
						t.Fatalf("%d×%d in %s: %v", w, h, lang, err)
					}
				}
				f.during = check
				b.pages[0].reply[kit.Next] = kit.Request(kit.Unlock{})
				for _, key := range []string{"n", "1", "esc", "esc", "L", "enter", "1"} {
					b.Press(key)
					check()
				}
			}
		}
	}
}
