package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/wallet"
)

// Acts that change what opens sessions. Secrets come in sealed by the platform
// and go out sealed for the device that asked; the books can open neither.

// renewal is the detail of pin.change and authenticator.add.
type renewal struct {
	Seal   []byte // the public key to seal for
	Secret []byte // sealed
}

// trust begins an act about what opens sessions. It wants the PIN typed anew.
func (l *Ledger) trust(ctx context.Context, u User, a act.Act, k Key, at time.Time, detail any) (made act.Act, err error) {
	return l.beginAct(ctx, u, k, at, func(b *book) (act.Act, any, error) {
		d, err := b.device(a.Device, at)
		if a.Subject == (act.Payee{}) {
			a.Subject = act.Payee{Name: d.Name, ID: d.ID}
		}
		return a, detail, err
	})
}

// ChangeSecret begins pin.change: a device gets a new K, which comes sealed.
func (l *Ledger) ChangeSecret(ctx context.Context, u User, device string, k Key, seal, secret []byte, at time.Time) (act.Act, error) {
	return l.trust(ctx, u, act.Act{Action: act.ChangePIN, Device: device}, k, at, renewal{seal, secret})
}

// AddAuthenticator begins authenticator.add: a key for an app, which comes sealed.
func (l *Ledger) AddAuthenticator(ctx context.Context, u User, device string, k Key, seal, secret []byte, at time.Time) (act.Act, error) {
	return l.trust(ctx, u, act.Act{Action: act.AddAuthenticator, Device: device}, k, at, renewal{seal, secret})
}

// SetRecovery begins recovery.set: other recovery codes, by their digests.
func (l *Ledger) SetRecovery(ctx context.Context, u User, device string, k Key, digests []string, at time.Time) (act.Act, error) {
	return l.trust(ctx, u, act.Act{Action: act.SetRecovery, Device: device}, k, at, digests)
}

// renewSecret is the deed of pin.change: the new K counts beside the old one
// until it is used.
func (b *book) renewSecret(a act.Act, at time.Time) (act.State, error) {
	var r renewal
	if err := b.detail(a.ID, &r); err != nil {
		return "", err
	}
	if err := b.exec("DELETE FROM seals WHERE owner = $1 AND act = (SELECT renewed FROM devices WHERE id = $2)", b.owner, a.Device); err != nil {
		return "", err
	}
	if err := b.exec("UPDATE devices SET next = $1, renewed = $2 WHERE id = $3 AND owner = $4", r.Secret, a.ID, a.Device, b.owner); err != nil {
		return "", err
	}
	if err := b.exec("INSERT INTO seals (owner, act, seal) VALUES ($1, $2, $3)", b.owner, a.ID, r.Seal); err != nil {
		return "", err
	}
	return act.Done, nil
}

// renew makes the new K the only one, at its first use.
func (b *book) renew(d Device, at time.Time) error {
	if d.Next == nil {
		return fault.New(fault.WrongCode) // another was faster: that code is of no K any more
	}
	if err := b.exec("UPDATE devices SET secret = next, next = NULL, renewed = '' WHERE id = $1", d.ID); err != nil {
		return err
	}
	if err := b.exec("DELETE FROM seals WHERE owner = $1 AND act = $2", b.owner, d.Renewed); err != nil {
		return err
	}
	if err := b.alarm(wallet.AlertNewPIN, d.Name, at); err != nil {
		return err
	}
	return b.log("device.new_secret", at, note{"device": d.ID, "act": d.Renewed})
}

// newAuthenticator is the deed of authenticator.add: the key takes the place of
// an older one and waits for a first code.
func (b *book) newAuthenticator(a act.Act, _ time.Time) (act.State, error) {
	var r renewal
	if err := b.detail(a.ID, &r); err != nil {
		return "", err
	}
	if err := b.exec("DELETE FROM seals WHERE owner = $1 AND act = (SELECT act FROM authenticators WHERE owner = $1)", b.owner); err != nil {
		return "", err
	}
	if err := b.exec(`INSERT INTO authenticators (owner, secret, act) VALUES ($1, $2, $3)
		ON CONFLICT (owner) DO UPDATE SET secret = excluded.secret, act = excluded.act, ready = 0, step = 0`, b.owner, r.Secret, a.ID); err != nil {
		return "", err
	}
	return act.Done, b.exec("INSERT INTO seals (owner, act, seal) VALUES ($1, $2, $3)", b.owner, a.ID, r.Seal)
}

// newRecovery is the deed of recovery.set: all older codes are void.
func (b *book) newRecovery(a act.Act, at time.Time) (act.State, error) {
	var digests []string
	if err := b.detail(a.ID, &digests); err != nil {
		return "", err
	}
	if err := b.exec("DELETE FROM recovery_codes WHERE owner = $1", b.owner); err != nil {
		return "", err
	}
	for _, d := range digests {
		if err := b.exec("INSERT INTO recovery_codes (owner, digest) VALUES ($1, $2) ON CONFLICT DO NOTHING", b.owner, d); err != nil {
			return "", err
		}
	}
	return act.Done, b.alarm(wallet.AlertNewRecovery, a.Subject.Name, at)
}

// Delivery is a secret that a confirmed act brought and that was not used yet.
type Delivery struct {
	Action act.Action
	Seal   []byte // the public key to seal for
	Secret []byte // sealed
}

// Delivery finds the secret of an act for the device that began it, as often as
// it is asked for until its first use. fault.NotFound, and fault.ChallengeExpired
// before the act is confirmed and after the secret was used.
func (v *View) Delivery(device, id string) (d Delivery, err error) {
	a, err := v.Act(id)
	if err != nil {
		return d, err
	}
	if a.Device != device || a.Action != act.ChangePIN && a.Action != act.AddAuthenticator {
		return d, fault.New(fault.NotFound, "what", "act")
	}
	d.Action = a.Action
	err = v.row(`SELECT s.seal, coalesce((SELECT next FROM devices WHERE id = $3 AND renewed = $2), (SELECT secret FROM authenticators WHERE owner = $1 AND act = $2))
		FROM seals s WHERE s.owner = $1 AND s.act = $2`, v.owner, id, device).Scan(&d.Seal, &d.Secret)
	if errors.Is(err, sql.ErrNoRows) || err == nil && d.Secret == nil {
		return d, fault.New(fault.ChallengeExpired)
	}
	return d, err
}
