package replay

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/session"
)

// habits are what people do one after the other, by how often.
var habits = [][]string{
	{"down"}, {"down"}, {"down", "down", "down"}, {"up"}, {"down", "down", "enter", "down", "esc"}, {"pgdown"}, {"pgdown", "pgup"}, {"end", "home"},
	{"2", "left", "left", "right"}, {"1"}, {"3", "down", "enter", "esc"}, {"4"}, {"5", "down", "enter", "esc"},
	{"2", "/", "커", "피", "backspace", "backspace", "esc", "esc"}, {"2", "/", "1", "3", "0", "enter", "down", "down", "enter", "esc", "esc"},
	{"?", "down", "esc"}, {":", "h", "o", "esc"}, {"H", "H"}, {"tab", "tab"}, {"b"}, {"[", "]"},
}

// longSession is a day at the screens: keys, and the answers they bring.
func longSession(t testing.TB, steps int) *session.Recording {
	t.Helper()
	var l live
	o := everyday(t, &l, "ko")
	r, out := recorder(t, everydaySetting)
	o.Recorder, o.Record = counted{r, &l}, true
	l.begin(o)
	l.send(tea.WindowSizeMsg{Width: 100, Height: 32})
	chance := rand.New(rand.NewPCG(1, 2))
	for l.taps < steps {
		switch chance.IntN(20) {
		case 0:
			l.pass(time.Duration(chance.IntN(3000)) * time.Millisecond)
		case 1:
			l.send(tea.WindowSizeMsg{Width: 80 + chance.IntN(40), Height: 24 + chance.IntN(16)})
		default:
			l.press(habits[chance.IntN(len(habits))]...)
			l.settle()
		}
	}
	if err := r.End(); err != nil {
		t.Fatal(err)
	}
	return read(t, out)
}

// BenchmarkOpen draws a recording of 10,000 steps, to its last frame.
func BenchmarkOpen(b *testing.B) {
	rec := longSession(b, 10_000)
	size := 0
	for _, s := range rec.Steps {
		size += len(s.Body)
	}
	b.Logf("%d steps, %d KiB; text of frames %d KiB", len(rec.Steps), size>>10, len(rec.Tail.Drawn)>>10)
	for b.Loop() {
		p, err := Open(rec)
		if err != nil {
			b.Fatal(err)
		}
		p.Frame(p.half - 1)
		p.Frame(p.Len() - 1)
	}
}

// BenchmarkFirst is what passes until the first frame of the same is there.
func BenchmarkFirst(b *testing.B) {
	rec := longSession(b, 10_000)
	for b.Loop() {
		p, err := Open(rec)
		if err != nil {
			b.Fatal(err)
		}
		p.Frame(0)
		b.StopTimer()
		p.Frame(p.half - 1)
		p.Frame(p.Len() - 1)
		b.StartTimer()
	}
}

// BenchmarkTake is what recording a page of the list adds to a message.
func BenchmarkTake(b *testing.B) {
	rec := longSession(b, 500)
	reg, err := registry()
	if err != nil {
		b.Fatal(err)
	}
	page := slices.IndexFunc(rec.Steps, func(s session.Step) bool { return s.Kind == "history-page" && len(s.Body) > 10_000 })
	msg, err := unpack(reg, rec.Steps[page].Kind, rec.Steps[page].Body)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d KiB", len(rec.Steps[page].Body)>>10)
	d := session.NewRedactor(reg, false)
	for b.Loop() {
		if _, _, err := d.Encode(msg); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkJump goes anywhere in a recording of 10,000 steps that is open.
func BenchmarkJump(b *testing.B) {
	rec := longSession(b, 10_000)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	p, err := Open(rec)
	if err != nil {
		b.Fatal(err)
	}
	p.Frame(p.half - 1)
	p.Frame(p.Len() - 1)
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.Logf("%d KiB held", (after.HeapAlloc-before.HeapAlloc)>>10)
	chance := rand.New(rand.NewPCG(3, 4))
	for b.Loop() {
		p.Frame(chance.IntN(p.Len()))
	}
}
