package ui_test

import (
	"runtime"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"pgregory.net/rapid"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/safe"
	"jandon/internal/wallet"
	"jandon/ui"
	"jandon/ui/uitest"
)

// everyKey is what a person may hit. Quitting is left out: it ends the test.
var everyKey = []string{
	"1", "2", "tab", "shift+tab", "up", "down", "j", "k", "left", "right", "pgup", "pgdown", "home", "end", "space", "enter", "esc",
	"[", "]", "/", "b", "f", "F", "g", "t", "s", "G", "r", ":", "?", "H", "L", "E", "f3", "f4", "f6", "f7", "f8", "backspace",
	"커", "a", "2", "0", "ㅓ",
}

// TestEveryFrameFitsWhateverIsPressed plays at random on the real pages: every
// frame fits its window, and the terminal shows what the view says.
func TestEveryFrameFitsWhateverIsPressed(t *testing.T) {
	t.Parallel()
	w := load(t, "everyday", sunday)
	rapid.Check(t, func(rt *rapid.T) {
		o, c := w.options(rapid.SampledFrom([]string{"en", "ko"}).Draw(rt, "lang"))
		play(rt, t, o, c, 25)
	})
}

func play(rt *rapid.T, t *testing.T, o ui.Options, c *uitest.Clock, steps int) {
	size := func() (int, int) {
		return rapid.SampledFrom([]int{0, 1, 19, 20, 33, 40, 59, 60, 80, 99, 100, 120, 170, 250}).Draw(rt, "w"),
			rapid.SampledFrom([]int{0, 1, 5, 6, 12, 16, 19, 20, 24, 30, 40, 70}).Draw(rt, "h")
	}
	width, height := size()
	s := open(t, o, c, width, height)
	for range rapid.IntRange(1, steps).Draw(rt, "steps") {
		switch rapid.IntRange(0, 12).Draw(rt, "what") {
		case 0:
			width, height = size()
			s.Send(tea.WindowSizeMsg{Width: width, Height: height})
		case 1:
			c.Advance(rapid.SampledFrom([]time.Duration{time.Millisecond, time.Second, time.Minute, time.Hour}).Draw(rt, "wait"))
		case 2:
			s.Send(ui.Synced{Run: 1, Err: fault.New(fault.Unreachable, "url", "http://127.0.0.1:8750")})
		case 3:
			s.Send(tea.MouseClickMsg{X: rapid.IntRange(0, 250).Draw(rt, "x"), Y: rapid.IntRange(0, 70).Draw(rt, "y"), Button: tea.MouseLeft})
		case 4:
			s.Send(tea.MouseWheelMsg{Button: rapid.SampledFrom([]tea.MouseButton{tea.MouseWheelUp, tea.MouseWheelDown}).Draw(rt, "wheel")})
		case 5:
			s.Send(tea.PasteMsg{Content: "\x1b[2J커피\u202e\n" + string(rune(rapid.IntRange(0, 0x2fff).Draw(rt, "rune")))})
		case 6:
			s.Send(tea.ColorProfileMsg{Profile: rapid.SampledFrom([]colorprofile.Profile{colorprofile.ASCII, colorprofile.ANSI, colorprofile.TrueColor}).Draw(rt, "profile")})
		default:
			s.Press(rapid.SampledFrom(everyKey).Draw(rt, "key"))
		}
		if err := s.Check(); err != nil {
			rt.Fatalf("%d×%d: %v\n%s", width, height, err, s.Text())
		}
	}
}

// TestHostileNamesNeverBreakAColumn shows lines whose merchants send what no
// merchant should, after the filter that every name passes.
func TestHostileNamesNeverBreakAColumn(t *testing.T) {
	t.Parallel()
	var lines []wallet.Transaction
	for i, name := range hostileNames {
		lines = append(lines, wallet.Transaction{
			ID: string(rune('a' + i)), At: sunday.Add(-time.Duration(i) * time.Hour), Type: wallet.Payment, Status: wallet.Posted,
			Amount: money.Won(-1300 * int64(i+1)), Merchant: safe.Text(name), Category: safe.Text(name), Issuer: safe.Text(name),
			Reason: safe.Text(name), Contact: safe.Text(name), Channel: safe.Text(name), Order: safe.Text(name),
		})
	}
	w := world{at: sunday, book: history.NewBook(lines, history.BookOptions{Zone: sunday.Location(), Currency: money.KRW})}
	w.plan.Zone = sunday.Location()
	for _, size := range [][2]int{{40, 16}, {80, 24}, {120, 40}} {
		o, c := w.options("ko")
		s := open(t, o, c, size[0], size[1])
		for _, key := range []string{"1", "]", "2", "b", "b", "b", "down", "enter", "esc", "down", "enter", "esc", "/", "a", "enter"} {
			s.Press(key)
			if err := s.Check(); err != nil {
				t.Errorf("%v after %s: %v\n%s", size, key, err, s.Text())
			}
		}
	}
}

var hostileNames = []string{
	"\x1b[2J\x1b[31mred", "\x9b31mC1", "\u202egnp.exe", "a\u200b\u200c\u200db", "z̷̢̛̤̲̱̈́̀͂͐a̸l̶g̴o̵", "👩‍👩‍👧‍👦 family", "line\nbreak\ttab", "\x00\x07bell",
	"Рaypal", "ﷺﷺﷺ", "한글 아주 긴 가게 이름 " + long("가"), long("x"), "ㅤㅤ", "\ufeffBOM", "e\u0301\u0302\u0303\u0304\u0305", "\U000e0041tag", "\xff\xfe", "",
}

func long(s string) string {
	for len(s) < 10_000 {
		s += s
	}
	return s
}

// TestAFrameCostsLittleMemory holds a key press on the list at 120×40 to 64 KiB.
func TestAFrameCostsLittleMemory(t *testing.T) {
	w := load(t, "everyday", sunday)
	o, c := w.options("ko")
	shell, err := ui.New(o)
	if err != nil {
		t.Fatal(err)
	}
	s := uitest.Start(shell, c, 120, 40)
	s.Press("2", "/")
	s.Type("0")
	s.Press("enter")
	press, err := uitest.Key("down")
	if err != nil {
		t.Fatal(err)
	}
	const presses = 200
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range presses {
		shell.Update(press)
		shell.View()
	}
	runtime.ReadMemStats(&after)
	if n := (after.TotalAlloc - before.TotalAlloc) / presses; n > 64<<10 {
		t.Errorf("a frame allocates %d bytes", n)
	} else {
		t.Logf("a frame allocates %d bytes", n)
	}
}
