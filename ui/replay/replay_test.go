package replay

import (
	"flag"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"pgregory.net/rapid"
)

// TestMain plays fewer random sessions than rapid would: each is long.
func TestMain(m *testing.M) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given {
		_ = flag.Set("rapid.checks", "12")
	}
	m.Run()
}

// everyKey is what a person may hit. Quitting is left out: it ends the session.
var everyKey = []string{
	"1", "2", "3", "4", "5", "tab", "shift+tab", "up", "down", "j", "k", "left", "right", "pgup", "pgdown", "home", "end", "space", "enter", "esc",
	"[", "]", "/", "b", "f", "F", "g", "t", "s", "G", "r", ":", "?", "H", "L", "E", "f3", "f4", "f6", "f7", "f8", "backspace",
	"커", "피", "a", "2", "0", "ㅓ", "y", "n", "u",
}

// play does at random what a person and a terminal do, and answers come at random.
func play(rt *rapid.T, l *live, most int) {
	l.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	for range rapid.IntRange(most/4, most).Draw(rt, "steps") {
		switch rapid.IntRange(0, 14).Draw(rt, "what") {
		case 0:
			l.send(tea.WindowSizeMsg{
				Width:  rapid.SampledFrom([]int{0, 1, 20, 40, 60, 80, 100, 120, 170}).Draw(rt, "w"),
				Height: rapid.SampledFrom([]int{0, 1, 6, 16, 20, 24, 40}).Draw(rt, "h"),
			})
		case 1:
			l.pass(rapid.SampledFrom([]time.Duration{time.Microsecond, 1234567 * time.Nanosecond, 301 * time.Millisecond, time.Second, time.Minute, time.Hour}).Draw(rt, "wait"))
		case 2:
			l.send(tea.MouseClickMsg{X: rapid.IntRange(0, 120).Draw(rt, "x"), Y: rapid.IntRange(0, 40).Draw(rt, "y"), Button: tea.MouseLeft})
		case 3:
			l.send(tea.MouseWheelMsg{Button: rapid.SampledFrom([]tea.MouseButton{tea.MouseWheelUp, tea.MouseWheelDown}).Draw(rt, "wheel")})
		case 4:
			l.send(tea.PasteMsg{Content: "\x1b[2J커피\u202e\n" + string(rune(rapid.IntRange(0, 0x2fff).Draw(rt, "rune")))})
		case 5:
			l.send(tea.ColorProfileMsg{Profile: rapid.SampledFrom([]colorprofile.Profile{colorprofile.ASCII, colorprofile.ANSI, colorprofile.ANSI256, colorprofile.TrueColor}).Draw(rt, "profile")})
		case 6:
			l.now = l.now.Add(rapid.SampledFrom([]time.Duration{-time.Hour, 400 * time.Hour}).Draw(rt, "clock is set"))
			l.send(tea.ResumeMsg{})
		case 7, 8, 9:
			if n := len(l.open); n > 0 {
				l.answer(rapid.IntRange(0, n-1).Draw(rt, "answer"))
			}
		default:
			l.press(rapid.SampledFrom(everyKey).Draw(rt, "key"))
		}
		if l.ended {
			return
		}
	}
	l.settle()
}

// shown leaves out the frames of steps that no message was: the clock's own, and
// what pages worked out.
func shown(p *Player) (list []Frame) {
	for n := range p.Len() {
		if kind := p.Info(n).Kind; kind != "clock" && !strings.HasPrefix(kind, workKind) {
			list = append(list, p.Frame(n))
		}
	}
	return list
}

func TestEveryFrameIsReplayedAsItWas(t *testing.T) {
	t.Setenv("TZ", "America/Caracas") // nothing of it may be drawn
	t.Setenv("NO_COLOR", "1")
	t.Setenv("TERM", "dumb")
	rapid.Check(t, func(rt *rapid.T) {
		var l live
		o := everyday(t, &l, rapid.SampledFrom([]string{"en", "ko"}).Draw(rt, "lang"))
		r, out := recorder(t, everydaySetting, keepAll)
		o.Recorder, o.Record = counted{r, &l}, true
		l.begin(o)
		play(rt, &l, 80)
		if err := r.End(); err != nil {
			rt.Fatal(err)
		}
		rec := read(t, out)
		p, err := open(r.reg, rec)
		if err != nil {
			rt.Fatal(err)
		}
		got := shown(p)
		want := l.frames
		if len(got) != len(want) {
			rt.Fatalf("%d frames of %d", len(got), len(want))
		}
		for n := range want {
			if string(sum(want[n])) != string(got[n].Hash[:]) {
				rt.Fatalf("frame %d (%s, gap %v):\n%s\n--- replayed:\n%s", n, p.Info(n).Kind, p.Info(n).Gap, want[n].Content, got[n].Content)
			}
		}
	})
}

func TestWhatIsRedactedIsReplayedAsItWasDrawnAtTheEnd(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		var l live
		o := everyday(t, &l, "ko")
		r, out := recorder(t, everydaySetting)
		o.Recorder, o.Record = counted{r, &l}, true
		l.begin(o)
		play(rt, &l, 60)
		if err := r.End(); err != nil {
			rt.Fatal(err)
		}
		rec := read(t, out)
		if rec.Partial != nil || len(rec.Tail.Frames) == 0 {
			rt.Fatal(rec.Partial)
		}
		p, err := Open(rec)
		if err != nil {
			rt.Fatal(err)
		}
		for n := range p.Len() {
			if gap := p.Info(n).Gap; gap != nil {
				rt.Fatalf("step %d, a %s: %v", n, p.Info(n).Kind, gap)
			}
		}
		if d, known, err := p.Verify(); d != nil || !known || err != nil {
			rt.Fatalf("%v, %v: %+v", err, known, d)
		}
	})
}
