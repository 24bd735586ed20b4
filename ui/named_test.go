package ui_test

import (
	"context"
	"strings"
	"testing"

	"jandon/internal/notes"
	"jandon/internal/saved"
	"jandon/ui"
	"jandon/ui/kit/kittest"
	"jandon/ui/uitest"
)

// named is the everyday world with a search that has a name.
func named(t *testing.T, lang string) *uitest.Stage {
	t.Helper()
	w := load(t, "everyday", kittest.Now())
	o, clock := w.options(lang)
	shelf := saved.Shelf{Book: &notes.Memory{}, Now: clock.Now}
	if _, err := shelf.SaveSearch(context.Background(), saved.Search{Name: "Zebra", Query: "coffee"}); err != nil {
		t.Fatal(err)
	}
	o.Named = shelf.Searches
	shell, err := ui.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return uitest.Start(shell, clock, 80, 24)
}

// A saved search is a command: by its name, and by the word for searching.
func TestThePaletteSearchesByName(t *testing.T) {
	t.Parallel()
	for typed, langs := range map[string][]string{"zebra": {"en", "ko"}, "search: z": {"en"}, "검색: z": {"ko"}} {
		for _, lang := range langs {
			s := named(t, lang)
			before := s.Text()
			s.Press(":")
			s.Type(typed)
			s.Press("enter")
			if !strings.Contains(s.Text(), "/ coffee") {
				t.Errorf("%s: %q leads to\n%s", lang, typed, s.Text())
			}
			s.Press("esc")
			if s.Text() != before {
				t.Errorf("%s: Esc leads to\n%s", lang, s.Text())
			}
		}
	}
}
