package client

import (
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
// same PIN tries again; another one, and any after a good write, is
// EnrolmentOver. Another run that has hidden it first, or has this one's place, is
// EnrolmentTaken. Errors: BadPIN, WeakPIN, and those of the keyring.
func (e *Enrolment) Seal(ctx context.Context, typed keystore.Secret) error {
	if e.Step() == StepCode {
		return fault.Wrap(errOrder, fault.Internal)
	}
	plain, err := pin.Plain(typed)
	if err != nil {
		return err
	}
	defer plain.Wipe()
	switch {
	case e.Step() == StepProof && e.sealed.Len() == 0, e.sealed.Len() > 0 && !e.sealed.Equal(plain):
		return fault.New(fault.EnrolmentOver)
	case e.sealed.Len() == 0:
		if e.hidden, err = pin.Seal(e.fresh, plain); err != nil {
			return err
		}
		e.sealed = keystore.NewSecret(plain.Copy())
	}
	there, err := e.mine(ctx)
	if err != nil {
		return err
	}
	sealed := there.Enrol.Blob.Len() > 0 && !there.Enrol.Blob.Equal(e.hidden)
	there.Wipe()
	if sealed { // by another run that goes on with the same
		return fault.New(fault.EnrolmentTaken)
	}
	next := e.wait
	next.Enrol.Blob = e.hidden
	if err := e.keep(ctx, next); err != nil {
		return err
	}
	e.sealed.Wipe()
	e.wait, e.sealed = next, keystore.Secret{}
	return nil
}

// Finish opens the first session with the PIN, out of what the keyring has under
// it. This makes the device active, writes the account's entry, and gives the account, unlocked. A
// wrong PIN is WrongCode and may be tried again: the platform counts.
// EnrolmentOver if the platform has waited too long, EnrolmentTaken if another
// enrolment of the account was begun meanwhile and has its place in the keyring.
func (e *Enrolment) Finish(ctx context.Context, typed keystore.Secret) (*Account, error) {
	if e.Step() != StepProof {
		return nil, fault.Wrap(errOrder, fault.Internal)
	}
	there, err := e.mine(ctx) // what the keyring has is what counts
	if err != nil {
		return nil, err
	}
	defer there.Wipe()
	item, err := e.becomes(ctx, there)
	defer item.Wipe()
	if err != nil {
		return nil, err
	}
	if e.account == nil {
		given := item
		given.StoreKey = keystore.NewSecret(item.StoreKey.Copy()) // the store keeps it
		if e.account, err = e.set.openAnew(ctx, given); err != nil || e.set.Kept != nil {
			given.StoreKey.Wipe()
		}
		if err != nil {
			return nil, err
		}
	}
	k, err := pin.Open(there.Enrol.Blob, typed)
	if err != nil {
		return nil, err
	}
	if err := e.account.unlockFirst(ctx, k); err != nil {
		return nil, e.why(ctx, err)
	}
	err = keystore.Save(ctx, e.set.Keys, e.set.ID, item)
	if err == nil {
		err = kept(ctx, e.set, item)
	}
	if err != nil {
		return nil, err
	}
	e.ended = true
	e.wipe()
	return e.account, nil
}

// becomes is the account's entry with the new device in it.
func (e *Enrolment) becomes(ctx context.Context, made keystore.Pending) (keystore.Item, error) {
	item, err := keystore.Load(ctx, e.set.Keys, e.set.ID)
	if err != nil {
		if !replaceable(err) {
			return keystore.Item{}, err
		}
		item = keystore.Item{StoreKey: keystore.NewSecret(made.StoreKey.Copy())}
	}
	base, _, err := CheckURL(made.Server)
	item.Enrol.Key.Wipe()
	item.Enrol.Blob.Wipe()
	item.Server, item.SPKI, item.Enrol = base, made.SPKI, made.Enrol
	item.Enrol.Key, item.Enrol.Blob = keystore.NewSecret(made.Enrol.Key.Copy()), keystore.NewSecret(made.Enrol.Blob.Copy())
	return item, err
}

// unlockFirst is unlockWith for a device that has yet to show its K.
func (a *Account) unlockFirst(ctx context.Context, k keystore.Secret) error {
	leave, err := a.unlocking(ctx)
	if err == nil {
		defer leave()
		_, err = a.unlockWith(ctx, k)
	}
	if err == nil {
		return nil
	}
	k.Wipe()
	if code := fault.From(err).Code; code == fault.DeviceRevoked || code == fault.Unauthorized {
		return fault.Wrap(err, fault.EnrolmentOver) // the platform has forgotten it
	}
	return err
}

// Settle ends an enrolment whose account the settings know by now: its own entry
// goes, unless another enrolment has its place. Ended before that, the next
// Resume finds it Concluded.
func (e *Enrolment) Settle(ctx context.Context) error {
	there, err := keystore.LoadPending(ctx, e.set.Keys, e.set.ID)
	defer there.Wipe()
	if err == nil && there.ID != e.wait.ID {
		return nil
	}
	return keystore.DropPending(ctx, e.set.Keys, e.set.ID)
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

// kept reads an account's entry back.
func kept(ctx context.Context, s Settings, want keystore.Item) error {
	got, err := keystore.Load(ctx, s.Keys, s.ID)
	if err != nil {
		return err
	}
	defer got.Wipe()
	if !sameItem(got, want) {
		return otherThing()
	}
	return nil
}
