package replay

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"jandon/internal/notes"
	"jandon/internal/saved"
	"jandon/ui"
	"jandon/ui/kit"
	"jandon/ui/searches"
)

// TestASavedSearchIsRecordedUnderAnotherName saves a search, finds it through
// the palette and through its list, and expects the same screens of the replay,
// but nothing of the person's words in the file.
func TestASavedSearchIsRecordedUnderAnotherName(t *testing.T) {
	t.Parallel()
	var l live
	r, out := recorder(t, everydaySetting)
	o := everyday(t, &l, "en")
	shelf := saved.Shelf{Book: &notes.Memory{}, Now: func() time.Time { return l.now }}
	o.Named = shelf.Searches
	o.Pages = append(o.Pages, ui.Maker{Name: "searches", Label: "searches.title", Keys: []string{"S"}, Make: func(env *kit.Env, arg string) kit.Page {
		return searches.New(env, shelf, arg)
	}})
	o.Recorder, o.Record = counted{r, &l}, true
	l.begin(o)
	l.send(tea.WindowSizeMsg{Width: 100, Height: 30})
	press := func(list ...string) {
		for _, k := range list {
			l.press(k)
			l.settle()
		}
	}
	press("2", "/")
	typeIn(&l, `merchant:"초록분식"`) // not as Query.Format writes it: kept as it was typed
	l.settle()
	press("ctrl+s")
	typeIn(&l, "Kanarienvogel")
	l.settle()
	press("enter")
	l.pass(5 * time.Second)
	press("esc", "1", ":")
	typeIn(&l, "search:")
	press("enter")
	l.pass(time.Second)
	press("esc", ":")
	typeIn(&l, "kanarie") // a command while nothing is recorded
	press("esc", "S", "enter")
	l.pass(time.Second)
	press("esc", "x")
	l.pass(time.Second)
	press("y")
	if err := r.End(); err != nil {
		t.Fatal(err)
	}
	rec := read(t, out)
	for _, s := range rec.Steps {
		for _, word := range []string{"Kanarie", "kanarie", "초록분식"} {
			if bytes.Contains(s.Body, []byte(word)) {
				t.Errorf("a %s holds %q: %s", s.Kind, word, s.Body)
			}
		}
	}
	var typed strings.Builder // a letter is a step of its own
	for _, s := range rec.Steps {
		var k struct{ Text []rune }
		if s.Kind == "key" && json.Unmarshal(s.Body, &k) == nil {
			typed.WriteString(string(k.Text))
		}
	}
	if s := typed.String(); strings.Contains(strings.ToLower(s), "kanarie") || !strings.Contains(s, "search") {
		t.Errorf("the keys are %q", s)
	}
	p, err := Open(rec)
	if err != nil {
		t.Fatal(err)
	}
	if d, known, err := p.Verify(); d != nil || !known || err != nil {
		t.Fatal(d, known, err)
	}
	frames := shown(p)
	if len(frames) != len(l.frames) {
		t.Fatalf("%d frames, and there were %d", len(frames), len(l.frames))
	}
	seen := map[string]int{}
	for i, f := range frames {
		was, is := ansi.Strip(l.frames[i].Content), ansi.Strip(f.Content)
		for _, mark := range []string{"Save this search as", "Saved as", "Delete the saved search", "Search: ", "/ merchant:", "lines "} {
			if strings.Contains(is, mark) {
				seen[mark]++
			}
			if strings.Contains(was, mark) != strings.Contains(is, mark) {
				t.Fatalf("frame %d was\n%s\nand is\n%s", i, was, is)
			}
		}
	}
	if len(seen) != 6 {
		t.Errorf("only %v was seen", seen)
	}
}
