package kit_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"jandon/internal/safe"
	"jandon/ui/kit"
)

func press(f *kit.Field, keys ...tea.KeyPressMsg) {
	for _, k := range keys {
		f.Update(k)
	}
}

var (
	left      = tea.KeyPressMsg{Code: tea.KeyLeft}
	backspace = tea.KeyPressMsg{Code: tea.KeyBackspace}
	wordLeft  = tea.KeyPressMsg{Code: tea.KeyLeft, Mod: tea.ModCtrl}
	killWord  = tea.KeyPressMsg{Code: 'w', Mod: tea.ModCtrl}
	toStart   = tea.KeyPressMsg{Code: tea.KeyHome}
)

func text(s string) tea.KeyPressMsg { return tea.KeyPressMsg{Code: tea.KeyExtended, Text: s} }

func TestFieldKeepsHangulWhole(t *testing.T) {
	t.Parallel()
	var f kit.Field
	f.Resize(20)
	press(&f, text("커"), text("피"))
	if f.Caret() != 4 {
		t.Errorf("the caret is at %d, want behind two wide letters", f.Caret())
	}
	press(&f, left, backspace, text("코"))
	if f.Value() != "코피" || f.Caret() != 2 {
		t.Errorf("got %q, caret %d", f.Value(), f.Caret())
	}
	f.Set("")
	f.Update(tea.PasteMsg{Content: "\u1112\u1161\u11ab"}) // 한 in parts
	if f.Value() != "한" {
		t.Errorf("parts of a syllable are %q", f.Value())
	}
}

func TestFieldMovesByWords(t *testing.T) {
	t.Parallel()
	var f kit.Field
	f.Resize(40)
	f.Set("큰 컵 coffee")
	press(&f, wordLeft)
	if f.Caret() != 6 {
		t.Errorf("one word back is cell %d, want 6", f.Caret())
	}
	press(&f, killWord)
	if f.Value() != "큰 coffee" {
		t.Errorf("after deleting a word: %q", f.Value())
	}
}

func TestFieldFiltersWhatIsPasted(t *testing.T) {
	t.Parallel()
	var f kit.Field
	f.Resize(30)
	f.Update(tea.PasteMsg{Content: "\x1b[31mred\u202e\nline\n"})
	if s := f.Value(); s != safe.Text(s) || strings.ContainsAny(s, "\x1b\n\u202e") {
		t.Errorf("a paste left %q", s)
	}
	f.Update(tea.PasteMsg{Content: strings.Repeat("가", 10_000)})
	if n := utf8.RuneCountInString(f.Value()); n > 200 {
		t.Errorf("the field took %d letters", n)
	}
}

func TestFieldNeverLeavesItsCells(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var f kit.Field
		w := rapid.IntRange(1, 20).Draw(t, "w")
		f.Resize(w)
		keys := []tea.KeyPressMsg{
			left, backspace, wordLeft, killWord, toStart, {Code: tea.KeyRight}, {Code: tea.KeyEnd}, {Code: tea.KeyDelete},
			{Code: tea.KeyRight, Mod: tea.ModCtrl}, text("커"), text("a"), text(" "), text("é"), text("\u0301"), text("👩"),
		}
		for range rapid.IntRange(0, 60).Draw(t, "keys") {
			press(&f, rapid.SampledFrom(keys).Draw(t, "key"))
			if !utf8.ValidString(f.Value()) {
				t.Fatalf("broken text %q", f.Value())
			}
			if kit.Width(f.View()) > w || f.Caret() < 0 || f.Caret() >= max(w, 2) {
				t.Fatalf("%q shows %q with the caret at %d in %d cells", f.Value(), f.View(), f.Caret(), w)
			}
		}
	})
}
