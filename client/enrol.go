package client

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"time"

	"jandon/internal/fault"
	"jandon/internal/safe"
	"jandon/internal/wire"
	"jandon/keystore"
	"jandon/keystore/challenge"
	"jandon/keystore/device"
	"jandon/keystore/enrol"
	"jandon/keystore/onetime"
	"jandon/keystore/pin"
)

// Enrolment makes this device one of the account's: Enrol, Activate, Seal and
// Finish, in this order. Each step may be tried again; until Finish nothing is
// done that Leave does not undo. Use Enrol.
type Enrolment struct {
	set     Settings
	client  *Client
	once    enrol.Key     // opens K when it comes
	before  keystore.Item // what the keyring had
	had     bool
	item    keystore.Item // what it gets
	id      string
	expires time.Time
	fresh   pin.Fresh
	sealed  keystore.Secret // the PIN that K was hidden under
	wrote   bool            // the keyring may have the new item
	account *Account        // once it is open
	done    bool
}

// Enrol begins: it makes the device's key and asks the platform to send an
// activation code to the person that a handle names. The keyring is looked at
// first, and nothing is written. A platform that vouches for itself is pinned
// by its key, which a person has to compare (Fingerprint); a new enrolment is
// also the only way to a platform whose key has changed. Errors: those of the
// address, the keyring and the call.
func Enrol(ctx context.Context, s Settings, handle, name string) (*Enrolment, error) {
	base, _, err := CheckURL(s.URL)
	if err != nil {
		return nil, err
	}
	if name, err = deviceName(name); err != nil {
		return nil, err
	}
	if s.ID == "" {
		s.ID = keystore.NewAccount()
	}
	e := &Enrolment{set: s}
	e.before, err = keystore.Load(ctx, s.Keys, s.ID)
	e.had = err == nil
	if err != nil && !replaceable(err) {
		return nil, err
	}
	e.item = keystore.Item{Server: base, StoreKey: keystore.RandomSecret(keystore.StoreKeyLen)}
	if e.had { // an account that moves to another platform keeps its store: there may be files in it
		e.item = e.before
		e.item.Server, e.item.SPKI, e.item.Enrol = base, nil, keystore.Enrolment{}
	}
	if err := e.begin(ctx, handle, name); err != nil {
		e.wipe()
		return nil, err
	}
	return e, nil
}

// begin makes the keys and asks.
func (e *Enrolment) begin(ctx context.Context, handle, name string) error {
	if _, err := e.meet(ctx); err != nil {
		return err
	}
	key, err := device.NewKey()
	if err != nil {
		return err
	}
	e.client.who = newWho(key, "", "")
	if e.once, err = enrol.NewKey(); err != nil {
		return err
	}
	where := wire.Keyring
	switch _, gone := e.set.Keys.(*keystore.Memory); {
	case gone:
		where = wire.Memory
	case e.set.File:
		where = wire.File
	}
	var got wire.Enrolment
	_, err = e.client.do(ctx, call{
		name: "enrol", as: prover, once: true, good: []int{http.StatusAccepted},
		build: func() (*http.Request, error) {
			return wire.NewEnrolRequest(e.client.base, wire.EnrolRequest{
				Handle: handle, DeviceName: name, HpkePublicKey: base64.RawURLEncoding.EncodeToString(e.once.Public()), Store: where,
			})
		},
		read: func(b []byte) error {
			return readInto(b, &got, func(got wire.Enrolment) error {
				if !addressable(string(got.Enrolment)) {
					return errors.New("client: no enrolment")
				}
				return when("expires", got.Expires)
			})
		},
	})
	e.id, e.expires = string(got.Enrolment), got.Expires
	return err
}

// meet finds out who answers at the address, and by which key.
func (e *Enrolment) meet(ctx context.Context) (status Status, err error) {
	reach := func() error {
		o := e.set.Options
		o.Pin = e.item.SPKI
		if e.client, err = New(o); err != nil {
			return err
		}
		status, err = e.client.Status(ctx)
		return err
	}
	err = reach()
	var self *unvouched
	if !errors.As(err, &self) {
		return status, err
	}
	e.client.Close()
	e.item.SPKI = self.pin
	err = reach()
	return status, err
}

// Fingerprint is the key of a platform that vouches for itself, for a person
// to compare with what the platform's owner says; "" where an authority vouches.
func (e *Enrolment) Fingerprint() string {
	if len(e.item.SPKI) == 0 {
		return ""
	}
	var parts []string
	for i := 0; i < len(e.item.SPKI); i += 4 {
		parts = append(parts, strings.ToUpper(hex.EncodeToString(e.item.SPKI[i:i+4])))
	}
	return strings.Join(parts, " ")
}

// Mark is the start of this device's key's hash, as the platform's letter and
// the other devices show it: who compares them knows that the same device is meant.
func (e *Enrolment) Mark() string {
	return challenge.Receipt([]byte(e.client.who.key.Public().Thumbprint()))
}

// Expires is when the activation code is over, by this computer's clock, however
// far that is from the platform's.
func (e *Enrolment) Expires() time.Time {
	return e.set.Now().Add(e.expires.Sub(e.client.clock.Now()))
}

// ID is the account's on this device, for the settings.
func (e *Enrolment) ID() string { return e.set.ID }

// Activate sends the activation code, or none where another device has
// approved this one, and takes K, which is sealed for this device alone.
// What can be no such code is WrongCode without a try: it may be the PIN, typed
// in the wrong place, and is nobody else's to see. Errors: WrongCode,
// EnrolmentOver, BadSeal, and those of calls.
func (e *Enrolment) Activate(ctx context.Context, code keystore.Secret) error {
	if e.item.Enrolled() {
		return nil
	}
	if code.Len() > 0 {
		if _, err := onetime.Digest(onetime.Activation, e.id, code); err != nil {
			return err
		}
	}
	body, err := hide("code", code, struct{}{})
	if err != nil {
		return err
	}
	defer clear(body)
	var got wire.Activated
	_, err = e.client.do(ctx, call{
		name: "activate", as: prover, once: true,
		build: func() (*http.Request, error) {
			return wire.NewActivateRequestWithBody(e.client.base, e.id, "application/json", bytes.NewReader(body))
		},
		read: func(b []byte) error {
			return readInto(b, &got, func(got wire.Activated) error {
				return all(there("device", string(got.Device)), there("account", string(got.Account)), when("server_time", got.ServerTime))
			})
		},
	})
	if err != nil {
		return err
	}
	e.client.clock.told(got.ServerTime)
	sealed, err := base64.RawURLEncoding.DecodeString(got.SealedSecret)
	if err != nil {
		return fault.New(fault.BadSeal)
	}
	w := e.client.who
	if e.fresh, err = e.once.Open(sealed, string(got.Device), w.key.Public().Thumbprint()); err != nil {
		return err
	}
	w.device, w.account = string(got.Device), string(got.Account)
	e.item.Enrol = keystore.Enrolment{Account: w.account, Device: w.device, Key: w.key.Bytes()}
	return nil
}

// deviceName is a name that can be drawn as it was typed.
func deviceName(name string) (string, error) {
	name = strings.TrimSpace(name)
	if safe.Changed(name) {
		return "", fault.New(fault.UnsafeText, "field", "name")
	}
	return name, nil
}
