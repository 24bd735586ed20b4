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

// Enrolment makes this device one of the account's: Enrol, Activate, Seal,
// Finish and Settle, in this order. Each step may be tried again, and what is
// done is kept in the keyring beside the account's own entry: Leave lets go of it
// for Resume, in this run or a later one, and Abandon gives it up. Until Finish
// the account itself is as it was. Use Enrol or Resume.
type Enrolment struct {
	set     Settings
	client  *Client
	wait    keystore.Pending // as the keyring has it
	once    enrol.Key        // opens what another device approves; of the run that asked, and kept nowhere
	asked   bool             // by this run
	fresh   pin.Fresh        // K, until it is hidden
	taken   bool             // there was a K
	hidden  keystore.Secret  // K under the PIN
	sealed  keystore.Secret  // that PIN, until the keyring surely has what it hides
	account *Account         // once it is open
	ended   bool             // somebody else has the account, or there is nothing any more
}

// Enrol begins: it makes the device's key and asks the platform to send an
// activation code to the person that a handle names. The keyring is looked at
// first, and nothing is written before the platform has answered; what was
// written and can't be removed again is EnrolmentLeft. An enrolment that stands
// there already, or by then, is never written over: EnrolmentTaken. A platform
// that vouches for itself is pinned by its key, which a person has to compare
// (Fingerprint); a new enrolment is also the only way to a platform whose key
// has changed. Errors: those of the address, the keyring and the call.
func Enrol(ctx context.Context, s Settings, handle, name string) (*Enrolment, error) {
	if _, _, err := CheckURL(s.URL); err != nil {
		return nil, err
	}
	name, err := deviceName(name)
	if err != nil {
		return nil, err
	}
	if s.ID == "" {
		s.ID = keystore.NewAccount()
	}
	e := &Enrolment{set: s, wait: keystore.Pending{Handle: handle, Name: name}}
	if err := e.free(ctx); err != nil {
		return nil, err
	}
	before, err := keystore.Load(ctx, s.Keys, s.ID)
	defer before.Wipe()
	if err != nil && !replaceable(err) {
		return nil, err
	}
	e.wait.Server = s.URL
	if e.wait.StoreKey = keystore.RandomSecret(keystore.StoreKeyLen); err == nil { // an account that moves to another platform keeps its store: there may be files in it
		e.wait.StoreKey = keystore.NewSecret(before.StoreKey.Copy())
	}
	if err := e.begin(ctx); err != nil {
		e.wipe()
		return nil, err
	}
	return e, nil
}

// begin makes the keys, asks, and keeps what came of it.
func (e *Enrolment) begin(ctx context.Context) error {
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
	e.asked, e.wait.Enrol.Key = true, key.Bytes()
	if err := e.ask(ctx); err != nil {
		return err
	}
	if err := e.free(ctx); err != nil { // it took a while, and another run may have been faster
		e.giveUp(ctx)
		return err
	}
	if err := e.keep(ctx, e.wait); err != nil {
		e.giveUp(ctx)
		if left := keystore.DropPending(context.WithoutCancel(ctx), e.set.Keys, e.set.ID); left != nil {
			return fault.Wrap(errors.Join(err, left), fault.EnrolmentLeft)
		}
		return err
	}
	return nil
}

