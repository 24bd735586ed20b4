package cashout_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"jandon/internal/picture"
	"jandon/ui"
	"jandon/ui/kit"
	"jandon/ui/kit/kittest"
	"jandon/ui/uitest"
)

// tabs are the tabs of the program around the page.
var tabs = []struct{ name, label string }{
	{"home", "home.title"}, {"history", "history.title"}, {"audit", "subscriptions.title"}, {"review", "review.title"}, {"pace", "pace.title"},
	{"cashout", "cashout.title"}, {"acts", "acts.title"}, {"limits", "limit.title"}, {"devices", "device.title"},
}

// TestPictureShowsThePageAsItIs compares the pictures of README with what the
// screen shows; "make frames" draws them anew.
func TestPictureShowsThePageAsItIs(t *testing.T) {
	t.Parallel()
	for _, p := range []struct {
		name, lang, theme string
		width, height     int
		scheme            picture.Scheme
	}{
		{"cashout", "en", "dark", 120, 40, picture.Dark},
		{"cashout-ko", "ko", "light", 80, 24, picture.Light},
	} {
		clock := uitest.NewClock(kittest.Now())
		o := options(some(t), p.lang, ui.Clock{Now: clock.Now, Tick: clock.Tick})
		o.Theme = p.theme
		made := o.Pages[0].Make
		o.Pages = o.Pages[:0]
		for _, tab := range tabs {
			m := ui.Maker{Name: tab.name, Label: tab.label, Tab: true, Make: func(*kit.Env, string) kit.Page { return elsewhere{name: tab.name} }}
			if tab.name == "cashout" {
				m.Make = made
			}
			o.Pages = append(o.Pages, m)
		}
		shell, err := ui.New(o)
		if err != nil {
			t.Fatal(err)
		}
		s := uitest.Start(shell, clock, p.width, p.height)
		s.Press("6")
		s.Type("13300")
		s.Press("enter", "right")
		file, got := filepath.Join("..", "..", "testdata", "frames", p.name+".svg"), s.Picture(p.scheme)
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if want, err := os.ReadFile(file); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the screen shows (%v); run: make frames", file, err)
		}
	}
}
