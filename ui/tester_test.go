package ui_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"jandon/ui"
	"jandon/ui/uitest"
)

// moved is a clock as a tester's keys move it, and a sync that counts.
type moved struct {
	now     time.Time
	speed   float64
	stopped bool
	syncs   int
}

func (m *moved) move(w ui.Move) ui.Moved {
	m.now = m.now.Add(w.Step)
	m.stopped = m.stopped != w.Toggle
	if w.Speed > 0 {
		m.speed = w.Speed
	}
	return ui.Moved{At: m.now, Speed: m.speed, Stopped: m.stopped}
}

func (m *moved) Sync(context.Context, func(done, total int)) (ui.Freshness, bool, error) {
	m.syncs++
	return ui.Freshness{At: m.now}, false, nil
}

func tested(t *testing.T, lang string, w, h int) (*uitest.Stage, *moved) {
	t.Helper()
	m := &moved{now: sunday, speed: 1}
	o, c := load(t, "everyday", sunday).options(lang)
	o.Clock.Now, o.Tester, o.Sync = func() time.Time { return m.now }, &ui.Tester{Move: m.move}, m
	return open(t, o, c, w, h), m
}

func header(s *uitest.Stage) string {
	line, _, _ := strings.Cut(s.Text(), "\n")
	return line
}

func TestATesterMovesTheClockInTheHeader(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{40, 16}, {80, 24}, {120, 40}} {
		s, m := tested(t, "en", size[0], size[1])
		for _, step := range []struct{ key, want string }{
			{"", "22 Nov 09:00"}, {"f11", "22 Nov 09:01"}, {"f12", "22 Nov 10:01"}, {"alt+d", "23 Nov 10:01"},
			{"f10", "23 Nov 10:01 stopped"}, {"alt+m", "23 Nov 10:02 stopped"}, {"alt+s", "23 Nov 10:02"},
			{"alt+f", "10:02 ×60"}, {"alt+f", "10:02 ×3600"}, {"alt+f", "23 Nov 10:02"},
		} {
			if step.key != "" {
				s.Press(step.key)
			}
			if got := header(s); !strings.HasSuffix(got, step.want) {
				t.Errorf("%v after %q: %q, want %q", size, step.key, got, step.want)
			}
			if err := s.Check(); err != nil {
				t.Errorf("%v after %q: %v", size, step.key, err)
			}
		}
		if m.syncs != 5 { // at the start, and after each of four steps
			t.Errorf("%d syncs", m.syncs)
		}
	}
}

// Things expire behind panels and while a person types, so the keys work there.
func TestATesterMovesTheClockOverPanelsAndInTextFields(t *testing.T) {
	t.Parallel()
	s, m := tested(t, "ko", 80, 24)
	s.Press("f1")
	s.Press("f12")
	s.Press("esc", "2", "/")
	s.Press("alt+h")
	if want := sunday.Add(2 * time.Hour); !m.now.Equal(want) {
		t.Errorf("it shows %v, want %v", m.now, want)
	}
	s.Press("alt+s")
	if got := header(s); !strings.HasSuffix(got, "멈춤") {
		t.Errorf("%q", got)
	}
}

func TestNobodyElseHasTheKeysOfATester(t *testing.T) {
	t.Parallel()
	o, c := load(t, "everyday", sunday).options("en")
	s := open(t, o, c, 80, 24)
	before := s.Frame()
	s.Press("f12", "alt+d", "alt+s", "alt+f", "f10", "f11")
	if got := s.Frame(); got != before {
		t.Errorf("the screen changed:\n%s", got)
	}
}
