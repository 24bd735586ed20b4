package confirm_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/ui/kit"
)

// reader is a fingerprint reader that answers what it is told to.
type reader struct {
	answers []kit.Touch            // one after the other; the last one stays
	during  func(s *screen, n int) // while a finger is awaited
	s       *screen
	asked   int
	live    context.Context
}

func (r *reader) touch(ctx context.Context) kit.Touch {
	r.asked++
	r.live = ctx
	r.s.Send(tea.FocusMsg{}) // draws what is asked
	if r.during != nil {
		r.during(r.s, r.asked)
	}
	return r.answers[min(r.asked, len(r.answers))-1]
}

// touching is a question with a reader before it.
func touching(t *testing.T, b *bank, r *reader, w, h int, lang string) *screen {
	t.Helper()
	r.s = &screen{bank: b}
	o := r.s.options(lang)
	o.Touch = r.touch
	return show(t, b, o, r.s, w, h)
}

func TestATouchComesBeforeThePINAndNeverInsteadOfIt(t *testing.T) {
	t.Parallel()
	for _, came := range []kit.Touch{
		"matched", "no_match", "timed_out", "elsewhere", "none", "not_enrolled", "busy", "refused", "stuck", "unknown", "canceled", "ready", "", "anything else",
	} {
		b := won(act.NeedPIN)
		r := &reader{answers: []kit.Touch{came}}
		r.during = func(s *screen, _ int) {
			s.sees(t, "the PIN comes next", "Esc PIN only")
			s.misses(t, "PIN  _")
		}
		s := touching(t, b, r, 80, 24, "en")
		if len(s.answers) > 0 {
			t.Fatalf("%q: a touch confirmed", came)
		}
		s.calm()
		s.Press("y", "enter")
		s.sees(t, "PIN  _ _ _ _ _ _")
		if came != "" && !strings.Contains(s.Text(), "PIN alone") && !strings.Contains(s.Text(), "Now the PIN") && !strings.Contains(s.Text(), "this time") {
			t.Errorf("%q: nothing is said of it:\n%s", came, s.Text())
		}
		s.Type(rightPIN)
		s.Press("enter")
		if !slices.Equal(s.answers, []string{rightPIN}) {
			t.Errorf("%q: it was answered with %q", came, s.answers)
		}
	}
}

func TestAFingerThatDoesNotFitIsAskedForThreeTimesAndThenThePIN(t *testing.T) {
	t.Parallel()
	r := &reader{answers: []kit.Touch{"no_match"}}
	s := touching(t, won(act.NeedPIN), r, 80, 24, "en")
	if r.asked != 3 {
		t.Errorf("it was asked %d times", r.asked)
	}
	s.sees(t, "The finger was not recognised: the PIN alone", "PIN  _ _ _")
	r = &reader{answers: []kit.Touch{"no_match", "matched"}}
	r.during = func(s *screen, n int) {
		if n == 2 {
			s.sees(t, "Touch it again (2 of 3)")
		}
	}
	s = touching(t, won(act.NeedPIN), r, 80, 24, "en")
	s.sees(t, "Finger recognised. Now the PIN.")
	s.calm()
	s.Type("111111")
	s.Press("enter") // a wrong PIN asks for no other touch
	s.sees(t, "This was not confirmed", "PIN  _ _ _")
	if r.asked != 2 {
		t.Errorf("it was asked %d times", r.asked)
	}
}

func TestEscGoesOnWithThePINAloneAndGivesTheReaderBack(t *testing.T) {
	t.Parallel()
	r := &reader{answers: []kit.Touch{"matched"}}
	r.during = func(s *screen, _ int) {
		s.Press("2", "8", "4", "7", "5", "1", "enter", "y") // not for the PIN: it was not asked for
		s.misses(t, "•")
		s.Press("esc")
		s.sees(t, "PIN  _ _ _")
		if r.live.Err() == nil {
			t.Error("the reader is still held")
		}
	}
	s := touching(t, won(act.NeedPIN), r, 80, 24, "en")
	s.sees(t, "PIN  _ _ _ _ _ _")
	s.misses(t, "recognised") // what came afterwards counts no more
	if r.asked != 1 || len(s.answers) > 0 {
		t.Errorf("asked %d times, answers %q", r.asked, s.answers)
	}
	s.calm()
	s.Press("esc")
	s.sees(t, "the page below")
}

func TestLeavingOrLockingGivesTheReaderBack(t *testing.T) {
	t.Parallel()
	for _, keys := range [][]string{{"f4"}, {"esc", "esc"}, {"f1", "esc", "esc", "esc"}} {
		r := &reader{answers: []kit.Touch{"matched"}, during: func(s *screen, _ int) { s.Press(keys...) }}
		s := touching(t, won(act.NeedPIN), r, 80, 24, "en")
		if r.live == nil || r.live.Err() == nil {
			t.Errorf("%q: the reader is still held", keys)
		}
		if len(s.answers) > 0 {
			t.Errorf("%q: it was confirmed", keys)
		}
	}
}

// A code that K in memory answers wants no PIN, and so no touch; and neither
// does what was not read to its end.
func TestNoTouchWhereNoPINIsAsked(t *testing.T) {
	t.Parallel()
	r := &reader{answers: []kit.Touch{"matched"}}
	touching(t, won(act.NeedCode), r, 80, 24, "en")
	b := won(act.NeedPIN)
	for range 12 {
		b.q.Parts = append(b.q.Parts, b.q.Parts[0])
	}
	s := touching(t, b, r, 40, 16, "en")
	s.calm()
	s.sees(t, "There is more to read")
	if r.asked != 0 {
		t.Fatal("a touch was asked for too early")
	}
	s.Press("end")
	if r.asked != 1 {
		t.Errorf("at the end it was asked %d times", r.asked)
	}
}

func TestEveryWindowHasRoomForATouch(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		for _, size := range [][2]int{{40, 16}, {60, 20}, {80, 24}, {120, 40}} {
			r := &reader{answers: []kit.Touch{"no_match"}}
			r.during = func(s *screen, _ int) {
				if err := s.Check(); err != nil {
					t.Errorf("%v in %s: %v", size, lang, err)
				}
				words := []string{"Touch", "again"}
				if lang == "ko" {
					words = []string{"지문", "다시"}
				}
				if !strings.Contains(s.Text(), words[0]) && !strings.Contains(s.Text(), words[1]) {
					t.Errorf("%v in %s: no question on\n%s", size, lang, s.Text())
				}
			}
			s := touching(t, won(act.NeedPIN), r, size[0], size[1], lang)
			s.Press("end")
			s.clock.Advance(time.Second)
			if err := s.Check(); err != nil || r.asked != 3 {
				t.Errorf("%v in %s after %d: %v", size, lang, r.asked, err)
			}
		}
	}
}
