package kit

import (
	"image/color"
	"math"
	"strings"
	"testing"
)

// luminance and contrast are those of WCAG 2.2, 1.4.3.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	part := func(v uint32) float64 {
		f := float64(v) / 0xffff
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestWhatIsReadStandsOutFromItsBackground(t *testing.T) {
	t.Parallel()
	for _, dark := range []bool{true, false} {
		ground := color.Color(color.White)
		if dark {
			ground = color.Black
		}
		for _, p := range []palette{colours(dark), indexed(dark)} {
			for name, c := range map[string]color.Color{
				"text": p.text, "quiet": p.quiet, "strong": p.strong, "accent": p.accent, "gain": p.gain, "cost": p.cost, "warn": p.warn, "bad": p.bad,
			} {
				if n := contrast(c, ground); n < 4.5 {
					t.Errorf("dark %v: %s has a contrast of %.1f", dark, name, n)
				}
			}
			if n := contrast(p.strong, p.row); n < 7 {
				t.Errorf("dark %v: the chosen row has a contrast of %.1f", dark, n)
			}
		}
	}
}

func TestWithoutColourWeightCarriesTheMeaning(t *testing.T) {
	t.Parallel()
	th := NewTheme(true, false)
	for name, k := range map[string]Ink{"text": th.Text, "strong": th.Strong, "chosen": th.Chosen, "bad": th.Bad, "tab": th.Tab, "faint": th.Faint} {
		if strings.Contains(k.on, "38;") || strings.Contains(k.on, "48;") {
			t.Errorf("%s has a colour: %q", name, k.on)
		}
	}
	if th.Chosen == th.Text || th.Tab == th.Text || th.Strong == th.Text {
		t.Error("what matters looks like everything else")
	}
}

// The nearest of sixteen colours to a grey is a blue that is hardly read on black.
func TestQuietTextIsReadWithSixteenColours(t *testing.T) {
	t.Parallel()
	for _, dark := range []bool{true, false} {
		theme := NewTheme(dark, true)
		theme.Coarse()
		if got := theme.Quiet.Render("x"); got != "x" {
			t.Errorf("dark %v: %q", dark, got)
		}
	}
}
