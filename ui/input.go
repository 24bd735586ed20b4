package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"jandon/ui/kit"
)

// The shell's own intents.
const (
	doQuit     kit.Intent = "shell.quit"
	doHelp     kit.Intent = "shell.help"
	doPalette  kit.Intent = "shell.palette"
	doLock     kit.Intent = "shell.lock"
	doHide     kit.Intent = "shell.hide"
	doRefresh  kit.Intent = "shell.refresh"
	doFailures kit.Intent = "shell.failures"
	doDismiss  kit.Intent = "shell.dismiss"
	doLeave    kit.Intent = "shell.leave"
	doNextTab  kit.Intent = "shell.next_tab"
	doPrevTab  kit.Intent = "shell.previous_tab"
	doLanguage kit.Intent = "shell.language"
	doTheme    kit.Intent = "shell.theme"
	doSuspend  kit.Intent = "shell.suspend"
	doCancel   kit.Intent = "shell.cancel"
	doRecord   kit.Intent = "shell.record"
	tabPrefix             = "shell.tab_"  // and its number
	pagePrefix            = "shell.page_" // and its name
)

// bindings are the shell's own keys. Every letter has a key beside it that does
// not depend on the keyboard's layout.
func (s *Shell) bindings() []kit.Binding {
	list := make([]kit.Binding, 0, 20)
	if s.sync.shown() {
		list = append(list, kit.Binding{Intent: doCancel, Keys: []string{"esc"}, Label: "shell.cancel"})
	}
	if s.toasts.failed() {
		list = append(list, kit.Binding{Intent: doDismiss, Keys: []string{"esc"}, Label: "shell.dismiss", Quiet: true})
	}
	if len(s.stack) > 1 {
		list = append(list, kit.Binding{Intent: doLeave, Keys: []string{"esc"}, Label: "shell.leave"})
	}
	for i, m := range s.tabs() {
		n := string(rune('1' + i))
		list = append(list, kit.Binding{Intent: kit.Intent(tabPrefix + n), Keys: []string{n}, Label: m.Label, Quiet: true})
	}
	for i := range s.o.Pages {
		if m := &s.o.Pages[i]; len(m.Keys) > 0 && (m != s.top().maker || s.top().arg != "") {
			list = append(list, kit.Binding{Intent: kit.Intent(pagePrefix + m.Name), Keys: m.Keys, Label: m.Label, Quiet: true})
		}
	}
	list = append(list,
		kit.Binding{Intent: doNextTab, Keys: []string{"tab"}, Label: "shell.next_tab", Quiet: true},
		kit.Binding{Intent: doPrevTab, Keys: []string{"shift+tab"}, Label: "shell.previous_tab", Quiet: true},
	)
	if s.o.Sync != nil {
		list = append(list, kit.Binding{Intent: doRefresh, Keys: []string{"r", "f5", "ctrl+r"}, Label: "shell.refresh", Off: s.sync.why(), Quiet: !s.fresh.Offline && !s.unfetched()})
	}
	if s.o.Recorder != nil {
		list = append(list, kit.Binding{Intent: doRecord, Keys: []string{"f9"}, Label: s.either(s.recording, "recording.end", "shell.record"), Quiet: true})
	}
	list = append(list, s.testKeys()...)
	return append(list,
		kit.Binding{Intent: doPalette, Keys: []string{":", "ctrl+p", "f2"}, Label: "shell.palette"},
		kit.Binding{Intent: doHelp, Keys: []string{"?", "f1"}, Label: "shell.help"},
		kit.Binding{Intent: doHide, Keys: []string{"H", "f3"}, Label: s.either(s.env.Hidden, "shell.show", "shell.hide"), Quiet: true},
		kit.Binding{Intent: doLock, Keys: []string{"L", "f4", "ctrl+l"}, Label: "shell.lock", Quiet: true},
		kit.Binding{Intent: doFailures, Keys: []string{"E", "f8"}, Label: "shell.failures", Off: s.either(len(s.toasts.log) > 0, "", "shell.no_failures"), Quiet: true},
		kit.Binding{Intent: doLanguage, Keys: []string{"f6"}, Label: "shell.language", Quiet: true},
		kit.Binding{Intent: doTheme, Keys: []string{"f7"}, Label: "shell.theme", Off: s.either(s.colourful(), "", "shell.no_colour"), Quiet: true},
		kit.Binding{Intent: doSuspend, Keys: []string{"ctrl+z"}, Label: "shell.suspend", Quiet: true},
		kit.Binding{Intent: doQuit, Keys: []string{"q", "ctrl+c"}, Label: "shell.quit"},
	)
}

