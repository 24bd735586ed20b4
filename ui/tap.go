package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/ui/kit"
)

// Recorder writes down what reaches the screens, so that it can be fed to a
// shell again. The shell calls it from its own goroutine, End from another one.
type Recorder interface {
	// Where is the file that a recording goes to, for the consent.
	Where() string
	// KeepsAmounts reports whether amounts stay as they are, for the consent.
	KeepsAmounts() bool
	// Begin begins a recording of a shell that starts now with these options.
	Begin(o Options, at time.Time) error
	// Take takes a message before it is handled. An error ends the recording.
	Take(t Tapped) error
	// End ends the file; without a recording it does nothing.
	End() error
}

// Tapped is a message and what the shell knows of the moment. Digits of a
// secret field stand in Msg: a recorder writes that there was one, not which.
type Tapped struct {
	Msg    tea.Msg
	Visit  int       // whom it is for; 0: the shell
	Rung   time.Time // of what a page waited for: when that was over; else zero
	At     time.Time // the instant that the shell handles it at
	Moment Moment    // of key presses and pastes
	Page   string    // that is on the screen
	Worked []any     // what pages worked out (kit.Work) since the message before, in order
}

// Moment says what a key press or a paste is.
type Moment uint8

// The moments, from what says least about a person to what says most.
const (
	Nothing Moment = iota // it means nothing here
	Command               // it has a meaning of its own: a key of a binding, a letter in the palette
	Vain                  // it is text in the palette, which finds nothing with it
	Typed                 // it is text in a field
	Secret                // it may be a digit of a secret
	Code                  // it may be a digit or a letter of a secret
)

// Carried is what a shell goes on with that takes the place of another one, so
// that what was under way for the old one is not taken for its own.
type Carried struct {
	Visits, Toasts, Syncs, Unlocks, Touches int // serials that were given out

	Hidden bool
	Moved  Moved // how a tester's clock goes
	Asks   bool  // the keyring's window has to be answered
}

// Mail is the message that a visit's command brought, to feed to a shell again.
// Rung is as in Tapped.
func Mail(visit int, msg tea.Msg, rung time.Time) tea.Msg { return mail{visit, msg, rung} }

// tap is what is to be written of a message; false if nothing is. What changes
// nothing is left out.
func (s *Shell) tap(msg tea.Msg) (t Tapped, ok bool) {
	if !s.recording {
		return t, false
	}
	t = Tapped{Msg: msg, At: s.instant, Page: s.top().maker.Name}
	switch m := msg.(type) {
	case mail:
		switch m.msg.(type) {
		case tea.BatchMsg, kit.Wait:
			return t, false
		}
		t.Msg, t.Visit, t.Rung = m.msg, m.visit, m.at
	case tea.KeyPressMsg:
		t.Moment = s.moment(m)
	case tea.PasteMsg:
		t.Moment = s.pasted(m)
	}
	return t, true
}

// taped handles a message and has it written down with what pages worked out
// of it: also one at which a page falls, for that is the one to look at.
func (s *Shell) taped(t Tapped, msg tea.Msg) (cmd tea.Cmd) {
	var err error
	defer func() {
		if err != nil {
			cmd = tea.Batch(s.unrecorded(err), cmd)
		}
	}()
	defer func() {
		t.Worked, s.worked = s.worked, nil
		err = s.o.Recorder.Take(t)
	}()
	_, cmd = s.handle(msg)
	return cmd
}

// work carries out what a page works out and remembers it for the recording.
func (s *Shell) work(do func() any) any {
	out := do()
	if s.recording {
		s.worked = append(s.worked, out)
	}
	return out
}

// moment says what a key press is before it is handled.
func (s *Shell) moment(msg tea.KeyPressMsg) Moment {
	k := kit.Fold(msg)
	if k == "ctrl+c" || k == "ctrl+z" || s.stopsKeyring(k) {
		return Command
	}
	if s.panel != nil {
		return s.inPanel(msg, k)
	}
	if !s.typing() {
		if _, ok := s.bound(k); ok {
			return Command
		}
		return Nothing
	}
	if s.hiding() || s.asking() {
		return Secret
	}
	if p, ok := s.top().page.(kit.Sparing); ok && msg.Text != "" {
		_, bound := kit.Match(s.top().page.Keys(), k)
		if !bound && p.Spares(msg) {
			if _, bound = kit.Match(s.bindings(), k); !bound {
				return Nothing
			}
		}
		if bound {
			return Command
		}
	}
	return Typed
}

func (s *Shell) inPanel(msg tea.KeyPressMsg, k kit.Stroke) Moment {
	switch p := s.panel.(type) {
	case *paletteList:
		if msg.Text == "" || p.finds(msg) {
			return Command
		}
		return Vain
	case pinned:
		switch {
		case s.o.Unlock == nil:
		case p.pad().field.Way().Lettered():
			return Code
		default:
			return Secret
		}
	}
	if msg.Text == "" || k == "q" || k == "?" || k == "j" || k == "k" || k == "space" {
		return Command
	}
	return Nothing
}

// pasted says what a paste is before it is handled.
func (s *Shell) pasted(msg tea.PasteMsg) Moment {
	if p, ok := s.panel.(*paletteList); ok && p.finds(msg) {
		return Command
	}
	_, palette := s.panel.(*paletteList)
	switch {
	case palette:
		return Vain
	case s.panel == nil && s.typing() && !s.hiding():
		return Typed
	case s.hiding():
		return Secret
	}
	return Nothing
}

// Meaning is the catalogue id of what a key would do now; "" if nothing, or if it is typed.
func (s *Shell) Meaning(msg tea.KeyPressMsg) string {
	if s.stopsKeyring(kit.Fold(msg)) {
		return "shell.cancel"
	}
	if s.panel != nil || s.typing() {
		return ""
	}
	b, _ := s.bound(kit.Fold(msg))
	return b.Label
}

// Place names the screen that is shown: the page, and whether something lies in front of it.
func (s *Shell) Place() (page string, covered bool) { return s.top().maker.Name, s.panel != nil }

// Printer is the language that the shell speaks now.
func (s *Shell) Lang() string { return s.env.Text.Lang() }
