package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/ui/kit"
)

// unlocking is the panel that asks for the PIN over a page that needs it.
type unlocking struct {
	pinpad
	bindings []kit.Binding
	instead  []kit.Binding // while a touch is awaited
	touch    *kit.Touching
	x, y     int // of the caret
}

// askPIN shows it, unless something else has the keys.
func (s *Shell) askPIN() tea.Cmd {
	switch {
	case s.o.Unlock == nil:
		return s.notice(kit.Notice{Level: kit.Failure, Err: fault.New(fault.StepUpRequired)})
	case s.panel == nil:
		u := &unlocking{touch: &s.touch}
		u.bindings = append([]kit.Binding{{Keys: []string{"enter"}, Label: "lock.open"}, {Keys: []string{"esc"}, Label: "lock.leave"}}, u.another(s)...)
		u.instead = []kit.Binding{{Keys: []string{"esc"}, Label: "lock.touch.skip"}}
		s.panel = u
		s.touch.Reset()
		if u.touchable(s) { // somebody is there: they just did what needs it
			return s.touch.Begin(s.ctx(), s.o.Touch)
		}
	}
	return nil
}

// wantsPIN is what an answer says that the PIN was needed for; nil of any other.
func (s *Shell) wantsPIN(msg tea.Msg) *fault.Error {
	if a, ok := msg.(interface{ Fault() *fault.Error }); ok && s.o.Unlock != nil && needsPIN(a.Fault()) {
		return a.Fault()
	}
	return nil
}

func needsPIN(err error) bool {
	f := fault.From(err)
	return f != nil && f.Code == fault.StepUpRequired
}

func (u *unlocking) whole() bool               { return false }
func (u *unlocking) floats() bool              { return true }
func (u *unlocking) scroll(*Shell, kit.Intent) {}

func (u *unlocking) keys() []kit.Binding {
	if u.touch.Asking() {
		return u.instead
	}
	return u.bindings
}

func (u *unlocking) press(s *Shell, msg tea.KeyPressMsg) tea.Cmd {
	switch k := kit.Fold(msg); {
	case k == "esc" && s.touch.Asking():
		s.touch.Skip()
		return nil
	case k == "esc":
		u.field.Wipe()
		s.touch.Reset()
		s.stopUnlocking()
		s.panel = nil
		return s.everyone(kit.StayedLocked{})
	}
	return u.pinpad.press(s, msg)
}

func (u *unlocking) caret() (x, y int, ok bool) { return u.x, u.y, u.y > 0 && !u.busy }

// why says what it is asked for. Whoever goes another way in hears what that is
// good for, and how to have a PIN again.
func (u *unlocking) why(s *Shell) string {
	switch {
	case u.field.Way() != kit.ByPIN:
		return s.env.Text.T("lock.little")
	case s.env.Little:
		return s.env.Text.T("lock.beyond")
	}
	return s.env.Text.T("lock.why")
}

// words is the panel without its frame and digits, for Plain.
func (u *unlocking) words(s *Shell, w int) []string {
	list := kit.Wrap(u.why(s), w)
	for _, line := range u.said(s, w) {
		list = append(list, line.text)
	}
	return list
}

func (u *unlocking) lines(s *Shell, w, h int) []string {
	t, pad := s.env.Theme, s.margin()
	inner := w - 2 - 2*pad
	text := make([]string, 0, h)
	for _, line := range kit.Wrap(u.why(s), inner) {
		text = append(text, t.Text.Render(line))
	}
	text = append(text, "")
	u.x, u.y = 1+pad+u.caretIn(s), 1+len(text)
	if s.touch.Asking() {
		u.y = 0
	}
	text = append(append(text, u.draw(s, inner)...), "")
	for _, line := range u.said(s, inner) {
		text = append(text, line.ink.Render(line.text))
	}
	rule := strings.Repeat("─", max(w-2, 0))
	lines := []string{t.Faint.Render("╭" + rule + "╮")}
	side, space := t.Faint.Render("│"), kit.Pad("", pad)
	for _, line := range text[:max(min(len(text), h-2), 0)] {
		lines = append(lines, side+space+kit.Fit(line, inner)+space+side)
	}
	return append(lines, t.Faint.Render("╰"+rule+"╯"))
}
