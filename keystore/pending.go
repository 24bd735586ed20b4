package keystore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"jandon/internal/fault"
)

// MaxPending is the largest entry of an enrolment under way in bytes: less than
// the 2,560 that Windows allows.
const MaxPending = 2048

// Pending is an enrolment that is under way, so that it outlives the process. It
// stands in an entry of its own, beside the account's: what the account has holds
// until the new device does.
//
// K is never in it unhidden, and neither is anything that unseals K or brings it:
// whoever has a copy needs the activation code as everybody does. What another
// device approves is sealed for a key that only the process has.
type Pending struct {
	Item // Server as it was typed; of Enrol as much as is known

	Handle string    // who asks
	Name   string    // of the device
	ID     string    // of the enrolment on the platform
	Made   time.Time // by this computer's clock
	Until  time.Time // of the code, by this computer's clock
}

// longest is what a text in it may have, in bytes.
const longest = 512

// whole reports whether there is all that one at its step must have.
func (p Pending) whole() bool {
	e := p.Enrol
	sealed := e.Blob.Len() > 0
	return p.ID != "" && p.Server != "" && p.StoreKey.Len() == StoreKeyLen && e.Key.Len() == deviceKeyLen && e.Blob.Len() <= maxBlob &&
		(e.Account == "") == (e.Device == "") && (e.Device != "" || !sealed) &&
		max(len(p.ID), len(p.Server), len(p.Handle), len(p.Name), len(e.Account), len(e.Device)) <= longest
}

// beside is the entry of an account's enrolment.
func beside(account string) string { return account + "-new" }

// LoadPending reads the enrolment of an account that is under way;
// fault.KeyringMissing if there is none.
func LoadPending(ctx context.Context, s Store, account string) (p Pending, err error) {
	value, err := s.Get(ctx, beside(account))
	if err != nil {
		return Pending{}, err
	}
	defer value.Wipe()
	value.Expose(func(b []byte) { p, err = decodePending(b) })
	return p, err
}

// SavePending writes it; the store reads it back before it says yes.
func SavePending(ctx context.Context, s Store, account string, p Pending) error {
	value, err := p.encode()
	if err != nil {
		return err
	}
	defer value.Wipe()
	return s.Set(ctx, beside(account), value)
}

// DropPending removes it, and looks that it is gone; there may be none.
func DropPending(ctx context.Context, s Store, account string) error {
	err := s.Delete(ctx, beside(account))
	if err != nil && !missing(err) {
		return err
	}
	left, err := s.Get(ctx, beside(account))
	left.Wipe()
	switch {
	case missing(err):
		return nil
	case err != nil:
		return err
	}
	return fault.Wrap(errors.New("keystore: an entry that was removed is still there"), fault.KeyringDenied)
}

func missing(err error) bool { return err != nil && fault.From(err).Code == fault.KeyringMissing }

// Names of the fields that an account's item does not have.
const (
	fieldID     = "enrolment"
	fieldHandle = "handle"
	fieldName   = "name"
	fieldMade   = "made"
	fieldUntil  = "until"
)

func (p Pending) encode() (Secret, error) {
	if !p.whole() {
		return Secret{}, fault.Wrap(errors.New("keystore: the enrolment under way is not whole"), fault.Internal)
	}
	return p.write(MaxPending, func(b []byte) ([]byte, error) {
		b, err := writeTexts(b, named{fieldID, p.ID}, named{fieldHandle, p.Handle}, named{fieldName, p.Name})
		return fmt.Appendf(b, `,%q:%d,%q:%d`, fieldMade, p.Made.Unix(), fieldUntil, p.Until.Unix()), err
	})
}

func decodePending(b []byte) (p Pending, err error) {
	if p.Item, err = read(b, MaxPending); err != nil {
		return Pending{}, err
	}
	var made, until int64
	for name, into := range map[string]any{
		fieldID: &p.ID, fieldHandle: &p.Handle, fieldName: &p.Name, fieldMade: &made, fieldUntil: &until,
	} {
		if raw, ok := p.more[name]; ok {
			err = errors.Join(err, json.Unmarshal(raw, into))
			clear(raw)
			delete(p.more, name)
		}
	}
	p.Made, p.Until = time.Unix(made, 0).UTC(), time.Unix(until, 0).UTC()
	if err != nil || !p.whole() {
		p.Wipe()
		return Pending{}, fault.Wrap(errors.New("keystore: the enrolment under way can't be read"), fault.KeyringDamaged)
	}
	return p, nil
}
