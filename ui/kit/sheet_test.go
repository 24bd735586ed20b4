package kit

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

// However a sheet is drawn on, it has its lines and none is too wide.
func TestSheetStaysInItsWindow(t *testing.T) {
	t.Parallel()
	theme := NewTheme(true, true)
	words := rapid.SampledFrom([]string{"", "a", "가", "coffee 가게", "₩1,300", "é", strings.Repeat("긴", 40)})
	rapid.Check(t, func(r *rapid.T) {
		w, h := rapid.IntRange(0, 30).Draw(r, "w"), rapid.IntRange(0, 6).Draw(r, "h")
		var s Sheet
		s.Start(w, h)
		draw := func(s *Sheet) {
			for range rapid.IntRange(0, 4).Draw(r, "spans") {
				n, text := rapid.IntRange(-3, 40).Draw(r, "n"), words.Draw(r, "text")
				switch rapid.IntRange(0, 6).Draw(r, "how") {
				case 0:
					s.Put(theme.Text, text)
				case 1:
					s.PutIn(theme.Strong, text, n)
				case 2:
					s.Right(theme.Quiet, text, n)
				case 3:
					s.To(n)
				case 4:
					s.Meter(theme.Bar, theme.Faint, int64(n), 20, n)
				case 5:
					s.Column(theme.Bar, int64(n), 20, 0, 2, n)
				case 6:
					s.Repeat(theme.Faint, "─", n)
				}
			}
		}
		for range rapid.IntRange(0, 8).Draw(r, "rows") {
			var over *Ink
			if rapid.Bool().Draw(r, "chosen") {
				over = &theme.Chosen
			}
			s.Row(rapid.IntRange(0, 35).Draw(r, "x"), rapid.IntRange(-2, 40).Draw(r, "width"), over, draw)
			s.Newline()
		}
		lines := strings.Split(s.String(), "\n")
		if len(lines) != max(h, 1) {
			r.Fatalf("%d lines in a sheet of %d", len(lines), h)
		}
		for _, line := range lines {
			if n := ansi.StringWidth(line); n > w {
				r.Fatalf("%d cells in a sheet of %d: %q", n, w, line)
			}
		}
	})
}

func TestMeterShowsWhateverIsMoreThanNothing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		part, whole int64
		want        string
	}{
		{0, 10, "──────────"}, {1, 1_000_000, "╸─────────"}, {5, 10, "━━━━━─────"}, {55, 100, "━━━━━╸────"}, {10, 10, "━━━━━━━━━━"},
		{30, 10, "━━━━━━━━━━"}, {-5, 10, "──────────"}, {5, 0, "──────────"},
	} {
		var s Sheet
		s.Start(10, 1)
		s.Meter(Ink{}, Ink{}, c.part, c.whole, 10)
		if got := s.String(); got != c.want {
			t.Errorf("%d of %d is %q, want %q", c.part, c.whole, got, c.want)
		}
	}
}

func TestPercent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		part, whole int64
		want        string
	}{{0, 10, ""}, {-1, 10, ""}, {1, 0, ""}, {1, 1000, "<1%"}, {5, 1000, "1%"}, {1, 3, "33%"}, {10, 10, "100%"}} {
		if got := Percent(c.part, c.whole); got != c.want {
			t.Errorf("Percent(%d, %d) = %q, want %q", c.part, c.whole, got, c.want)
		}
	}
}
