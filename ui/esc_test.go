package ui_test

import (
	"strconv"
	"testing"
)

// Esc where nothing is open has nothing to say.
func TestEscOnATabIsSilent(t *testing.T) {
	t.Parallel()
	o, c := load(t, "everyday", sunday).options("en")
	b := open(t, o, c, 80, 24)
	for tab := range o.Pages[:5] {
		b.Press(strconv.Itoa(tab + 1))
		before := b.Text()
		b.Press("esc")
		if after := b.Text(); after != before {
			t.Errorf("on tab %d it changes\n%s\ninto\n%s", tab+1, before, after)
		}
	}
}
