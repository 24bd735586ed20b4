package main

import (
	"context"
	"errors"

	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/cobra"

	"jandon/client"
	"jandon/internal/fault"
	"jandon/keystore"
)

// authenticator sets up an authenticator app, whose codes open a session when
// the PIN path fails. They confirm no more than small acts.
func (a *app) authenticator() *cobra.Command {
	var d deed
	codeFD := -1
	c := a.inside("authenticator", "cli.authenticator", 0, &d.pins, func(ctx context.Context, t *talk, open *client.Account, _ []string) error {
		made, err := open.AddAuthenticator(ctx)
		if err != nil {
			return err
		}
		if err := a.grant(ctx, t, open, made, &d); err != nil {
			return err
		}
		uri, err := open.AuthenticatorURI(ctx, made.ID)
		if err != nil {
			return err
		}
		defer uri.Wipe()
		if err := a.show(t, uri); err != nil {
			return err
		}
		if err := a.firstCode(ctx, t, open, codeFD); err != nil {
			return err
		}
		t.say(t.text().T("cli.authenticator.done"))
		return nil
	})
	d.pins.flag(c)
	c.Flags().BoolVar(&d.yes, "yes", false, "cli.flag.yes")
	c.Flags().IntVar(&codeFD, "code-fd", -1, "cli.flag.app-code-fd")
	return c
}

// show draws the key for the app's camera, or hands it to whoever reads the output.
func (a *app) show(t *talk, uri keystore.Secret) error {
	if _, _, ok := terminal(a.out); !ok {
		return a.hand(uri)
	}
	drawn, err := qrCode(uri)
	if err != nil {
		return err
	}
	defer clear(drawn)
	t.say(t.text().T("cli.authenticator.scan"))
	return all(&colorprofile.Writer{Forward: a.out, Profile: a.profile(a.out)}, drawn)
}

// firstCode shows the platform that the app is set up.
func (a *app) firstCode(ctx context.Context, t *talk, open *client.Account, fd int) error {
	what := sought{"cli.authenticator.what", "--code-fd"}
	for tries := 1; ; tries++ {
		var code keystore.Secret
		var err error
		if fd >= 0 {
			code, err = t.secretFD(ctx, fd, what)
		} else {
			code, err = t.hidden(ctx, t.text().T("cli.authenticator.code"), what)
		}
		if err != nil {
			return err
		}
		err = open.CheckAuthenticator(ctx, code)
		code.Wipe()
		if !errors.Is(err, fault.New(fault.WrongCode)) || fd >= 0 || tries >= mostPINs {
			return err
		}
		say, hint := t.explain(fault.From(err))
		t.say(say, hint)
	}
}
