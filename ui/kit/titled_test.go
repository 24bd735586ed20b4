package kit_test

import (
	"testing"

	"jandon/ui/kit"
)

func TestAStateBelowATitleIsChosenWithIt(t *testing.T) {
	t.Parallel()
	state := kit.Span{Text: "waits until tomorrow, 09:00"}
	for _, c := range []struct{ w, lines int }{{60, 1}, {30, 2}, {16, 3}} {
		list := kit.Titled("a", c.w, state, kit.Span{Text: "Savings jar"})
		if len(list) != c.lines || !list[0].Pick() {
			t.Fatalf("%d cells: %d lines, want %d", c.w, len(list), c.lines)
		}
		for i, it := range list[1:] {
			if !it.Tail {
				t.Errorf("%d cells: line %d is apart from the title", c.w, i+1)
			}
		}
	}
}
