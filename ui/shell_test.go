package ui_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"jandon/internal/fault"
	"jandon/ui"
	"jandon/ui/kit"
)

func TestTabsKeepTheirPages(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24)
	b.Press("2", "1", "tab", "shift+tab", "2")
	if len(b.pages) != 2 {
		t.Fatalf("%d pages were made for two tabs", len(b.pages))
	}
	for _, p := range b.pages {
		if p.heard("init") != 1 || p.ctx.Err() != nil {
			t.Errorf("a tab's page was visited %d times, its context says %v", p.heard("init"), p.ctx.Err())
		}
	}
	b.Send(tea.MouseClickMsg{X: 9, Y: 0, Button: tea.MouseLeft})
	if !strings.Contains(b.Frame(), "~ 0:7-12 underlined") {
		t.Errorf("a click on the first tab did not go there:\n%s", b.Frame())
	}
}

func TestLeavingCancelsReadsAndDropsTheirAnswers(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24)
	b.pages[0].reply[kit.Open] = kit.Request(kit.Visit{Page: "detail", Arg: "42"})
	b.Press("enter")
	detail := b.pages[1]
	b.sees(t, "page 42")
	detail.reply[kit.Next] = func() tea.Msg { return kit.Wait{For: time.Second, Then: kit.Slow{}} }
	b.Press("n", "esc")
	if detail.ctx.Err() == nil {
		t.Error("the visit's context goes on after leaving")
	}
	b.clock.Advance(2 * time.Second)
	if n := detail.heard("kit.Slow"); n != 0 {
		t.Error("an answer reached a page that was left")
	}
	b.misses(t, "page 42")
	b.Press("enter", "n")
	b.pages[2].reply[kit.Next] = kit.Request(kit.Leave{})
	b.Press("n")
	b.misses(t, "page 42")
}

func TestOnlyKnownMessagesReachPages(t *testing.T) {
	t.Parallel()
	type stranger struct{}
	b := fakes(t, 80, 24)
	b.pages[0].told = nil
	for _, msg := range []tea.Msg{stranger{}, tea.FocusMsg{}, tea.PasteMsg{Content: "x"}, tea.KeyReleaseMsg{Code: 'a'}, tea.EnvMsg{"SECRET=1"}} {
		b.Send(msg)
	}
	b.Press("x", "y")
	if len(b.pages[0].told) > 0 {
		t.Errorf("the page was told %v", b.pages[0].told)
	}
}

func TestKoreanLayoutQuitsButTypesIntoFields(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24)
	b.Press("/")
	b.Type("ㅂ커피q")
	if got := b.pages[0].field.Value(); got != "ㅂ커피q" || b.Ended() {
		t.Fatalf("the field holds %q, ended %v", got, b.Ended())
	}
	if c := b.View().Cursor; c == nil || c.X != 2+7 || c.Y != 2 {
		t.Errorf("the cursor is at %+v, want behind the text", c)
	}
	b.Press("esc", "ㅂ")
	if !b.Ended() {
		t.Error("ㅂ does not quit")
	}
	b = fakes(t, 80, 24)
	b.Send(tea.KeyPressMsg{Code: 'ㅂ', Text: "ㅂ", BaseCode: 'q'})
	if !b.Ended() {
		t.Error("the key of q does not quit by its base code")
	}
}

func TestToastTimersClearOnlyTheirOwn(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24)
	say := func(text string) {
		b.pages[0].reply[kit.Next] = kit.Request(kit.Notice{Text: text})
		b.Press("n")
	}
	say("first")
	b.clock.Advance(4 * time.Second)
	say("second")
	b.clock.Advance(2 * time.Second)
	b.sees(t, "second")
	b.clock.Advance(4 * time.Second)
	b.misses(t, "second")
	if b.clock.Waiting() != 1 {
		t.Errorf("%d timers run in an idle shell, want the minute's alone", b.clock.Waiting())
	}
}

func TestWhatASourceHasToSayIsSaidFirst(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24, func(b *bench) {
		b.o.MadeUp = true
		b.o.Notices = []kit.Notice{{Level: kit.Warning, Text: "3 lines were not understood"}}
	})
	b.sees(t, "3 lines were not understood")
	b.sees(t, "Demo · demo")
	b.clock.Advance(time.Minute)
	b.misses(t, "3 lines were not understood")
}

