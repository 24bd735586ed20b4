package client

import (
	"context"

	"jandon/keystore"
)

// UnlockK is Unlock without the PIN, which takes its time.
func (a *Account) UnlockK(ctx context.Context, k keystore.Secret) error {
	_, err := a.unlockWith(ctx, keystore.NewSecret(k.Copy()))
	return err
}
