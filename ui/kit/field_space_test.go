package kit

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// A space comes as a key press of its own; the filter for outside text takes
// spaces off the ends of what it is given.
func TestFieldTakesSpacesBetweenWords(t *testing.T) {
	t.Parallel()
	var f Field
	f.Resize(20)
	for _, r := range "a b" {
		f.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	if f.Value() != "a b" {
		t.Errorf("typed %q, want %q", f.Value(), "a b")
	}
	f.Set("")
	f.Update(tea.PasteMsg{Content: "café latte"})
	if f.Value() != "café latte" {
		t.Errorf("pasted %q", f.Value())
	}
}
