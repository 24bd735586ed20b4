package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
)

// Enrolment is a device that asks to be let in.
type Enrolment struct {
	ID          string
	Digest      string // of the activation code
	JWK         []byte
	JKT         string
	Seal        []byte // the public key that its secret is sealed for, once approved
	Name, Store string
	Mark        string // what tells its key from others, to compare on two screens
	Made        time.Time
	Expires     time.Time
	Granted     bool   // another device has approved
	Device      string // what it became; "": nothing yet
	Owner       User   // whom it would belong to; zero: nobody has that handle
	Account     string
}

// tries that an activation code has.
const activationTries = 5

// Enrol notes that a device asks, and begins the act by which another device
// can approve. Nobody's handle costs the same work: the platform's own user
// stands in. known says whether somebody has the handle.
func (l *Ledger) Enrol(ctx context.Context, handle string, e Enrolment) (known bool, err error) {
	var owner int64
	err = l.read.row(ctx, nil, "SELECT id FROM users WHERE handle = $1", handle).Scan(&owner)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, l.told(err)
	}
	known = err == nil
	err = l.change(ctx, owner, func(b *book) error {
		if err := b.sweep(e.Made); err != nil {
			return err
		}
		a, err := b.begin(act.Act{
			Action: act.AddDevice, Need: act.NeedPIN, Made: e.Made, Until: e.Expires, Subject: act.Payee{Name: e.Name, ID: e.Mark},
		}, Key{}, e.ID)
		if err != nil {
			return err
		}
		return b.exec(`INSERT INTO enrolments (id, owner, digest, jwk, jkt, seal, name, store, act, made, expires)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			e.ID, b.owner, e.Digest, e.JWK, e.JKT, e.Seal, e.Name, e.Store, a.ID, millis(e.Made), millis(e.Expires))
	})
	return known, err
}

// grantEnrolment is the deed of device.add: the enrolment may finish without a code.
func (b *book) grantEnrolment(a act.Act, at time.Time) (act.State, error) {
	var id string
	if err := b.detail(a.ID, &id); err != nil {
		return "", err
	}
	err := b.row("UPDATE enrolments SET granted = 1 WHERE id = $1 AND owner = $2 AND expires > $3 AND tries < $4 AND device = '' RETURNING id",
		id, b.owner, millis(at), activationTries).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fault.New(fault.EnrolmentOver)
	}
	return act.Done, err
}

// refuseEnrolment ends an enrolment that the person does not want; one whose
// act lapses has ended by itself.
func (b *book) refuseEnrolment(a act.Act, to act.State, at time.Time) error {
	if to != act.Canceled {
		return nil
	}
	return b.exec("UPDATE enrolments SET expires = $1 WHERE owner = $2 AND act = $3 AND expires > $1", millis(at), b.owner, a.ID)
}

// GiveUpEnrolment ends an enrolment for the device that asked: its act is
// canceled, and what it became already is revoked. One that ended before is no
// error; what does not exist or is another key's is fault.EnrolmentOver.
func (l *Ledger) GiveUpEnrolment(ctx context.Context, id, jkt string, at time.Time) error {
	var owner int64
	err := l.read.row(ctx, nil, "SELECT owner FROM enrolments WHERE id = $1 AND jkt = $2", id, jkt).Scan(&owner)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.EnrolmentOver)
	}
	if err != nil {
		return l.told(err)
	}
	return l.change(ctx, owner, func(b *book) error {
		if err := b.sweep(at); err != nil {
			return err
		}
		var asked, became string
		if err := b.row("UPDATE enrolments SET expires = min(expires, $1) WHERE id = $2 RETURNING act, device", millis(at), id).Scan(&asked, &became); err != nil {
			return err
		}
		if became != "" {
			err := b.revoke(became, became, at)
			if err != nil && fault.From(err).Code == fault.NotFound { // it is gone already
				return nil
			}
			return err
		}
		a, err := b.act(asked)
		if err != nil || a.State != act.Waiting {
			return err
		}
		_, err = b.release(a, act.Canceled, at)
		return err
	})
}
