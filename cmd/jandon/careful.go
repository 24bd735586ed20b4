package main

import (
	"context"

	"github.com/spf13/cobra"

	"jandon/client"
	"jandon/internal/act"
	"jandon/internal/fault"
)

// pause stops everything that moves value at once. It asks for nothing: whoever
// has the device may stop it.
func (a *app) pauseAll() *cobra.Command {
	var asJSON bool
	c := a.command("pause", "cli.limits.pause", 0, 0, func(cmd *cobra.Command, _ []string) error {
		s, _, err := a.inquire(cmd.Context(), origin{})
		if err != nil {
			return err
		}
		defer s.shut()
		open, err := s.bank(cmd.Context())
		if err != nil {
			return err
		}
		l, err := open.Pause(cmd.Context())
		if err != nil {
			return err
		}
		if asJSON {
			return a.printJSON(limitsOf(l, a.cfg.Zone))
		}
		return a.printLimits(s, l)
	})
	c.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	return c
}

// resume asks to go on before the pause ends.
func (a *app) resume() *cobra.Command {
	return a.careful("resume", "cli.limits.resume", 0, func(ctx context.Context, open *client.Account, _ []string) (act.Act, error) {
		return open.Resume(ctx)
	})
}

// level says how careful the platform is to be beyond its floor.
func (a *app) level() *cobra.Command {
	c := a.careful("level LEVEL", "cli.limits.level", 1, func(ctx context.Context, open *client.Account, args []string) (act.Act, error) {
		l := act.Level(args[0])
		switch l {
		case act.LevelStandard, act.LevelCareful, act.LevelStrict:
			return open.SetLevel(ctx, l)
		}
		return act.Act{}, fault.New(fault.BadFlag, "name", "LEVEL", "value", args[0], "want", "standard | careful | strict")
	})
	c.ValidArgs = []string{string(act.LevelStandard), string(act.LevelCareful), string(act.LevelStrict)}
	return c
}

// tellLimits says what holds from now on.
func (a *app) tellLimits(ctx context.Context, open *client.Account, asJSON bool) error {
	l, err := open.Limits(ctx)
	if err != nil {
		return err
	}
	if asJSON {
		return a.printJSON(limitsOf(l, a.cfg.Zone))
	}
	return a.printLimits(sourceOf(open, hostOf(a.cfg.URL), nil), l)
}

// careful is a command that begins an act, or finds one, and confirms it. What
// needs no confirmation is done at once, and the limits say so.
func (a *app) careful(use, id string, args int, begin func(context.Context, *client.Account, []string) (act.Act, error)) *cobra.Command {
	var d deed
	c := a.inside(use, id, args, &d.pins, func(ctx context.Context, t *talk, open *client.Account, args []string) error {
		made, err := begin(ctx, open, args)
		if err != nil {
			return err
		}
		if made.ID == "" {
			return a.tellLimits(ctx, open, d.asJSON)
		}
		return a.carry(ctx, t, open, made, &d)
	})
	d.flags(c)
	return c
}
