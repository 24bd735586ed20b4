package kit_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"jandon/ui/kit"
)

// columns are two scrolls: names that can be chosen, and a text without any.
func columns(names ...int) []kit.Scroll {
	var list []kit.Scroll
	for i, n := range names {
		s := kit.Scroll{X: 40 * i, W: 30}
		s.Add(kit.Lines{kit.Gap()})
		var lines kit.Lines
		for k := range n {
			lines = append(lines, kit.Item{
				Key: fmt.Sprint(i, "/", k), Draw: func(*kit.Sheet) {},
				Open: func() tea.Cmd { return kit.Request(kit.Visit{Page: fmt.Sprint(i, "/", k)}) },
			})
		}
		s.Add(lines)
		list = append(list, s)
	}
	return list
}

func TestColumnsMoveTheChoice(t *testing.T) {
	t.Parallel()
	var c kit.Columns
	c.Set(columns(5, 3), 4)
	for i, step := range []struct {
		do   kit.Intent
		want string
	}{
		{kit.Open, "0/0"}, {kit.Down, "0/1"}, {kit.Right, "1/1"}, {kit.Bottom, "1/2"}, {kit.Left, "0/1"},
		{kit.Next, "1/0"}, {kit.Next, "0/0"}, {kit.Previous, "1/0"}, {kit.Top, "1/0"}, {kit.Right, "1/0"},
	} {
		if _, ok := c.Do(step.do); !ok || c.Key != step.want {
			t.Fatalf("step %d, %s chose %q, want %q", i, step.do, c.Key, step.want)
		}
	}
	if cmd, _ := c.Do(kit.Open); cmd == nil || cmd().(kit.Visit).Page != "1/0" {
		t.Error("what is chosen does not open")
	}
	if _, ok := c.Do(kit.Find); ok {
		t.Error("it takes what is not its own")
	}
	c.Set(columns(1), 4)
	if c.Key != "" || c.Chosen() != nil {
		t.Error("a line that is gone is still chosen")
	}
	c.Do(kit.Bottom)
	if c.Key != "0/0" || !c.Choose("0/0") || c.Choose("9/9") {
		t.Error("the end is not the last line")
	}
}

func TestEnterChoosesWhereNothingIsChosen(t *testing.T) {
	t.Parallel()
	var c kit.Columns
	if b := c.Enter("open", "nothing"); b.Off != "nothing" {
		t.Errorf("nothing to choose from: %+v", b)
	}
	c.Set(columns(2), 4)
	if b := c.Enter("open", "nothing"); b.Off != "" || b.Label != "kit.key.choose" {
		t.Errorf("nothing chosen: %+v", b)
	}
	if cmd, _ := c.Do(kit.Open); cmd != nil || c.Key != "0/0" {
		t.Errorf("the first press chose %q", c.Key)
	}
	if b := c.Enter("open", "nothing"); b.Off != "" || b.Label != "open" {
		t.Errorf("a line chosen: %+v", b)
	}
	c.Chosen().Open = nil
	if b := c.Enter("open", "nothing"); b.Off != "nothing" {
		t.Errorf("a line that opens nothing: %+v", b)
	}
}

