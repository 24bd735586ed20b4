package client

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/wire"
	"jandon/keystore"
	"jandon/keystore/enrol"
	"jandon/keystore/pin"
)

// ChangePIN hides a new K under a new PIN: two PINs over one K would give both
// away. The platform is asked first whether the old one is right; it keeps the
// old K until the new one is used for the first time, and the keyring has one
// or the other, so that one PIN works wherever this stops: the old until the
// new is written and read back, the new from then on. Errors: BadPIN, WeakPIN,
// WrongCode, UnknownOutcome, and those of calls and the keyring.
func (a *Account) ChangePIN(ctx context.Context, before, after keystore.Secret) error {
	if err := a.enrolled(); err != nil {
		return err
	}
	if err := pin.Check(after); err != nil {
		return err
	}
	k, err := a.oldK(ctx, before)
	if err != nil {
		return err
	}
	defer k.Wipe()
	once, err := enrol.NewKey()
	if err != nil {
		return err
	}
	defer once.Wipe()
	begun, err := a.begin(ctx, wish{Action: act.ChangePIN, Public: base64.RawURLEncoding.EncodeToString(once.Public())})
	if err != nil {
		return err
	}
	if begun, err = a.confirmWith(ctx, begun, k); err != nil {
		return err
	}
	sealed, err := a.sealedOf(ctx, begun.ID)
	if err != nil {
		return err
	}
	w := a.Client.who
	fresh, err := once.Open(sealed, w.device, w.key.Public().Thumbprint())
	if err != nil {
		return err
	}
	defer fresh.Wipe()
	blob, err := pin.Seal(fresh, after)
	if err != nil {
		return err
	}
	return a.putBlob(ctx, blob, after)
}

// oldK is the K of the PIN as it is; the platform says whether it is the right
// one, when the session opens or the change is confirmed.
func (a *Account) oldK(ctx context.Context, typed keystore.Secret) (keystore.Secret, error) {
	if !a.Unlocked() {
		if _, err := a.Unlock(ctx, typed); err != nil {
			return keystore.Secret{}, err
		}
		return a.heldK(), nil
	}
	return a.openK(ctx, typed)
}

// confirmWith asks for the challenge of an act and answers it, where nothing
// has to be drawn because the person is doing just that.
func (a *Account) confirmWith(ctx context.Context, of act.Act, k keystore.Secret) (act.Act, error) {
	if _, err := a.Challenge(ctx, of); err != nil {
		return act.Act{}, err
	}
	q, ok := a.asked.of(of.ID)
	if !ok {
		return act.Act{}, fault.New(fault.ChallengeExpired)
	}
	return a.confirm(ctx, of, q, k, nil)
}

// sealedOf is the sealed secret of a confirmed act.
func (a *Account) sealedOf(ctx context.Context, id string) ([]byte, error) {
	var sealed []byte
	_, err := a.Client.do(ctx, call{
		name: "sealed secret", as: actor, build: func() (*http.Request, error) { return wire.NewGetActSecretRequest(a.Client.base, id) },
		read: func(b []byte) (err error) {
			var s wire.SealedSecret
			if err := decode(b, &s); err != nil {
				return err
			}
			sealed, err = base64.RawURLEncoding.DecodeString(s.SealedSecret)
			return err
		},
	})
	return sealed, err
}

// putBlob writes the new blob, reads it back, and uses what it hides.
func (a *Account) putBlob(ctx context.Context, blob, typed keystore.Secret) error {
	old, err := keystore.Load(ctx, a.set.Keys, a.ID)
	if err != nil {
		return err
	}
	defer old.Wipe()
	item := old
	item.Enrol.Blob = blob
	put := func(i keystore.Item) error {
		if err := keystore.Save(ctx, a.set.Keys, a.ID, i); err != nil {
			return err
		}
		return kept(ctx, a.set, i)
	}
	if err := put(item); err != nil {
		return err
	}
	k, err := pin.Open(blob, typed)
	if err != nil {
		return err
	}
	a.Lock()
	_, err = a.unlockWith(ctx, k)
	switch {
	case err == nil:
		return nil
	case fault.From(err).Code == fault.WrongCode: // the platform never took the new K: the old one holds
		ctx = context.WithoutCancel(ctx)
		k.Wipe()
		return errors.Join(err, put(old))
	}
	k.Wipe()
	a.Client.opts.Log.Warn("first use of a new PIN", "code", string(fault.From(err).Code))
	return nil // the PIN is changed; its first use is the next unlocking
}
