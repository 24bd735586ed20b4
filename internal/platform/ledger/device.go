package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
)

// MaxDevices is how many devices a person can have at a time.
const MaxDevices = 10

// Device is what the books know of a device.
type Device struct {
	act.Device // Current is the caller's to say
	Owner      User
	Account    string
	JWK        []byte
	JKT        string
	Secret     []byte // K, sealed; nil: it has none any more
	Next       []byte // the K of a new PIN, sealed, until its first use
	Renewed    string // the act that brought Next
	Step       uint64 // of the last session code that was taken

	fails int
}

const deviceColumns = `d.id, d.name, d.store, d.state, d.jwk, d.jkt, d.secret, d.next, d.renewed, d.step, d.fails, d.paused, d.created, d.used, d.limited, d.dies,
	u.id, u.handle, coalesce(u.account, '')`

const deviceTables = ` FROM devices d CROSS JOIN users u `

// scanDevice reads a device as it is at an instant.
func scanDevice(r rowScanner, at time.Time) (d Device, err error) {
	var paused, created, used, limited, dies int64
	var handle sql.NullString
	err = r.Scan(&d.ID, &d.Name, &d.Store, &d.State, &d.JWK, &d.JKT, &d.Secret, &d.Next, &d.Renewed, &d.Step, &d.fails, &paused, &created, &used, &limited, &dies,
		&d.Owner.ID, &handle, &d.Account)
	now := millis(at)
	switch {
	case d.State == act.DevicePending && dies <= now:
		d.State = act.DeviceRevoked
	case d.State == act.DeviceActive && paused > now:
		d.State, d.Until = act.DevicePaused, instant(paused)
	}
	if limited > now {
		d.Limited = instant(limited)
	}
	d.Owner.Handle, d.Created, d.LastUsed = handle.String, instant(created), instant(used)
	return d, err
}

// Device finds a device by its id; fault.Unauthorized if there is none.
func (l *Ledger) Device(ctx context.Context, id string, at time.Time) (Device, error) {
	d, err := scanDevice(l.read.row(ctx, nil, `SELECT `+deviceColumns+deviceTables+`WHERE d.id = $1 AND u.id = d.owner`, id), at)
	if errors.Is(err, sql.ErrNoRows) {
		return Device{}, fault.New(fault.Unauthorized)
	}
	return d, l.told(err)
}

// device finds one of the person's devices; fault.NotFound.
func (b *book) device(id string, at time.Time) (Device, error) {
	d, err := scanDevice(b.row(`SELECT `+deviceColumns+deviceTables+`WHERE d.id = $1 AND u.id = d.owner AND d.owner = $2`, id, b.owner), at)
	if errors.Is(err, sql.ErrNoRows) {
		return Device{}, fault.New(fault.NotFound, "what", "device")
	}
	return d, err
}

// usable is device for one that may open sessions and ask for things; see Device.Usable.
func (b *book) usable(id string, at time.Time) (Device, error) {
	d, err := b.device(id, at)
	if err == nil {
		err = d.Usable()
	}
	return d, err
}

// Sealed reports whether the books hold anything that only the platform's key opens.
func (l *Ledger) Sealed(ctx context.Context) (yes bool, err error) {
	err = l.read.row(ctx, nil, "SELECT EXISTS (SELECT 1 FROM devices WHERE secret IS NOT NULL) OR EXISTS (SELECT 1 FROM authenticators)").Scan(&yes)
	return yes, l.told(err)
}

// Usable is nil for a device that may open sessions and ask for things.
func (d Device) Usable() error {
	switch d.State {
	case act.DevicePending, act.DeviceActive, act.DevicePaused:
		return nil
	case act.DeviceBlocked:
		return fault.New(fault.DeviceBlocked)
	}
	return fault.New(fault.DeviceRevoked)
}

// Devices lists the devices that can or could do something, newest first.
func (v *View) Devices(at time.Time) ([]Device, error) {
	return list(v, func(r rowScanner) (Device, error) { return scanDevice(r, at) },
		`SELECT `+deviceColumns+deviceTables+`WHERE d.owner = $1 AND u.id = d.owner AND d.state <> 'revoked' AND (d.state <> 'pending' OR d.dies > $2)
		ORDER BY d.created DESC, d.id`, v.owner, millis(at))
}

// RenameDevice gives a device another name; fault.NotFound.
func (l *Ledger) RenameDevice(ctx context.Context, u User, id, name string, at time.Time) (d Device, err error) {
	err = l.change(ctx, u.ID, func(b *book) error {
		if d, err = b.device(id, at); err != nil {
			return err
		}
		if d.State == act.DeviceRevoked {
			return fault.New(fault.NotFound, "what", "device")
		}
		d.Name = name
		if err := b.exec("UPDATE devices SET name = $1 WHERE id = $2", name, id); err != nil {
			return err
		}
		return b.log("device.renamed", at, note{"device": id})
	})
	return d, err
}

// RevokeDevice ends a device at once, with its sessions, challenges, waiting
// acts and secrets; fault.NotFound.
func (l *Ledger) RevokeDevice(ctx context.Context, u User, id, by string, at time.Time) error {
	return l.change(ctx, u.ID, func(b *book) error { return b.revoke(id, by, at) })
}

// RevokeAndPause ends a device and stops everything that moves value, both or
// neither; fault.NotFound.
func (l *Ledger) RevokeAndPause(ctx context.Context, u User, id, by string, at time.Time) error {
	return l.change(ctx, u.ID, func(b *book) error {
		if err := b.revoke(id, by, at); err != nil {
			return err
		}
		return b.pause(by, at)
	})
}

func (b *book) revoke(id, by string, at time.Time) error {
	if err := b.sweep(at); err != nil {
		return err
	}
	d, err := b.device(id, at)
	if err != nil {
		return err
	}
	if d.State == act.DeviceRevoked {
		return fault.New(fault.NotFound, "what", "device")
	}
	if err := b.disarm(id, "revoked", at); err != nil {
		return err
	}
	return b.log("device.revoked", at, note{"device": id, "by": by})
}

// disarm takes everything from a device: it is revoked, or blocked.
func (b *book) disarm(id, state string, at time.Time) error {
	if err := b.exec("UPDATE devices SET state = $1, secret = NULL, next = NULL, renewed = '' WHERE id = $2", state, id); err != nil {
		return err
	}
	if err := b.exec("DELETE FROM sessions WHERE device = $1", id); err != nil {
		return err
	}
	if err := b.exec("UPDATE challenges SET state = 'dead' WHERE device = $1 AND state = 'open'", id); err != nil {
		return err
	}
	if err := b.cancelAll(at, "SELECT id FROM acts WHERE owner = $1 AND state IN ('waiting', 'review') AND device = $2", b.owner, id); err != nil {
		return err
	}
	return b.recheckAuto(at)
}