// A second line is drawn over as the first is, is scrolled to with it, and a
// click on it is one on the first.
func TestALineThatGoesOnIsChosenWhole(t *testing.T) {
	t.Parallel()
	text := func(say string) func(*kit.Sheet) { return func(s *kit.Sheet) { s.Put(kit.Ink{}, say) } }
	opened := 0
	col := kit.Scroll{X: 1, W: 18}
	col.Add(kit.Lines{
		{Key: "a", Draw: text("one")},
		{Key: "b", Draw: text("two"), Open: func() tea.Cmd { opened++; return nil }},
		{Tail: true, Draw: text("goes on")},
		{Key: "c", Draw: text("three")},
	})
	var c kit.Columns
	c.Set([]kit.Scroll{col}, 3)
	c.Click(3, 2)
	if c.Key != "b" {
		t.Fatalf("a click on the second line chose %q", c.Key)
	}
	c.Click(3, 2)
	if opened != 1 {
		t.Error("another click does not open")
	}
	var s kit.Sheet
	theme := kit.NewTheme(true, true)
	lines := strings.Split(c.Draw(&s, theme, 20, 3), "\n")
	plain := len(ansi.Strip(lines[0]))
	for i, want := range []bool{false, true, true} {
		if over := len(ansi.Strip(lines[i])) > plain; over != want {
			t.Errorf("line %d is drawn over: %v, want %v\n%q", i, over, want, lines[i])
		}
	}
	c.Do(kit.Down)
	if c.Key != "c" {
		t.Errorf("below is %q", c.Key)
	}
	c.Set([]kit.Scroll{col}, 2)
	c.Do(kit.Top)
	c.Do(kit.Down)
	if got := c.List[0].Top; got != 1 {
		t.Errorf("scrolled to %d, so that the second line is not seen", got)
	}
}

func TestColumnsTakeClicks(t *testing.T) {
	t.Parallel()
	var c kit.Columns
	c.Set(columns(5, 3), 10)
	if c.Click(5, 3) != nil || c.Key != "0/1" {
		t.Errorf("a click chose %q", c.Key)
	}
	if c.Click(5, 3) == nil {
		t.Error("a second click opens nothing")
	}
	if c.Click(5, 0) != nil || c.Click(200, 3) != nil || c.Click(5, -4) != nil || c.Click(5, 99) != nil || c.Key != "0/1" {
		t.Error("a click beside the lines does something")
	}
}

// Whatever is done in whatever size, the chosen line is one that is there, and
// no column scrolls past its end.
func TestAnyStepsInAnyColumns(t *testing.T) {
	t.Parallel()
	intents := []kit.Intent{
		kit.Up, kit.Down, kit.PageUp, kit.PageDown, kit.Top, kit.Bottom, kit.Left, kit.Right, kit.Next, kit.Previous, kit.Open,
	}
	rapid.Check(t, func(r *rapid.T) {
		var c kit.Columns
		h := rapid.IntRange(1, 12).Draw(r, "h")
		c.Set(columns(rapid.IntRange(0, 30).Draw(r, "one"), rapid.IntRange(0, 30).Draw(r, "two")), h)
		for range 20 {
			c.Do(rapid.SampledFrom(intents).Draw(r, "do"))
			if (c.Chosen() == nil) != (c.Key == "") {
				r.Fatalf("%q is chosen and not there", c.Key)
			}
			for i := range c.List {
				if x := &c.List[i]; x.Top < 0 || x.Top > max(len(x.Items)-h, 0) {
					r.Fatalf("column %d is scrolled to %d of %d", i, x.Top, len(x.Items))
				}
			}
		}
	})
}

// Keys that would move nowhere are not named.
func TestSidewaysIsNamedWhereItLeadsSomewhere(t *testing.T) {
	t.Parallel()
	line := kit.Item{Key: "a", Draw: func(*kit.Sheet) {}}
	stepped := line
	stepped.Step = func(int) bool { return true }
	for name, x := range map[string]struct {
		list []kit.Scroll
		want bool
	}{
		"nothing":     {nil, false},
		"one column":  {[]kit.Scroll{{Items: []kit.Item{line}}}, false},
		"a step":      {[]kit.Scroll{{Items: []kit.Item{line, stepped}}}, true},
		"two columns": {[]kit.Scroll{{Items: []kit.Item{line}}, {Items: []kit.Item{line}}}, true},
	} {
		var c kit.Columns
		c.Set(x.list, 10)
		keys := c.Moves(true)
		_, left := kit.Match(keys, "left")
		_, right := kit.Match(keys, "l")
		_, down := kit.Match(keys, "j")
		if left != x.want || right != x.want || !down {
			t.Errorf("%s: left %v, right %v, down %v", name, left, right, down)
		}
	}
}
