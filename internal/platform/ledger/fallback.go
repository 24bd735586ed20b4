package ledger

import (
	"context"
	"database/sql"
	"errors"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/wallet"
)

// Fallbacks open sessions when the PIN path fails. What they open confirms
// nothing by itself: that takes K. A good one takes its own try back and no
// more, so that it does not wash away wrong PINs.

// Authenticator is the key of a person's authenticator app.
type Authenticator struct {
	Secret []byte // sealed
	Ready  bool   // a first code has shown that the app has it
	Step   uint64 // of the last code that was taken
}

// Authenticator finds the app's key; fault.WrongCode if there is none, since
// then no code is right.
func (v *View) Authenticator() (a Authenticator, err error) {
	err = v.row("SELECT secret, ready, step FROM authenticators WHERE owner = $1", v.owner).Scan(&a.Secret, &a.Ready, &a.Step)
	if errors.Is(err, sql.ErrNoRows) {
		err = fault.New(fault.WrongCode)
	}
	return a, err
}

// ReadyAuthenticator takes a first code of the app: from now on its codes open
// sessions, and its key is not handed out any more. fault.WrongCode for a step
// that was taken before.
func (l *Ledger) ReadyAuthenticator(ctx context.Context, t Try, step uint64) error {
	return l.change(ctx, t.Owner.ID, func(b *book) error {
		if err := b.stepApp(step); err != nil {
			return err
		}
		if err := b.exec("UPDATE authenticators SET ready = 1 WHERE owner = $1", b.owner); err != nil {
			return err
		}
		if err := b.exec("DELETE FROM seals WHERE owner = $1 AND act = (SELECT act FROM authenticators WHERE owner = $1)", b.owner); err != nil {
			return err
		}
		if err := b.spare(t); err != nil {
			return err
		}
		if err := b.alarm(wallet.AlertNewApp, t.Name, t.at); err != nil {
			return err
		}
		return b.log("authenticator.ready", t.at, note{"device": t.Device.ID})
	})
}

// OpenAuthenticator opens a session by a code of the app.
func (l *Ledger) OpenAuthenticator(ctx context.Context, t Try, step uint64, hash []byte) (Session, error) {
	return l.fallBack(ctx, t, MethodAuthenticator, hash, func(b *book) error { return b.stepApp(step) })
}

// OpenRecovery opens a session by a recovery code, which is used up; the person is told.
func (l *Ledger) OpenRecovery(ctx context.Context, t Try, digest string, hash []byte) (Session, error) {
	return l.fallBack(ctx, t, MethodRecovery, hash, func(b *book) error {
		err := b.row("DELETE FROM recovery_codes WHERE owner = $1 AND digest = $2 RETURNING digest", b.owner, digest).Scan(&digest)
		if errors.Is(err, sql.ErrNoRows) {
			return fault.New(fault.WrongCode)
		}
		if err != nil {
			return err
		}
		return b.alarm(wallet.AlertRecoveryUsed, t.Name, t.at)
	})
}

func (l *Ledger) fallBack(ctx context.Context, t Try, method string, hash []byte, use func(*book) error) (s Session, err error) {
	err = l.change(ctx, t.Owner.ID, func(b *book) error {
		if err := b.sweep(t.at); err != nil {
			return err
		}
		d, err := b.usable(t.Device.ID, t.at)
		if err != nil {
			return err
		}
		if d.State == act.DevicePending { // it has yet to show that it has K
			return fault.New(fault.WrongCode)
		}
		if err := use(b); err != nil {
			return err
		}
		if err := b.spare(t); err != nil {
			return err
		}
		if s, err = b.admit(d, hash, act.ScopeAct, method, t.at); err != nil {
			return err
		}
		return b.log("session.opened", t.at, note{"device": d.ID, "method": method})
	})
	return s, err
}

// stepApp takes a step of the app, once.
func (b *book) stepApp(step uint64) error {
	err := b.row("UPDATE authenticators SET step = $1 WHERE owner = $2 AND step < $1 RETURNING step", int64(step), b.owner).Scan(&step)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.WrongCode)
	}
	return err
}

// spare takes one try back without forgetting the wrong ones before it.
func (b *book) spare(t Try) error {
	if err := b.exec("DELETE FROM tries WHERE id = $1", t.ID); err != nil {
		return err
	}
	return b.exec(`UPDATE devices SET fails = CASE WHEN fails > 0 THEN fails - 1 ELSE 0 END,
		paused = CASE WHEN fails <= $1 THEN $2 ELSE paused END, used = CASE WHEN used > $3 THEN used ELSE $3 END WHERE id = $4`,
		pauseAfter, int64(unset), millis(t.at), t.Device.ID)
}
