package client

import (
	"bytes"
	"context"
	"errors"

	"jandon/internal/fault"
	"jandon/keystore"
	"jandon/keystore/pin"
)

// errOrder is a step before its time, which is a defect of the caller.
var errOrder = errors.New("client: a step of an enrolment before its time")

// Seal hides K under the PIN, writes it to the keyring and reads it back. It
// takes about half a second. A K is hidden once: after a write that failed, the
// same PIN tries again and another one is EnrolmentOver. Errors: BadPIN,
// WeakPIN, and those of the keyring; then nothing stays there.
func (e *Enrolment) Seal(ctx context.Context, typed keystore.Secret) error {
	if e.item.Enrol.Device == "" {
		return fault.Wrap(errOrder, fault.Internal)
	}
	plain, err := pin.Plain(typed)
	if err != nil {
		return err
	}
	defer plain.Wipe()
	switch {
	case e.item.Enrol.Blob.Len() == 0:
		if e.item.Enrol.Blob, err = pin.Seal(e.fresh, plain); err != nil {
			return err
		}
		e.sealed = keystore.NewSecret(plain.Copy())
	case !e.sealed.Equal(plain):
		return fault.New(fault.EnrolmentOver)
	}
	if e.wrote {
		return nil
	}
	return e.write(ctx)
}

// write puts the item into the keyring and looks whether it is there.
func (e *Enrolment) write(ctx context.Context) error {
	err := keystore.Save(ctx, e.set.Keys, e.set.ID, e.item)
	if err == nil {
		err = kept(ctx, e.set, e.item)
		e.wrote = true
	}
	if err != nil {
		return errors.Join(err, e.undo(context.WithoutCancel(ctx)))
	}
	return nil
}

// kept reads an item back and compares what can't be had again.
func kept(ctx context.Context, s Settings, want keystore.Item) error {
	got, err := keystore.Load(ctx, s.Keys, s.ID)
	if err != nil {
		return err
	}
	defer got.Wipe()
	if got.Server != want.Server || !bytes.Equal(got.SPKI, want.SPKI) || !got.StoreKey.Equal(want.StoreKey) ||
		got.Enrol.Account != want.Enrol.Account || got.Enrol.Device != want.Enrol.Device ||
		!got.Enrol.Key.Equal(want.Enrol.Key) || !got.Enrol.Blob.Equal(want.Enrol.Blob) {
		return fault.Wrap(errors.New("client: the keyring gave back something else"), fault.KeyringDenied)
	}
	return nil
}

// Finish opens the first session with the PIN typed once more, which makes the
// device active, and with it the account, unlocked. A wrong PIN is WrongCode
// and may be tried again: the platform counts.
func (e *Enrolment) Finish(ctx context.Context, typed keystore.Secret) (*Account, error) {
	if !e.wrote {
		return nil, fault.Wrap(errOrder, fault.Internal)
	}
	if e.account == nil {
		item, err := keystore.Load(ctx, e.set.Keys, e.set.ID) // what the keyring has is what counts
		if err != nil {
			return nil, err
		}
		if e.account, err = e.set.openAnew(ctx, item); err != nil {
			return nil, err
		}
	}
	if _, err := e.account.Unlock(ctx, typed); err != nil {
		return nil, err
	}
	e.done = true
	e.wipe()
	return e.account, nil
}

// openAnew opens the account's store; one whose key was lost is set aside.
func (s Settings) openAnew(ctx context.Context, item keystore.Item) (*Account, error) {
	a, err := s.open(ctx, item)
	if err == nil || fault.From(err).Code != fault.StoreKey {
		return a, err
	}
	if err := s.setAside(); err != nil {
		return nil, err
	}
	return s.open(ctx, item)
}

// Leave gives an enrolment up: the keyring is as it was before. After Finish
// it does nothing.
func (e *Enrolment) Leave(ctx context.Context) error {
	if e.done {
		return nil
	}
	e.done = true
	err := e.undo(ctx)
	if e.account != nil {
		e.account.Lock()
		e.account.lock.stop()
		e.account.Client.Close()
		if e.set.Kept == nil {
			err = errors.Join(err, e.account.Store.Close())
		}
	}
	e.wipe()
	return err
}

// undo takes back what was written.
func (e *Enrolment) undo(ctx context.Context) error {
	if !e.wrote {
		return nil
	}
	e.wrote = false
	if e.had {
		return keystore.Save(ctx, e.set.Keys, e.set.ID, e.before)
	}
	err := e.set.Keys.Delete(ctx, e.set.ID)
	if err != nil && fault.From(err).Code == fault.KeyringMissing {
		return nil
	}
	return err
}

// wipe forgets the secrets. The account has its own copies.
func (e *Enrolment) wipe() {
	e.once.Wipe()
	e.fresh.Wipe()
	e.sealed.Wipe()
	e.before.Wipe()
	e.item.Wipe()
	if e.client != nil {
		e.client.Close()
		if e.client.who != nil {
			e.client.who.key.Wipe()
		}
	}
}
