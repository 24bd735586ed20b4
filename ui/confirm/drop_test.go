package confirm_test

import (
	"testing"
	"time"

	"jandon/internal/act"
)

func TestGivingUpIsAskedAndStartsOnNo(t *testing.T) {
	t.Parallel()
	for _, need := range []act.Need{act.NeedPIN, act.NeedCode, act.NeedReview} {
		b := won(need)
		if need == act.NeedReview {
			b.act.State = act.Review
		}
		for _, key := range []string{"enter", "n", "esc", "Y", "space", "x", "1", "ㅜ", "down"} {
			s := open(t, b, 80, 24)
			s.calm()
			s.Press("x")
			s.sees(t, "Cancel this act?", "No", "free again")
			s.calm()
			s.Press(key)
			s.Press("enter")
			if s.canceled > 0 || len(s.answers) > 0 {
				t.Fatalf("%s: %q cancelled or confirmed", need, key)
			}
		}
		s := open(t, b, 80, 24)
		s.calm()
		s.Press("x", "y") // in one go
		s.calm()
		if s.canceled > 0 {
			t.Fatalf("%s: a key typed ahead cancelled", need)
		}
		s.Press("ㅛ")
		s.sees(t, "Cancelled", "What it held is free again")
		if s.canceled != 1 || len(s.answers) > 0 {
			t.Errorf("%s: cancelled %d times, answers %q", need, s.canceled, s.answers)
		}
	}
}

// y was meant for the question that has just gone: it answers nothing of what
// is asked below.
func TestTheYesOfGivingUpNeverConfirms(t *testing.T) {
	t.Parallel()
	s := open(t, won(act.NeedCode), 80, 24)
	s.calm()
	s.Press("x")
	s.calm()
	s.Press("n", "y", "y")
	if len(s.answers) > 0 || s.canceled > 0 {
		t.Fatalf("answers %q, cancelled %d times", s.answers, s.canceled)
	}
	s.calm()
	s.Press("y")
	if len(s.answers) != 1 {
		t.Error("after a moment it can't be confirmed")
	}
}

func TestAPINHalfTypedIsGoneAfterTheQuestion(t *testing.T) {
	t.Parallel()
	s := open(t, won(act.NeedPIN), 80, 24)
	s.calm()
	s.Type("2847")
	s.Press("x")
	s.Type("284751")
	s.misses(t, "•")
	s.Press("esc")
	s.calm()
	s.sees(t, "PIN  _ _ _ _ _ _")
	s.confirm()
	if len(s.answers) != 1 {
		t.Errorf("it was answered %q", s.answers)
	}
}

func TestTheQuestionWhetherToGiveUpOutlivesTheChallenge(t *testing.T) {
	t.Parallel()
	s := open(t, won(act.NeedPIN), 80, 24)
	s.calm()
	s.Press("x")
	s.clock.Advance(3 * time.Minute)
	s.sees(t, "The time to confirm is over", "Cancel this act?")
	s.Press("y")
	s.sees(t, "Cancelled")
	for _, size := range [][2]int{{40, 16}, {28, 8}, {120, 40}} {
		for _, lang := range []string{"en", "ko"} {
			s := &screen{bank: won(act.NeedPIN)}
			show(t, s.bank, s.options(lang), s, size[0], size[1])
			s.clock.Advance(time.Second)
			s.Press("x")
			if err := s.Check(); err != nil {
				t.Errorf("%v in %s: %v", size, lang, err)
			}
		}
	}
}
