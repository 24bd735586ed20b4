package kit

import "charm.land/lipgloss/v2"

// Theme names meanings; pages never name colours. Sign, word and weight carry
// the meaning where there is no colour.
type Theme struct {
	Dark   bool
	Text   lipgloss.Style // ordinary text
	Quiet  lipgloss.Style // labels, secondary facts
	Faint  lipgloss.Style // rules, empty bars
	Strong lipgloss.Style // headings and key figures
	Accent lipgloss.Style // the one accent: where we are, what is chosen
	Gain   lipgloss.Style
	Cost   lipgloss.Style
	Warn   lipgloss.Style
	Bad    lipgloss.Style
	Chosen lipgloss.Style // the selected row
	Bar    lipgloss.Style // filled part of charts
}
