package uitest_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/ui/uitest"
)

// echo shows the last keys and how often a timer rang.
type echo struct {
	keys string
	rang int
	tick func(time.Duration, func(time.Time) tea.Msg) tea.Cmd
}

func (e *echo) Init() tea.Cmd { return e.again() }

func (e *echo) again() tea.Cmd {
	return e.tick(time.Second, func(time.Time) tea.Msg { return "ring" })
}

func (e *echo) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		e.keys += msg.String()
		if msg.String() == "q" {
			return e, tea.Quit
		}
	case string:
		e.rang++
		return e, e.again()
	}
	return e, nil
}

func (e *echo) View() tea.View {
	v := tea.NewView("한 " + e.keys + "\n\x1b[7m" + strings.Repeat("!", e.rang) + "\x1b[m")
	v.AltScreen = true
	return v
}

func TestAStagePlaysScriptsTheSameWayEveryTime(t *testing.T) {
	t.Parallel()
	script, err := uitest.ParseScript([]byte("at 2026-11-22T09:00:00Z\npress a shift+tab ctrl+r space\ntype 나b\nwait 3500ms\nframe one\nresize 9x2\nframe two\npress q x\nframe three\n"))
	if err != nil {
		t.Fatal(err)
	}
	var first []string
	for range 20 {
		c := uitest.NewClock(script.At)
		s := uitest.Start(&echo{tick: c.Tick}, c, 40, 3)
		var frames []string
		script.Play(s, func(string) {
			if err := s.Check(); err != nil && len(frames) == 0 {
				t.Error(err)
			}
			frames = append(frames, s.Frame())
		})
		if !s.Ended() {
			t.Error("q does not end it")
		}
		if first == nil {
			first = frames
			if want := "한 ashift+tabctrl+rspace나b\n!!!\n\n~ 1:0-2 reverse\n"; frames[0] != want {
				t.Errorf("got %q, want %q", frames[0], want)
			}
			if !strings.HasPrefix(frames[1], "한 ashift\n!!!\n") {
				t.Errorf("after the resize: %q", frames[1])
			}
		}
		for i := range frames {
			if frames[i] != first[i] {
				t.Fatalf("frame %d differs between runs: %q and %q", i, frames[i], first[i])
			}
		}
	}
}

func TestCheckFindsAViewThatDoesNotFit(t *testing.T) {
	t.Parallel()
	c := uitest.NewClock(time.Unix(0, 0))
	s := uitest.Start(&echo{tick: c.Tick}, c, 5, 2)
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	s.Type("abcdef")
	if s.Check() == nil {
		t.Error("nine cells pass in a window of five")
	}
}
