package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"jandon/internal/fault"
	"jandon/internal/history"
)

// bare is jandon without a command: the screens.
func (a *app) bare() *cobra.Command {
	var from origin
	c := a.command("jandon", "cli.root", 0, -1, nil)
	c.Run = func(cmd *cobra.Command, args []string) {
		a.verb = cmd.CommandPath()
		if len(args) > 0 {
			a.failed = strange(cmd, args[0])
			return
		}
		if a.failed = a.load(); a.failed == nil {
			a.failed = a.look(cmd.Context(), from)
		}
	}
	from.flags(c)
	a.tape.flags(c)
	return c
}

// demo is jandon on made-up data.
func (a *app) demo() *cobra.Command {
	var from origin
	c := a.command("demo", "cli.demo", 0, 0, func(cmd *cobra.Command, _ []string) error { return a.look(cmd.Context(), from) })
	c.Flags().StringVar(&from.demo, "scenario", "everyday", "cli.flag.scenario")
	c.Flags().StringVar(&from.at, "at", "", "cli.flag.at")
	c.Flags().BoolVar(&from.trial.slow, "slow", false, "cli.flag.slow")
	from.trial.flags(c)
	must(c.RegisterFlagCompletionFunc("scenario", scenarioNames))
	a.tape.flags(c)
	return c
}

// look opens the screens, or prints the same in lines for a screen reader.
func (a *app) look(ctx context.Context, from origin) error {
	keys, err := a.scriptOf(&from)
	if err != nil {
		return err
	}
	if _, err := from.trial.plan(); err != nil {
		return err
	}
	if !a.cfg.Plain {
		if err := a.needTerminal(); err != nil {
			return err
		}
	}
	if err := a.consent(ctx); err != nil {
		return err
	}
	s, err := a.open(ctx, from)
	if errors.Is(err, fault.New(fault.NoPlatform)) && !a.global.noInput && a.needTerminal() == nil {
		s, err = a.arrive(ctx)
	}
	if err != nil || s == nil {
		return err
	}
	_, asked := a.tty()
	if s.world != nil && (asked || !a.cfg.Plain) {
		if s, err = a.play(ctx, s, from); err != nil {
			return err
		}
	}
	defer s.shut()
	s.page, s.typed = from.page, keys
	if a.cfg.Plain && asked {
		return a.linear(ctx, s)
	}
	if a.cfg.Plain && from.page != "" {
		return fault.New(fault.NobodyAsked) // a walk asks at every step
	}
	if a.cfg.Plain {
		return a.lines(ctx, s)
	}
	return a.screens(ctx, s)
}

// play lets a demo be lived in: its clock runs on, and what is done in it is
// done to a copy.
func (a *app) play(ctx context.Context, s *source, from origin) (*source, error) {
	if s.asOf().IsZero() { // a moment's work, after which no screen has to say "nothing yet"
		a.note(a.text().F("cli.preparing", "Name", s.scenario))
		if err := a.settle(ctx, s, false); err != nil {
			s.shut()
			return nil, err
		}
	}
	if from.at != "" {
		s.clock = running(s.clock(), a.now)
	}
	if err := a.tried(s, from.trial); err != nil {
		s.shut()
		return nil, err
	}
	played, err := a.enliven(ctx, s)
	if err != nil {
		s.shut()
	}
	return played, err
}

// lines prints what Home shows: what is held and what this week cost.
func (a *app) lines(ctx context.Context, s *source) error {
	if err := a.settle(ctx, s, false); err != nil {
		return err
	}
	if !s.statement {
		w, err := s.Wallet(ctx)
		if err != nil {
			return err
		}
		if err := a.printBalance(s, w); err != nil {
			return err
		}
		a.note("")
	}
	span, err := s.Span(ctx)
	if err != nil {
		return err
	}
	week := history.WeekOf(history.DayOf(s.clock(), a.cfg.Zone))
	if s.statement {
		week = history.WeekOf(span.Last)
	}
	weeks, err := stretches(ctx, s, week.Monday, week.Sunday(), history.ByCategory)
	if err != nil {
		return err
	}
	return a.printHistory(s, weeks, span, history.ByCategory, func(s string) string { return s })
}
