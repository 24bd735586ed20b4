package history_test

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"jandon/ui"
	"jandon/ui/history"
	"jandon/ui/home"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
	"jandon/ui/uitest"
)

// While something is typed letters are letters: no key is named that is one.
func TestFieldsNameOnlyKeysThatWorkInThem(t *testing.T) {
	t.Parallel()
	for _, open := range []kit.Intent{kit.Find, "pick_week"} {
		d := weeks(t, "en", "", 80, 20)
		d.Do(open)
		for _, b := range d.Page.Keys() {
			for _, k := range b.Keys {
				if len(k) == 1 || k == "space" {
					t.Errorf("after %q the key %q is offered for %s", open, k, b.Label)
				}
			}
		}
		for _, key := range []string{"enter", "esc"} {
			if _, ok := kit.Match(d.Page.Keys(), kit.Stroke(key)); !ok {
				t.Errorf("after %q nothing says what %s does", open, key)
			}
		}
		d.Send(tea.KeyPressMsg{Code: tea.KeyEscape})
		if d.Page.(kit.Typist).Typing() {
			t.Errorf("Esc does not leave the field of %q", open)
		}
	}
}

// What can't be looked for is not saved; the field leads to what is.
func TestASearchIsSavedFromItsField(t *testing.T) {
	t.Parallel()
	ctrl := func(d *kittest.Drive, r rune) []kit.Visit {
		d.Visits = nil
		d.Send(tea.KeyPressMsg{Code: r, Mod: tea.ModCtrl})
		return d.Visits
	}
	for typed, want := range map[string][]kit.Visit{
		"": nil, "  ": nil, "coffee >": nil, "kind:x": nil,
		"coffee >3000": {{Page: "searches", Arg: "find=coffee+%3E3000"}},
	} {
		d := weeks(t, "en", "", 80, 20)
		d.Do(kit.Find)
		d.Type(typed)
		if got := ctrl(d, 's'); !slices.Equal(got, want) {
			t.Errorf("%q: Ctrl+S leads to %v", typed, got)
		}
		if got := ctrl(d, 'o'); len(got) != 1 || got[0] != (kit.Visit{Page: "searches"}) {
			t.Errorf("%q: Ctrl+O leads to %v", typed, got)
		}
	}
}

// searching is the whole program with Home, and a search that has a key everywhere.
func searching(t *testing.T) *uitest.Stage {
	t.Helper()
	book := kittest.Book(t, "everyday")
	clock := uitest.NewClock(kittest.Now())
	shell, err := ui.New(ui.Options{
		Lang: "en", Zone: kittest.Seoul(), Theme: "dark", Clock: ui.Clock{Now: clock.Now, Tick: clock.Tick},
		Pages: []ui.Maker{
			{Name: "home", Label: "home.title", Tab: true, Make: func(env *kit.Env, _ string) kit.Page { return home.New(env, book, home.Options{}) }},
			{Name: "history", Label: "history.title", Tab: true, Make: func(env *kit.Env, arg string) kit.Page {
				return history.New(env, book, trails{}, arg)
			}},
			{Name: "search", Label: "history.search", Keys: []string{"/", "ctrl+f"}, Make: func(env *kit.Env, _ string) kit.Page {
				return history.NewSearch(env, book)
			}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return uitest.Start(shell, clock, 80, 24)
}

func TestSearchFromAnywhereLeadsBackThere(t *testing.T) {
	t.Parallel()
	s := searching(t)
	s.Press("down")
	before := s.Text()
	s.Press("/", "esc")
	if s.Text() != before {
		t.Errorf("Esc leads from an empty search to\n%s\nand not back to\n%s", s.Text(), before)
	}
	s.Press("/", "enter")
	if s.Text() != before {
		t.Errorf("Enter with nothing to look for leads to\n%s", s.Text())
	}
	s.Press("/")
	s.Type("coffee")
	s.Press("enter")
	found := s.Text()
	if !strings.Contains(found, "/ coffee") || !strings.Contains(found, "Acorn") {
		t.Fatalf("the search shows\n%s", found)
	}
	s.Press("enter", "esc")
	if s.Text() != found {
		t.Errorf("a line leads back to\n%s", s.Text())
	}
	s.Press("esc")
	if s.Text() != before {
		t.Errorf("Esc leads from what was found to\n%s", s.Text())
	}
}

// In History itself the same key searches there, and Esc is the week again.
func TestSearchInHistoryStaysThere(t *testing.T) {
	t.Parallel()
	s := searching(t)
	s.Press("2")
	before := s.Text()
	s.Press("/")
	s.Type("coffee")
	s.Press("esc")
	if s.Text() != before {
		t.Errorf("Esc leads to\n%s\nand not to\n%s", s.Text(), before)
	}
}
