package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"jandon/client"
	"jandon/config"
	"jandon/internal/fault"
	"jandon/keystore"
)

// connect takes a reading token, tries it, and keeps it in the keyring.
func (a *app) connect() *cobra.Command {
	var fd int
	c := a.command("connect URL", "cli.connect", 1, 1, func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		if _, _, err := client.CheckURL(args[0]); err != nil {
			return err
		}
		err := a.keyring(nil).State(ctx).Fault()
		if err != nil && !errors.Is(err, fault.New(fault.KeyringLocked)) {
			return err // before anybody types a secret that could not be kept
		}
		open, err := a.join(ctx, args[0], fd)
		if err != nil {
			return err
		}
		defer func() { _ = open.Close() }()
		if open.Unkept != nil {
			return open.Unkept
		}
		if _, err := open.Sync(ctx, func(int, int) {}); err != nil {
			return err
		}
		state, err := open.State(ctx)
		if err != nil {
			return err
		}
		a.note(a.text().F("cli.connect.done", "URL", args[0], "Lines", a.text().N("cli.lines", state.Lines)))
		return nil
	})
	c.Flags().IntVar(&fd, "token-fd", -1, "cli.flag.token-fd")
	return c
}

// join asks for a token, opens the account that it reads, and remembers it.
// Where there is no keyring the account lives as long as this run (Unkept).
func (a *app) join(ctx context.Context, address string, fd int) (*client.Account, error) {
	if _, _, err := client.CheckURL(address); err != nil {
		return nil, err
	}
	what := a.text().T("cli.connect.secret")
	var token keystore.Secret
	var err error
	if fd >= 0 {
		token, err = a.secretFD(ctx, fd, what)
	} else {
		token, err = a.talk().hidden(ctx, a.text().T("cli.connect.token"), what)
	}
	if err != nil {
		return nil, err
	}
	id := a.cfg.Account // another platform takes the store over, since there may be files in it
	if id == "" && client.HasFiles(a.cfg.Paths.Data) {
		id = client.FilesID
	}
	open, err := client.Connect(ctx, a.settings(address, id), token)
	if err != nil {
		return nil, err
	}
	if open.Unkept == nil {
		err = config.Change(a.cfg.Paths.File, map[string]string{"platform.url": address, "platform.account": open.ID})
	}
	if err != nil {
		return nil, errors.Join(err, open.Close())
	}
	return open, nil
}
