package kit_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"jandon/internal/money"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

func sum(minor int64, msgs ...tea.Msg) *kit.Sum {
	f := &kit.Sum{}
	f.Resize(20)
	f.Put(minor)
	for _, m := range msgs {
		f.Edit(kittest.Env("en"), m)
	}
	return f
}

func letter(r rune) tea.Msg { return tea.KeyPressMsg{Code: r, Text: string(r)} }

func TestTheFirstDigitTakesThePlaceOfASum(t *testing.T) {
	t.Parallel()
	back, left := tea.KeyPressMsg{Code: tea.KeyBackspace}, tea.KeyPressMsg{Code: tea.KeyLeft}
	for _, x := range []struct {
		name  string
		msgs  []tea.Msg
		want  string
		caret int
	}{
		{"nothing", nil, "90,000", 6},
		{"a digit", []tea.Msg{letter('3')}, "3", 1},
		{"digits", []tea.Msg{letter('1'), letter('3'), letter('0'), letter('0')}, "1,300", 5},
		{"a wide digit", []tea.Msg{letter('３')}, "3", 1},
		{"a letter", []tea.Msg{letter('x')}, "90,000", 6},
		{"a digit behind a letter", []tea.Msg{letter('x'), letter('1')}, "900,001", 7},
		{"backspace", []tea.Msg{back}, "9,000", 5},
		{"an arrow, then a digit", []tea.Msg{left, letter('5')}, "900,050", 6},
		{"a paste", []tea.Msg{tea.PasteMsg{Content: " ₩1,300 "}}, "1,300", 5},
		{"a paste with its currency", []tea.Msg{tea.PasteMsg{Content: "KRW 1,300"}}, "1,300", 5},
		{"a paste of words", []tea.Msg{tea.PasteMsg{Content: "plenty"}}, "plenty", 6},
		{"over a mark and back", []tea.Msg{left, left, left, tea.KeyPressMsg{Code: tea.KeyRight}, letter('1')}, "900,100", 5},
		{"delete over a mark", []tea.Msg{left, left, left, tea.KeyPressMsg{Code: tea.KeyDelete}}, "9,000", 3},
		{"in the middle", []tea.Msg{left, left, left, back, letter('1')}, "91,000", 2},
	} {
		f := sum(90_000, x.msgs...)
		if f.Value() != x.want || f.Caret() != x.caret {
			t.Errorf("%s: %q with the caret at %d, want %q and %d", x.name, f.Value(), f.Caret(), x.want, x.caret)
		}
	}
}

// Whatever is pressed, the caret is in the text, and what is written is the amount.
func TestASumIsWrittenAsItIs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		f := sum(rapid.Int64Range(0, 1e9).Draw(r, "n"))
		for range rapid.IntRange(0, 30).Draw(r, "keys") {
			k := tea.KeyPressMsg{Code: rapid.SampledFrom([]rune{tea.KeyLeft, tea.KeyRight, tea.KeyBackspace, tea.KeyDelete, tea.KeyHome}).Draw(r, "key")}
			if rapid.Bool().Draw(r, "digit") {
				c := rapid.SampledFrom([]rune("0123456789,x")).Draw(r, "rune")
				k = tea.KeyPressMsg{Code: c, Text: string(c)}
			}
			f.Edit(kittest.Env("en"), k)
			n, ok := f.Minor()
			if ok && f.Value() != "" && f.Value() != (money.Style{Unit: money.Bare}).Format(money.Won(n)) {
				r.Fatalf("%d is written %q", n, f.Value())
			}
			if c := f.Caret(); c < 0 || c > len(f.Value()) {
				r.Fatalf("the caret is at %d of %q", c, f.Value())
			}
		}
	})
}
