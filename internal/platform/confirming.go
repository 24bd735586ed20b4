package platform

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
	"jandon/internal/safe"
	"jandon/internal/wire"
	"jandon/keystore/challenge"
	"jandon/keystore/codes"
	"jandon/keystore/device"
	"jandon/keystore/secret"
)

// ChallengeAct makes the bytes that confirm an act, for the device that asks.
func (a *answers) ChallengeAct(ctx context.Context, q wire.ChallengeActRequestObject) (wire.ChallengeActResponseObject, error) {
	who, err := acting(ctx)
	if err != nil {
		return nil, err
	}
	c, err := a.p.ledger.Challenge(ctx, who.User, who.Device, q.Id, a.clock(), func(one act.Act, d ledger.Device, expires time.Time) (string, []byte, error) {
		return question(one, d, who.Origin, expires)
	})
	if err != nil {
		return nil, err
	}
	return wire.ChallengeAct201JSONResponse{Body: fromChallenge(c), Headers: wire.ChallengeAct201ResponseHeaders{CorrelationId: correlation(ctx)}}, nil
}

// question writes the bytes that confirm an act and nothing else.
func question(a act.Act, d ledger.Device, server string, expires time.Time) (id string, b []byte, err error) {
	c := challenge.Challenge{
		Account: d.Account, Action: string(a.Action), Amount: a.Amount.Minor, Currency: string(a.Amount.Currency), Device: d.ID, Expires: expires.Unix(),
		Fee: a.Fee.Minor, ID: "c-" + rand.Text(), Nonce: challenge.NewNonce(), Quote: a.Quote, Server: server, V: challenge.Version,
	}
	for _, l := range a.Legs {
		c.Legs = append(c.Legs, challenge.Leg{Amount: l.Net.Minor, Payee: l.Payee.Name, PayeeID: l.Payee.ID})
	}
	if len(a.Legs) == 0 {
		c.Legs = []challenge.Leg{{Payee: a.Subject.Name, PayeeID: a.Subject.ID}}
	}
	if b, err = c.Encode(); err != nil {
		return "", nil, fault.Wrap(err, fault.Internal) // an act that can't be written is our fault
	}
	return c.ID, b, nil
}

func fromChallenge(c ledger.Challenge) wire.Challenge {
	return wire.Challenge{
		Id: safe.Line(c.ID), Act: safe.Line(c.Act), Need: wire.ChallengeNeed(c.Need), Bytes: base64.RawURLEncoding.EncodeToString(c.Bytes), Expires: c.Expires,
	}
}

// GetChallenge tells a device of its challenge again.
func (a *answers) GetChallenge(ctx context.Context, q wire.GetChallengeRequestObject) (wire.GetChallengeResponseObject, error) {
	var c ledger.Challenge
	err := a.read(ctx, func(v *ledger.View) (err error) {
		c, err = v.Challenge(caller(ctx).Device, q.Id, a.clock())
		return err
	})
	if err != nil {
		return nil, err
	}
	return wire.GetChallenge200JSONResponse{Body: fromChallenge(c), Headers: wire.GetChallenge200ResponseHeaders{CorrelationId: correlation(ctx)}}, nil
}

// Confirm carries out the act of a challenge for a code and a signature over
// its very bytes. A try is counted before either is looked at, both are looked
// at whatever the other says, and one answer is given for both.
func (a *answers) Confirm(ctx context.Context, q wire.ConfirmRequestObject) (wire.ConfirmResponseObject, error) {
	who, err := acting(ctx)
	if err != nil {
		return nil, err
	}
	typed := secret.New([]byte(q.Body.Code))
	defer typed.Wipe()
	c, t, err := a.p.ledger.TryConfirm(ctx, who.User, who.Device, q.Id, a.clock())
	if err != nil {
		return nil, err
	}
	renewed, err := a.p.answered(c, t, typed, q.Body.Jws)
	if err != nil {
		if err = a.p.judged(ctx, t, err); fault.From(err).Code == fault.WrongCode { // the last before a pause says so
			err = fault.Wrap(err, fault.WrongCode, t.Waits()...)
		}
		return nil, err
	}
	one, err := a.p.ledger.Confirmed(ctx, c, t, renewed, challenge.Receipt(c.Bytes), q.Body.Jws)
	if err != nil {
		return nil, err
	}
	a.p.wake()
	return wire.Confirm200JSONResponse{Body: wire.FromAct(one), Headers: wire.Confirm200ResponseHeaders{CorrelationId: correlation(ctx)}}, nil
}

// answered is nil if code and signature answer a challenge; renewed says that
// the code is of the next K. fault.WrongCode for either.
func (p *Platform) answered(c ledger.Challenge, t ledger.Try, typed secret.Secret, jws string) (renewed bool, err error) {
	k, next, err := p.secrets(t.Device)
	if err != nil {
		return false, err
	}
	defer k.Wipe()
	defer next.Wipe()
	good, err := codes.Confirms(k, c.Bytes, typed)
	if err != nil {
		return false, err
	}
	if next.Len() > 0 {
		if renewed, err = codes.Confirms(next, c.Bytes, typed); err != nil {
			return false, err
		}
	}
	key, err := device.ParseJWK(t.JWK)
	if err != nil {
		return false, fault.Wrap(err, fault.Internal)
	}
	signed := key.CheckReceipt(jws, c.Bytes) == nil
	if !signed || !good && !renewed {
		return false, fault.New(fault.WrongCode)
	}
	return renewed, nil
}
