package kit

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

// TestWidthsAreThoseOfTheTerminal compares the quick way with the careful one.
func TestWidthsAreThoseOfTheTerminal(t *testing.T) {
	t.Parallel()
	parts := []string{
		"a", " ", "~", "가", "힣", "각", "─", "│", "╭", "█", "▁", "▟", "·", "₩", "…", "→", "▸", "–", "−", "×", "\x1b[1;38;2;1;2;3m", "\x1b[m", "\x1b[4:3m",
		"\x1b[2J", "\x1b]0;x\a", "\u0301", "\u11a8", "ㄱ", "ᄀ", "\u200d", "\ufe0f", "👩", "🇰", "\t", "\n", "日", "é", "\x7f", "\x1b", "[", "\xff", "\u00ad", "①",
	}
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOf(rapid.SampledFrom(parts)).Draw(t, "parts"), "")
		if got, want := Width(s), ansi.StringWidth(s); got != want {
			t.Fatalf("%q is %d cells wide, not %d", s, got, want)
		}
	})
	for r := rune(0x20); r < 0x30000; r++ {
		s := "a" + string(r) + "b"
		if n, ok := plainWidth(s); ok && n != ansi.StringWidth(s) {
			t.Errorf("%U: %d", r, n)
		}
	}
}
