package platform

import (
	"bytes"
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"strconv"
	"time"

	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
	"jandon/internal/safe"
	"jandon/internal/wire"
	"jandon/keystore/challenge"
	"jandon/keystore/enrol"
	"jandon/keystore/onetime"
	"jandon/keystore/secret"
)

// enrolmentTime is how long an activation code is good. The mail that brings
// it takes seconds, a person a minute.
const enrolmentTime = 10 * time.Minute

// keyLen is the length of K in bytes.
const keyLen = 32

// Enrol begins to let a device in. Somebody without a handle here gets the same
// answer, after the same work.
func (a *answers) Enrol(ctx context.Context, q wire.EnrolRequestObject) (wire.EnrolResponseObject, error) {
	now, proof := a.clock(), proven(ctx)
	if err := a.p.trust.paces.take("handle "+q.Body.Handle, paceOfHandle, now); err != nil {
		return nil, err
	}
	seal, err := sealKey(q.Body.HpkePublicKey)
	if err != nil {
		return nil, err
	}
	if safe.Changed(q.Body.DeviceName) { // what is confirmed later is this name, as it stands
		return nil, badField("/body/device_name", "must be plain text in one line")
	}
	code, err := onetime.New(onetime.Activation)
	if err != nil {
		return nil, err
	}
	e := ledger.Enrolment{
		ID: "e-" + rand.Text(), JWK: proof.Key.JWK(), JKT: proof.JKT, Seal: seal, Name: q.Body.DeviceName, Store: string(q.Body.Store),
		Mark: challenge.Receipt([]byte(proof.JKT)), Made: now, Expires: now.Add(enrolmentTime),
	}
	if e.Digest, err = onetime.Digest(onetime.Activation, e.ID, code); err != nil {
		return nil, err
	}
	a.p.tidy(ctx, now)
	known, err := a.p.ledger.Enrol(ctx, q.Body.Handle, e)
	if err != nil {
		return nil, err
	}
	a.p.wake() // its act lapses by itself
	if known {
		a.p.trust.outbox.send(Letter{At: now, Handle: q.Body.Handle, Device: e.Name, Mark: e.Mark, Code: code, Expires: e.Expires})
	}
	return wire.Enrol202JSONResponse{
		Body: wire.Enrolment{Enrolment: safe.Line(e.ID), Expires: e.Expires}, Headers: wire.Enrol202ResponseHeaders{CorrelationId: correlation(ctx)},
	}, nil
}

// sealKey reads a public key that secrets are sealed for.
func sealKey(text string) ([]byte, error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err == nil {
		_, err = ecdh.P256().NewPublicKey(b)
	}
	if err != nil {
		return nil, badField("/body/hpke_public_key", "must be an uncompressed point of P-256 as base64url")
	}
	return b, nil
}

// GiveUpEnrolment ends an enrolment for the device that began it. Its key is
// enough, as it is for a device that ends itself.
func (a *answers) GiveUpEnrolment(ctx context.Context, q wire.GiveUpEnrolmentRequestObject) (wire.GiveUpEnrolmentResponseObject, error) {
	if err := a.p.ledger.GiveUpEnrolment(ctx, q.Id, proven(ctx).JKT, a.clock()); err != nil {
		return nil, err
	}
	return wire.GiveUpEnrolment204Response{Headers: wire.GiveUpEnrolment204ResponseHeaders{CorrelationId: correlation(ctx)}}, nil
}

// Activate lets a device in for its code, or because another has approved. Who
// lost the answer may ask again while the device is pending. The keys that wait in
// a keyring, which may be copied, are not enough: the code is not among them, and
// neither is the key that the enrolment was begun with, which alone opens what an
// approval brings.
func (a *answers) Activate(ctx context.Context, q wire.ActivateRequestObject) (wire.ActivateResponseObject, error) {
	now, jkt := a.clock(), proven(ctx).JKT
	typed := secret.New([]byte(q.Body.Code))
	defer typed.Wipe()
	seal, err := sealKey(q.Body.HpkePublicKey)
	if err != nil {
		return nil, err
	}
	x, err := a.p.ledger.TryActivation(ctx, q.Id, jkt, typed.Len() > 0, now)
	if err != nil {
		return nil, err
	}
	good := typed.Len() == 0 && x.Granted && bytes.Equal(seal, x.Seal)
	if typed.Len() > 0 {
		digest, _ := onetime.Digest(onetime.Activation, q.Id, typed) // "" if it can be no code, which equals none
		good = subtle.ConstantTimeCompare([]byte(digest), []byte(x.Digest)) == 1
	}
	if !good || x.Owner.ID == 0 { // nobody's handle has a code as well, which nobody was sent
		if typed.Len() == 0 { // nothing was tried
			return nil, fault.New(fault.WrongCode)
		}
		return nil, fault.New(fault.WrongCode, "left", strconv.Itoa(x.Left))
	}
	k, err := a.letIn(ctx, q.Id, &x, now)
	if err != nil {
		return nil, err
	}
	defer k.Wipe()
	sealed, err := enrol.Seal(seal, x.Device, jkt, k)
	if err != nil {
		return nil, err
	}
	return wire.Activate200JSONResponse{
		Body: wire.Activated{
			Account: safe.Line(x.Account), Device: safe.Line(x.Device), SealedSecret: base64.RawURLEncoding.EncodeToString(sealed), ServerTime: now,
		},
		Headers: wire.Activate200ResponseHeaders{CorrelationId: correlation(ctx)},
	}, nil
}

// letIn makes the device of an enrolment and its K, or finds them.
func (a *answers) letIn(ctx context.Context, id string, x *ledger.Activation, now time.Time) (k secret.Secret, err error) {
	if x.Device != "" {
		return a.p.trust.vault.Open(x.Secret, x.Device)
	}
	x.Device, k = ledger.NewDeviceID(), secret.Random(keyLen)
	if x.Secret, err = a.p.trust.vault.Seal(k, x.Device); err != nil {
		return k, err
	}
	x.Account, err = a.p.ledger.Activate(ctx, id, *x, now)
	if !errors.Is(err, fault.New(fault.EnrolmentOver)) {
		return k, err
	}
	faster, again := a.p.ledger.TryActivation(ctx, id, x.JKT, false, now)
	if again != nil || faster.Device == "" {
		return k, err
	}
	k.Wipe() // another try with the same code was faster, and has made the device
	*x = faster
	return a.p.trust.vault.Open(x.Secret, x.Device)
}
