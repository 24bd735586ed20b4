package client

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"jandon/internal/fault"
	"jandon/internal/safe"
	"jandon/internal/wire"
	"jandon/keystore"
	"jandon/keystore/device"
)

// Step is what an enrolment waits for.
type Step uint8

// The steps, in their order.
const (
	StepCode  Step = iota // the activation code, or another device's approval
	StepPIN               // a PIN to hide K under
	StepProof             // the same PIN, for the first session
)

// Left is an enrolment that waits to be gone on with.
type Left struct {
	Step    Step
	Again   bool   // the code was taken already; it is needed again, since nothing of it is kept
	Later   bool   // another run asked: only the code lets it in, whatever another device approved
	Address string // of the platform, as it was typed
	Host    string
	Handle  string
	Device  string    // its name
	Made    time.Time // by this computer's clock
	Until   time.Time // of the activation code, by this computer's clock
}

// Over reports whether it is known at an instant, without asking anybody, that
// it can't be gone on with.
func (l Left) Over(now time.Time) bool {
	return l.Step == StepCode && !l.Again && !now.Before(l.Until)
}

// Resume takes an enrolment up where it was left; it asks nobody but the
// keyring. Settings name its account; the address is the one it began with.
// fault.KeyringMissing if there is none.
func Resume(ctx context.Context, s Settings) (*Enrolment, error) {
	kept, err := keystore.LoadPending(ctx, s.Keys, s.ID)
	if err != nil {
		return nil, err
	}
	s.URL = kept.Server
	e := &Enrolment{set: s, wait: kept, hidden: kept.Enrol.Blob}
	key, err := device.KeyFrom(kept.Enrol.Key)
	if err != nil {
		e.wipe()
		return nil, err
	}
	o := s.Options
	o.Pin = kept.SPKI
	if e.client, err = New(o); err != nil {
		key.Wipe()
		e.wipe()
		return nil, err
	}
	e.client.who = newWho(key, kept.Enrol.Device, kept.Enrol.Account)
	return e, nil
}

// Left says what was left, and for what it waits.
func (e *Enrolment) Left() Left {
	host := e.wait.Server
	if u, err := url.Parse(host); err == nil {
		host = u.Host
	}
	return Left{
		Step: e.Step(), Later: !e.asked, Again: e.Step() == StepCode && e.wait.Enrol.Device != "", Address: e.wait.Server, Host: safe.Text(host), Handle: e.wait.Handle, Device: e.wait.Name, Made: e.wait.Made, Until: e.wait.Until,
	}
}

// Step is what it waits for. K goes with the run that was given it; without K
// and not yet hidden, it waits for the code once more.
func (e *Enrolment) Step() Step {
	switch {
	case e.wait.Enrol.Blob.Len() > 0:
		return StepProof
	case e.taken:
		return StepPIN
	}
	return StepCode
}

// Continue goes on with what was resumed: it asks the platform, which may know
// that it is over. Errors: EnrolmentOver, and those of calls and the keyring.
func (e *Enrolment) Continue(ctx context.Context) error {
	if e.Step() != StepCode {
		return nil
	}
	err := e.Activate(ctx, keystore.Secret{})
	if err != nil && fault.From(err).Code == fault.WrongCode { // it still waits for its code
		return nil
	}
	return err
}

// mine reads what the keyring has of this enrolment, which the caller wipes.
// EnrolmentTaken if another run has put its own there, or none is left.
func (e *Enrolment) mine(ctx context.Context) (keystore.Pending, error) {
	there, err := keystore.LoadPending(ctx, e.set.Keys, e.set.ID)
	switch {
	case err != nil && fault.From(err).Code == fault.KeyringMissing:
		return there, fault.Wrap(err, fault.EnrolmentTaken)
	case err == nil && there.ID != e.wait.ID:
		there.Wipe()
		return keystore.Pending{}, fault.New(fault.EnrolmentTaken)
	}
	return there, err
}

// free looks that no other enrolment has this one's place: EnrolmentTaken. One
// that can't be read is none.
func (e *Enrolment) free(ctx context.Context) error {
	there, err := keystore.LoadPending(ctx, e.set.Keys, e.set.ID)
	there.Wipe()
	switch {
	case err == nil:
		return fault.New(fault.EnrolmentTaken)
	case replaceable(err):
		return nil
	}
	return err
}

