package platform

import (
	"context"
	"encoding/base64"

	"jandon/internal/act"
	"jandon/internal/platform/ledger"
	"jandon/internal/wire"
	"jandon/keystore/codes"
	"jandon/keystore/enrol"
	"jandon/keystore/secret"
)

// ChangeSecret begins the act by which this device gets a new K, as a new PIN
// needs one.
func (a *answers) ChangeSecret(ctx context.Context, q wire.ChangeSecretRequestObject) (wire.ChangeSecretResponseObject, error) {
	who, k, seal, err := a.renewing(ctx, q.Params.IdempotencyKey, act.ChangePIN, *q.Body)
	if err != nil {
		return nil, err
	}
	next := secret.Random(keyLen)
	defer next.Wipe()
	sealed, err := a.p.trust.vault.Seal(next, who.Device)
	if err != nil {
		return nil, err
	}
	made, err := a.p.ledger.ChangeSecret(ctx, who.User, who.Device, k, seal, sealed, a.clock())
	if err != nil {
		return nil, err
	}
	a.p.wake() // it lapses by itself
	return wire.ChangeSecret201JSONResponse{Body: wire.FromAct(made), Headers: wire.ChangeSecret201ResponseHeaders{CorrelationId: correlation(ctx)}}, nil
}

// AddAuthenticator begins the act by which an app becomes the person's authenticator.
func (a *answers) AddAuthenticator(ctx context.Context, q wire.AddAuthenticatorRequestObject) (wire.AddAuthenticatorResponseObject, error) {
	who, k, seal, err := a.renewing(ctx, q.Params.IdempotencyKey, act.AddAuthenticator, *q.Body)
	if err != nil {
		return nil, err
	}
	d, err := a.p.ledger.Device(ctx, who.Device, a.clock())
	if err != nil {
		return nil, err
	}
	key := codes.NewAuthenticator()
	defer key.Wipe()
	sealed, err := a.p.trust.vault.Seal(key, ofAuthenticator(d.Account))
	if err != nil {
		return nil, err
	}
	made, err := a.p.ledger.AddAuthenticator(ctx, who.User, who.Device, k, seal, sealed, a.clock())
	if err != nil {
		return nil, err
	}
	a.p.wake() // it lapses by itself
	return wire.AddAuthenticator201JSONResponse{Body: wire.FromAct(made), Headers: wire.AddAuthenticator201ResponseHeaders{CorrelationId: correlation(ctx)}}, nil
}

// renewing is what both need to begin.
func (a *answers) renewing(ctx context.Context, key string, action act.Action, body wire.SealRequest) (who party, k ledger.Key, seal []byte, err error) {
	if who, err = acting(ctx); err != nil {
		return who, k, nil, err
	}
	if seal, err = sealKey(body.HpkePublicKey); err != nil {
		return who, k, nil, err
	}
	k, err = keyFor(key, action, body)
	return who, k, seal, err
}

// SetRecoveryCodes begins the act by which other recovery codes take the place
// of the old. Their codes never come here before they are used.
func (a *answers) SetRecoveryCodes(ctx context.Context, q wire.SetRecoveryCodesRequestObject) (wire.SetRecoveryCodesResponseObject, error) {
	who, err := acting(ctx)
	if err != nil {
		return nil, err
	}
	k, err := keyFor(q.Params.IdempotencyKey, act.SetRecovery, q.Body)
	if err != nil {
		return nil, err
	}
	made, err := a.p.ledger.SetRecovery(ctx, who.User, who.Device, k, q.Body.Digests, a.clock())
	if err != nil {
		return nil, err
	}
	a.p.wake() // it lapses by itself
	return wire.SetRecoveryCodes201JSONResponse{Body: wire.FromAct(made), Headers: wire.SetRecoveryCodes201ResponseHeaders{CorrelationId: correlation(ctx)}}, nil
}

// GetActSecret delivers what a confirmed act brought, sealed for the device
// that began it, as often as it asks until the first use.
func (a *answers) GetActSecret(ctx context.Context, q wire.GetActSecretRequestObject) (wire.GetActSecretResponseObject, error) {
	who, err := acting(ctx)
	if err != nil {
		return nil, err
	}
	d, err := a.p.ledger.Device(ctx, who.Device, a.clock())
	if err != nil {
		return nil, err
	}
	var found ledger.Delivery
	if err := a.read(ctx, func(v *ledger.View) (err error) {
		found, err = v.Delivery(d.ID, q.Id)
		return err
	}); err != nil {
		return nil, err
	}
	of, seal := d.ID, enrol.Seal
	if found.Action == act.AddAuthenticator {
		of, seal = ofAuthenticator(d.Account), enrol.SealAuthenticator
	}
	k, err := a.p.trust.vault.Open(found.Secret, of)
	if err != nil {
		return nil, err
	}
	defer k.Wipe()
	sealed, err := seal(found.Seal, d.ID, d.JKT, k)
	if err != nil {
		return nil, err
	}
	return wire.GetActSecret200JSONResponse{
		Body:    wire.SealedSecret{SealedSecret: base64.RawURLEncoding.EncodeToString(sealed)},
		Headers: wire.GetActSecret200ResponseHeaders{CorrelationId: correlation(ctx)},
	}, nil
}

// CheckAuthenticator takes a first code of the app; from then on its codes open sessions.
func (a *answers) CheckAuthenticator(ctx context.Context, q wire.CheckAuthenticatorRequestObject) (wire.CheckAuthenticatorResponseObject, error) {
	who, err := trusted(ctx)
	if err != nil {
		return nil, err
	}
	typed := secret.New([]byte(q.Body.Code))
	defer typed.Wipe()
	now := a.clock()
	t, err := a.p.ledger.Try(ctx, who.User, who.Device, now)
	if err != nil {
		return nil, err
	}
	step, err := a.p.app(ctx, t, typed, false, now)
	if err == nil {
		err = a.p.ledger.ReadyAuthenticator(ctx, t, step)
	}
	if err = a.p.judged(ctx, t, err); err != nil {
		return nil, err
	}
	return wire.CheckAuthenticator204Response{Headers: wire.CheckAuthenticator204ResponseHeaders{CorrelationId: correlation(ctx)}}, nil
}
