package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"

	"jandon/internal/fault"
	"jandon/internal/safe"
	"jandon/ui/kit"
)

// fail tells the person what went wrong and what to do next, on standard
// error, and returns the exit status of the fault's family.
func (a *app) fail(args []string) int {
	if a.failed == nil || errors.Is(a.failed, syscall.EPIPE) { // `jandon search x | head` is no failure
		return 0
	}
	f := a.named(a.failed)
	a.logFailure(a.verb, f)
	f = kit.Stopped(f)
	if a.cfg == nil && a.words == nil {
		a.words = a.roughWords(args)
	}
	say, hint := a.explain(f)
	w := &colorprofile.Writer{Forward: a.err, Profile: a.profile(a.err)}
	bad, quiet := lipgloss.NewStyle().Bold(true).Foreground(lipgloss.Red), lipgloss.NewStyle().Faint(true)
	fmt.Fprintf(w, "%s %s\n", bad.Render("jandon:"), say)
	if hint != "" {
		fmt.Fprintf(w, "        %s\n", hint)
	}
	fmt.Fprintf(w, "        %s\n", quiet.Render("["+safe.Text(cmp.Or(kit.Mark(f), string(f.Code)))+"]"))
	if a.env("JANDON_DEBUG") != "" {
		fmt.Fprintf(a.err, "        %s\n", safe.Text(f.Error()))
	}
	return f.Code.Family().Exit()
}

// broke ends a run that a panic went through: Go alone would print its value,
// which may be anything of the person, and the stacks of all that runs.
func (a *app) broke(d fault.Defect, args []string) int {
	a.failed = fault.Wrap(d, fault.Internal)
	status := a.fail(args)
	name, commit := build()
	a.note(a.text().F("cli.fell", "Where", strings.TrimSpace(d.Error()+" · "+name+" "+commit)))
	return status
}

// explain is what to say of a fault and what a person can do.
func (a *app) explain(f *fault.Error) (say, hint string) {
	if a.cfg != nil {
		f = kit.Readable(f, a.style().Format, func(at time.Time) string { return a.text().Moment(at, a.cfg.Zone) })
	}
	say, hint = a.text().Fault(f)
	return safe.Text(say), safe.Text(hint)
}

// usage makes a fault of what cobra says, which is always about the command line.
func usage(err error) error {
	if err == nil {
		return nil
	}
	var f *fault.Error
	if errors.As(err, &f) {
		return err
	}
	return fault.Wrap(err, fault.BadUsage, "detail", err.Error())
}

// note writes a line for the person, where it is not in the way of data.
func (a *app) note(line string) { fmt.Fprintln(a.err, safe.Text(line)) }

// all writes to w and turns what went wrong into a fault.
func all(w io.Writer, data []byte) error {
	if _, err := w.Write(data); err != nil {
		if errors.Is(err, syscall.ENOSPC) {
			return fault.Wrap(err, fault.NoSpace, "file", "stdout")
		}
		return fault.Wrap(err, fault.Internal)
	}
	return nil
}
