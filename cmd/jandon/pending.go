package main

import (
	"context"
	"errors"

	"jandon/client"
	"jandon/config"
	"jandon/internal/fault"
	"jandon/keystore"
)

// An enrolment that is under way outlives the program: what it has come to
// stands in the keyring, and the settings say under which account. They say so
// before anything is there and until all of it is gone, so that whatever ends
// the program in between leaves nothing that nobody finds again.

// errFinished is an enrolment that was left with nothing to do but to conclude
// it, which is done and said.
var errFinished = errors.New("jandon: the enrolment that was left is concluded")

// pending is the enrolment that was left; nil if there is none. One that can't
// be read any more is none, and is cleared away. One whose device the account
// has already is concluded (errFinished) and never given up: it is in use.
func (a *app) pending(ctx context.Context) (*client.Enrolment, error) {
	if a.cfg.Enrolling == "" {
		return nil, nil
	}
	begun, err := client.Resume(ctx, a.settings("", a.cfg.Enrolling))
	switch {
	case err == nil:
		return a.finished(ctx, begun)
	case errors.Is(err, fault.New(fault.KeyringMissing)), errors.Is(err, fault.New(fault.KeyringDamaged)), errors.Is(err, fault.New(fault.KeyFileDamaged)):
		err = keystore.DropPending(ctx, a.keyring(a.waiting), a.cfg.Enrolling)
		return nil, errors.Join(err, a.underWay(""))
	}
	return nil, err
}

// finished concludes what an earlier run had brought to its end.
func (a *app) finished(ctx context.Context, begun *client.Enrolment) (*client.Enrolment, error) {
	done, err := begun.Concluded(ctx)
	if err == nil && !done {
		return begun, nil
	}
	l := begun.Left()
	if err == nil {
		err = a.concluded(ctx, begun)
	}
	if err == nil {
		a.cfg.URL, a.cfg.Account = l.Address, begun.ID()
		a.note(a.text().F("cli.enroll.finished", "Host", l.Host))
		err = errFinished
	}
	return nil, errors.Join(err, begun.Leave(ctx))
}

// cleared notes that none is under way, unless another run has begun one since.
func (a *app) cleared(ctx context.Context) error {
	if a.noted() != a.cfg.Enrolling {
		return nil
	}
	other, err := keystore.LoadPending(ctx, a.keyring(a.waiting), a.cfg.Enrolling)
	other.Wipe()
	if err == nil {
		return nil
	}
	return a.underWay("")
}

// noted is whose enrolment is under way, as the settings have it by now.
func (a *app) noted() string {
	now, err := a.configured(config.Sources{File: a.global.file, Environ: a.environ, Flags: a.global.settings()})
	if err != nil { // they could be read before; what is written next will say it
		return a.cfg.Enrolling
	}
	return now.Enrolling
}

// underWay notes whose enrolment is under way; "" that none is.
func (a *app) underWay(id string) error {
	if id == a.noted() {
		a.cfg.Enrolling = id
		return nil
	}
	change := map[string]string{"platform.enrolling": id}
	if id != "" {
		change["keystore.store"] = a.cfg.Keystore // where it is; a person may have agreed to it just now
	}
	if err := config.Change(a.cfg.Paths.File, change); err != nil {
		return err
	}
	a.cfg.Enrolling = id
	return nil
}

// begin asks a platform to register this device. Where another run has begun
// one since this one started, that one is not pushed aside: EnrolmentTaken.
func (a *app) begin(ctx context.Context, address, handle, device, fingerprint string) (*client.Enrolment, error) {
	if now := a.noted(); now != "" && now != a.cfg.Enrolling {
		return nil, fault.New(fault.EnrolmentTaken)
	}
	id := a.accountID()
	if id == "" {
		id = keystore.NewAccount()
	}
	if err := a.underWay(id); err != nil {
		return nil, err
	}
	begun, err := client.Enrol(ctx, a.settings(address, id), handle, device)
	if errors.Is(err, fault.New(fault.EnrolmentLeft)) { // it is still there, to be found again
		return nil, err
	}
	if err != nil {
		return nil, errors.Join(err, a.cleared(ctx))
	}
	if begun.Fingerprint() != fingerprint { // another than the person has seen
		return nil, errors.Join(fault.New(fault.PinChanged), a.abandon(ctx, begun))
	}
	a.forgetDraft()
	return begun, nil
}

// abandon gives an enrolment up, on both sides.
func (a *app) abandon(ctx context.Context, begun *client.Enrolment) error {
	ctx = context.WithoutCancel(ctx)
	if err := begun.Abandon(ctx); err != nil {
		return err
	}
	return a.cleared(ctx)
}

// concluded remembers the account of an enrolment that is done, and only then
// clears away what it was made of.
func (a *app) concluded(ctx context.Context, begun *client.Enrolment) error {
	ctx = context.WithoutCancel(ctx)
	if err := a.remembered(begun.Left().Address, begun.ID()); err != nil {
		return err
	}
	if err := begun.Settle(ctx); err != nil {
		return err
	}
	return a.cleared(ctx)
}

// over reports an enrolment that can't be gone on with.
func over(err error) bool { return errors.Is(err, fault.New(fault.EnrolmentOver)) }

// taken reports an enrolment that another run goes on with: it is no more to be
// given up than to be gone on with.
func taken(err error) bool { return errors.Is(err, fault.New(fault.EnrolmentTaken)) }

// left lets go of an enrolment that did not get to its end: one that is over is
// cleared away, any other waits for the next time, which is said.
func (a *app) left(ctx context.Context, begun *client.Enrolment, why error) error {
	switch {
	case over(why):
		return errors.Join(why, a.abandon(ctx, begun))
	case taken(why):
		return errors.Join(why, begun.Leave(context.WithoutCancel(ctx)))
	}
	a.note(a.text().T("cli.enroll.kept"))
	return errors.Join(why, begun.Leave(context.WithoutCancel(ctx)))
}
