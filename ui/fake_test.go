package ui_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/money"
	"jandon/ui"
	"jandon/ui/kit"
	"jandon/ui/uitest"
)

// fake is a page that keeps what it was told.
type fake struct {
	env    *kit.Env
	arg    string
	ctx    context.Context
	told   []string
	views  int
	w, h   int
	field  kit.Field
	typing bool
	off    string
	reply  map[kit.Intent]tea.Cmd
	wide   bool // draws more than it may
}

func (f *fake) Init(ctx context.Context) tea.Cmd {
	f.ctx = ctx
	f.told = append(f.told, "init")
	return nil
}

func (f *fake) Update(_ context.Context, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case kit.Do:
		f.told = append(f.told, "do "+string(msg.Intent))
		if msg.Intent == kit.Find {
			f.typing = true
		}
		return f.reply[msg.Intent]
	case tea.KeyPressMsg:
		f.told = append(f.told, "key "+msg.String())
		f.field.Update(msg)
		if msg.String() == "esc" {
			f.typing = false
		}
	case tea.PasteMsg:
		f.field.Update(msg)
	default:
		f.told = append(f.told, fmt.Sprintf("%T", msg))
	}
	return nil
}

func (f *fake) Resize(w, h int) { f.w, f.h = w, h; f.field.Resize(max(w-4, 1)) }

func (f *fake) View() string {
	f.views++
	line := "  page " + f.arg + " " + f.env.Amount(money.Won(1300)) + " " + f.field.View()
	if f.wide {
		line += strings.Repeat("가", 300)
		return strings.Repeat(line+"\n", 300)
	}
	return kit.Frame([]string{line}, f.w, f.h)
}

func (f *fake) Typing() bool      { return f.typing }
func (f *fake) Caret() (int, int) { return 2 + f.field.Caret(), 0 }

func (f *fake) Keys() []kit.Binding {
	return []kit.Binding{
		{Intent: kit.Open, Keys: []string{"enter"}, Label: "shell.choose", Off: f.off},
		{Intent: kit.Find, Keys: []string{"/"}, Label: "shell.palette_hint"},
		{Intent: kit.Next, Keys: []string{"n"}, Label: "shell.scroll", Quiet: true},
	}
}

func (f *fake) heard(what string) int {
	n := 0
	for _, s := range f.told {
		if s == what {
			n++
		}
	}
	return n
}

// bench is a shell over two tabs and a page without one, all fakes.
type bench struct {
	*uitest.Stage
	clock *uitest.Clock
	pages []*fake // in the order in which they were made
	o     ui.Options
}

func fakes(t testing.TB, w, h int, change ...func(*bench)) *bench {
	t.Helper()
	b := &bench{clock: uitest.NewClock(sunday)}
	make := func(env *kit.Env, arg string) kit.Page {
		f := &fake{env: env, arg: arg, reply: map[kit.Intent]tea.Cmd{}}
		b.pages = append(b.pages, f)
		return f
	}
	b.o = ui.Options{
		Lang: "en", Zone: sunday.Location(), Theme: "dark", Source: "Demo", Idle: 5 * time.Minute, Version: "1.0",
		Clock: ui.Clock{Now: b.clock.Now, Tick: b.clock.Tick},
		Pages: []ui.Maker{
			{Name: "home", Label: "home.title", Tab: true, Make: make},
			{Name: "history", Label: "history.title", Tab: true, Make: make},
			{Name: "detail", Label: "shell.close", Make: make},
		},
	}
	for _, c := range change {
		c(b)
	}
	b.Stage = open(t, b.o, b.clock, w, h)
	return b
}

// sees fails unless the screen shows a text.
func (b *bench) sees(t *testing.T, text string) {
	t.Helper()
	if !strings.Contains(b.Text(), text) {
		t.Errorf("%q is not on the screen:\n%s", text, b.Text())
	}
}

// misses fails if the screen shows a text.
func (b *bench) misses(t *testing.T, text string) {
	t.Helper()
	if strings.Contains(b.Text(), text) {
		t.Errorf("%q is on the screen:\n%s", text, b.Text())
	}
}
