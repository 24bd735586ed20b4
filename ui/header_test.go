package ui_test

import (
	"strconv"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"jandon/ui"
)

// nine is a shell with as many tabs as there are number keys.
func nine(t *testing.T, w int, lang string) *bench {
	t.Helper()
	names := []string{
		"home.title", "history.title", "subscriptions.title", "review.title", "pace.title", "cashout.title", "acts.title", "limit.title", "device.title",
	}
	return fakes(t, w, 24, func(b *bench) {
		b.o.Fresh, b.o.Lang = ui.Freshness{At: sunday}, lang
		home := b.o.Pages[0]
		b.o.Pages = b.o.Pages[:0]
		for _, name := range names {
			b.o.Pages = append(b.o.Pages, ui.Maker{Name: name, Label: name, Tab: true, Make: home.Make})
		}
	})
}

// Tabs that have no room are not gone: a sign says that there are more, and the
// tab where we are is always named in full.
func TestTabsWithoutRoomLeaveASign(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		for _, w := range []int{80, 100, 120, 200} {
			b := nine(t, w, lang)
			for tab := 1; tab <= 9; tab++ {
				b.Press(strconv.Itoa(tab))
				head := strings.Split(b.Text(), "\n")[0]
				before, after := strings.HasPrefix(head, "  잔돈 … ") || strings.HasPrefix(head, "  잔돈  … "), strings.Contains(head[len("  잔돈  … "):], "…")
				named := 0
				first, last := 0, 0
				for n := 1; n <= 9; n++ {
					if strings.Contains(head, " "+strconv.Itoa(n)+" ") {
						if named++; first == 0 {
							first = n
						}
						last = n
					}
				}
				if first > tab || last < tab {
					t.Errorf("%s, %d: tab %d is not named: %q", lang, w, tab, head)
				}
				if after != (last < 9) || before != (first > 1) || named != last-first+1 {
					t.Errorf("%s, %d: at tab %d: %q", lang, w, tab, head)
				}
			}
		}
	}
}

// The sign leads to the list of everything, by its key and by the mouse.
func TestTheSignForMoreTabsListsThem(t *testing.T) {
	t.Parallel()
	b := nine(t, 80, "en")
	head := strings.Split(b.Text(), "\n")[0]
	at := strings.Index(head, "…")
	if at < 0 {
		t.Fatalf("there is no sign: %q", head)
	}
	b.Send(tea.MouseClickMsg{X: ansi.StringWidth(head[:at]), Y: 0, Button: tea.MouseLeft})
	b.sees(t, "Devices")
	b.Press("esc", ":")
	b.sees(t, "Devices")
}

// A sign that stands tight against what is beside it reads as a cut word.
func TestTheSignsForMoreTabsHaveAir(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "ko"} {
		for w := 60; w <= 130; w++ {
			b := nine(t, w, lang)
			for tab := 1; tab <= 9; tab += 2 {
				b.Press(strconv.Itoa(tab))
				head := strings.Split(b.Text(), "\n")[0]
				rest := strings.TrimPrefix(strings.TrimSpace(head), "잔돈")
				for i, part := range strings.Split(rest, "…") {
					if i > 0 && part != "" && !strings.HasPrefix(part, "  ") {
						t.Fatalf("%s, %d: %q", lang, w, head)
					}
				}
			}
		}
	}
	head := strings.Split(nine(t, 80, "en").Text(), "\n")[0]
	if !strings.Contains(head, "7 ") {
		t.Errorf("seven tabs have room: %q", head)
	}
}
