package ui

import (
	"cmp"
	"strings"

	"charm.land/bubbles/v2/viewport"
	tea "charm.land/bubbletea/v2"

	"jandon/ui/kit"
)

// reading is a panel of text that scrolls.
type reading struct {
	noField
	view viewport.Model
	text func(s *Shell, w int) []string
}

func (r *reading) keys() []kit.Binding { return closing }

func (r *reading) press(s *Shell, msg tea.KeyPressMsg) tea.Cmd {
	switch kit.Fold(msg) {
	case "esc", "q", "?", "enter", "f1":
		s.panel = nil
		s.layout()
	case "up", "k":
		r.view.ScrollUp(1)
	case "down", "j":
		r.view.ScrollDown(1)
	case "pgup":
		r.view.PageUp()
	case "pgdown", "space":
		r.view.PageDown()
	case "home":
		r.view.GotoTop()
	case "end":
		r.view.GotoBottom()
	}
	return nil
}

func (r *reading) scroll(_ *Shell, to kit.Intent) {
	if to == kit.Up {
		r.view.ScrollUp(wheelStep)
	} else {
		r.view.ScrollDown(wheelStep)
	}
}

func (r *reading) lines(s *Shell, w, h int) []string {
	r.view.SetWidth(w)
	r.view.SetHeight(h)
	at := r.view.YOffset()
	r.view.SetContentLines(r.text(s, w))
	r.view.SetYOffset(at)
	lines := strings.Split(r.view.View(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	if last := len(lines) - 1; last >= 0 { // as pages say that they go on
		edge := kit.Pad("", s.margin()-1)
		if !r.view.AtBottom() {
			lines[last] = kit.Pad(lines[last], w) + edge + s.env.Theme.Quiet.Render("↓")
		}
		if !r.view.AtTop() && last > 0 {
			lines[0] = kit.Pad(lines[0], w) + edge + s.env.Theme.Quiet.Render("↑")
		}
	}
	return lines
}

// newHelp lists all that can be pressed here, with the reason where it can't act.
func newHelp(s *Shell) panel {
	here, mine := s.top(), s.bindings()
	page := here.page.Keys()
	return &reading{view: viewport.New(), text: func(s *Shell, w int) []string {
		t, p := s.env.Theme, s.env.Text
		all := s.unshadowed(mine)
		wide := min(max(s.widestKeys(page), s.widestKeys(all)), w*2/5)
		lines := []string{t.Strong.Render(p.F("shell.help_page", "Page", p.T(here.maker.Label))), ""}
		lines = append(lines, s.helpLines(page, wide, w)...)
		lines = append(lines, "", t.Strong.Render(p.T("shell.help_all")), "")
		lines = append(lines, s.helpLines(all, wide, w)...)
		lines = append(lines, "")
		for _, line := range kit.Wrap(p.F("shell.help_note", "Version", s.o.Version), min(w, 72)) {
			lines = append(lines, t.Quiet.Render(line))
		}
		return lines
	}}
}

// unshadowed leaves out the shell's keys that mean something else on this page.
func (s *Shell) unshadowed(mine []kit.Binding) []kit.Binding {
	list, page := make([]kit.Binding, 0, len(mine)), s.top().page.Keys()
	for _, b := range mine {
		keys := make([]string, 0, len(b.Keys))
		for _, k := range b.Keys {
			if got, ok := s.among(page, mine, kit.Stroke(k)); ok && got.Intent == b.Intent {
				keys = append(keys, k)
			}
		}
		if b.Keys = keys; len(keys) > 0 {
			list = append(list, b)
		}
	}
	return list
}

// keyNames is all keys of a binding as a person reads them.
func (s *Shell) keyNames(b kit.Binding) string {
	all := make([]string, 0, len(b.Keys))
	for _, k := range b.Keys {
		all = append(all, kit.KeyName(s.env.Text, k))
	}
	return strings.Join(all, "  ")
}

func (s *Shell) widestKeys(list []kit.Binding) int {
	wide := 0
	for _, b := range list {
		wide = max(wide, kit.Width(s.keyNames(b)))
	}
	return wide
}

// helpLines is one line for each binding: keys, what they do, and why not now.
func (s *Shell) helpLines(list []kit.Binding, wide, w int) []string {
	t, p := s.env.Theme, s.env.Text
	lines := make([]string, 0, len(list))
	for _, b := range list {
		l, names := kit.NewLine(w), s.keyNames(b)
		if why := b.Off; why != "" {
			why = p.T(why)
			l.Cell(t.Quiet, names, wide).Skip(3).Put(t.Quiet, p.T(b.Label))
			if l.Left() < kit.Width(why)+2 { // the reason on a line of its own
				lines = append(lines, l.String())
				l = kit.NewLine(w).Skip(wide + 1)
			}
			l.Skip(2).Put(t.Warn, why)
		} else {
			l.Cell(t.Key, names, wide).Skip(3).Put(t.Text, p.T(b.Label))
		}
		lines = append(lines, l.String())
	}
	return lines
}

// newFailures lists what went wrong, newest first, with what a person needs to
// ask about it. Opening it answers the failures that are shown.
func newFailures(s *Shell) panel {
	s.toasts.answered()
	return &reading{view: viewport.New(), text: func(s *Shell, w int) []string {
		t, p := s.env.Theme, s.env.Text
		lines := []string{t.Strong.Render(p.T("shell.failures_title"))}
		if len(s.toasts.log) == 0 {
			return append(lines, "", t.Quiet.Render(p.T("shell.no_failures")))
		}
		for i := len(s.toasts.log) - 1; i >= 0; i-- {
			f := s.toasts.log[i]
			say, hint := s.env.Fault(f.err)
			lines = append(lines, "")
			for _, line := range kit.Wrap(say, w-7) {
				l := kit.NewLine(w)
				if lines[len(lines)-1] == "" {
					l.Put(t.Quiet, p.Clock(f.at, s.env.Zone))
				}
				lines = append(lines, l.To(7).Put(t.Text, line).String())
			}
			for _, line := range kit.Wrap(hint, w-7) {
				lines = append(lines, kit.NewLine(w).Skip(7).Put(t.Quiet, line).String())
			}
			code := cmp.Or(kit.Mark(f.err), string(f.err.Code))
			lines = append(lines, kit.NewLine(w).Skip(7).Put(t.Quiet, code).String())
		}
		return lines
	}}
}
