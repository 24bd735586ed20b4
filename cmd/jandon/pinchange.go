package main

import (
	"github.com/spf13/cobra"

	"jandon/internal/fault"
)

// pinCommand holds what concerns the PIN.
func (a *app) pinCommand() *cobra.Command {
	c := a.command("pin", "cli.pin", 0, 0, func(cmd *cobra.Command, _ []string) error {
		return fault.New(fault.MissingArg, "name", cmd.CommandPath(), "want", "jandon pin change")
	})
	c.AddCommand(a.changePIN())
	return c
}

// changePIN takes a new PIN. It gets a new key from the platform, confirmed
// with the old one: one key hidden under two PINs would give both away.
func (a *app) changePIN() *cobra.Command {
	p := pins{}
	var newFD int
	c := a.command("change", "cli.pin.change", 0, 0, func(cmd *cobra.Command, _ []string) error {
		defer p.close()
		ctx, t := cmd.Context(), a.talk()
		open, err := a.bank(ctx, p.fd)
		if err != nil {
			return err
		}
		defer func() { _ = open.Close() }()
		old, err := p.next(ctx, t, "cli.pin.old")
		if err != nil {
			return err
		}
		defer old.Wipe()
		if _, err := open.Unlock(ctx, old); err != nil {
			return err
		}
		fresh := enrolling{pins: pins{fd: newFD}}
		defer fresh.pins.close()
		chosen, err := fresh.choosePIN(ctx, t)
		if err != nil {
			return err
		}
		defer chosen.Wipe()
		if err := open.ChangePIN(ctx, old, chosen); err != nil {
			return err
		}
		a.note(a.text().T("cli.pin.changed"))
		return nil
	})
	c.Flags().IntVar(&p.fd, "pin-fd", -1, "cli.flag.pin-fd")
	c.Flags().IntVar(&newFD, "new-pin-fd", -1, "cli.flag.new-pin-fd")
	return c
}
