package ui_test

import (
	"strings"
	"testing"

	"jandon/internal/i18n"
	"jandon/ui/kit"
	"jandon/ui/uitest"
)

// places are ways to every page of the world, with something chosen on it.
var places = map[string][]string{
	"home": {"1", "down"}, "home, a lot": {"1", "enter"}, "history": {"2", "down"}, "a search": {"2", "/", "a", "enter", "down"}, "a line": {"2", "down", "enter"},
	"subscriptions": {"3", "down"}, "a subscription": {"3", "down", "enter"}, "review": {"4"}, "pace": {"5", "down"}, "disputes": {"D"},
}

// still are keys that may have nowhere to go, and then do nothing without a word:
// who holds an arrow until the end needs no sentence.
var still = map[kit.Intent]bool{
	kit.Up: true, kit.Down: true, kit.PageUp: true, kit.PageDown: true, kit.Top: true, kit.Bottom: true, "left": true, "right": true, kit.Previous: true,
}

// TestEveryKeyDoesSomethingOrSaysWhyNot presses every key that help lists for a
// page: the screen changes, if only by a sentence.
func TestEveryKeyDoesSomethingOrSaysWhyNot(t *testing.T) {
	t.Parallel()
	w := load(t, "everyday", sunday)
	for name, way := range places {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var pages []kit.Page
			at := func() *uitest.Stage {
				pages = nil
				o, c := w.options("en")
				for i := range o.Pages {
					make := o.Pages[i].Make
					o.Pages[i].Make = func(env *kit.Env, arg string) kit.Page {
						pages = append(pages, make(env, arg))
						return pages[len(pages)-1]
					}
				}
				s := open(t, o, c, 120, 40)
				s.Press(way...)
				return s
			}
			at()
			text := i18n.Must("en")
			for _, b := range pages[len(pages)-1].Keys() {
				if still[b.Intent] {
					continue
				}
				for _, key := range b.Keys {
					s := at()
					before := s.Frame()
					s.Press(key)
					if s.Ended() || s.Frame() != before {
						continue
					}
					t.Errorf("%s (%s) does nothing and says nothing", key, strings.TrimSpace(text.T(b.Label)))
				}
			}
		})
	}
}
