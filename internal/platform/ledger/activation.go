package ledger

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"strings"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
)

// A device that is let in has this long for its first code, then it is forgotten.
const pendingTime = 10 * time.Minute

// Activation is a counted try to finish an enrolment.
type Activation struct {
	Owner   User
	Account string // once it became a device
	Digest  string // of the code that is right
	Granted bool   // another device has approved; no code is needed
	JWK     []byte
	JKT     string
	Seal    []byte // the public key that it was begun with
	Device  string // what it became already, while that is pending; "": nothing yet
	Secret  []byte // of that device, sealed
	Left    int    // tries with a code after this one
}

// TryActivation counts a try with a code before it is looked at. What does not
// exist, is another key's, expired or was tried too often is fault.EnrolmentOver.
// With code false nothing is counted: it asks whether another device has approved.
// What became a device already has that one's time and tries of its own: an
// answer to the last try, or in the last second, may be lost, too.
func (l *Ledger) TryActivation(ctx context.Context, id, jkt string, code bool, at time.Time) (a Activation, err error) {
	var owner int64
	err = l.read.row(ctx, nil, "SELECT owner FROM enrolments WHERE id = $1 AND jkt = $2", id, jkt).Scan(&owner)
	if errors.Is(err, sql.ErrNoRows) {
		return Activation{}, fault.New(fault.EnrolmentOver)
	}
	if err != nil {
		return Activation{}, l.told(err)
	}
	err = l.change(ctx, owner, func(b *book) error {
		count := flag(code)
		err := b.row(`UPDATE enrolments SET tries = tries + $1 WHERE id = $2 AND tries < $4 AND (expires > $3 OR device <> '')
			RETURNING digest, granted, jwk, jkt, seal, device, $4 - tries`, count, id, millis(at), activationTries).
			Scan(&a.Digest, &a.Granted, &a.JWK, &a.JKT, &a.Seal, &a.Device, &a.Left)
		if errors.Is(err, sql.ErrNoRows) {
			return fault.New(fault.EnrolmentOver)
		}
		if err != nil || a.Device == "" {
			return err
		}
		d, err := b.device(a.Device, at)
		if err != nil {
			return err
		}
		if d.State != act.DevicePending { // it has shown its code, or is gone: there is nothing to deliver again
			return fault.New(fault.EnrolmentOver)
		}
		a.Secret, a.Account = d.Secret, d.Account
		return nil
	})
	a.Owner.ID = owner
	return a, err
}

// NewDeviceID is an id for a device: short, since it stands in each challenge.
func NewDeviceID() string { return "d-" + strings.ToLower(rand.Text()[:16]) }

// Activate lets a device in with its sealed secret and says by which account
// it knows the person; the device is pending until its first good code.
// fault.DeviceLimit if there are too many, fault.EnrolmentOver if another try
// was faster, or it was given up or refused meanwhile.
func (l *Ledger) Activate(ctx context.Context, enrolment string, a Activation, at time.Time) (account string, err error) {
	err = l.change(ctx, a.Owner.ID, func(b *book) error {
		if err := b.sweep(at); err != nil {
			return err
		}
		var have int
		if err := b.row("SELECT count(*) FROM devices WHERE owner = $1 AND (state = 'active' OR state = 'pending' AND dies > $2)", b.owner, millis(at)).Scan(&have); err != nil {
			return err
		}
		if have >= MaxDevices {
			return fault.New(fault.DeviceLimit, "limit", decimal(MaxDevices))
		}
		var name, store, act string
		err := b.row("UPDATE enrolments SET device = $1, tries = 0 WHERE id = $2 AND device = '' AND expires > $3 RETURNING name, store, act", a.Device, enrolment, millis(at)).Scan(&name, &store, &act)
		if errors.Is(err, sql.ErrNoRows) {
			return fault.New(fault.EnrolmentOver)
		}
		if err != nil {
			return err
		}
		if err := b.exec(`INSERT INTO devices (id, owner, name, store, state, jwk, jkt, secret, paused, created, used, limited, dies)
			VALUES ($1, $2, $3, $4, 'pending', $5, $6, $7, $8, $9, $8, $8, $10)`,
			a.Device, b.owner, name, store, a.JWK, a.JKT, a.Secret, int64(unset), millis(at), millis(at.Add(pendingTime))); err != nil {
			return err
		}
		if err := b.row("UPDATE users SET account = coalesce(account, $1) WHERE id = $2 RETURNING account", newID("acc"), b.owner).Scan(&account); err != nil {
			return err
		}
		if err := b.overtake(act, at); err != nil {
			return err
		}
		return b.log("device.let_in", at, note{"device": a.Device, "enrolment": enrolment})
	})
	return account, err
}

// overtake ends the act of an enrolment whose code has done what it was for:
// the device is in.
func (b *book) overtake(id string, at time.Time) error {
	a, err := b.act(id)
	if err != nil || a.State != act.Waiting {
		return err
	}
	_, err = b.move(a, act.Done, at)
	return err
}
