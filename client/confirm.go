package client

import (
	"bytes"
	"context"
	"net/http"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/wire"
	"jandon/keystore"
	"jandon/keystore/codes"
)

// Confirm answers the question that Challenge gave for an act: a code of K and
// the device's signature over exactly its bytes. Without a PIN the K in memory
// is used; a question that needs the PIN typed anew, and one asked while
// locked, is StepUpRequired without it, and the act stays as it was. A wrong
// PIN is told by the platform alone (WrongCode), which counts it. Other errors:
// ChallengeExpired, UnknownOutcome, and those of Unlock.
func (a *Account) Confirm(ctx context.Context, of act.Act, typed *keystore.Secret) (act.Act, error) {
	return a.ConfirmShown(ctx, of, typed, nil)
}

// ConfirmShown is Confirm that lends the code to show before it is sent, for a
// person who wants to see it afterwards. Whoever keeps a copy wipes it.
func (a *Account) ConfirmShown(ctx context.Context, of act.Act, typed *keystore.Secret, show func(code []byte)) (act.Act, error) {
	if err := a.enrolled(); err != nil {
		return act.Act{}, err
	}
	q, ok := a.asked.of(of.ID)
	if !ok || q.left(a.Client.clock.Now()) <= 0 {
		a.asked.forget(of.ID)
		return act.Act{}, fault.New(fault.ChallengeExpired)
	}
	k, err := a.answering(ctx, q, typed)
	if err != nil {
		return act.Act{}, err
	}
	defer k.Wipe()
	return a.confirm(ctx, of, q, k, show)
}

// answering is the K that answers a question.
func (a *Account) answering(ctx context.Context, q question, typed *keystore.Secret) (keystore.Secret, error) {
	if typed == nil {
		k := a.heldK()
		if q.need != act.NeedCode || k.Len() == 0 {
			k.Wipe()
			return keystore.Secret{}, fault.New(fault.StepUpRequired)
		}
		return k, nil
	}
	if !a.Unlocked() {
		if _, err := a.Unlock(ctx, *typed); err != nil {
			return keystore.Secret{}, err
		}
		return a.heldK(), nil
	}
	return a.openK(ctx, *typed)
}

func (a *Account) confirm(ctx context.Context, of act.Act, q question, k keystore.Secret, show func([]byte)) (act.Act, error) {
	code, err := codes.Confirm(k, q.bytes)
	if err != nil {
		return act.Act{}, err
	}
	defer code.Wipe()
	if show != nil {
		code.Expose(show)
	}
	receipt, err := a.Client.who.key.Receipt(q.bytes)
	if err != nil {
		return act.Act{}, err
	}
	body, err := hide("code", code, map[string]string{"jws": receipt})
	if err != nil {
		return act.Act{}, err
	}
	defer clear(body)
	defer a.known.drop()
	got, err := a.actCall(ctx, of.ID, call{
		name: "confirm", as: actor, fresh: true, moves: true, once: true,
		build: func() (*http.Request, error) {
			return wire.NewConfirmRequestWithBody(a.Client.base, q.id, "application/json", bytes.NewReader(body))
		},
	})
	if err != nil {
		return a.unconfirmed(ctx, of, err)
	}
	return a.confirmed(ctx, got)
}

// confirmed keeps what came of a confirmation.
func (a *Account) confirmed(ctx context.Context, got act.Act) (act.Act, error) {
	a.asked.forget(got.ID)
	after := context.WithoutCancel(ctx)
	e, w, ok, err := a.entry(after, got.ID)
	if err != nil || !ok {
		return got, err
	}
	return got, a.follow(after, e.Key, w, got)
}

// unconfirmed finds out what a confirmation came to whose answer was lost, or
// that was too late because an earlier one had been taken.
func (a *Account) unconfirmed(ctx context.Context, of act.Act, err error) (act.Act, error) {
	switch fault.From(err).Code {
	case fault.UnknownOutcome, fault.ChallengeExpired, fault.TooLate, fault.NotFound:
	default:
		return act.Act{}, err
	}
	now, failed := a.Act(context.WithoutCancel(ctx), of.ID)
	switch {
	case failed != nil:
		return act.Act{}, err
	case now.Receipt != "" || now.State == act.Going || now.State == act.Done || now.State == act.Partly || now.State == act.Returned:
		return a.confirmed(ctx, now)
	case fault.From(err).Code != fault.UnknownOutcome:
		a.asked.forget(of.ID)
	}
	return act.Act{}, err
}
