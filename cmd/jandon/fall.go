package main

import (
	"fmt"
	"runtime"

	tea "charm.land/bubbletea/v2"
)

// discreet lets a screen that fails say where, and not with what: Bubble Tea
// puts the terminal back and prints whatever value a panic had, which may be
// anything that was on the screen.
type discreet struct{ tea.Model }

// Init begins.
func (d discreet) Init() tea.Cmd {
	defer hush()
	return quietly(d.Model.Init())
}

// Update takes a message.
func (d discreet) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	defer hush()
	next, cmd := d.Model.Update(msg)
	return discreet{next}, quietly(cmd)
}

// View draws.
func (d discreet) View() tea.View {
	defer hush()
	return d.Model.View()
}

// quietly is a command that fails as discreetly, and those that it leads to.
func quietly(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		defer hush()
		msg := cmd()
		if all, ok := msg.(tea.BatchMsg); ok {
			for i, one := range all {
				all[i] = quietly(one)
			}
		}
		return msg
	}
}

// hush goes on with a panic, whose stack stays, under a value that tells of a
// program and not of a person.
func hush() {
	switch r := recover().(type) {
	case nil:
	case hushed:
		panic(r)
	case runtime.Error:
		panic(hushed(r.Error()))
	default:
		panic(hushed(fmt.Sprintf("a defect of type %T", r)))
	}
}

// hushed is what a panic may say.
type hushed string
