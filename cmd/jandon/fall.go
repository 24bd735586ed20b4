package main

import (
	"strings"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
)

// discreet lets a screen that fails say where, and not with what: Bubble Tea
// puts the terminal back and prints whatever value a panic had, which may be
// anything that was on the screen.
type discreet struct {
	tea.Model
	fall *fall
}

// fall keeps what can be told of the first failure after the screen is left.
// What Bubble Tea prints of commands that run beside others stands on the
// alternate screen, and goes with it.
type fall struct{ first atomic.Pointer[string] }

// Init begins.
func (d discreet) Init() tea.Cmd {
	defer d.fall.hush()
	return d.fall.quietly(d.Model.Init())
}

// Update takes a message.
func (d discreet) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	defer d.fall.hush()
	next, cmd := d.Model.Update(msg)
	return discreet{next, d.fall}, d.fall.quietly(cmd)
}

// View draws.
func (d discreet) View() tea.View {
	defer d.fall.hush()
	return d.Model.View()
}

// quietly is a command that fails as discreetly, and those that it leads to.
func (f *fall) quietly(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		defer f.hush()
		msg := cmd()
		if all, ok := msg.(tea.BatchMsg); ok {
			for i, one := range all {
				all[i] = f.quietly(one)
			}
		}
		return msg
	}
}

// hush goes on with a panic, whose stack stays, under a value that tells of a
// program and not of a person.
func (f *fall) hush() {
	v := recover()
	if v == nil {
		return
	}
	d := fault.Caught(v, ".discreet.", ".(*fall).")
	told := d.Error()
	f.first.CompareAndSwap(nil, &told)
	panic(d)
}

// tell is one line about the first failure; "" if there was none. model is
// asked for the page that was shown.
func (f *fall) tell(model tea.Model) string {
	told := f.first.Load()
	if told == nil {
		return ""
	}
	line := *told
	if d, ok := model.(interface{ Place() (string, bool) }); ok {
		page, _ := d.Place()
		line += " · " + page
	}
	name, commit := build()
	return strings.TrimSpace(line + " · " + name + " " + commit)
}
