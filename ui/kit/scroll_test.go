package kit

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Wherever the choice goes, it is on the screen, and the scroll is within the lines.
func TestScrollShowsTheChoice(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		var c Scroll
		picks := 0
		for range rapid.IntRange(1, 6).Draw(r, "sections") {
			var sec Lines
			for range rapid.IntRange(0, 9).Draw(r, "lines") {
				it := Gap()
				if rapid.Bool().Draw(r, "pick") {
					it.Key = strconv.Itoa(picks)
					picks++
				}
				sec = append(sec, it)
			}
			c.Add(sec)
		}
		if picks == 0 {
			return
		}
		at, h := c.Find("0"), rapid.IntRange(1, 12).Draw(r, "h")
		c.Show(at, h)
		for range rapid.IntRange(0, 20).Draw(r, "moves") {
			by := rapid.IntRange(-12, 12).Draw(r, "by")
			before := at
			at = c.Move(at, by, h)
			if !c.Items[at].Pick() {
				r.Fatalf("line %d can't be chosen", at)
			}
			if at != before && (at < c.Top || at >= c.Top+h) {
				r.Fatalf("line %d is chosen, %d to %d are shown", at, c.Top, c.Top+h-1)
			}
			if c.Top < 0 || c.Top > max(len(c.Items)-h, 0) {
				r.Fatalf("scrolled to %d of %d lines in %d", c.Top, len(c.Items), h)
			}
			if (by > 0 && at < before) || (by < 0 && at > before) {
				r.Fatalf("%d lines led from %d to %d", by, before, at)
			}
		}
	})
}

// The first choice of a page brings what stands above it into view, such as the total.
func TestScrollShowsTheHeadingOfTheFirstChoice(t *testing.T) {
	t.Parallel()
	var c Scroll
	c.Add(Lines{Gap(), Gap()}, Lines{Gap(), {Key: "a", Draw: func(*Sheet) {}}}, Lines{Gap(), Gap(), Gap(), {Key: "b", Draw: func(*Sheet) {}}, Gap()})
	c.Show(c.Find("b"), 6)
	if want := len(c.Items) - 6; c.Top != want {
		t.Errorf("the last choice shows from line %d, want %d: the end", c.Top, want)
	}
	c.Show(c.Find("a"), 6)
	if c.Top != 0 {
		t.Errorf("the first choice shows from line %d, want the top", c.Top)
	}
}

func TestANarrowPageSaysThatThereIsMore(t *testing.T) {
	t.Parallel()
	theme := NewTheme(true, true)
	for _, w := range []int{40, 59, 60, 120} {
		var b Body
		b.Resize(w, 4)
		col := b.Column(w) // as wide as it goes
		for range 9 {
			col.Add(Lines{{Draw: func(s *Sheet) { s.Repeat(theme.Text, "x", s.Room()) }}})
		}
		col.Top = 3
		b.Set(col)
		b.Cols.List[0].Top = 3
		frame := b.Cols.Draw(new(Sheet), theme, w, 4)
		if !strings.Contains(frame, "↑") || !strings.Contains(frame, "↓") {
			t.Errorf("%d cells wide:\n%s", w, frame)
		}
		for _, line := range strings.Split(frame, "\n") {
			if Width(line) > w {
				t.Errorf("%d cells wide, a line takes %d", w, Width(line))
			}
		}
	}
}
