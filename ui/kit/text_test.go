package kit_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"jandon/internal/safe"
	"jandon/ui/kit"
)

// hostile draws texts as a merchant might send them, through the filter.
func hostile(t *rapid.T) string {
	parts := rapid.SliceOfN(rapid.SampledFrom([]string{
		"커피", "a", " ", "ﷺ", "é", "e\u0301\u0301\u0301\u0301", "\x1b[31m", "\u202e", "\u200b", "日本", "\x07", "ㅂ", "👩\u200d👩\u200d👧", "₩1,300", "\xff", "각",
	}), 0, 12).Draw(t, "parts")
	return safe.Text(strings.Join(parts, ""))
}

func TestTextsAreNeverWiderThanTheirPlace(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, w := hostile(t), rapid.IntRange(-3, 30).Draw(t, "w")
		room := max(w, 0)
		if n := kit.Width(s); n != ansi.StringWidth(s) {
			t.Fatalf("Width(%q) = %d, want %d", s, n, ansi.StringWidth(s))
		}
		if got := kit.Cut(s, w); kit.Width(got) > room {
			t.Fatalf("Cut(%q, %d) = %q takes %d cells", s, w, got, kit.Width(got))
		}
		if got := kit.Fit(s, w); kit.Width(got) != room {
			t.Fatalf("Fit(%q, %d) takes %d cells", s, w, kit.Width(got))
		}
		if got := kit.Centre(s, w); kit.Width(got) != room {
			t.Fatalf("Centre(%q, %d) takes %d cells", s, w, kit.Width(got))
		}
		for _, line := range kit.Wrap(s, room) {
			if room > 1 && kit.Width(line) > room {
				t.Fatalf("Wrap(%q, %d) has a line %q of %d cells", s, w, line, kit.Width(line))
			}
		}
	})
}

func TestWrapKeepsTogetherWhatBelongsTogether(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		w    int
		want []string
	}{
		{"new ones +₩6,900, ended -₩3,935.", 25, []string{"new ones +₩6,900, ended", "-₩3,935."}},
		{"a well-known shop in a far-away town", 12, []string{"a well-known", "shop in a", "far-away", "town"}},
		{"everything on one line", 22, []string{"everything on one line"}},
		{"the last word of this one would stand alone", 40, []string{"the last word of this one would", "stand alone"}},
		{"₩7,900에서 ₩8,690으로, 일 년에 ₩9,480 더 들어요.", 45, []string{"₩7,900에서 ₩8,690으로, 일 년에 ₩9,480", "더 들어요."}},
		{"", 9, []string{""}},
	} {
		if got := kit.Wrap(c.text, c.w); !slices.Equal(got, c.want) {
			t.Errorf("Wrap(%q, %d) = %q, want %q", c.text, c.w, got, c.want)
		}
	}
}

func TestCutSaysThatSomethingIsLost(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		s    string
		w    int
		want string
	}{
		{"coffee", 6, "coffee"}, {"coffee", 5, "coff…"}, {"커피숍", 6, "커피숍"}, {"커피숍", 5, "커피…"}, {"커피숍", 4, "커…"}, {"커피", 1, "…"}, {"커피", 0, ""},
	} {
		if got := kit.Cut(c.s, c.w); got != c.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", c.s, c.w, got, c.want)
		}
	}
}

func TestALineIsNeverWiderThanItMayBe(t *testing.T) {
	t.Parallel()
	theme := kit.NewTheme(true, true)
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.IntRange(-1, 60).Draw(t, "w")
		l := kit.NewLine(w)
		over := rapid.Bool().Draw(t, "over")
		if over {
			l.Over(theme.Chosen)
		}
		for range rapid.IntRange(0, 6).Draw(t, "spans") {
			s, n := hostile(t), rapid.IntRange(-2, 30).Draw(t, "n")
			switch rapid.IntRange(0, 4).Draw(t, "what") {
			case 0:
				l.Put(theme.Text, s)
			case 1:
				l.Cell(theme.Quiet, s, n)
			case 2:
				l.Right(theme.Strong, s, n)
			case 3:
				l.Skip(n)
			default:
				l.End(theme.Faint, s)
			}
		}
		got := kit.Width(l.String())
		if got > max(w, 0) || over && got != max(w, 0) {
			t.Fatalf("a line of %d cells takes %d: %q", w, got, l.String())
		}
	})
}

func TestFiguresEndAtTheSameColumn(t *testing.T) {
	t.Parallel()
	theme := kit.NewTheme(true, false)
	for _, name := range []string{"커피", "coffee", "모퉁이24 편의점 아주 긴 이름의 가게"} {
		for _, amount := range []string{"₩1", "-₩1,234,567"} {
			l := kit.NewLine(40).Cell(theme.Text, name, 24).Right(theme.Text, amount, 14)
			if l.At() != 38 || !strings.HasSuffix(l.String(), amount) {
				t.Errorf("%q %q ends at %d: %q", name, amount, l.At(), l.String())
			}
		}
	}
}

func TestBarsAreExactToAnEighth(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		value, most int64
		w           int
		want        string
	}{
		{0, 100, 10, ""}, {100, 100, 3, "███"}, {50, 100, 3, "█▌"}, {1, 1_000_000, 10, "▏"}, {999_999, 1_000_000, 2, "█▉"}, {200, 100, 2, "██"}, {-5, 100, 4, ""}, {5, 0, 4, ""}, {25, 100, 1, "▎"},
	} {
		if got := kit.Bar(c.value, c.most, c.w); got != c.want {
			t.Errorf("Bar(%d, %d, %d) = %q, want %q", c.value, c.most, c.w, got, c.want)
		}
	}
}

func TestWrapBreaksNoDate(t *testing.T) {
	t.Parallel()
	for _, begins := range []string{"-5,000 on ", "-5 and on "} { // a hyphen before it hides none
		if got := strings.Join(kit.Wrap(begins+"2008-03-22", len(begins)+6), "\n"); !strings.Contains(got, "2008-03-22") {
			t.Errorf("%q", got)
		}
	}
	for w := 10; w < 60; w++ {
		lines := kit.Wrap("Network Act, in force since 2008-03-22, call 02-1234-5678 or a phone-bill line, -₩5", w)
		got := strings.Join(lines, "\n")
		if !strings.Contains(got, "2008-03-22") || w > 12 && !strings.Contains(got, "02-1234-5678") || strings.Contains(got, "-\n₩") {
			t.Errorf("at %d:\n%s", w, got)
		}
	}
}