func TestFailuresStayUntilAnsweredAndAreListed(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24)
	err := fault.New(fault.TimedOut, "url", "http://127.0.0.1:8750")
	err.Correlation = "c-123"
	b.pages[0].reply[kit.Next] = kit.Request(kit.Notice{Level: kit.Failure, Err: err})
	b.Press("n")
	b.clock.Advance(time.Hour)
	b.Press("enter") // wakes from the lock
	b.sees(t, "Failed")
	b.Press("esc")
	b.misses(t, "Failed")
	b.Press("n", "E")
	b.sees(t, "timed_out · c-123")
	b.Press("esc")
	b.misses(t, "Failed")
}

func TestABindingThatCannotActSaysWhy(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24)
	b.pages[0].off = "shell.no_colour"
	b.Press("enter")
	b.sees(t, "This terminal shows no colours.")
	if b.pages[0].heard("do open") > 0 {
		t.Error("the page was asked to do what it can't")
	}
	b.Press("?")
	b.sees(t, "This terminal shows no colours.")
}

func TestLockShowsNothingPersonalAndKeepsDrafts(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24)
	b.Press("/")
	b.Type("draft")
	b.clock.Advance(5 * time.Minute)
	b.sees(t, "draft")
	b.clock.Advance(time.Minute)
	for _, secret := range []string{"draft", "₩", "page", "Demo", "Home"} {
		b.misses(t, secret)
	}
	b.sees(t, "There is no PIN yet")
	b.Press("x", "2", "L")
	b.misses(t, "draft")
	b.Press("enter")
	b.sees(t, "draft")
	if strings.Contains(b.View().WindowTitle, "₩") {
		t.Error("the window's title tells an amount")
	}
}

func TestHiddenAmountsAndLanguageReachThePages(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24)
	b.sees(t, "₩1,300")
	b.Press("H")
	b.misses(t, "1,300")
	b.Press("H", "f6")
	b.sees(t, "도움말")
	if b.pages[0].heard("kit.Redraw") < 3 {
		t.Error("the page was not told to draw anew")
	}
}

func TestIdleDrawsNothing(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24)
	b.o.Fresh = ui.Freshness{}
	before, views := b.View().Content, b.pages[0].views
	for range 3 {
		if b.View().Content != before {
			t.Fatal("View changes by itself")
		}
	}
	if b.pages[0].views != views {
		t.Error("View draws the page although no message came")
	}
	b.clock.Advance(59 * time.Second)
	if b.pages[0].views != views {
		t.Error("something was drawn within a minute of nothing")
	}
	b.clock.Advance(time.Second)
	if b.View().Content != before {
		t.Error("the frame changed although nothing on it did")
	}
}

func TestColoursFollowTheTerminal(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24, func(b *bench) { b.o.Theme = "auto" })
	dark := b.View().Content
	b.Send(tea.BackgroundColorMsg{Color: white{}})
	if b.View().Content == dark {
		t.Error("a light background changes nothing")
	}
	b.Send(tea.ColorProfileMsg{Profile: colorprofile.ASCII})
	if strings.Contains(b.View().Content, "38;2") {
		t.Error("colours are used in a terminal that has none")
	}
	b.Press("f7")
	b.sees(t, "This terminal shows no colours.")
}

type white struct{}

func (white) RGBA() (r, g, b, a uint32) { return 0xffff, 0xffff, 0xffff, 0xffff }

// source is a Syncer that does as it is told.
type source func(ctx context.Context, progress func(int, int)) (ui.Freshness, bool, error)

func (s source) Sync(ctx context.Context, progress func(int, int)) (ui.Freshness, bool, error) {
	return s(ctx, progress)
}

func TestSyncShowsProgressOnlyWhenItTakesLong(t *testing.T) {
	t.Parallel()
	var b *bench
	var during func()
	b = fakes(t, 80, 24, func(b *bench) {
		b.o.Sync = source(func(_ context.Context, progress func(int, int)) (ui.Freshness, bool, error) {
			progress(30, 120)
			if during != nil {
				during()
			}
			return ui.Freshness{At: b.clock.Now()}, true, nil
		})
	})
	b.misses(t, "Up to date")
	if b.pages[0].heard("kit.Changed") != 1 {
		t.Error("the page does not know of what the first sync brought")
	}
	b.sees(t, "just now")
	during = func() {
		b.misses(t, "Fetching")
		b.clock.Advance(600 * time.Millisecond)
		b.sees(t, "Fetching")
	}
	b.Press("r")
	b.misses(t, "Fetching")
	b.sees(t, "Up to date, with news.")
}

