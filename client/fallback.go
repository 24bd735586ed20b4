package client

import (
	"bytes"
	"context"
	"encoding/base64"
	"net/http"
	"sync"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/wire"
	"jandon/keystore"
	"jandon/keystore/codes"
	"jandon/keystore/digits"
	"jandon/keystore/enrol"
	"jandon/keystore/onetime"
)

// onceKeys open the sealed secrets of acts under way, by Act.ID.
type onceKeys struct {
	mu    sync.Mutex
	byAct map[string]enrol.Key
}

func (o *onceKeys) keep(id string, k enrol.Key) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.byAct == nil {
		o.byAct = map[string]enrol.Key{}
	}
	o.byAct[id] = k
}

func (o *onceKeys) of(id string) (enrol.Key, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	k, ok := o.byAct[id]
	return k, ok
}

// NewRecoveryCodes makes a sheet of recovery codes and asks for it to take the
// place of the old one; the act has to be confirmed before they are worth
// anything. The codes are made here: the platform only gets digests.
func (a *Account) NewRecoveryCodes(ctx context.Context) ([]keystore.Secret, act.Act, error) {
	if err := a.enrolled(); err != nil {
		return nil, act.Act{}, err
	}
	sheet, err := onetime.Sheet()
	if err != nil {
		return nil, act.Act{}, err
	}
	w := wish{Action: act.SetRecovery}
	for _, code := range sheet {
		digest, err := onetime.Digest(onetime.Recovery, a.Client.who.account, code)
		if err != nil {
			return nil, act.Act{}, err
		}
		w.Digests = append(w.Digests, digest)
	}
	begun, err := a.begin(ctx, w)
	if err != nil {
		for _, code := range sheet {
			code.Wipe()
		}
		return nil, act.Act{}, err
	}
	return sheet, begun, nil
}

// AddAuthenticator asks for the key of an authenticator app. Once the act is
// confirmed, AuthenticatorURI has it.
func (a *Account) AddAuthenticator(ctx context.Context) (act.Act, error) {
	once, err := enrol.NewKey()
	if err != nil {
		return act.Act{}, err
	}
	begun, err := a.begin(ctx, wish{Action: act.AddAuthenticator, Public: base64.RawURLEncoding.EncodeToString(once.Public())})
	if err != nil {
		once.Wipe()
		return act.Act{}, err
	}
	a.keys.keep(begun.ID, once)
	return begun, nil
}

// AuthenticatorURI is what an app reads as a QR code: it holds the key, which
// was sealed for this device, and can be had once.
func (a *Account) AuthenticatorURI(ctx context.Context, id string) (keystore.Secret, error) {
	once, ok := a.keys.of(id)
	if !ok {
		return keystore.Secret{}, fault.New(fault.NotFound, "what", short(id))
	}
	sealed, err := a.sealedOf(ctx, id)
	if err != nil {
		return keystore.Secret{}, err
	}
	w := a.Client.who
	seed, err := once.OpenAuthenticator(sealed, w.device, w.key.Public().Thumbprint())
	if err != nil {
		return keystore.Secret{}, err
	}
	defer seed.Wipe()
	return codes.AuthenticatorURI(seed, "Jandon", w.account)
}

// CheckAuthenticator shows the platform by a first code that the app is set
// up; from then on its codes open sessions.
func (a *Account) CheckAuthenticator(ctx context.Context, typed keystore.Secret) error {
	if err := a.enrolled(); err != nil {
		return err
	}
	plain, ok := digits.Plain(typed)
	if !ok {
		return fault.New(fault.WrongCode)
	}
	defer plain.Wipe()
	body, err := hide("code", plain, struct{}{})
	if err != nil {
		return err
	}
	defer clear(body)
	_, err = a.Client.do(ctx, call{
		name: "check authenticator", as: actor, once: true, good: []int{http.StatusNoContent},
		build: func() (*http.Request, error) {
			return wire.NewCheckAuthenticatorRequestWithBody(a.Client.base, "application/json", bytes.NewReader(body))
		},
	})
	return err
}
