package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/ui/kit"
)

// goodFor is how long good news and warnings stay: time to read a short
// sentence twice (WCAG 2.2, 2.2.1, asks that nothing which matters is timed:
// failures are not).
const goodFor = 5 * time.Second

// logLimit is how many failures the list keeps; older ones are of no use any more.
const logLimit = 50

// toast is one notice on the screen.
type toast struct {
	serial int
	level  kit.Level
	text   string
	mark   string // what support finds a failure by
	again  bool   // fetching failed: the key that tries again is named
}

// failed is a failure in the list.
type failed struct {
	at  time.Time
	err *fault.Error
}

// toasts holds what is shown and what went wrong. A timer clears only the toast
// that started it.
type toasts struct {
	serial int
	shown  []toast // the last one is drawn
	log    []failed
}

// Faded says that a toast's time is over.
type Faded struct{ Serial int }

// notice shows a toast: good news for a while, a failure until it is answered.
func (s *Shell) notice(n kit.Notice) tea.Cmd {
	t := &s.toasts
	t.serial++
	one := toast{serial: t.serial, level: n.Level, text: n.Text}
	if n.Level == kit.Failure {
		e := fault.From(n.Err)
		if e == nil {
			e = fault.New(fault.Internal)
		}
		s.list(e)
		one.mark = kit.Mark(e)
		if one.text == "" {
			one.text, _ = s.env.Fault(e)
		}
		t.shown = append(t.shown, one)
		return nil
	}
	t.shown = append(t.shown, one)
	return s.o.Clock.Tick(goodFor, tick(Faded{Serial: one.serial}))
}

// list lists a failure, and has one with an id written down; one that a page
// says as well as the shell stands there once.
func (s *Shell) list(e *fault.Error) {
	t := &s.toasts
	if n := len(t.log); n > 0 && t.log[n-1].err == e {
		return
	}
	if s.o.Failed != nil && e.Correlation != "" {
		s.o.Failed(s.top().maker.Name, e)
	}
	t.log = append(t.log, failed{s.env.Now, e})
	if n := len(t.log) - logLimit; n > 0 {
		t.log = t.log[n:]
	}
}

// remember lists what a page was refused, for whoever asks about it later. That
// the PIN is needed is no failure, nor what was left before it came.
func (s *Shell) remember(msg tea.Msg) {
	a, ok := msg.(interface{ Fault() *fault.Error })
	if !ok {
		return
	}
	if f := a.Fault(); f != nil && f.Code != fault.Canceled && !needsPIN(f) {
		s.list(f)
	}
}

func (t *toasts) fade(serial int) {
	for i, one := range t.shown {
		if one.serial == serial {
			t.shown = append(t.shown[:i:i], t.shown[i+1:]...)
			return
		}
	}
}

// current is the toast to draw: the newest, but a failure before anything else.
func (t *toasts) current() (toast, bool) {
	for i := len(t.shown) - 1; i >= 0; i-- {
		if t.shown[i].level == kit.Failure {
			return t.shown[i], true
		}
	}
	if len(t.shown) == 0 {
		return toast{}, false
	}
	return t.shown[len(t.shown)-1], true
}

// failed reports whether a failure waits for an answer.
func (t *toasts) failed() bool {
	one, ok := t.current()
	return ok && one.level == kit.Failure
}

// dismiss answers the failure that is shown.
func (t *toasts) dismiss() {
	if one, ok := t.current(); ok {
		t.fade(one.serial)
	}
}

// answered takes away all failures: the list of them was read.
func (t *toasts) answered() {
	for t.failed() {
		t.dismiss()
	}
}

// answers are the keys to name beside a toast, the fullest first.
func (s *Shell) answers(one toast) []string {
	if one.level != kit.Failure {
		return nil
	}
	answer := s.env.Text.T("shell.toast_answer")
	if !one.again {
		return []string{answer}
	}
	again, details := s.env.Text.T("shell.toast_again"), s.env.Text.T("shell.toast_details")
	return []string{again + "   " + answer, again + "   " + details, again}
}

// offerAgain names the key that tries again beside the newest toast.
func (t *toasts) offerAgain() {
	if n := len(t.shown); n > 0 {
		t.shown[n-1].again = true
	}
}

// marked is where the mark of a failure stands, uncut: the line of its text
// that it is behind, or the next one, which it has for itself; -1: it has no
// mark, or no room for it. alone is the room of a line without answers.
func (one *toast) marked(text []string, room, alone, most int) int {
	n, w := len(text), kit.Width(one.mark)
	switch {
	case w == 0 || n == 0:
	case kit.Width(text[n-1])+2+w <= room:
		return n - 1
	case n < most && w <= alone:
		return n
	}
	return -1
}

// draw is the toast's lines, most of them at most: a sentence is not worth less
// for being long, and what it names (a file, a command) stands at its end.
func (t *toasts) draw(s *Shell, w, most int) []string {
	one, ok := t.current()
	if !ok {
		return nil
	}
	th := s.env.Theme
	word, ink := s.env.Text.T("shell.toast_good"), th.Gain
	switch one.level {
	case kit.Warning:
		word, ink = s.env.Text.T("shell.toast_warning"), th.Warn
	case kit.Failure:
		word, ink = s.env.Text.T("shell.toast_failure"), th.Bad
	case kit.Good:
	}
	l := kit.NewLine(w).Put(ink, word).Skip(2)
	room, answer := l.Left(), ""
	for _, answer = range s.answers(one) {
		if room > 2*kit.Width(answer) {
			room -= kit.Width(answer) + 2
			break
		}
	}
	text := kit.Wrap(one.text, room)
	if len(text) > most {
		text = append(text[:most-1], kit.Cut(strings.Join(text[most-1:], " "), room))
	}
	alone, answered := l.Left(), len(text)-1
	marked := one.marked(text, room, alone, most)
	if marked == len(text) {
		text = append(text, "")
		if kit.Width(one.mark) <= room {
			answered++
		}
	}
	if answer != "" && room+2+kit.Width(answer) > alone { // no room beside it
		answer = ""
	}
	lines := make([]string, 0, max(len(text), 1))
	for i, part := range text {
		if i > 0 {
			l = kit.NewLine(w).Skip(kit.Width(word) + 2)
		}
		if l.Put(th.Text, part); i == marked {
			if part != "" {
				l.Skip(2)
			}
			l.Put(th.Quiet, one.mark)
		}
		if i == answered && answer != "" {
			l.End(th.Quiet, answer)
		}
		lines = append(lines, l.String())
	}
	return lines
}