// why is an error of the platform; that it is over may be another run's doing,
// which has come further with the same.
func (e *Enrolment) why(ctx context.Context, err error) error {
	if err == nil || fault.From(err).Code != fault.EnrolmentOver {
		return err
	}
	there, taken := e.mine(ctx)
	defer there.Wipe()
	if taken == nil && !sameItem(there.Item, e.wait.Item) || taken != nil && fault.From(taken).Code == fault.EnrolmentTaken {
		return fault.Wrap(err, fault.EnrolmentTaken)
	}
	return err
}

// keep writes what an enrolment has come to and looks whether it is there.
func (e *Enrolment) keep(ctx context.Context, next keystore.Pending) error {
	if err := keystore.SavePending(ctx, e.set.Keys, e.set.ID, next); err != nil {
		return err
	}
	got, err := keystore.LoadPending(ctx, e.set.Keys, e.set.ID)
	if err != nil {
		return err
	}
	defer got.Wipe()
	if got.ID != next.ID || !sameItem(got.Item, next.Item) {
		return otherThing()
	}
	return nil
}

// sameItem compares what can't be had again.
func sameItem(got, want keystore.Item) bool {
	return got.Server == want.Server && bytes.Equal(got.SPKI, want.SPKI) && got.StoreKey.Equal(want.StoreKey) &&
		got.Enrol.Account == want.Enrol.Account && got.Enrol.Device == want.Enrol.Device &&
		got.Enrol.Key.Equal(want.Enrol.Key) && got.Enrol.Blob.Equal(want.Enrol.Blob)
}

func otherThing() error {
	return fault.Wrap(errors.New("client: the keyring gave back something else"), fault.KeyringDenied)
}

// Leave lets go of an enrolment, which stays where it is for Resume. After
// Finish it does nothing.
func (e *Enrolment) Leave(context.Context) error {
	if e.ended {
		return nil
	}
	e.ended = true
	e.wipe()
	if e.account == nil {
		return nil
	}
	e.account.Lock()
	e.account.lock.stop()
	e.account.Client.Close()
	if e.set.Kept == nil {
		return e.account.Store.Close()
	}
	return nil
}

// Abandon gives an enrolment up: the platform is told, as far as it can be
// reached (else it ends there by itself), and nothing of it stays in the keyring.
// The account that it would have replaced is as it was. A device that stands in
// the account's entry already is in use, and stays.
func (e *Enrolment) Abandon(ctx context.Context) error {
	if e.ended {
		return nil
	}
	done, err := e.Concluded(ctx)
	if err != nil {
		return err
	}
	if !done {
		e.giveUp(ctx)
	}
	return errors.Join(e.Settle(ctx), e.Leave(ctx))
}

// giveUp tells the platform. A person who begins anew does not wait for it.
func (e *Enrolment) giveUp(ctx context.Context) {
	const patience = 5 * time.Second
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer stop()
	_, err := e.client.do(ctx, call{
		name: "give up enrolment", as: prover, good: []int{http.StatusNoContent},
		build: func() (*http.Request, error) { return wire.NewGiveUpEnrolmentRequest(e.client.base, e.wait.ID) },
	})
	if err != nil {
		e.client.opts.Log.Debug("give up enrolment", "code", string(fault.From(err).Code))
	}
}

// Concluded reports whether the account's own entry has this device's key
// already, by whichever run: all that is missing is that the settings know of
// it, and Settle.
func (e *Enrolment) Concluded(ctx context.Context) (bool, error) {
	item, err := keystore.Load(ctx, e.set.Keys, e.set.ID)
	defer item.Wipe()
	if err != nil && !replaceable(err) {
		return false, err
	}
	return err == nil && item.Enrol.Key.Equal(e.wait.Enrol.Key), nil
}

// wipe forgets the secrets. The account has its own copies.
func (e *Enrolment) wipe() {
	e.fresh.Wipe()
	e.once.Wipe()
	e.hidden.Wipe()
	e.sealed.Wipe()
	e.wait.Wipe()
	if e.client != nil {
		e.client.Close()
		if e.client.who != nil {
			e.client.who.key.Wipe()
		}
	}
}