func TestSyncSaysHowFarItHasCome(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24)
	b.o.Sync = source(func(context.Context, func(int, int)) (ui.Freshness, bool, error) { return ui.Freshness{}, false, nil })
	shell, err := ui.New(b.o)
	if err != nil {
		t.Fatal(err)
	}
	shell.Init() // starts run 1, whose commands nobody carries out
	for _, msg := range []tea.Msg{tea.WindowSizeMsg{Width: 80, Height: 24}, ui.Lingering{Run: 1}, ui.Progress{Run: 0, Done: 9}} {
		shell.Update(msg)
	}
	if got := shell.View().Content; !strings.Contains(got, "Fetching") || strings.Contains(got, "9 line") {
		t.Errorf("a stale run counts:\n%s", got)
	}
	shell.Update(ui.Progress{Run: 1, Done: 30, Total: 120})
	if got := shell.View().Content; !strings.Contains(got, "30 of 120") {
		t.Errorf("no progress in\n%s", got)
	}
}

func TestSyncIsCancelledByEscAndKeepsItsFreshness(t *testing.T) {
	t.Parallel()
	var b *bench
	block := false
	b = fakes(t, 80, 24, func(b *bench) {
		b.o.Fresh = ui.Freshness{At: sunday.Add(-time.Hour)}
		b.o.Sync = source(func(ctx context.Context, _ func(int, int)) (ui.Freshness, bool, error) {
			if block {
				b.clock.Advance(time.Second)
				b.Press("esc")
			}
			return ui.Freshness{}, false, ctx.Err()
		})
	})
	block = true
	b.Press("r")
	b.sees(t, "cancelled")
	b.sees(t, "1 h ago")
	b.misses(t, "offline")
}

// Whoever leaves the first fetch is not offline: nothing was fetched, and the
// footer says by which key it is.
func TestAFirstFetchThatWasLeftIsNotFetched(t *testing.T) {
	t.Parallel()
	for name, fresh := range map[string]ui.Freshness{"nothing came": {}, "a part came": {At: sunday.Add(-time.Hour), Offline: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := fakes(t, 80, 24, func(b *bench) {
				b.o.Sync = source(func(context.Context, func(int, int)) (ui.Freshness, bool, error) {
					return fresh, false, context.Canceled
				})
			})
			b.misses(t, "offline")
			if fresh.At.IsZero() {
				b.sees(t, "not fetched")
				b.sees(t, "r fetch what is new")
			} else {
				b.sees(t, "1 h ago")
			}
		})
	}
}

func TestAFailedSyncIsOfflineAndSaysWhyWhenAsked(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24, func(b *bench) {
		b.o.Fresh = ui.Freshness{At: sunday.Add(-time.Hour)}
		b.o.Sync = source(func(context.Context, func(int, int)) (ui.Freshness, bool, error) {
			return ui.Freshness{}, false, fault.Wrap(errors.New("dial"), fault.Unreachable, "url", "http://127.0.0.1:1")
		})
	})
	b.sees(t, "1 h ago · offline")
	b.misses(t, "Failed")
	b.sees(t, "r fetch what is new")
	b.Press("r")
	b.sees(t, "Failed")
	b.sees(t, "r try again")
	b.misses(t, "dial")
	b.Press("E")
	b.sees(t, "unreachable")
}

// Tabs give way to the age of the data, in the narrowest window too: old
// figures must not look new.
func TestTabsLeaveRoomForTheAgeOfTheData(t *testing.T) {
	t.Parallel()
	for _, w := range []int{40, 60, 80, 120} {
		b := fakes(t, w, 16, func(b *bench) {
			b.o.Fresh = ui.Freshness{At: sunday.Add(-time.Hour)}
			b.o.Sync = source(func(context.Context, func(int, int)) (ui.Freshness, bool, error) {
				return ui.Freshness{}, false, fault.New(fault.Unreachable, "url", "http://127.0.0.1:1")
			})
		})
		b.sees(t, "1 h ago · offline")
	}
}

