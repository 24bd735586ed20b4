package history_test

import (
	"strings"
	"testing"

	"jandon/ui"
	"jandon/ui/history"
	"jandon/ui/home"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
	"jandon/ui/uitest"
)

// stage is the whole program over a scenario, with Home and History.
func stage(t *testing.T, w, h int) *uitest.Stage {
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
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return uitest.Start(shell, clock, w, h)
}

// A search, a place in its list and a narrowed week are all there again after
// a line, its bill and a charge of that were looked at.
func TestDrillDownAndBackKeepsPlaceAndFilter(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{40, 16}, {80, 24}, {120, 40}} {
		s := stage(t, size[0], size[1])
		s.Press("2", "/")
		s.Type("phone kind:carrier_credit")
		s.Press("enter", "down", "down", "down", "pgdown", "up")
		before := s.Text()
		if !strings.Contains(before, "phone kind:carrier_credit") && size[0] > 40 {
			t.Fatalf("the search is not shown:\n%s", before)
		}
		s.Press("enter")
		if s.Text() == before {
			t.Fatalf("nothing opened:\n%s", before)
		}
		s.Press("s", "end", "enter", "esc", "esc", "esc")
		if s.Text() != before {
			t.Errorf("at %v it came back to\n%s\nfrom\n%s", size, s.Text(), before)
		}
		s.Press("esc")
		if !strings.Contains(s.Text(), "This week") {
			t.Errorf("Esc leaves the search for\n%s", s.Text())
		}
		if err := s.Check(); err != nil {
			t.Error(err)
		}
	}
}

func TestHomeLeadsIntoTheHistoryAndBack(t *testing.T) {
	t.Parallel()
	s := stage(t, 120, 40)
	s.Press("down", "down")
	before := s.Text()
	s.Press("enter")
	if !strings.Contains(s.Text(), "issuer=") {
		t.Fatalf("an issuer leads to\n%s", s.Text())
	}
	s.Press("down", "enter", "esc", "esc")
	if s.Text() != before {
		t.Errorf("back from it is\n%s\nand was\n%s", s.Text(), before)
	}
}
