package ui

import (
	tea "charm.land/bubbletea/v2"

	"jandon/ui/kit"
)

// panel is what lies in front of the page and has the keys meanwhile.
type panel interface {
	press(s *Shell, msg tea.KeyPressMsg) tea.Cmd
	paste(s *Shell, msg tea.PasteMsg) tea.Cmd
	scroll(s *Shell, to kit.Intent)
	// lines draws the panel in at most w×h cells.
	lines(s *Shell, w, h int) []string
	keys() []kit.Binding
	whole() bool  // it takes the whole window
	floats() bool // it lies over the page instead of replacing it
	caret() (x, y int, ok bool)
}

// noField is what panels without a text field have in common.
type noField struct{}

func (noField) paste(*Shell, tea.PasteMsg) tea.Cmd { return nil }
func (noField) caret() (int, int, bool)            { return 0, 0, false }
func (noField) whole() bool                        { return false }
func (noField) floats() bool                       { return false }

// closing are the keys that close a panel.
var closing = []kit.Binding{
	{Intent: kit.Down, Keys: []string{"down", "j"}, Label: "shell.scroll"},
	{Intent: kit.Back, Keys: []string{"esc", "q", "?", "enter"}, Label: "shell.close"},
}