// How new data is matters less than a tab where there is room for one of both.
func TestNewDataLeavesItsRoomToTabs(t *testing.T) {
	t.Parallel()
	names := []string{"home.title", "history.title", "subscriptions.title", "review.title", "pace.title", "cashout.title", "acts.title"}
	for ago, shown := range map[time.Duration]bool{time.Minute: true, time.Hour: false} {
		b := fakes(t, 80, 24, func(b *bench) {
			b.o.Fresh, b.o.Source = ui.Freshness{At: sunday.Add(-ago)}, "https://wallet.example"
			home := b.o.Pages[0]
			b.o.Pages = b.o.Pages[:0]
			for _, name := range names {
				b.o.Pages = append(b.o.Pages, ui.Maker{Name: name, Label: name, Tab: true, Make: home.Make})
			}
		})
		if strings.Contains(b.Text(), "7 Acts") != shown || strings.Contains(b.Text(), "1 h ago") == shown {
			t.Errorf("with data of %v ago:\n%s", ago, b.Text())
		}
	}
}

func TestEveryWindowShowsSomethingThatFits(t *testing.T) {
	t.Parallel()
	for _, w := range []int{0, 1, 2, 19, 20, 39, 40, 59, 60, 80, 250} {
		for _, h := range []int{0, 1, 2, 5, 6, 15, 16, 19, 20, 24, 70} {
			b := fakes(t, w, h)
			for _, keys := range []string{"", ":", "?", "E", "L"} {
				if keys != "" {
					b.Press("esc", keys)
				}
				if err := b.Check(); err != nil {
					t.Errorf("%d×%d after %q: %v", w, h, keys, err)
				}
			}
		}
	}
}

func TestAPageThatDrawsTooMuchIsCut(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24)
	b.pages[0].wide = true
	b.Press("n")
	if err := b.Check(); err != nil {
		t.Error(err)
	}
	b.sees(t, "? help")
}

func TestPaletteRunsWhatItFinds(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24)
	b.Press(":")
	b.Type("hist")
	b.Press("enter")
	if len(b.pages) != 2 {
		t.Fatal("the palette did not open the page")
	}
	b.Press("f2")
	b.Type("zzz")
	b.sees(t, "Nothing has a name like that.")
	b.Press("enter", ":", "down", "up", "esc")
	if b.Ended() {
		t.Error("nothing chosen has ended the program")
	}
	b.Press(":")
	b.Type("quit")
	b.Press("enter")
	if !b.Ended() || b.View().Content != "" {
		t.Error("quit from the palette leaves something behind")
	}
}

var _ tea.Model = (*ui.Shell)(nil)

func TestWithoutColourTheChosenRowIsReversed(t *testing.T) {
	t.Parallel()
	o, c := load(t, "everyday", sunday).options("en")
	o.Mono = true
	s := open(t, o, c, 80, 24)
	s.Press("2", "down")
	if frame := s.Frame(); !strings.Contains(frame, "reverse") || strings.Contains(s.View().Content, "8;2;") {
		t.Errorf("what is chosen is not to be seen, or a colour is:\n%s", frame)
	}
}

func TestEveryActHasAKeyThatNoLayoutMoves(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ key, want string }{
		{"f1", "Everywhere"}, {"f2", "What do you want to do?"}, {"f3", "*****"}, {"f4", "Locked since"}, {"f6", "도움말"}, {"f8", "아직 아무 문제도"},
	} {
		b := fakes(t, 80, 24)
		if c.key == "f8" {
			b.Press("f6")
		}
		b.Press(c.key)
		b.sees(t, c.want)
	}
}

func TestAKeyLeadsToAPageFromOneOfItsOwnKind(t *testing.T) {
	t.Parallel()
	b := fakes(t, 80, 24, func(b *bench) { b.o.Pages[2].Keys = []string{"D"} })
	b.pages[0].reply[kit.Open] = kit.Request(kit.Visit{Page: "detail", Arg: "42"})
	b.Press("enter")
	b.sees(t, "page 42")
	b.Press("D")
	b.misses(t, "page 42")
	made := len(b.pages)
	if b.Press("D"); len(b.pages) != made {
		t.Error("the page itself is put on top of itself")
	}
	b.Press("esc")
	b.sees(t, "page 42")
}
