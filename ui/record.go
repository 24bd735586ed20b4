package ui

import (
	"charm.land/bubbles/v2/viewport"
	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/ui/kit"
)

// Recorded says that a recording was ended.
type Recorded struct {
	File string
	Err  *fault.Error
}

// consenting is the panel that says what a recording keeps before it begins.
// Only y begins it.
type consenting struct{ reading }

func newConsent(s *Shell) panel {
	c := &consenting{}
	c.view = viewport.New()
	c.text = func(s *Shell, w int) []string {
		t, p := s.env.Theme, s.env.Text
		lines := []string{t.Strong.Render(kit.Cut(p.T("recording.title"), w)), ""}
		amounts := "recording.amounts"
		if s.o.Recorder.KeepsAmounts() {
			amounts = "recording.amounts_kept"
		}
		for _, id := range [...]string{"recording.keeps", "recording.replaces", amounts, "recording.leaves", "recording.anew"} {
			for n, line := range kit.Wrap(p.T(id), min(w, 72)-2) {
				mark := "  "
				if n == 0 {
					mark = "· "
				}
				lines = append(lines, t.Text.Render(mark+line))
			}
		}
		lines = append(lines, "", t.Quiet.Render(kit.Cut(p.T("recording.where"), w)))
		for _, line := range kit.Wrap(s.o.Recorder.Where(), min(w, 72)) {
			lines = append(lines, t.Text.Render(line))
		}
		return append(lines, "", t.Strong.Render(kit.Cut(p.T("recording.ask"), w)))
	}
	return c
}

func (c *consenting) keys() []kit.Binding {
	list := []kit.Binding{{Keys: []string{"y"}, Label: "recording.yes"}, {Keys: []string{"n"}, Show: "n Esc", Label: "recording.no"}}
	if !c.view.AtTop() || !c.view.AtBottom() {
		list = append(list, closing[0])
	}
	return list
}

func (c *consenting) press(s *Shell, msg tea.KeyPressMsg) tea.Cmd {
	switch kit.Fold(msg) {
	case "y":
		s.panel = nil
		return s.anew()
	case "n", "q", "esc", "enter":
		s.panel = nil
		s.layout()
		return nil
	}
	return c.reading.press(s, msg)
}

// toggle asks for consent to record, or ends the recording.
func (s *Shell) toggle() tea.Cmd {
	if !s.recording {
		s.panel = newConsent(s)
		return nil
	}
	s.recording = false
	return s.finish(nil)
}

// finish ends the file, which may take a while.
func (s *Shell) finish(why error) tea.Cmd {
	end, file, ctx := s.o.Recorder.End, s.o.Recorder.Where(), fault.Anew(s.ctx())
	return func() tea.Msg {
		err := end()
		if why != nil {
			err = why
		}
		return Recorded{file, fault.In(ctx, err)}
	}
}

// unrecorded goes on without a recording that can't be written any more.
func (s *Shell) unrecorded(err error) tea.Cmd {
	s.recording = false
	return s.finish(err)
}

// onRecorded says what became of a recording.
func (s *Shell) onRecorded(m Recorded) tea.Cmd {
	if m.Err != nil {
		return s.notice(kit.Notice{Level: kit.Failure, Err: m.Err})
	}
	return s.notice(kit.Notice{Text: s.env.Text.F("recording.saved", "File", m.File)})
}

// begin begins the recording of this shell, whose pages are not made yet.
func (s *Shell) begin() tea.Cmd {
	if err := s.o.Recorder.Begin(s.o, s.instant); err != nil {
		return s.notice(kit.Notice{Level: kit.Failure, Err: fault.In(fault.Anew(s.ctx()), err)})
	}
	s.recording = true
	return nil
}

// anew takes this shell's place with one that is recorded from its first
// frame: a file that began in the middle would know nothing of what is shown.
func (s *Shell) anew() tea.Cmd {
	o := s.o
	o.Record, o.Notices, o.Fresh, o.Lang = true, nil, s.fresh, s.env.Text.Lang()
	o.Start = kit.Visit{Page: s.top().maker.Name, Arg: s.top().arg}
	o.Theme = s.either(s.dark, "dark", "light")
	o.From = Carried{Visits: s.serial, Toasts: s.toasts.serial, Syncs: s.sync.run, Unlocks: s.unlocking, Touches: s.touch.Run, Hidden: s.env.Hidden, Moved: s.moved, Asks: s.asks}
	next, err := New(o)
	if err == nil {
		err = o.Recorder.Begin(o, next.instant)
	}
	if err != nil {
		s.layout()
		return s.notice(kit.Notice{Level: kit.Failure, Err: fault.In(fault.Anew(s.ctx()), err)})
	}
	w, h, profile := s.w, s.h, s.profile
	s.closeAll()
	*s = *next
	s.recording, s.env.Work = true, s.work
	cmds := []tea.Cmd{s.Init()}
	for _, msg := range [...]tea.Msg{tea.ColorProfileMsg{Profile: profile}, tea.WindowSizeMsg{Width: w, Height: h}} {
		_, cmd := s.Update(msg)
		cmds = append(cmds, cmd)
	}
	return tea.Batch(cmds...)
}