// ask asks the platform to let this device in.
func (e *Enrolment) ask(ctx context.Context) error {
	where := wire.Keyring
	switch _, gone := e.set.Keys.(*keystore.Memory); {
	case gone:
		where = wire.Memory
	case e.set.File:
		where = wire.File
	}
	var got wire.Enrolment
	_, err := e.client.do(ctx, call{
		name: "enrol", as: prover, once: true, good: []int{http.StatusAccepted},
		build: func() (*http.Request, error) {
			return wire.NewEnrolRequest(e.client.base, wire.EnrolRequest{
				Handle: e.wait.Handle, DeviceName: e.wait.Name, HpkePublicKey: base64.RawURLEncoding.EncodeToString(e.once.Public()), Store: where,
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
	if err != nil {
		return err
	}
	now := e.set.Now() // by this computer's clock, however far that is from the platform's
	e.wait.ID, e.wait.Made, e.wait.Until = string(got.Enrolment), now, now.Add(got.Expires.Sub(e.client.clock.Now()))
	return nil
}

// meet finds out who answers at the address, and by which key.
func (e *Enrolment) meet(ctx context.Context) (status Status, err error) {
	reach := func() error {
		o := e.set.Options
		o.Pin = e.wait.SPKI
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
	e.wait.SPKI = self.pin
	err = reach()
	return status, err
}

// Fingerprint is the key of a platform that vouches for itself, for a person
// to compare with what the platform's owner says; "" where an authority vouches.
func (e *Enrolment) Fingerprint() string {
	if len(e.wait.SPKI) == 0 {
		return ""
	}
	var parts []string
	for i := 0; i < len(e.wait.SPKI); i += 4 {
		parts = append(parts, strings.ToUpper(hex.EncodeToString(e.wait.SPKI[i:i+4])))
	}
	return strings.Join(parts, " ")
}

// Mark is the start of this device's key's hash, as the platform's letter and
// the other devices show it: who compares them knows that the same device is meant.
func (e *Enrolment) Mark() string {
	return challenge.Receipt([]byte(e.client.who.key.Public().Thumbprint()))
}

// Expires is when the activation code is over, by this computer's clock.
func (e *Enrolment) Expires() time.Time { return e.wait.Until }

// ID is the account's on this device, for the settings.
func (e *Enrolment) ID() string { return e.set.ID }

// Activate sends the activation code, or none where another device has
// approved what this run asked for, and takes K, which is sealed for this process
// alone. A later run, which has neither K nor that approval, sends the code (again).
// What can be no such code is WrongCode without a try: it may be the PIN, typed
// in the wrong place, and is nobody else's to see. Errors: WrongCode,
// EnrolmentOver, EnrolmentTaken, BadSeal, and those of calls and the keyring.
func (e *Enrolment) Activate(ctx context.Context, code keystore.Secret) error {
	if e.Step() != StepCode {
		return nil
	}
	if code.Len() > 0 {
		if _, err := onetime.Digest(onetime.Activation, e.wait.ID, code); err != nil {
			return err
		}
	}
	once := e.once
	if code.Len() > 0 || !e.asked {
		var err error
		if once, err = enrol.NewKey(); err != nil {
			return err
		}
		defer once.Wipe()
	}
	body, err := hide("code", code, wire.ActivateRequest{HpkePublicKey: base64.RawURLEncoding.EncodeToString(once.Public())})
	if err != nil {
		return err
	}
	defer clear(body)
	var got wire.Activated
	_, err = e.client.do(ctx, call{
		name: "activate", as: prover, once: true,
		build: func() (*http.Request, error) {
			return wire.NewActivateRequestWithBody(e.client.base, e.wait.ID, "application/json", bytes.NewReader(body))
		},
		read: func(b []byte) error {
			return readInto(b, &got, func(got wire.Activated) error {
				return all(there("device", string(got.Device)), there("account", string(got.Account)), when("server_time", got.ServerTime))
			})
		},
	})
	if err != nil {
		return e.why(ctx, err)
	}
	e.client.clock.told(got.ServerTime)
	return e.letIn(ctx, got, once)
}

// letIn takes K, which opens once, and keeps the rest. K is not kept before it is
// hidden: a later run asks for it again with the same code, which the platform
// allows until K is used. What could not be kept now is written with the PIN.
func (e *Enrolment) letIn(ctx context.Context, got wire.Activated, once enrol.Key) error {
	sealed, err := base64.RawURLEncoding.DecodeString(got.SealedSecret)
	if err != nil {
		return fault.New(fault.BadSeal)
	}
	w := e.client.who
	fresh, err := once.Open(sealed, string(got.Device), w.key.Public().Thumbprint())
	if err != nil {
		return err
	}
	before := e.wait.Enrol
	e.fresh, e.taken = fresh, true
	e.once.Wipe() // K is not to be had a second way
	e.wait.Enrol.Account, e.wait.Enrol.Device = string(got.Account), string(got.Device)
	w.device, w.account = e.wait.Enrol.Device, e.wait.Enrol.Account
	if before.Account == e.wait.Enrol.Account && before.Device == e.wait.Enrol.Device {
		return nil
	}
	there, err := e.mine(ctx)
	there.Wipe()
	if err != nil {
		return err
	}
	return e.keep(ctx, e.wait)
}

// deviceName is a name that can be drawn as it was typed.
func deviceName(name string) (string, error) {
	name = strings.TrimSpace(name)
	if safe.Changed(name) {
		return "", fault.New(fault.UnsafeText, "field", "name")
	}
	return name, nil
}
