package replay

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"jandon/internal/session"
	"jandon/ui/uitest"
)

// early is a replay of which nothing is drawn yet, and what it waits for.
type early struct {
	t    *testing.T
	p    *Player
	s    *Show
	cmds []tea.Cmd
}

func newEarly(t *testing.T, rec *session.Recording) *early {
	t.Helper()
	reg, err := registry()
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPlayer(reg, rec)
	if err != nil {
		t.Fatal(err)
	}
	s, err := NewShow(p, ShowOptions{Lang: "en", Tick: uitest.NewClock(sunday).Tick})
	if err != nil {
		t.Fatal(err)
	}
	e := &early{t: t, p: p, s: s}
	e.send(tea.WindowSizeMsg{Width: 150, Height: 50})
	return e
}

func (e *early) send(msg tea.Msg) {
	_, cmd := e.s.Update(msg)
	e.cmds = append(e.cmds, cmd)
}

func (e *early) press(keys ...rune) {
	for _, k := range keys {
		msg := tea.KeyPressMsg{Code: k}
		if k < tea.KeyExtended {
			msg.Text = string(k)
		}
		e.send(msg)
	}
}

func (e *early) sees(texts ...string) {
	e.t.Helper()
	for _, text := range texts {
		if got := ansi.Strip(e.s.View().Content); !strings.Contains(got, text) {
			e.t.Errorf("%q is not on the screen:\n%s", text, got)
		}
	}
}

// draws lets the frames be drawn, and does what was waited for.
func (e *early) draws() {
	e.p.begin()
	for len(e.cmds) > 0 {
		cmd := e.cmds[0]
		e.cmds = e.cmds[1:]
		if cmd == nil {
			continue
		}
		switch msg := cmd().(type) {
		case nil:
		case tea.BatchMsg:
			e.cmds = append(e.cmds, msg...)
		default:
			e.send(msg)
		}
	}
}

// TestAReplayAnswersBeforeItIsDrawn would stand still if anything in it waited
// for a frame: none is drawn.
func TestAReplayAnswersBeforeItIsDrawn(t *testing.T) {
	t.Parallel()
	e := newEarly(t, someSession(t))
	e.sees("Replay — read-only", "step 0 of", "Still drawing, 0 % done.")
	for range 3 { // how far it is goes on being shown
		if e.send(goes{}); e.cmds[len(e.cmds)-1] == nil {
			t.Error("it is not looked at again how far the drawing is")
		}
	}
	e.press(tea.KeyEnd)
	last := e.p.Len() - 1
	text, ok := e.p.Recorded(last)
	if !ok || text.W != 120 || text.H != 40 || len(strings.Split(text.Content, "\n")) != 40 {
		t.Fatalf("%v: %+v", ok, text)
	}
	e.sees(strings.Split(text.Content, "\n")...)
	e.sees("Still drawing")
	e.press(' ', tea.KeyLeft, '?')
	e.sees("Keys of the replay")
	e.press('?', tea.KeyEnd)
	e.draws()
	if strings.Contains(ansi.Strip(e.s.View().Content), "Still drawing") {
		t.Error("it is drawn, and does not say so")
	}
	if got := e.p.Frame(last); strings.Join(plain(got), "\n") != text.Content {
		t.Errorf("recorded\n%s\ndrawn\n%s", text.Content, ansi.Strip(got.Content))
	}
	e.sees(plain(e.p.Frame(last))...)
}

func TestASearchWaitsForTheFramesAndNobodyForIt(t *testing.T) {
	t.Parallel()
	e := newEarly(t, someSession(t))
	e.press('e')
	e.sees("Searching…")
	e.draws()
	e.sees("Error: unreachable")

	e = newEarly(t, someSession(t))
	e.press('e', tea.KeyRight) // who goes on is not taken away by what was found
	e.draws()
	e.sees("step 1 of")
}

// TestAFileWithoutAnEndHasNoTextBeforeItIsDrawn: the text stands at its end.
func TestAFileWithoutAnEndHasNoTextBeforeItIsDrawn(t *testing.T) {
	t.Parallel()
	rec := someSession(t)
	rec.Tail.Drawn = nil
	e := newEarly(t, rec)
	e.press(tea.KeyEnd)
	if _, ok := e.p.Recorded(3); ok {
		t.Error("there is a text")
	}
	e.sees("Still drawing, 0 % done.")
}

// BenchmarkEnd is what passes from opening a recording of 10,000 steps until
// something of its last frame is on the screen.
func BenchmarkEnd(b *testing.B) {
	rec := longSession(b, 10_000)
	for b.Loop() {
		p, err := Open(rec)
		if err != nil {
			b.Fatal(err)
		}
		s, err := NewShow(p, ShowOptions{Lang: "en"})
		if err != nil {
			b.Fatal(err)
		}
		s.Update(tea.WindowSizeMsg{Width: 150, Height: 50})
		s.Update(tea.KeyPressMsg{Code: tea.KeyEnd})
		s.View()
		b.StopTimer()
		p.Frame(p.half - 1)
		p.Frame(p.Len() - 1)
		b.StartTimer()
	}
}
