package cashout_test

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/rogpeppe/go-internal/txtar"

	"jandon/ui"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
	"jandon/ui/uitest"
)

var update = flag.Bool("update", false, "write frames anew")

// elsewhere stands for the pages that this one leads to.
type elsewhere struct{ name, arg string }

func (elsewhere) Init(context.Context) tea.Cmd            { return nil }
func (elsewhere) Update(context.Context, tea.Msg) tea.Cmd { return nil }
func (elsewhere) Resize(int, int)                         {}
func (elsewhere) Keys() []kit.Binding                     { return nil }
func (e elsewhere) View() string                          { return "  " + e.name + " " + e.arg }

// options are those of a shell with this page and the ones it leads to.
func options(p *platform, lang string, clock ui.Clock) ui.Options {
	o := ui.Options{
		Lang: lang, Zone: kittest.Seoul(), Theme: "dark", Clock: clock, Source: "everyday", MadeUp: true, Version: "1.0",
		Pages: []ui.Maker{{Name: "cashout", Label: "cashout.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page { return page(p, env) }}},
	}
	for _, name := range []string{"confirm", "acts", "destinations"} {
		o.Pages = append(o.Pages, ui.Maker{Name: name, Label: "cashout.title", Make: func(_ *kit.Env, arg string) kit.Page { return elsewhere{name, arg} }})
	}
	return o
}

func stage(t *testing.T, p *platform, lang string, w, h int) *uitest.Stage {
	t.Helper()
	clock := uitest.NewClock(kittest.Now())
	shell, err := ui.New(options(p, lang, ui.Clock{Now: clock.Now, Tick: clock.Tick}))
	if err != nil {
		t.Fatal(err)
	}
	return uitest.Start(shell, clock, w, h)
}

// TestScenarios plays testdata/*.txtar and compares every frame, cell by cell;
// -update writes them anew.
func TestScenarios(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenarios: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			play(t, file)
		})
	}
}

