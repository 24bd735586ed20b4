package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform/risk"
	"jandon/internal/wallet"
)

// How long a session lasts.
const (
	IdleTime    = 5 * time.Minute
	SessionTime = time.Hour
)

// Ways to open a session.
const (
	MethodKey           = "key" // the device's key alone: to read
	MethodTOTP          = "totp"
	MethodAuthenticator = "authenticator"
	MethodRecovery      = "recovery"
)

// Session is an open session; its token is known by its hash alone.
type Session struct {
	Hash    []byte // SHA-256 of the token
	Device  Device
	Scope   act.Scope
	Method  string
	Used    time.Time // last, as far as the books know
	Expires time.Time // at the latest
}

// Session finds the session of a token as it is at an instant; idleness is the
// caller's to judge, who sees each use. fault.Unauthorized if there is none.
func (l *Ledger) Session(ctx context.Context, hash []byte, at time.Time) (s Session, err error) {
	s.Hash = hash
	var used, expires int64
	row := l.read.row(ctx, nil, `SELECT s.scope, s.method, s.used, s.expires, `+deviceColumns+`
		FROM sessions s CROSS JOIN devices d CROSS JOIN users u WHERE s.hash = $1 AND d.id = s.device AND u.id = d.owner`, hash)
	s.Device, err = scanDevice(prefixed{row, []any{&s.Scope, &s.Method, &used, &expires}}, at)
	if errors.Is(err, sql.ErrNoRows) {
		return Session{}, fault.New(fault.Unauthorized)
	}
	s.Used, s.Expires = instant(used), instant(expires)
	return s, l.told(err)
}

// prefixed is a row with columns of its own before those that are scanned.
type prefixed struct {
	row   rowScanner
	first []any
}

func (p prefixed) Scan(dest ...any) error { return p.row.Scan(append(p.first, dest...)...) }

// Touch writes down that a session was used.
func (l *Ledger) Touch(ctx context.Context, s Session, at time.Time) error {
	return l.change(ctx, s.Device.Owner.ID, func(b *book) error {
		if err := b.exec("UPDATE sessions SET used = $1 WHERE hash = $2 AND used < $1", millis(at), s.Hash); err != nil {
			return err
		}
		return b.exec("UPDATE devices SET used = $1 WHERE id = $2 AND used < $1", millis(at), s.Device.ID)
	})
}

// CloseSession ends a session; one that is over already stays so.
func (l *Ledger) CloseSession(ctx context.Context, hash []byte) error {
	_, err := l.write.exec(ctx, nil, "DELETE FROM sessions WHERE hash = $1", hash)
	return l.told(err)
}

// OpenReading opens a session that reads.
func (l *Ledger) OpenReading(ctx context.Context, d Device, hash []byte, at time.Time) (s Session, err error) {
	err = l.change(ctx, d.Owner.ID, func(b *book) error {
		if d, err = b.usable(d.ID, at); err != nil {
			return err
		}
		s, err = b.admit(d, hash, act.ScopeRead, MethodKey, at)
		return err
	})
	return s, err
}

// OpenTOTP opens a session that may act, by a code of a step that fitted. The
// step must be later than all before, else fault.WrongCode, and the try stays
// counted. renewed says that the code was of the K of a new PIN, which from
// here on is the only one. A first code makes its device active.
func (l *Ledger) OpenTOTP(ctx context.Context, t Try, step uint64, renewed bool, hash []byte) (s Session, err error) {
	err = l.change(ctx, t.Owner.ID, func(b *book) error {
		if err := b.sweep(t.at); err != nil {
			return err
		}
		d, err := b.usable(t.Device.ID, t.at)
		if err != nil {
			return err
		}
		if step <= d.Step {
			return fault.New(fault.WrongCode)
		}
		if err := b.exec("UPDATE devices SET step = $1 WHERE id = $2", int64(step), d.ID); err != nil {
			return err
		}
		if err := b.good(t); err != nil {
			return err
		}
		if renewed {
			if err := b.renew(d, t.at); err != nil {
				return err
			}
		}
		if d.State == act.DevicePending {
			if err := b.welcome(d, t.at); err != nil {
				return err
			}
		}
		if s, err = b.admit(d, hash, act.ScopeAct, MethodTOTP, t.at); err != nil {
			return err
		}
		return b.log("session.opened", t.at, note{"device": d.ID, "method": MethodTOTP})
	})
	return s, err
}

// welcome makes a pending device an active one, which moves little for a while.
func (b *book) welcome(d Device, at time.Time) error {
	w, err := risk.Shipped()
	if err != nil {
		return err
	}
	if err := b.exec("UPDATE devices SET state = 'active', limited = $1 WHERE id = $2", millis(at.Add(w.YoungDeviceTime())), d.ID); err != nil {
		return err
	}
	if err := b.settled(d.ID, at); err != nil {
		return err
	}
	if err := b.alarm(wallet.AlertNewDevice, d.Name, at); err != nil {
		return err
	}
	return b.log("device.active", at, note{"device": d.ID})
}

// admit writes a session down and gives it back with its device as it is now.
func (b *book) admit(d Device, hash []byte, scope act.Scope, method string, at time.Time) (s Session, err error) {
	s = Session{Hash: hash, Scope: scope, Method: method, Used: at, Expires: at.Add(SessionTime)}
	if err := b.exec("INSERT INTO sessions (hash, device, scope, method, made, used, expires) VALUES ($1, $2, $3, $4, $5, $5, $6)",
		hash, d.ID, string(scope), method, millis(at), millis(s.Expires)); err != nil {
		return Session{}, err
	}
	s.Device, err = b.device(d.ID, at)
	return s, err
}
