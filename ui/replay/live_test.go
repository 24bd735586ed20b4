package replay

import (
	"bytes"
	"context"
	"io"
	"slices"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	past "jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/scenario"
	"jandon/internal/session"
	"jandon/ui"
	"jandon/ui/audit"
	"jandon/ui/history"
	"jandon/ui/home"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
	"jandon/ui/pace"
	"jandon/ui/review"
	"jandon/ui/uitest"
)

var korea = time.FixedZone("KST", 9*3600)

var sunday = time.Date(2026, 11, 22, 9, 0, 0, 0, korea)

// live is a shell whose answers come when a test lets them come.
type live struct {
	shell  tea.Model
	now    time.Time
	waits  []wait
	open   []tea.Cmd // that were not carried out yet
	frames []tea.View
	ended  bool
	taps   int // messages that were written
}

type wait struct {
	at time.Time
	fn func(time.Time) tea.Msg
}

func (l *live) tick(d time.Duration, fn func(time.Time) tea.Msg) tea.Cmd {
	return func() tea.Msg {
		l.waits = append(l.waits, wait{l.now.Add(d), fn})
		return nil
	}
}

func (l *live) clock() ui.Clock {
	return ui.Clock{Now: func() time.Time { return l.now }, Tick: l.tick}
}

// begin makes the shell and runs what it begins with.
func (l *live) begin(o ui.Options) {
	shell, err := ui.New(o)
	if err != nil {
		panic(err)
	}
	l.shell = shell
	l.keep(shell.Init())
	l.frames = append(l.frames, shell.View())
}

func (l *live) keep(cmd tea.Cmd) {
	if cmd != nil {
		l.open = append(l.open, cmd)
	}
}

// send gives the shell a message; a frame is kept of each that is a step.
func (l *live) send(msg tea.Msg) {
	if batch, ok := msg.(tea.BatchMsg); ok {
		for _, cmd := range batch {
			l.keep(cmd)
		}
		return
	}
	switch msg.(type) {
	case nil:
		return
	case tea.QuitMsg:
		l.ended = true
		return
	}
	before := l.taps
	_, cmd := l.shell.Update(msg)
	l.keep(cmd)
	if l.taps > before {
		l.frames = append(l.frames, l.shell.View())
	}
}

// counted is a recorder whose calls are counted: not every message is a step.
type counted struct {
	ui.Recorder
	l *live
}

func (c counted) Take(t ui.Tapped) error {
	c.l.taps++
	return c.Recorder.Take(t)
}

// answer carries out one of the commands that wait.
func (l *live) answer(n int) {
	cmd := l.open[n]
	l.open = slices.Delete(l.open, n, n+1)
	l.send(cmd())
}

// settle carries out all of them, the oldest first.
func (l *live) settle() {
	for len(l.open) > 0 {
		l.answer(0)
	}
}

// pass lets time go by, and what falls due be told.
func (l *live) pass(d time.Duration) {
	end := l.now.Add(d)
	for {
		due := -1
		for i, w := range l.waits {
			if !w.at.After(end) && (due < 0 || w.at.Before(l.waits[due].at)) {
				due = i
			}
		}
		if due < 0 {
			break
		}
		w := l.waits[due]
		l.waits = slices.Delete(l.waits, due, due+1)
		if w.at.After(l.now) {
			l.now = w.at
		}
		l.send(w.fn(l.now))
	}
	l.now = end
}

func (l *live) press(names ...string) {
	for _, name := range names {
		k, err := uitest.Key(name)
		if err != nil {
			panic(err)
		}
		l.send(k)
	}
}

// everyday is a shell over the everyday scenario.
func everyday(t testing.TB, l *live, lang string) ui.Options {
	t.Helper()
	l.now = sunday
	book, err := generated()
	if err != nil {
		t.Fatal(err)
	}
	audited := kittest.Audit(book, korea, func() time.Time { return l.now })
	reviewed := func(ctx context.Context) (time.Time, error) {
		p, err := audited.Progress(ctx)
		return p.Last, err
	}
	return ui.Options{
		Lang: lang, Zone: korea, Theme: "dark", Idle: 5 * time.Minute, Mouse: true,
		Source: "everyday", MadeUp: true, Fresh: ui.Freshness{At: sunday.Add(-3 * time.Minute)}, Version: "1.0",
		Clock: l.clock(),
		Pages: []ui.Maker{
			{Name: "home", Label: "home.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page {
				return home.New(env, audited, home.Options{Reviewed: reviewed, PhoneBill: money.Won(100_000)})
			}},
			{Name: "history", Label: "history.title", Tab: true, Make: func(env *kit.Env, arg string) kit.Page {
				return history.New(env, book, nil, arg)
			}},
			{Name: "audit", Label: "subscriptions.title", Tab: true, Make: func(env *kit.Env, arg string) kit.Page {
				return audit.New(env, audited, nil, arg)
			}},
			{Name: "review", Label: "review.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page {
				return review.New(env, audited)
			}},
			{Name: "pace", Label: "pace.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page {
				return pace.New(env, book, pace.Options{PhoneBill: money.Won(100_000)})
			}},
		},
	}
}

// everydaySetting is what its pages were made with.
var everydaySetting = Setting{Reviewed: true, PhoneBill: money.Won(100_000)}

// generated is made once: nothing changes it.
var generated = sync.OnceValues(func() (*past.Book, error) {
	file, err := scenario.Load("everyday")
	if err != nil {
		return nil, err
	}
	plan, err := file.Generate(sunday)
	if err != nil {
		return nil, err
	}
	return plan.Book()
})

// memory is a file that can be closed.
type memory struct{ bytes.Buffer }

func (*memory) Close() error { return nil }

// recorder writes into memory.
func recorder(t testing.TB, s Setting, change ...func(*Recorder)) (*Recorder, *memory) {
	t.Helper()
	out := &memory{}
	r, err := Record(RecordOptions{
		Setting: s, Name: func() string { return "canary-file.jrec" }, Create: func(string) (io.WriteCloser, error) { return out, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range change {
		c(r)
	}
	return r, out
}

// keepAll has a recorder replace nothing, to compare what is drawn.
func keepAll(r *Recorder) {
	reg := session.NewRegistry()
	messages(reg)
	classes(reg)
	reg.Reclass(func(c session.Class) session.Class {
		if c == session.Drop {
			return c
		}
		return session.Keep
	})
	r.reg, r.asTyped, r.o.KeepAmounts = reg, true, true
}

func read(t testing.TB, from *memory) *session.Recording {
	t.Helper()
	rec, err := session.Read(bytes.NewReader(from.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return rec
}
