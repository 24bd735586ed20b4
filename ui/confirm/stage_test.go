package confirm_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/picture"
	"jandon/ui"
	"jandon/ui/confirm"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
	"jandon/ui/uitest"
)

// below is the page from which the question is visited.
type below struct{ env *kit.Env }

func (b *below) Init(context.Context) tea.Cmd { return nil }
func (b *below) Update(_ context.Context, msg tea.Msg) tea.Cmd {
	if do, ok := msg.(kit.Do); ok && do.Intent == kit.Open {
		return kit.Request(kit.Visit{Page: "confirm", Arg: "act-1"})
	}
	return nil
}
func (b *below) Resize(int, int) {}
func (b *below) View() string    { return "  the page below" }
func (b *below) Keys() []kit.Binding {
	return []kit.Binding{{Intent: kit.Open, Keys: []string{"enter"}, Label: "shell.choose"}}
}

// screen is a shell with the question on it.
type screen struct {
	*uitest.Stage
	*bank
	clock *uitest.Clock
	opens int // PINs that the shell had checked
}

// options are those of a shell over a bank.
func (s *screen) options(lang string) ui.Options {
	s.clock = uitest.NewClock(kittest.Now())
	s.now = s.clock.Now
	return ui.Options{
		Lang: lang, Zone: kittest.Seoul(), Theme: "dark", Idle: 5 * time.Minute, Source: "everyday", MadeUp: true, Version: "1.0",
		Clock: ui.Clock{Now: s.clock.Now, Tick: s.clock.Tick}, Mouse: true,
		Unlock: func(_ context.Context, pin kit.PIN) (err error) {
			s.opens++
			pin.Expose(func(d []byte) {
				if string(d) != rightPIN {
					err = fault.New(fault.WrongCode)
				}
			})
			return err
		},
		Pages: []ui.Maker{
			{Name: "below", Label: "home.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page { return &below{env} }},
			{Name: "confirm", Label: "confirm.title", Make: func(env *kit.Env, arg string) kit.Page { return confirm.New(env, s.bank, arg) }},
		},
	}
}

func show(t testing.TB, b *bank, o ui.Options, s *screen, w, h int) *screen {
	t.Helper()
	s.bank = b
	shell, err := ui.New(o)
	if err != nil {
		t.Fatal(err)
	}
	s.Stage = uitest.Start(shell, s.clock, w, h)
	s.Press("enter")
	return s
}

func open(t testing.TB, b *bank, w, h int) *screen {
	t.Helper()
	s := &screen{bank: b}
	return show(t, b, s.options("en"), s, w, h)
}

var pictures = flag.String("pictures", "", "a directory to draw every state into, for people to look at")

// TestPictures draws the states of the page in every look, where it is asked to.
func TestPictures(t *testing.T) {
	if *pictures == "" {
		return
	}
	draw := func(name string, s *screen, light bool) {
		scheme := picture.Dark
		if light {
			scheme = picture.Light
		}
		if err := os.WriteFile(filepath.Join(*pictures, name+".svg"), s.Picture(scheme), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, l := range []struct {
		name, lang, theme string
		w, h              int
		mono              bool
	}{
		{"en-80", "en", "dark", 80, 24, false}, {"ko-80", "ko", "light", 80, 24, false}, {"en-120", "en", "light", 120, 40, false},
		{"ko-40", "ko", "dark", 40, 16, false}, {"en-40", "en", "dark", 40, 16, false}, {"mono-80", "en", "dark", 80, 24, true},
	} {
		for name, c := range looks() {
			s := &screen{bank: c.bank()}
			o := s.options(l.lang)
			o.Theme, o.Mono = l.theme, l.mono
			show(t, s.bank, o, s, l.w, l.h)
			if l.mono {
				s.Send(tea.ColorProfileMsg{Profile: colorprofile.ASCII})
			}
			s.clock.Advance(time.Second)
			if c.do != nil {
				c.do(s)
			}
			draw(l.name+"-"+name, s, l.theme == "light")
		}
	}
}

// look is a state of the page: a bank, and what is done from there.
type look struct {
	bank func() *bank
	do   func(s *screen)
}

func (s *screen) confirm() {
	s.Press("end")
	s.Type(rightPIN)
	s.Press("enter")
}

func looks() map[string]look {
	mixed := func() *bank {
		b := won(act.NeedPIN)
		b.q.Parts[0].Payee.Name = "Рaypal Korea"
		return b
	}
	return map[string]look{
		"pin":    {func() *bank { return won(act.NeedPIN) }, func(s *screen) { s.Press("end"); s.Type("2847") }},
		"code":   {func() *bank { return won(act.NeedCode) }, func(s *screen) { s.Press("end") }},
		"link":   {link, nil},
		"mixed":  {mixed, nil},
		"hidden": {func() *bank { return won(act.NeedPIN) }, func(s *screen) { s.Press("f3") }},
		"wrong":  {func() *bank { return won(act.NeedPIN) }, func(s *screen) { s.Press("end"); s.Type("111111"); s.Press("enter") }},
		"going":  {func() *bank { return won(act.NeedPIN) }, func(s *screen) { s.confirm(); s.clock.Advance(12 * time.Second) }},
		"done": {func() *bank { return won(act.NeedPIN) }, func(s *screen) {
			s.confirm()
			s.arrive(2)
			s.clock.Advance(time.Minute)
		}},
		"partly": {func() *bank { return won(act.NeedPIN) }, func(s *screen) {
			s.confirm()
			s.arrive(1)
			s.clock.Advance(time.Minute)
		}},
		"review": {func() *bank {
			b := won(act.NeedReview)
			b.act.State = act.Review
			return b
		}, nil},
		"unknown": {func() *bank {
			b := won(act.NeedPIN)
			b.confErr, b.done = fault.New(fault.UnknownOutcome, "url", "https://wallet.example"), true
			b.during = func() { b.actErr = fault.New(fault.Unreachable, "url", "https://wallet.example") }
			return b
		}, func(s *screen) { s.confirm() }},
		"expired": {func() *bank { return won(act.NeedPIN) }, func(s *screen) { s.clock.Advance(3 * time.Minute) }},
		"paused": {func() *bank {
			b := won(act.NeedPIN)
			b.askErr = fault.New(fault.DevicePaused, "until", kittest.Now().Add(15*time.Minute).UTC().Format(time.RFC3339))
			return b
		}, nil},
		"step_up": {func() *bank {
			b := won(act.NeedPIN)
			b.askErr = fault.New(fault.StepUpRequired)
			return b
		}, nil},
	}
}

// arrive ends the legs: the first n arrive, the others come back.
func (s *screen) arrive(n int) {
	s.act.State = act.Done
	for i := range s.act.Legs {
		l := &s.act.Legs[i]
		l.State, l.Ended = act.LegDone, s.now()
		if i >= n {
			l.State, l.Failure, s.act.State = act.LegReturned, "account_closed", act.Partly
		}
	}
	s.act.Ended = s.now()
}
