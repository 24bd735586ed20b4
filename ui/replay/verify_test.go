package replay

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"jandon/internal/session"
)

// A build that draws differently is set beside what was drawn when the
// recording was ended.
func TestTheFirstDifferenceIsShownSideBySide(t *testing.T) {
	t.Parallel()
	rec := someSession(t)
	p, err := Open(rec)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 1, p.Len() / 2, p.Len() - 1} {
		lines, ok := drawnAt(rec.Tail.Drawn, n)
		if !ok || !slices.Equal(lines, plain(p.Frame(n))) {
			t.Fatalf("frame %d: %v\n%s\n---\n%s", n, ok, strings.Join(lines, "\n"), ansi.Strip(p.Frame(n).Content))
		}
	}
	other := *rec
	other.Steps = slices.Clone(rec.Steps)
	at := slices.IndexFunc(rec.Steps, func(s session.Step) bool { return s.Kind == "key" }) // a build in which that key does something else
	other.Steps[at].Body = []byte(`{"Code":51,"Text":[51]}`)
	d, known, err := Verify(&other)
	if err != nil || !known || d == nil || d.Step != at+1 || d.Recorded == nil {
		t.Fatalf("%v, %v: %+v", err, known, d)
	}
	beside := d.Beside(0)
	if !strings.Contains(beside, "≠ ") || !strings.Contains(beside, " │ ") {
		t.Errorf("nothing is marked:\n%s", beside)
	}
	t.Logf("\n%s", beside)
	for _, w := range []int{40, 80} {
		narrow := strings.Split(strings.TrimSuffix(d.Beside(w), "\n"), "\n")
		shown := false
		for _, line := range narrow {
			if ansi.StringWidth(line) > w {
				t.Errorf("%d cells do not fit %d: %s", ansi.StringWidth(line), w, line)
			}
			l, r, _ := strings.Cut(strings.TrimPrefix(line, "≠ "), "│")
			shown = shown || strings.HasPrefix(line, "≠ ") && strings.TrimSpace(l) != strings.TrimSpace(r)
		}
		if !shown {
			t.Errorf("in %d cells no difference is seen:\n%s", w, strings.Join(narrow, "\n"))
		}
	}
}

// TestADifferenceFarToTheRightIsSeenInANarrowTerminal has one in the last column.
func TestADifferenceFarToTheRightIsSeenInANarrowTerminal(t *testing.T) {
	t.Parallel()
	was := strings.Repeat("가", 59) + "x"
	d := Difference{Recorded: []string{"same", was}, After: Frame{Content: "same\n" + strings.Repeat("가", 59) + "y"}}
	if got := d.Beside(80); !strings.Contains(got, "가x") || !strings.Contains(got, "가y") || strings.Count(got, "≠") != 1 {
		t.Errorf("\n%s", got)
	}
	if got := d.Beside(0); !strings.Contains(got, was+" │ ") {
		t.Errorf("\n%s", got)
	}
}

func TestDrawnFramesThatMakeNoSense(t *testing.T) {
	t.Parallel()
	rec := someSession(t)
	for n := range rec.Tail.Drawn {
		if n%97 != 0 {
			continue
		}
		bad := slices.Clone(rec.Tail.Drawn)
		bad[n] ^= 0x55
		lines, _ := drawnAt(bad, 3)
		for _, line := range lines {
			if strings.ContainsAny(line, "\x1b\x07\r\n") {
				t.Fatalf("%q", line)
			}
		}
		drawnAt(bad[:n], 3)
	}
	if lines, ok := (&texts{known: []string{"\x1b]0;a\x07\u202eb"}, list: []byte{1, 0, 1, 1}}).at(0); !ok || strings.ContainsAny(lines[0], "\x1b\x07\u202e") {
		t.Errorf("%v %q", ok, lines)
	}
	if lines, ok := (&texts{known: []string{"a"}, list: []byte{1, 0, 1, 1}}).at(1); ok {
		t.Errorf("a line that there is not: %q", lines)
	}
	if _, ok := drawnAt(rec.Tail.Drawn, 1<<30); ok {
		t.Error("there is a frame beyond the last one")
	}
}
