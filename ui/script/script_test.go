package script_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/ui/script"
)

func TestScriptsThatMakeNoSenseAreRefused(t *testing.T) {
	t.Parallel()
	const at = "at 2026-11-22T09:00:00+09:00\n"
	for text, want := range map[string]string{
		"press 2\n":                 "at which time",
		at + "press meta+x\n":       "line 2",
		at + "press nokey\n":        "no key",
		at + "hop\n":                "no verb",
		at + "pres 2\n":             `did you mean "press"`,
		at + "press entre\n":        `did you mean "enter"`,
		at + "sizes big\n":          "line 2",
		at + "\n# say\nwait soon\n": "line 4",
		at + "click here\n":         "line 2",
		"at noon\n":                 "line 1",
	} {
		if _, err := script.Parse([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want something on %q", text, err, want)
		}
	}
}

func TestARefusalNamesItsLineAndTheNearestWord(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		line int
		near string
	}{
		"# say\nat 2026-11-22T09:00:00Z\n\nfram x\n":      {4, "frame"},
		"at 2026-11-22T09:00:00Z\npress 2 down entr\n":    {2, "enter"},
		"at 2026-11-22T09:00:00Z\npress 2\npress ctl+r\n": {3, "ctrl"},
		"at 2026-11-22T09:00:00Z\nsomersault backwards\n": {2, ""},
		"press 2\n": {1, ""},
	} {
		_, err := script.Parse([]byte(text))
		var wrong *script.Error
		if !errors.As(err, &wrong) || wrong.Line != want.line || wrong.Near() != want.near {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// heard is a stage that keeps what it was sent.
type heard []string

func (h *heard) Send(msg tea.Msg) {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		*h = append(*h, "key "+m.String())
	default:
		*h = append(*h, fmt.Sprintf("%T", msg))
	}
}

func (h *heard) Wait(d time.Duration) { *h = append(*h, "wait "+d.String()) }

func TestAScriptIsPlayedInItsOrder(t *testing.T) {
	t.Parallel()
	s, err := script.Parse([]byte("at 2026-11-22T09:00:00Z\npress 2 shift+tab\ntype 나 b\npaste x\nclick 1 2\nwait 5s\nframe one\nresize 60x20\n"))
	if err != nil {
		t.Fatal(err)
	}
	var got heard
	s.Play(&got, func(name string) { got = append(got, "frame "+name) })
	want := []string{
		"key 2", "key shift+tab", "key 나", "key space", "key b", "tea.PasteMsg", "tea.MouseClickMsg", "wait 5s", "frame one", "tea.WindowSizeMsg",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}
