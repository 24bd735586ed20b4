package platform

import (
	"context"
	"errors"
	"strconv"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
	"jandon/internal/wire"
	"jandon/keystore/codes"
	"jandon/keystore/onetime"
	"jandon/keystore/secret"
)

// OpenSession opens a session for the device whose key made the proof. A device
// that does not exist and one of another key are told alike.
func (a *answers) OpenSession(ctx context.Context, q wire.OpenSessionRequestObject) (wire.OpenSessionResponseObject, error) {
	now, proof := a.clock(), proven(ctx)
	if (q.Body.Method == "") != (q.Body.Code == "") {
		return nil, badField("/body/code", "goes with method")
	}
	d, err := a.p.ledger.Device(ctx, q.Body.Device, now)
	if err != nil {
		return nil, err
	}
	if d.JKT != proof.JKT {
		return nil, fault.New(fault.Unauthorized)
	}
	if err := errors.Join(a.p.trust.replay.Use(proof, now), a.p.trust.paces.take("device "+d.ID, paceOfDevice, now)); err != nil {
		return nil, err
	}
	if err := d.Usable(); err != nil {
		return nil, err
	}
	exchangeOf(ctx).person = d.Owner.ID
	a.p.tidy(ctx, now)
	token, hash := newToken()
	var s ledger.Session
	if q.Body.Method == "" {
		if d.State == act.DevicePending { // it has yet to show that it has K
			return nil, fault.New(fault.StepUpRequired)
		}
		s, err = a.p.ledger.OpenReading(ctx, d, hash, now)
	} else {
		typed := secret.New([]byte(q.Body.Code))
		defer typed.Wipe()
		s, err = a.open(ctx, d, string(q.Body.Method), typed, hash, now)
	}
	if err != nil {
		return nil, err
	}
	body := wire.FromSession(act.Session{
		Scope: s.Scope, Account: s.Device.Account, Device: s.Device.ID, Idle: ledger.IdleTime, Expires: s.Expires,
	}, now)
	body.Token = token
	return wire.OpenSession201JSONResponse{Body: body, Headers: wire.OpenSession201ResponseHeaders{CorrelationId: correlation(ctx)}}, nil
}

// open opens a session that may act: the try is counted, then the code is looked at.
func (a *answers) open(ctx context.Context, d ledger.Device, method string, typed secret.Secret, hash []byte, now time.Time) (s ledger.Session, err error) {
	t, err := a.p.ledger.Try(ctx, d.Owner, d.ID, now)
	if err != nil {
		return s, err
	}
	switch method {
	case ledger.MethodTOTP:
		var step uint64
		var renewed bool
		if step, renewed, err = a.p.totp(t, typed, now); err == nil {
			s, err = a.p.ledger.OpenTOTP(ctx, t, step, renewed, hash)
		}
	case ledger.MethodAuthenticator:
		var step uint64
		if step, err = a.p.app(ctx, t, typed, true, now); err == nil {
			s, err = a.p.ledger.OpenAuthenticator(ctx, t, step, hash)
		}
	case ledger.MethodRecovery:
		var digest string
		if digest, err = onetime.Digest(onetime.Recovery, t.Account, typed); err == nil {
			s, err = a.p.ledger.OpenRecovery(ctx, t, digest, hash)
		}
	default:
		err = fault.New(fault.WrongCode)
	}
	if err = a.p.judged(ctx, t, err); err != nil && fault.From(err).Code == fault.WrongCode {
		err = fault.Wrap(err, fault.WrongCode, append(t.Waits(), "left", strconv.Itoa(t.Left()))...) // it has shown its key, and could count them itself
	}
	return s, err
}

// judged tells the books of a try whose code was wrong.
func (p *Platform) judged(ctx context.Context, t ledger.Try, err error) error {
	if err != nil && fault.From(err).Code == fault.WrongCode {
		return errors.Join(err, p.ledger.Wrong(ctx, t))
	}
	return err
}

// secrets are the K of a device, and that of a new PIN until its first use.
func (p *Platform) secrets(d ledger.Device) (k, next secret.Secret, err error) {
	if k, err = p.trust.vault.Open(d.Secret, d.ID); err != nil || d.Next == nil {
		return k, next, err
	}
	next, err = p.trust.vault.Open(d.Next, d.ID)
	return k, next, err
}

// totp is the step that a code of K fits, and whether it is of the next K.
func (p *Platform) totp(t ledger.Try, typed secret.Secret, now time.Time) (step uint64, renewed bool, err error) {
	k, next, err := p.secrets(t.Device)
	if err != nil {
		return 0, false, err
	}
	defer k.Wipe()
	defer next.Wipe()
	step, err = codes.CheckSession(k, typed, now, t.Step)
	if next.Len() == 0 {
		return step, false, err
	}
	if other, failed := codes.CheckSession(next, typed, now, t.Step); failed == nil {
		return other, true, nil
	}
	return step, false, err
}

// app is the step that a code of the person's authenticator fits.
func (p *Platform) app(ctx context.Context, t ledger.Try, typed secret.Secret, ready bool, now time.Time) (step uint64, err error) {
	var held ledger.Authenticator
	if err = p.ledger.View(ctx, t.Owner, func(v *ledger.View) error {
		held, err = v.Authenticator()
		return err
	}); err != nil {
		return 0, err
	}
	if ready && !held.Ready {
		return 0, fault.New(fault.WrongCode)
	}
	key, err := p.trust.vault.Open(held.Secret, ofAuthenticator(t.Account))
	if err != nil {
		return 0, err
	}
	defer key.Wipe()
	return codes.CheckAuthenticator(key, typed, now, held.Step)
}

// ofAuthenticator is what the key of a person's app is bound to in the vault.
func ofAuthenticator(account string) string { return "authenticator " + account }

// CloseSession closes the session of the request.
func (a *answers) CloseSession(ctx context.Context, _ wire.CloseSessionRequestObject) (wire.CloseSessionResponseObject, error) {
	if hash := caller(ctx).Hash; hash != nil { // somebody inside this process has no session
		a.p.trust.uses.forget(hash)
		if err := a.p.ledger.CloseSession(ctx, hash); err != nil {
			return nil, err
		}
	}
	return wire.CloseSession204Response{Headers: wire.CloseSession204ResponseHeaders{CorrelationId: correlation(ctx)}}, nil
}
