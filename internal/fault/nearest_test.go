package fault_test

import (
	"testing"

	"jandon/internal/fault"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	words := []string{"everyday", "student", "creator", "empty", "theme", "lang"}
	for word, want := range map[string]string{
		"everday": "everyday", "Everyday": "everyday", "studnet": "student", "creater": "creator",
		"emtpy": "empty", "lnag": "lang", "colour": "", "": "", "e": "", "themes": "theme",
	} {
		if got := fault.Nearest(word, words); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
}