func (s *Shell) either(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

// press gives a key to whatever is in front: a panel, a text field, or bindings.
func (s *Shell) press(msg tea.KeyPressMsg) tea.Cmd {
	s.idle = 0
	k := kit.Fold(msg)
	switch k { // these work everywhere
	case "ctrl+c":
		return s.act(doQuit)
	case "ctrl+z":
		return tea.Suspend
	}
	if s.stopsKeyring(k) {
		s.stopKeyring()
		return nil
	}
	if cmd, ok := s.testing(k); ok {
		return cmd
	}
	if s.panel != nil {
		return s.panel.press(s, msg)
	}
	if s.typing() {
		if b, ok := kit.Match(s.bindings(), k); ok && (msg.Text == "" && k[0] == 'f' || s.spares(msg)) {
			return s.run(b)
		}
		return s.tell(s.top(), msg)
	}
	if b, ok := s.bound(k); ok {
		return s.run(b)
	}
	return nil
}

// bound finds what a stroke means here: what the page names in its footer comes
// first, then what the shell has, then the rest of the page's.
func (s *Shell) bound(k kit.Stroke) (kit.Binding, bool) {
	return s.among(s.top().page.Keys(), s.bindings(), k)
}

func (s *Shell) among(page, mine []kit.Binding, k kit.Stroke) (kit.Binding, bool) {
	b, ok := kit.Match(page, k)
	if ok && !b.Quiet && b.Off == "" && !s.urgent(mine, k) {
		return b, true
	}
	if own, found := kit.Match(mine, k); found {
		return own, true
	}
	return b, ok
}

// urgent says that a stroke answers what lies over the page: a running sync, a failure.
func (s *Shell) urgent(mine []kit.Binding, k kit.Stroke) bool {
	b, ok := kit.Match(mine, k)
	return ok && (b.Intent == doCancel || b.Intent == doDismiss)
}

// run carries out a binding, or says why it can't.
func (s *Shell) run(b kit.Binding) tea.Cmd {
	if b.Off != "" {
		return s.notice(kit.Notice{Level: kit.Warning, Text: s.env.Text.T(b.Off)})
	}
	if isOwn(b.Intent) {
		return s.act(b.Intent)
	}
	cmd := s.tell(s.top(), kit.Do{Intent: b.Intent})
	if b.Intent == kit.Retry && b.Quiet { // nothing failed: what is read may well look the same
		return tea.Batch(cmd, s.notice(kit.Notice{Level: kit.Warning, Text: s.env.Text.T("shell.reading_again")}))
	}
	return cmd
}

func isOwn(i kit.Intent) bool { return len(i) > 6 && i[:6] == "shell." }

func (s *Shell) typing() bool {
	t, ok := s.top().page.(kit.Typist)
	return ok && t.Typing()
}

// spares reports whether a field that has the keys has no use for one.
func (s *Shell) spares(msg tea.KeyPressMsg) bool {
	p, ok := s.top().page.(kit.Sparing)
	return ok && p.Spares(msg)
}

func (s *Shell) paste(msg tea.PasteMsg) tea.Cmd {
	s.idle = 0
	if s.panel != nil {
		return s.panel.paste(s, msg)
	}
	if s.typing() && !s.hiding() {
		return s.tell(s.top(), msg)
	}
	return nil
}

// hiding reports whether a secret is being typed.
func (s *Shell) hiding() bool {
	if s.panel != nil {
		_, ok := s.panel.(pinned)
		return ok && s.o.Unlock != nil
	}
	h, ok := s.top().page.(kit.Hider)
	return ok && h.Hiding()
}

// click goes to a tab in the header, or into the page's body.
func (s *Shell) click(m tea.Mouse) tea.Cmd {
	s.idle = 0
	if s.panel != nil || m.Button != tea.MouseLeft {
		return nil
	}
	if m.Y == 0 {
		tabs := s.tabs()
		spots, more := s.spots()
		on := func(x [2]int) bool { return m.X >= x[0] && m.X < x[1] }
		if i := slices.IndexFunc(spots, on); i >= 0 && i < len(tabs) {
			return s.root(tabs[i])
		}
		if on(more) {
			return s.act(doPalette)
		}
		return nil
	}
	g := s.geometry()
	if x, y := m.X, m.Y-g.y; x >= 0 && x < g.w && y >= 0 && y < g.h {
		return s.tell(s.top(), kit.Click{X: x, Y: y})
	}
	return nil
}

// wheelStep is how many lines one turn of the wheel moves, as in most programs.
const wheelStep = 3

func (s *Shell) wheel(m tea.Mouse) tea.Cmd {
	s.idle = 0
	to := kit.Down
	if m.Button == tea.MouseWheelUp {
		to = kit.Up
	}
	if s.panel != nil {
		s.panel.scroll(s, to)
		return nil
	}
	cmds := make([]tea.Cmd, 0, wheelStep)
	for range wheelStep {
		cmds = append(cmds, s.tell(s.top(), kit.Do{Intent: to}))
	}
	return tea.Batch(cmds...)
}
