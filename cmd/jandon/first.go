package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"jandon/internal/fault"
)

// first asks, where nothing is connected yet, what a person would like: the
// demo, a platform, or a statement. What goes wrong is said and asked again.
// A nil source without an error means that the person left.
func (a *app) first(ctx context.Context) (*source, error) {
	t := a.text()
	in := bufio.NewReader(a.in)
	ask := func(id string) (string, error) { return a.ask(ctx, in, id) }
	fmt.Fprintln(a.err)
	a.talk().say(t.T("cli.first.hello"))
	fmt.Fprintln(a.err, "\n"+t.T("cli.first.title"))
	for _, id := range []string{"cli.first.demo", "cli.first.connect", "cli.first.import", "cli.first.quit"} {
		fmt.Fprintln(a.err, "  "+t.T(id))
	}
	fmt.Fprintln(a.err)
	for ctx.Err() == nil {
		answer, err := ask("cli.first.choose")
		if err != nil {
			return nil, gone(err)
		}
		var s *source
		switch strings.ToLower(answer) {
		case "1":
			if s, err = a.open(ctx, origin{demo: "everyday"}); err == nil {
				err = a.settle(ctx, s, false)
			}
		case "2":
			s, err = a.meet(ctx)
			if errors.Is(err, errQuit) {
				return nil, nil
			}
			if s == nil && err == nil { // thought better of it
				continue
			}
		case "3":
			var file string
			if file, err = ask("cli.first.file"); err != nil {
				return nil, gone(err)
			}
			if file == "" {
				continue
			}
			s, err = a.bring(ctx, ask, file)
			if errors.Is(err, io.EOF) {
				return nil, nil
			}
		case "q", "ㅂ":
			return nil, nil
		default:
			fmt.Fprintln(a.err, t.T("cli.first.again"))
			continue
		}
		if err == nil {
			return s, nil
		}
		say, hint := a.explain(fault.From(err))
		a.note(say)
		a.note(hint)
	}
	return nil, fault.Wrap(ctx.Err(), fault.Canceled)
}

// arrive goes on with a registration that was left. If it is not there, or is
// given up or left again, it asks what a person would like.
func (a *app) arrive(ctx context.Context) (*source, error) {
	_, drafted := a.drafted()
	if a.cfg.Enrolling != "" || drafted {
		s, err := a.meet(ctx)
		if errors.Is(err, errQuit) {
			return nil, nil
		}
		if err != nil || s != nil {
			return s, err
		}
	}
	return a.first(ctx)
}

// meet registers this device with a platform and opens it; nil: the person left.
func (a *app) meet(ctx context.Context) (*source, error) {
	open, address, err := a.onboard(ctx)
	if err != nil || open == nil {
		return nil, err
	}
	return sourceOf(open, hostOf(address), nil), nil
}

// gone is nil if the input ended: a person who closes it wants to leave.
func gone(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