func play(t *testing.T, file string) {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	script, err := uitest.ParseScript(archive.Files[0].Data)
	if err != nil {
		t.Fatal(err)
	}
	want, kept := map[string]string{}, archive.Files[:1:1]
	for _, f := range archive.Files[1:] {
		want[f.Name] = string(f.Data)
	}
	for _, lang := range script.Langs {
		for _, size := range script.Sizes {
			s := stage(t, some(t), lang, size[0], size[1])
			script.Play(s, func(name string) {
				name = fmt.Sprintf("frame %dx%d %s %s", size[0], size[1], lang, name)
				if err := s.Check(); err != nil {
					t.Errorf("%s: %v", name, err)
				}
				got := s.Frame()
				if !*update && got != want[name] {
					t.Errorf("%s: got\n%s\nwant\n%s", name, got, want[name])
				}
				kept = append(kept, txtar.File{Name: name, Data: []byte(got)})
			})
		}
	}
	if archive.Files = kept; *update {
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// What was typed is there again after a lock, another page, and the way back.
func TestTheDraftStaysThroughLockLeaveAndReturn(t *testing.T) {
	t.Parallel()
	s := stage(t, some(t), "en", 80, 24)
	s.Type("13300")
	s.Press("enter", "right")
	before := s.Text()
	s.Press("L")
	if strings.Contains(s.Text(), "13,300") {
		t.Fatalf("the lock shows\n%s", s.Text())
	}
	s.Press("enter", "l")
	if !strings.Contains(s.Text(), "destinations savings_jar") {
		t.Fatalf("l leads to\n%s", s.Text())
	}
	if s.Press("esc"); s.Text() != before {
		t.Errorf("it came back to\n%s\nfrom\n%s", s.Text(), before)
	}
}

// An amount takes digits and a few keys: all others do what they do everywhere.
func TestAnAmountBeingTypedLeavesTheShellItsKeys(t *testing.T) {
	t.Parallel()
	s := stage(t, some(t), "en", 80, 24)
	s.Type("13300")
	if s.Press("H"); strings.Contains(s.Text(), "13,300") {
		t.Errorf("H hides nothing:\n%s", s.Text())
	}
	s.Press("H", ":")
	s.Type("l") // is not the page's any more
	if !strings.Contains(s.Text(), ": l") || strings.Contains(s.Text(), "destinations savings_jar") {
		t.Errorf("no palette opened:\n%s", s.Text())
	}
	s.Press("esc")
	if s.Press("?"); !strings.Contains(s.Text(), "On this page: Cash out") {
		t.Errorf("no help opened:\n%s", s.Text())
	}
	s.Press("esc", "5")
	if !strings.Contains(s.Text(), "₩133,005") {
		t.Errorf("digits do not go to the amount:\n%s", s.Text())
	}
}

// The countdown runs on the shell's clock, and y waits for a calm moment.
func TestAQuoteRunsOutOnTheScreen(t *testing.T) {
	t.Parallel()
	p := some(t)
	s := stage(t, p, "en", 80, 24)
	s.Type("13300")
	s.Press("enter", "enter", "y")
	if len(p.begun) > 0 {
		t.Fatal("a key typed ahead began it")
	}
	s.Clock.Advance(31 * time.Second)
	if !strings.Contains(s.Text(), "fixed for 0:59 more") {
		t.Fatalf("after 31 s:\n%s", s.Text())
	}
	s.Clock.Advance(time.Minute)
	if !strings.Contains(s.Text(), "expired") {
		t.Fatalf("after 91 s:\n%s", s.Text())
	}
	s.Press("y")
	s.Press("r")
	s.Clock.Advance(2 * time.Second)
	s.Press("y")
	if len(p.begun) != 1 || !strings.Contains(s.Text(), "confirm act-q-2") {
		t.Errorf("begun %v, on the screen\n%s", p.begun, s.Text())
	}
}

// A question that comes back from behind the lock or another page has just
// appeared to the person: keys that were meant for something else don't answer it.
func TestAQuestionThatComesBackWaitsAnew(t *testing.T) {
	t.Parallel()
	p := some(t)
	s := stage(t, p, "en", 80, 24)
	s.Type("13300")
	s.Press("enter", "enter")
	s.Clock.Advance(3 * time.Second)
	s.Press("L")
	s.Clock.Advance(3 * time.Second)
	s.Press("enter", "y")
	if len(p.begun) > 0 {
		t.Fatal("the first key after the lock began a cash-out")
	}
	s.Clock.Advance(2 * time.Second)
	if s.Press("y"); len(p.begun) != 1 {
		t.Errorf("a calm yes began %d", len(p.begun))
	}
}

// reader types a line whenever one is awaited, after a while.
type reader struct {
	lines []string
	now   *time.Time
}

func (r *reader) Read(b []byte) (int, error) {
	if len(r.lines) == 0 {
		return 0, io.EOF
	}
	line := r.lines[0]
	r.lines, *r.now = r.lines[1:], r.now.Add(2*time.Second)
	return copy(b, line+"\n"), nil
}

// Lines for screen readers lead through all of it.
func TestLinesLeadToACashOut(t *testing.T) {
	t.Parallel()
	p, now := some(t), kittest.Now()
	var out strings.Builder
	o := options(p, "en", ui.Clock{Now: func() time.Time { return now }})
	if err := ui.Plain(t.Context(), o, &reader{[]string{"13300", "1", "1"}, &now}, &out); err != nil {
		t.Fatal(err)
	}
	if len(p.begun) != 1 || !strings.Contains(out.String(), "confirm act-q-1") {
		t.Errorf("begun %v:\n%s", p.begun, out.String())
	}
	for _, want := range []string{
		"Amount  ₩", "> ▸ Most value  ₩13,234  ₩0  ₩66  ₩0  1 min", "₩13,300 → ₩10,000 mobile top-up", "What can't go, and why  ₩18,300",
		"1  get quote", "Quote  fixed for", "Cash this out?\n", "1  yes, cash out", "2  no",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("there is no %q in\n%s", want, out.String())
		}
	}
}

// The question stands on No: Enter is no once it was read, and the Enter that
// asked for the quote, pressed twice, drops nothing.
func TestEnterIsNoOnceTheQuestionWasRead(t *testing.T) {
	t.Parallel()
	p := some(t)
	s := stage(t, p, "en", 80, 24)
	s.Type("13300")
	s.Press("enter", "enter", "enter")
	if !strings.Contains(s.Text(), "Cash this out?") {
		t.Fatalf("a second Enter dropped the quote:\n%s", s.Text())
	}
	s.Clock.Advance(time.Second)
	s.Press("enter")
	if len(p.begun) > 0 || strings.Contains(s.Text(), "Cash this out?") {
		t.Fatalf("begun %v:\n%s", p.begun, s.Text())
	}
}
