package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/ui/kit"
)

// lock hides everything personal. Pages live on behind it with their drafts,
// but what was being typed in secret goes, and so do secrets in memory.
func (s *Shell) lock() tea.Cmd {
	if _, already := s.panel.(*locked); already {
		return nil
	}
	s.stopUnlocking()
	if old, ok := s.panel.(pinned); ok {
		old.pad().field.Wipe()
	}
	s.env.Little = false
	s.touch.Reset()
	s.panel = &locked{since: s.instant}
	if s.o.Locked != nil {
		s.o.Locked()
	}
	return s.everyone(kit.Locked{})
}

// locked is the screen that shows nothing personal. Where there is no PIN it
// says that it only hides.
type locked struct {
	pinpad
	since time.Time
	x, y  int // of the caret
}

func (l *locked) whole() bool               { return true }
func (l *locked) floats() bool              { return false }
func (l *locked) keys() []kit.Binding       { return nil }
func (l *locked) scroll(*Shell, kit.Intent) {}

func (l *locked) press(s *Shell, msg tea.KeyPressMsg) tea.Cmd {
	k := kit.Fold(msg)
	switch way := l.field.Way(); {
	case k == "q" && !way.Lettered():
		l.field.Wipe()
		return s.act(doQuit)
	case k == "esc" && way != kit.ByPIN && !l.busy:
		l.turn(kit.ByPIN)
	case k == "esc" && l.awaits(s):
		s.touch.Skip()
	case s.o.Unlock != nil:
		return l.pinpad.press(s, msg)
	case k == "enter":
		s.panel = nil
		s.layout()
		return s.setTime(s.instant)
	}
	return nil
}

// awaits reports whether a touch comes first. Nobody is asked for one before a
// key was pressed: the reader is not held for an empty chair.
func (l *locked) awaits(s *Shell) bool {
	return s.o.Unlock != nil && l.touchable(s) && (s.touch.Asking() || !s.touch.Begun())
}

func (l *locked) caret() (x, y int, ok bool) { return l.x, l.y, l.y > 0 && !l.busy }

func (l *locked) lines(s *Shell, w, h int) []string {
	t, p := s.env.Theme, s.env.Text
	text := []string{
		t.Strong.Render(kit.Cut(brand, w)), "",
		t.Text.Render(kit.Cut(p.F("shell.locked", "Time", p.Clock(l.since, s.env.Zone)), w)), "",
	}
	open, field := kit.Binding{Keys: []string{"enter"}, Label: "shell.unlock"}, -1
	if s.o.Unlock != nil {
		open.Label = "lock.open"
		room := w
		if l.awaits(s) {
			room = min(w-2, 56)
		} else {
			field = len(text)
		}
		text = append(append(text, l.draw(s, room)...), "")
		for _, line := range l.said(s, min(w-2, 56)) {
			text = append(text, line.ink.Render(line.text))
		}
		if l.field.Way() != kit.ByPIN && l.err == nil { // an error's hint says as much
			for _, line := range kit.Wrap(p.T("lock.little"), min(w-2, 56)) {
				text = append(text, t.Quiet.Render(line))
			}
		}
		text = append(text, "")
	}
	quit := kit.Binding{Keys: []string{"q"}, Label: "shell.quit"}
	if l.field.Way().Lettered() {
		quit.Keys = []string{"ctrl+c"}
	}
	keys := append(append([]kit.Binding{open}, l.another(s)...), quit)
	if l.awaits(s) {
		keys[0] = kit.Binding{Keys: []string{"enter"}, Label: "lock.touch.key"}
		if s.touch.Asking() {
			keys = keys[1:]
		}
		keys = append([]kit.Binding{{Keys: []string{"esc"}, Label: "lock.touch.skip"}}, keys...)
	}
	text = append(text, kit.Footer{Page: keys}.Draw(t, p, w))
	if s.o.Unlock == nil {
		text = append(text, "")
		for _, line := range kit.Wrap(p.T("shell.lock_note"), min(w-2, 48)) {
			text = append(text, t.Quiet.Render(line))
		}
	}
	lines := make([]string, 0, h)
	for range max((h-len(text))*2/5, 0) {
		lines = append(lines, "")
	}
	l.y = 0
	for n, line := range text {
		if n == field {
			l.x, l.y = (w-kit.Width(line))/2+l.caretIn(s), len(lines)
		}
		lines = append(lines, strings.TrimRight(kit.Centre(line, w), " "))
	}
	return lines
}
