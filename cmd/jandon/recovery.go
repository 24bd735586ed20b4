package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"jandon/client"
	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/keystore"
)

// recovery makes a new sheet of recovery codes, for when the PIN path fails.
func (a *app) recovery() *cobra.Command {
	var d deed
	c := a.inside("recovery", "cli.recovery", 0, &d.pins, func(ctx context.Context, t *talk, open *client.Account, _ []string) error {
		sheet, made, err := open.NewRecoveryCodes(ctx)
		if err != nil {
			return err
		}
		defer func() {
			for _, code := range sheet {
				code.Wipe()
			}
		}()
		if err := a.grant(ctx, t, open, made, &d); err != nil {
			return err
		}
		t.say(t.text().T("cli.recovery.keep"))
		for _, code := range sheet { // shown this once; here is where they leave their closures
			if err := a.hand(code); err != nil {
				t.say(t.text().T("cli.recovery.lost"))
				return err
			}
		}
		return nil
	})
	d.pins.flag(c)
	c.Flags().BoolVar(&d.yes, "yes", false, "cli.flag.yes")
	return c
}

// grant confirms an act that moves trust; nothing comes of it unless it is done.
func (a *app) grant(ctx context.Context, t *talk, open *client.Account, made act.Act, d *deed) error {
	made, err := a.settled(ctx, t, open, made, d)
	if err == nil && made.State != act.Done {
		err = fault.New(fault.NotArrived, "state", a.text().T("acts.state."+string(made.State)))
	}
	return err
}

// hand writes a secret that a person is to keep elsewhere to standard output.
func (a *app) hand(s keystore.Secret) (err error) {
	s.Expose(func(b []byte) {
		line := fmt.Appendf(nil, "%s\n", b)
		err = all(a.out, line)
		clear(line)
	})
	return err
}
