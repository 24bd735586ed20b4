package kit_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

func TestForm(t *testing.T) {
	t.Parallel()
	e := kittest.Env("en")
	names := []string{"account", "card"}
	way := kit.Choice{Of: len(names), Name: func(i int) string { return names[i] }}
	var name kit.Entry[kit.Named]
	var most kit.Sum
	most.Put(50000)
	f := kit.Form{Lines: []kit.FormLine{{"kit.key.up", &way}, {"kit.key.down", &name}, {"kit.retry", &most}}}
	say := kit.FormKeys{On: "on", End: "end", Leave: "leave", Line: "line", Choose: "choose"}
	press := func(key tea.Key) (changed, end bool) { return f.Press(e, tea.KeyPressMsg(key)) }
	enter, left := tea.Key{Code: tea.KeyEnter}, tea.Key{Code: tea.KeyLeft}
	digit := tea.Key{Code: '7', Text: "7"}

	if changed, _ := press(left); !changed || way.At != 1 {
		t.Errorf("← goes to %d", way.At)
	}
	if keys := f.Keys(say); keys[0].Label != "on" || keys[len(keys)-1].Label != "choose" {
		t.Errorf("%+v", keys)
	}
	if changed, end := press(enter); changed || end || f.At != 1 {
		t.Error("Enter on a line that is not the last", changed, end, f.At)
	}
	if changed, _ := press(tea.Key{Code: 'k', Text: "k"}); !changed || name.Value() != "k" {
		t.Errorf("typed %q", name.Value())
	}
	press(tea.Key{Code: tea.KeyDown})
	if changed, _ := press(digit); !changed || most.Value() != "7" {
		t.Errorf("the first digit of an amount leaves %q", most.Value())
	}
	press(tea.Key{Code: tea.KeyUp})
	press(tea.Key{Code: tea.KeyTab})
	if !most.Whole() {
		t.Error("an amount that is come back to is not chosen as a whole")
	}
	if changed, end := press(enter); changed || !end || f.Keys(say)[0].Label != "end" {
		t.Error("Enter on the last line", changed, end)
	}
}

// A form below something else has its caret where its line is, however far the page was scrolled.
func TestFormCaretBelowWhatWentWrong(t *testing.T) {
	t.Parallel()
	e := kittest.Env("en")
	var name kit.Entry[kit.Named]
	name.Set("가나")
	f := kit.Form{Lines: []kit.FormLine{{"kit.key.up", &name}}}
	for above, want := range map[int]int{0: 2, 3: 6} {
		col := kit.Scroll{X: 2, W: 40}
		col.Add(kit.Paragraph(e.Theme.Text, strings.Repeat("trouble\n", above), 40)[:above])
		col.Add(f.Draw(e, "title", &col))
		c := kit.Columns{List: []kit.Scroll{col}}
		x, y := f.Caret(&c)
		if label := kit.Width(e.Text.T("kit.key.up")) + 3; x != 2+label+4 || y != want {
			t.Errorf("below %d lines at %d, %d", above, x, y)
		}
		c.List[0].Top = 1
		if _, up := f.Caret(&c); up != want-1 {
			t.Errorf("scrolled by one it is at %d", up)
		}
	}
}

func TestChoiceOfOneOrNone(t *testing.T) {
	t.Parallel()
	for of, want := range []string{"", "‹ x ›"} {
		c := kit.Choice{Of: of, Name: func(int) string { return "x" }}
		if c.Edit(nil, tea.KeyPressMsg{Code: tea.KeyRight}) || c.View() != want || c.At != 0 {
			t.Errorf("of %d: %q, %d", of, c.View(), c.At)
		}
	}
}
