package kit_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"jandon/internal/i18n"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
)

// A footer with what pages have: labels of the catalogue, so that widths are real.
func foot() kit.Footer {
	return kit.Footer{
		Page: []kit.Binding{
			{Intent: "keep", Keys: []string{"k"}, Label: "review.key.keep"},
			{Intent: "not", Keys: []string{"n"}, Label: "review.key.not"},
			{Intent: "snooze", Keys: []string{"s"}, Label: "review.key.snooze"},
			{Intent: kit.Back, Keys: []string{"esc"}, Label: "shell.leave"},
		},
		Own: []kit.Binding{
			{Intent: "list", Keys: []string{"?"}, Label: "shell.help"},
			{Intent: "palette", Keys: []string{":"}, Label: "shell.palette"},
			{Intent: "quit", Keys: []string{"q"}, Label: "shell.quit"},
		},
		List: "list",
	}
}

func drawn(f kit.Footer, w int) string {
	env := kittest.Env("en")
	return ansi.Strip(f.Draw(env.Theme, env.Text, w))
}

func TestAFooterGivesWayFromTheLeastImportantOn(t *testing.T) {
	t.Parallel()
	f := foot()
	all := drawn(f, 120)
	whole := ansi.StringWidth(strings.Join(strings.Fields(all), " ")) // less than it takes
	for _, want := range []string{"k keep", "n not", "s snooze", "Esc back", "? help", ": commands", "q quit"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in %q", want, all)
		}
	}
	for w, want := range map[int][]string{
		whole + 4: {"Esc back", "? help", ": commands"},
		60:        {"s snooze", "Esc back", "? help"},
		40:        {"k keep", "Esc back", "…  ? help"},
		24:        {"Esc back", "…  ? help"},
		16:        {"Esc back", "…  ?"},
	} {
		got := drawn(f, w)
		for _, part := range want {
			if !strings.Contains(got, part) {
				t.Errorf("%d: no %q in %q", w, part, got)
			}
		}
	}
}

// Whatever there is to say and however narrow it is: what is left out is said
// to be, and the line fits.
func TestNoKeyLeavesAFooterInSilence(t *testing.T) {
	t.Parallel()
	labels := []string{"review.key.keep", "review.key.snooze", "shell.leave", "shell.refresh", "shell.previous_tab", "shell.quit"}
	rapid.Check(t, func(r *rapid.T) {
		f := foot()
		f.Page = nil
		for range rapid.IntRange(0, 8).Draw(r, "keys") {
			f.Page = append(f.Page, kit.Binding{Keys: []string{rapid.SampledFrom([]string{"a", "esc", "enter", "pgdown"}).Draw(r, "key")}, Label: rapid.SampledFrom(labels).Draw(r, "label")})
		}
		if rapid.Bool().Draw(r, "alone") {
			f.Own = nil
		}
		w := rapid.IntRange(0, 130).Draw(r, "w")
		got := drawn(f, w)
		if n := ansi.StringWidth(got); n > w {
			r.Fatalf("%d cells in %d: %q", n, w, got)
		}
		if w < 4 {
			return
		}
		text := i18n.Must("en")
		for _, b := range f.Page {
			if !strings.Contains(got, b.Name(text)+" "+text.T(b.Label)) && !strings.Contains(got, "…") {
				r.Fatalf("%s is gone from %q", text.T(b.Label), got)
			}
		}
		if len(f.Own) > 0 && !strings.Contains(got, "?") && !strings.Contains(got, "…") {
			r.Fatalf("the list of keys is gone from %q", got)
		}
	})
}
