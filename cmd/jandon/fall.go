package main

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"
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
	var what hushed
	switch r := recover().(type) {
	case nil:
		return
	case hushed:
		what = r
	case runtime.Error:
		what = hushed(r.Error())
	default:
		what = hushed(fmt.Sprintf("a defect of type %T", r))
	}
	told := string(what) + places()
	f.first.CompareAndSwap(nil, &told)
	panic(what)
}

// places are the functions of this program that a panic came through, the
// innermost first, by file and line: no values, no directories.
func places() string {
	var at [64]uintptr
	frames := runtime.CallersFrames(at[:runtime.Callers(3, at[:])])
	var b strings.Builder
	for n := 0; n < 4; {
		one, more := frames.Next()
		name, ours := strings.CutPrefix(one.Function, "jandon/")
		if (ours || strings.HasPrefix(one.Function, "main.")) && !strings.Contains(one.Function, ".discreet.") && !strings.Contains(one.Function, ".(*fall).") {
			fmt.Fprintf(&b, " · %s %s:%d", name, filepath.Base(one.File), one.Line)
			n++
		}
		if !more {
			break
		}
	}
	return b.String()
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

// hushed is what a panic may say.
type hushed string
