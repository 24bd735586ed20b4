package kit_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"jandon/ui/kit"
)

func TestAFieldTakesWhatItsWayWants(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		way                  kit.Way
		typed, want, at, off string
		caret                int
	}{
		{kit.ByPIN, "12ab34", "1234", "• • • • ", "_ _ ", 8},
		{kit.ByApp, "12 34 56 78 9", "12345678", "• • • • • • • • ", "", 16},
		{kit.ByApp, "123", "123", "• • • ", "_ _ _ ", 6},
		{kit.ByRecovery, "7k-m", "7km", "•••", "_ ____ ____ ____ ", 3},
		{kit.ByRecovery, "7kmq", "7kmq", "•••• ", "____ ____ ____ ", 5},
		{kit.ByRecovery, strings.Repeat("7KMQ-", 5), "7KMQ7KMQ7KMQ7KMQ", "•••• •••• •••• •••• ", "", 20},
		{kit.ByRecovery, "７ＫＭ*µ한", "7KM", "•••", "_ ____ ____ ____ ", 3},
	} {
		var f kit.PINField
		f.Press(tea.KeyPressMsg{Text: "284"})
		f.Turn(c.way)
		for _, r := range c.typed {
			f.Press(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
		at, off := f.Dots()
		if at != c.at || off != c.off || f.Caret() != c.caret {
			t.Errorf("%q is drawn as %q%q, the caret at %d", c.typed, at, off, f.Caret())
		}
		if got := digitsOf(f.Take()); got != c.want {
			t.Errorf("%q became %q, want %q", c.typed, got, c.want)
		}
	}
	var f kit.PINField
	f.Turn(kit.ByRecovery)
	f.Press(tea.KeyPressMsg{Text: "7KMQ-0A"}) // composed by an input method, or pasted without brackets
	f.Press(tea.KeyPressMsg{Text: "7!"})
	if got := digitsOf(f.Take()); got != "7KMQ0A" {
		t.Errorf("a text became %q", got)
	}
}

func TestWaysGoAround(t *testing.T) {
	t.Parallel()
	if kit.ByPIN.Next() != kit.ByApp || kit.ByApp.Next() != kit.ByRecovery || kit.ByRecovery.Next() != kit.ByPIN {
		t.Error("a way leads nowhere")
	}
}
