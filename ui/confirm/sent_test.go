package confirm_test

import (
	"io"
	"runtime"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/ui"
)

// shownCode is how the screen writes sentCode.
const shownCode = "6071 8293"

func TestTheCodeIsShownOnRequestAndForAWhileOnly(t *testing.T) {
	t.Parallel()
	s := open(t, won(act.NeedPIN), 80, 24)
	s.calm()
	s.Press("c")
	s.misses(t, shownCode, "show the code")
	s.confirm()
	s.sees(t, "Under way", "c show the code sent")
	s.misses(t, shownCode)
	s.Press("c")
	s.sees(t, shownCode, "is used up", "c hide the code")
	s.clock.Advance(20 * time.Second)
	s.sees(t, shownCode)
	s.clock.Advance(11 * time.Second)
	s.misses(t, shownCode)
	s.Press("c")
	s.clock.Advance(25 * time.Second)
	s.Press("c", "c") // hidden and shown anew: the older half minute is not its own
	s.clock.Advance(6 * time.Second)
	s.sees(t, shownCode)
	s.Press("c")
	s.misses(t, shownCode)
}

func TestALockOrLeavingTakesTheCodeForGood(t *testing.T) {
	t.Parallel()
	s := open(t, won(act.NeedPIN), 80, 24)
	s.calm()
	s.confirm()
	s.Press("c", "f4")
	s.misses(t, shownCode)
	s.Type(rightPIN)
	s.Press("enter")
	s.sees(t, "Under way")
	s.Press("c")
	s.misses(t, shownCode, "show the code")
	s = open(t, won(act.NeedPIN), 80, 24)
	s.calm()
	s.confirm()
	held := s.sent
	if held.Len() == 0 {
		t.Fatal("there was no code")
	}
	s.Press("c", "esc")
	s.misses(t, shownCode)
	s.clock.Advance(time.Second)
	s.settle(t)
	if held.Len() > 0 {
		t.Error("the code outlived its visit")
	}
	s.Press("enter") // another visit
	s.Press("c")
	s.misses(t, shownCode, "show the code")
}

// settle waits for the wipe, which comes on a goroutine of the visit's context.
func (s *screen) settle(t *testing.T) {
	t.Helper()
	deadline := time.Now().Add(5 * time.Second) //nolint:forbidigo // no clock of ours wakes that goroutine
	for s.sent.Len() > 0 || !s.over() {
		if time.Now().After(deadline) { //nolint:forbidigo // as above
			t.Fatal("the place of the code is still open")
		}
		runtime.Gosched()
	}
}

// over reports whether what is filled in is dropped. It tries.
func (s *screen) over() bool {
	s.sent.Fill([]byte("x"))
	return s.sent.Len() == 0
}

// What a visit that was left meanwhile sends stays nowhere.
func TestACodeSentAfterLeavingIsDropped(t *testing.T) {
	t.Parallel()
	b := won(act.NeedPIN)
	s := open(t, b, 80, 24)
	s.calm()
	b.before = func() { s.Press("esc"); s.settle(t) }
	s.confirm()
	if b.sent.Len() > 0 {
		t.Error("the code of a visit that was left is kept")
	}
}

func TestAWrongTryLeavesNoCodeToShow(t *testing.T) {
	t.Parallel()
	s := open(t, won(act.NeedPIN), 80, 24)
	s.calm()
	s.Type("111111")
	s.Press("enter")
	s.Press("c")
	s.misses(t, shownCode)
	s.act.State = act.Lapsed
	s.clock.Advance(3 * time.Minute)
	s.Press("a")
	s.misses(t, shownCode, "show the code")
}

// tape is a recorder that keeps nothing.
type tape struct{}

func (tape) Where() string                     { return "x" }
func (tape) KeepsAmounts() bool                { return true }
func (tape) Begin(ui.Options, time.Time) error { return nil }
func (tape) Take(ui.Tapped) error              { return nil }
func (tape) End() error                        { return io.EOF }

func TestARecordedScreenNeverShowsTheCode(t *testing.T) {
	t.Parallel()
	b := won(act.NeedPIN)
	s := &screen{bank: b}
	o := s.options("en")
	o.Recorder, o.Record = tape{}, true
	show(t, b, o, s, 80, 24)
	s.calm()
	s.confirm()
	s.Press("c")
	s.sees(t, "•••• ••••", "a recording never holds it")
	s.misses(t, shownCode, sentCode)
	s.Send(tea.WindowSizeMsg{Width: 120, Height: 40})
	s.misses(t, shownCode, sentCode)
}
