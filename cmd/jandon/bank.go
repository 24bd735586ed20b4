package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"jandon/client"
	"jandon/internal/fault"
	"jandon/keystore"
)

// bank opens the account of this device for what has to be confirmed: it wants
// somebody at the terminal, or a PIN from a descriptor, before anything else.
func (a *app) bank(ctx context.Context, fd int) (*client.Account, error) {
	if _, someone := a.tty(); !someone && fd < 0 {
		return nil, fault.New(fault.NoSecret, "what", a.text().T("cli.pin.what"))
	}
	if a.cfg.URL == "" || a.cfg.Account == "" {
		return nil, fault.New(fault.NoPlatform)
	}
	return client.Open(ctx, a.settings(a.cfg.URL, a.cfg.Account))
}

// unlocked opens the account and a session that may act.
func (a *app) unlocked(ctx context.Context, t *talk, p *pins) (*client.Account, error) {
	open, err := a.bank(ctx, p.fd)
	if err != nil {
		return nil, err
	}
	if err := p.unlock(ctx, t, open); err != nil {
		return nil, errors.Join(err, open.Close())
	}
	return open, nil
}

// pins is where PINs come from: typed unseen each time, or one from a descriptor.
type pins struct {
	fd   int // --pin-fd; -1: typed
	held keystore.Secret
}

func (p *pins) flag(c *cobra.Command) { c.Flags().IntVar(&p.fd, "pin-fd", -1, "cli.flag.pin-fd") }

// next is a PIN for one purpose, which the caller wipes. A person types it anew.
func (p *pins) next(ctx context.Context, t *talk, question string) (keystore.Secret, error) {
	if p.fd < 0 {
		return t.hidden(ctx, t.text().T(question), t.text().T("cli.pin.what"))
	}
	if p.held.Len() == 0 {
		held, err := t.secretFD(ctx, p.fd, t.text().T("cli.pin.what"))
		if err != nil {
			return keystore.Secret{}, err
		}
		p.held = held
	}
	return keystore.NewSecret(p.held.Copy()), nil
}

// mostPINs is how often a person may type a PIN at one command; the platform
// counts on, and pauses the device at the fifth wrong one in a row.
const mostPINs = 3

// unlock opens a session that may act. Whether a PIN is right only the
// platform can say.
func (p *pins) unlock(ctx context.Context, t *talk, open *client.Account) error {
	for tries := 1; ; tries++ {
		pin, err := p.next(ctx, t, "cli.pin.unlock")
		if err != nil {
			return err
		}
		_, err = open.Unlock(ctx, pin)
		pin.Wipe()
		if !again(err) || p.fd >= 0 || tries >= mostPINs {
			return err
		}
		say, hint := t.explain(fault.From(err))
		t.say(say, hint)
	}
}

// again reports whether a PIN may have been mistyped.
func again(err error) bool {
	return errors.Is(err, fault.New(fault.WrongCode)) || errors.Is(err, fault.New(fault.BadPIN))
}

// close wipes what was read.
func (p *pins) close() { p.held.Wipe() }
