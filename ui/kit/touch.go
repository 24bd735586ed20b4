package kit

import (
	"context"

	tea "charm.land/bubbletea/v2"
)

// Touch is what came of asking for a touch of the fingerprint reader: a word of
// the catalogue's lock.touch.
type Touch string

// The words that mean something here; all others only have a sentence.
const (
	touchFitsNot Touch = "no_match"
	touchSkipped Touch = "skipped" // the person would rather type the PIN at once
)

// touches is how often a finger may be tried; then the PIN is asked for alone.
const touches = 3

// Touched says what came of a touch.
type Touched struct {
	From  string
	Run   int
	Touch Touch
}

// Touching is the question for a touch that stands before a PIN. It opens
// nothing: whatever comes of it, the PIN is asked for next.
type Touching struct {
	Name  string // tells apart the questions
	Run   int    // of the last one
	tries int
	stop  context.CancelFunc
	came  Touch // of the last one; "" before
}

// Begin asks.
func (t *Touching) Begin(ctx context.Context, ask func(context.Context) Touch) tea.Cmd {
	t.end()
	ctx, t.stop = context.WithCancel(ctx)
	t.Run, t.tries = t.Run+1, t.tries+1
	name, run := t.Name, t.Run
	return func() tea.Msg { return Touched{name, run, ask(ctx)} }
}

func (t *Touching) end() {
	if t.stop != nil {
		t.stop()
	}
	t.stop = nil
}

// Take takes what came of a touch; over says that the PIN is next. A finger
// that was not recognised is asked for again, a few times.
func (t *Touching) Take(ctx context.Context, m Touched, ask func(context.Context) Touch) (again tea.Cmd, over bool) {
	if m.From != t.Name || m.Run != t.Run || t.stop == nil {
		return nil, false
	}
	t.came = m.Touch
	if m.Touch == touchFitsNot && t.tries < touches && ask != nil {
		return t.Begin(ctx, ask), false
	}
	t.end()
	return nil, true
}

// Skip goes on to the PIN without a touch.
func (t *Touching) Skip() {
	t.end()
	t.came = touchSkipped
}

// Reset forgets the question: the next PIN has one of its own.
func (t *Touching) Reset() {
	t.end()
	t.came, t.tries = "", 0
}

// Asking reports whether a touch is awaited; Begun whether one was, or is.
func (t *Touching) Asking() bool { return t.stop != nil }

// Begun reports whether a touch was asked for, or skipped, for this PIN.
func (t *Touching) Begun() bool { return t.stop != nil || t.tries > 0 || t.came != "" }

// Say is the question, or in one line what came of it; "" if there is nothing to say.
func (t *Touching) Say(e *Env) string {
	switch {
	case t.stop != nil && t.came == touchFitsNot:
		return e.Text.F("lock.touch.again", "N", t.tries, "Most", touches)
	case t.stop != nil:
		return e.Text.T("lock.touch.ask")
	case t.came == touchSkipped || !t.Begun():
		return ""
	case e.Text.Has("lock.touch." + string(t.came)):
		return e.Text.T("lock.touch." + string(t.came))
	}
	return e.Text.T("lock.touch.unknown")
}
