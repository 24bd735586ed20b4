package main

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/internal/scenario"
	"jandon/ui"
	"jandon/ui/kit"
	"jandon/ui/script"
)

// scriptOf is what a scenario types; nil if it was not asked to. The demo then is
// at the time of the keys, unless another was given.
func (a *app) scriptOf(o *origin) (*script.Script, error) {
	if !o.trial.slow {
		return nil, nil
	}
	if a.cfg.Plain {
		return nil, fault.New(fault.Together, "name", "--slow", "value", "--plain")
	}
	file, err := scenario.Open(o.demo)
	if err != nil {
		return nil, err
	}
	part, ok := file.Part("keys")
	if !ok {
		return nil, file.Wrong("", 1, "keys", "", "the scenario has no file keys, so there is nothing to type")
	}
	keys, err := script.Parse(part)
	var wrong *script.Error
	if errors.As(err, &wrong) {
		return nil, file.Wrong("keys", wrong.Line, wrong.Word, wrong.Near(), wrong.Detail)
	}
	if err == nil && o.at == "" {
		o.at = keys.At.Format(time.RFC3339)
	}
	return keys, err
}

// typist types a script into a running program until somebody else does.
type typist struct {
	keys *script.Script
	done chan struct{} // closed when a person took over
}

func newTypist(keys *script.Script) *typist { return &typist{keys, make(chan struct{})} }

// How fast it types, so that one sees what each key does.
const (
	perKey   = 400 * time.Millisecond
	perFrame = 1500 * time.Millisecond // where a test would compare the screen, one looks
)

// typed marks what a script sent, so that it is told from what a person did.
type typed struct{ msg tea.Msg }

// filter lets a script's keys through until a person presses one.
func (t *typist) filter(msg tea.Msg) tea.Msg {
	switch m := msg.(type) {
	case typed:
		if t.over() {
			return nil
		}
		return m.msg
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg, tea.MouseWheelMsg:
		if !t.over() {
			close(t.done)
		}
	}
	return msg
}

func (t *typist) over() bool {
	select {
	case <-t.done:
		return true
	default:
		return false
	}
}

// play types into a program. It ends with the script, the program, or when a
// person takes over.
func (t *typist) play(ctx context.Context, p *tea.Program) {
	s := stage{t, ctx, p}
	s.rest(perFrame)
	t.keys.Play(s, func(string) { s.rest(perFrame) })
}

// stage is a running program that a script is played on.
type stage struct {
	*typist
	ctx     context.Context //nolint:containedctx // of one play
	program *tea.Program
}

// Send types a key. The window is the person's: it keeps its size.
func (s stage) Send(msg tea.Msg) {
	if _, size := msg.(tea.WindowSizeMsg); size {
		return
	}
	if s.rest(perKey) {
		s.program.Send(typed{msg})
	}
}

// Wait lets the screen be looked at: the demo's clock goes on by itself.
func (s stage) Wait(d time.Duration) { s.rest(min(d, 2*perFrame)) }

// rest waits; false if there is nothing more to type.
func (s stage) rest(d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-s.done:
	case <-s.ctx.Done():
	}
	return false
}

// typing tells the person that it isn't they who type.
func (a *app) typing(o *ui.Options) {
	o.Notices = append(o.Notices, kit.Notice{Level: kit.Good, Text: a.text().T("cli.demo.typing")})
}
