package client

import (
	"context"
	"errors"

	"jandon/client/store"
	"jandon/internal/fault"
	"jandon/keystore"
)

// Connect tries a token on a platform, keeps it in the keyring with the store's
// key, and opens the account. Nothing is written before the platform has
// answered. Without a usable keyring the account lives in memory (Unkept):
// there is no other place for its key.
func Connect(ctx context.Context, s Settings, token keystore.Secret) (*Account, error) {
	base, _, err := CheckURL(s.URL)
	if err != nil {
		return nil, err
	}
	if s.ID == "" {
		s.ID = keystore.NewAccount()
	}
	if err := s.verify(ctx, token); err != nil {
		return nil, err
	}
	item, err := keystore.Load(ctx, s.Keys, s.ID)
	if err != nil { // an account that moves to another platform keeps its store: there may be files in it
		item = keystore.Item{StoreKey: keystore.RandomSecret(keystore.StoreKeyLen)}
	}
	item.Server, item.Token = base, token
	if err == nil || replaceable(err) {
		err = keystore.Save(ctx, s.Keys, s.ID, item)
	}
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return nil, fault.Wrap(ctx.Err(), fault.Canceled)
	case err != nil && fault.From(err).Code.Family() == fault.FamilyKeyring:
		return s.forget(ctx, item, err)
	case err != nil:
		return nil, err
	}
	a, err := s.open(ctx, item)
	if err != nil && fault.From(err).Code == fault.StoreKey {
		if err := s.setAside(); err != nil {
			return nil, err
		}
		a, err = s.open(ctx, item)
	}
	return a, err
}

func (s Settings) bearer(token Token) (*Client, error) {
	o := s.Options
	o.Token = token
	return New(o)
}

func (s Settings) verify(ctx context.Context, token keystore.Secret) error {
	open, err := s.bearer(nil) // the token is shown once there is a platform
	if err != nil {
		return err
	}
	defer open.Close()
	if _, err := open.Status(ctx); err != nil {
		return err
	}
	c, err := s.bearer(token)
	if err != nil {
		return err
	}
	defer c.Close()
	_, err = c.wallet(ctx, "")
	return err
}

func (s Settings) forget(ctx context.Context, item keystore.Item, why error) (*Account, error) {
	item.StoreKey.Wipe()
	c, err := s.client(item)
	if err != nil {
		return nil, err
	}
	kept, err := store.OpenMemory(ctx, s.Zone, s.Now)
	if err != nil {
		return nil, err
	}
	return s.account(c, kept, why), nil
}
