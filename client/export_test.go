package client

import (
	"context"
	"time"

	"jandon/keystore"
)

// There is the platform's time as it is known here.
func (a *Account) There() time.Time { return a.Client.clock.Now() }

// UnlockK is Unlock without the PIN, which takes its time.
func (a *Account) UnlockK(ctx context.Context, k keystore.Secret) error {
	_, err := a.unlockWith(ctx, keystore.NewSecret(k.Copy()))
	return err
}

// KeptK is how much of K is in memory, locked or not.
func (a *Account) KeptK() int {
	a.lock.mu.Lock()
	defer a.lock.mu.Unlock()
	return a.lock.k.Len()
}
