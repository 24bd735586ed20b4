package kit_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

func doubt(env *kit.Env, armed bool, w int) string {
	var s kit.Sheet
	lines := kit.Doubt(env, "Stop everything?", "No", "y  Yes", armed, w)
	s.Start(w, len(lines))
	for _, it := range lines {
		s.Row(0, w, nil, it.Draw)
		s.Newline()
	}
	return s.String()
}

// The answers stand beside the question, or below it where that is too long;
// yes is faint until it counts, and in lines only the question is said.
func TestDoubtStandsOnNo(t *testing.T) {
	t.Parallel()
	env := kittest.Env("en")
	for w, want := range map[int]string{40: "Stop everything?    No    y  Yes", 31: "Stop everything?\n No    y  Yes"} {
		var lines []string
		for line := range strings.Lines(ansi.Strip(doubt(env, true, w))) {
			lines = append(lines, strings.TrimRight(line, " \n"))
		}
		if got := strings.TrimRight(strings.Join(lines, "\n"), "\n"); got != want {
			t.Errorf("in %d cells it is\n%s", w, got)
		}
	}
	if doubt(env, true, 40) == doubt(env, false, 40) {
		t.Error("that yes does not count yet is not to be seen")
	}
	env.Lines = true
	if got := strings.TrimSpace(ansi.Strip(doubt(env, true, 40))); got != "Stop everything?" {
		t.Errorf("in lines it is %q", got)
	}
}
