package kit

import (
	"image/color"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Render paints a text that has no styles of its own.
func (k Ink) Render(s string) string {
	if s == "" || k.on == "" {
		return s
	}
	return k.on + s + k.off
}

// Append is Render onto a buffer.
func (k Ink) Append(b []byte, s string) []byte {
	if s == "" {
		return b
	}
	b = append(b, k.on...)
	b = append(b, s...)
	return append(b, k.off...)
}

// Theme names meanings; pages never name colours. Sign, word and weight carry
// the meaning where there is no colour.
type Theme struct {
	Dark   bool
	Colour bool
	Text   Ink // ordinary text
	Quiet  Ink // labels, secondary facts
	Faint  Ink // rules, tracks of bars, empty days
	Strong Ink // headings and key figures
	Accent Ink // the one accent: where we are, what can be pressed
	Gain   Ink
	Cost   Ink
	Warn   Ink
	Bad    Ink
	Chosen Ink // the selected row
	Bar    Ink // filled part of charts
	BarOld Ink // bars beside the one that matters: other weeks, other days
	Tab    Ink // the tab where we are
	Key    Ink // a key in the footer and in help
}

// palette is the first layer: colours by where they stand. Contrast against
// the terminal's own background is at least 4.5:1 for everything that is read
// (WCAG 2.2, 1.4.3) on black and white; Faint is for lines, not for text.
type palette struct{ text, quiet, faint, strong, accent, gain, cost, warn, bad, row, bar, old color.Color }

func colours(dark bool) palette {
	c := lipgloss.Color
	if dark {
		return palette{
			text: c("#C9CDD4"), quiet: c("#8B929E"), faint: c("#3F4550"), strong: c("#F3F4F6"),
			accent: c("#5EC9B5"), gain: c("#8CCF7E"), cost: c("#E5C07B"), warn: c("#F0A45D"), bad: c("#F2777A"),
			row: c("#24403C"), bar: c("#5EC9B5"), old: c("#3E6F68"),
		}
	}
	return palette{
		text: c("#2B303A"), quiet: c("#646B78"), faint: c("#C9CDD4"), strong: c("#0E1116"),
		accent: c("#0B7A6B"), gain: c("#2F7D32"), cost: c("#8A5A00"), warn: c("#A84B00"), bad: c("#B3261E"),
		row: c("#D5EDE8"), bar: c("#0B7A6B"), old: c("#9CCBC3"),
	}
}

// indexed is the same palette on the 256 colours of xterm, for terminals that
// have no more (tmux, screen): rounding the one above would lose its tints to
// greys and violets. The numbers are xterm's.
func indexed(dark bool) palette {
	c := func(n uint8) color.Color { return ansi.IndexedColor(n) }
	if dark {
		return palette{
			text: c(252), quiet: c(246), faint: c(239), strong: c(255), accent: c(79), gain: c(114), cost: c(179), warn: c(215), bad: c(210),
			row: c(237), bar: c(79), old: c(66),
		}
	}
	return palette{
		text: c(236), quiet: c(241), faint: c(251), strong: c(232), accent: c(29), gain: c(28), cost: c(94), warn: c(130), bad: c(124),
		row: c(152), bar: c(29), old: c(109),
	}
}

// NewTheme makes the theme for a dark or light background. Without colour,
// weight, underline and reverse carry what colour would.
func NewTheme(dark, colour bool) *Theme {
	s := lipgloss.NewStyle
	if !colour {
		return &Theme{
			Dark: dark, Text: InkOf(s()), Quiet: InkOf(s()), Faint: InkOf(s().Faint(true)),
			Strong: InkOf(s().Bold(true)), Accent: InkOf(s().Bold(true)), Gain: InkOf(s()), Cost: InkOf(s()),
			Warn: InkOf(s().Bold(true)), Bad: InkOf(s().Bold(true)), Chosen: InkOf(s().Reverse(true)),
			Bar: InkOf(s()), BarOld: InkOf(s().Faint(true)), Tab: InkOf(s().Reverse(true)), Key: InkOf(s().Bold(true)),
		}
	}
	return paint(dark, colours(dark))
}

// NewIndexedTheme is NewTheme for a terminal of 256 colours.
func NewIndexedTheme(dark bool) *Theme { return paint(dark, indexed(dark)) }

// paint gives meanings their colours.
func paint(dark bool, p palette) *Theme {
	s := lipgloss.NewStyle
	fg := func(c color.Color) lipgloss.Style { return s().Foreground(c) }
	return &Theme{
		Dark: dark, Colour: true,
		Text: InkOf(fg(p.text)), Quiet: InkOf(fg(p.quiet)), Faint: InkOf(fg(p.faint)),
		Strong: InkOf(fg(p.strong).Bold(true)), Accent: InkOf(fg(p.accent).Bold(true)),
		Gain: InkOf(fg(p.gain)), Cost: InkOf(fg(p.cost)), Warn: InkOf(fg(p.warn)), Bad: InkOf(fg(p.bad).Bold(true)),
		Chosen: InkOf(fg(p.strong).Background(p.row)), Bar: InkOf(fg(p.bar)), BarOld: InkOf(fg(p.old)),
		Tab: InkOf(fg(p.accent).Bold(true).Underline(true)), Key: InkOf(fg(p.accent)),
	}
}

// Coarse makes the theme fit for sixteen colours, where the selected row's
// background would come out as black or white, and quiet text as the blue that
// is hardly read on black: it stands in the terminal's own colour.
func (t *Theme) Coarse() {
	t.Chosen, t.Quiet = InkOf(lipgloss.NewStyle().Reverse(true)), InkOf(lipgloss.NewStyle())
}
