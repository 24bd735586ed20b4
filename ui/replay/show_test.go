package replay

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"jandon/internal/fault"
	"jandon/internal/picture"
	"jandon/internal/session"
	"jandon/ui"
	"jandon/ui/kit"
	"jandon/ui/uitest"
)

var pictures = flag.String("pictures", "", "draw the replay screen into this directory")

// someSession is a short session with a search in Korean, a failure and a new window.
func someSession(t testing.TB, change ...func(*Recorder)) *session.Recording {
	t.Helper()
	var l live
	o := everyday(t, &l, "ko")
	r, out := recorder(t, everydaySetting, change...)
	o.Recorder, o.Record = counted{r, &l}, true
	l.begin(o)
	l.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	l.settle()
	l.pass(2 * time.Second)
	l.press("2")
	l.settle()
	l.pass(time.Second)
	l.press("down", "down", "enter")
	l.settle()
	l.press("esc", "/", "커", "피")
	l.settle()
	l.pass(3 * time.Second)
	l.send(ui.Mail(1, kit.Notice{Level: kit.Failure, Err: fault.New(fault.Unreachable, "url", "http://127.0.0.1")}, time.Time{}))
	l.press("esc", "3")
	l.settle()
	l.pass(time.Minute)
	l.send(tea.WindowSizeMsg{Width: 120, Height: 40})
	l.press("1")
	l.settle()
	if err := r.End(); err != nil {
		t.Fatal(err)
	}
	return read(t, out)
}

// stageOf shows a recording in a window.
func stageOf(t testing.TB, rec *session.Recording, o ShowOptions, w, h int) *uitest.Stage {
	t.Helper()
	p, err := Open(rec)
	if err != nil {
		t.Fatal(err)
	}
	c := uitest.NewClock(sunday)
	o.Tick = c.Tick
	s, err := NewShow(p, o)
	if err != nil {
		t.Fatal(err)
	}
	return uitest.Start(s, c, w, h)
}

func sees(t *testing.T, s *uitest.Stage, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(s.Text(), text) {
			t.Errorf("%q is not on the screen:\n%s", text, s.Text())
		}
	}
	if err := s.Check(); err != nil {
		t.Error(err)
	}
}

func TestAReplayIsShown(t *testing.T) {
	t.Parallel()
	s := stageOf(t, someSession(t), ShowOptions{Lang: "en"}, 100, 34)
	sees(t, s, "Replay — read-only", "paused", "step 0 of", "The recording begins.")
	s.Press("right")
	sees(t, s, "step 1 of", "80x24")
	s.Press("space")
	sees(t, s, "playing")
	s.Clock.Advance(time.Second)
	s.Press("space", "e")
	sees(t, s, "Error: unreachable")
	at := s.Text()
	s.Press("e")
	sees(t, s, "There is no further error.")
	s.Press("home", "p", "p", "P")
	s.Press("g")
	s.Type("0:05")
	s.Press("enter")
	sees(t, s, "0:0")
	s.Press("g")
	s.Type("soon")
	s.Press("enter")
	sees(t, s, "That is no time.")
	s.Press("end")
	sees(t, s, "window 120x40")
	s.Press("l", "j", "j")
	s.Press("?")
	sees(t, s, "Keys of the replay", "Replay — read-only")
	s.Press("esc", "+")
	sees(t, s, "2 times as fast")
	s.Press("q")
	if !s.Ended() {
		t.Error("q does not end it")
	}
	_ = at
}

func TestAReplayFitsEveryWindow(t *testing.T) {
	t.Parallel()
	rec := someSession(t)
	for _, size := range [][2]int{{1, 1}, {5, 3}, {20, 6}, {40, 16}, {80, 24}, {84, 30}, {200, 60}} {
		s := stageOf(t, rec, ShowOptions{Lang: "ko"}, size[0], size[1])
		for _, key := range []string{"right", "e", "end", "l", "j", "?", "esc", "g", "1", "esc", "p", "home"} {
			s.Press(key)
			if err := s.Check(); err != nil {
				t.Errorf("%v after %s: %v", size, key, err)
			}
		}
	}
}

func TestPictures(t *testing.T) {
	if *pictures == "" {
		t.Log("-pictures DIR draws them")
		return
	}
	rec := someSession(t)
	draw := func(name string, s *uitest.Stage) {
		if err := os.WriteFile(filepath.Join(*pictures, name+".svg"), s.Picture(picture.Dark), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := stageOf(t, rec, ShowOptions{Lang: "en"}, 100, 34)
	s.Press("e")
	draw("error", s)
	s.Press("right", "right", "right", "right", "right")
	draw("later", s)
	s.Press("?")
	draw("help", s)
	s = stageOf(t, rec, ShowOptions{Lang: "ko"}, 80, 24)
	s.Press("end")
	draw("large", s)
	s.Press("g")
	s.Type("1:0")
	draw("goto", s)
}

// TestAFrameKeepsItsPaper: one that was drawn for a dark terminal can be read
// on a light one.
func TestAFrameKeepsItsPaper(t *testing.T) {
	t.Parallel()
	p, err := Open(someSession(t))
	if err != nil {
		t.Fatal(err)
	}
	at := p.Len() - 1
	for _, light := range []bool{false, true} {
		s, err := NewShow(p, ShowOptions{Lang: "en", Light: light})
		if err != nil {
			t.Fatal(err)
		}
		s.Update(tea.WindowSizeMsg{Width: 150, Height: 50})
		s.to(at)
		if painted := strings.Contains(s.View().Content, ";48;2;"); painted != (light != p.Light(at)) {
			t.Errorf("light %v: painted %v, drawn for light %v", light, painted, p.Light(at))
		}
	}
	if got := ansi.Strip(on("\x1b[1m", "a\x1b[31mb\x1b[mc")); got != "abc" {
		t.Error(got)
	}
}
