package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/ui/kit"
)

// locked is the screen that shows nothing personal. Until a PIN is set up there
// is nothing to ask for, so it says that it only hides.
type locked struct {
	noField
	since time.Time
}

func (l *locked) whole() bool               { return true }
func (l *locked) keys() []kit.Binding       { return nil }
func (l *locked) scroll(*Shell, kit.Intent) {}

func (l *locked) press(s *Shell, msg tea.KeyPressMsg) tea.Cmd {
	switch kit.Fold(msg) {
	case "enter":
		s.panel = nil
		s.layout()
		return s.setTime(s.o.Clock.Now())
	case "q":
		return s.act(doQuit)
	}
	return nil
}

func (l *locked) lines(s *Shell, w, h int) []string {
	t, p := s.env.Theme, s.env.Text
	text := []string{
		t.Strong.Render(kit.Cut(brand, w)), "",
		t.Text.Render(kit.Cut(p.F("shell.locked", "Time", p.Clock(l.since, s.env.Zone)), w)), "",
	}
	keys := s.keysLine([]kit.Binding{
		{Keys: []string{"enter"}, Label: "shell.unlock"}, {Keys: []string{"q"}, Label: "shell.quit"},
	}, w)
	text = append(text, keys, "")
	for _, line := range kit.Wrap(p.T("shell.lock_note"), min(w-2, 48)) {
		text = append(text, t.Quiet.Render(line))
	}
	lines := make([]string, 0, h)
	for range max((h-len(text))*2/5, 0) {
		lines = append(lines, "")
	}
	for _, line := range text {
		lines = append(lines, strings.TrimRight(kit.Centre(line, w), " "))
	}
	return lines
}
