package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
)

// A challenge is answered within this time and with so many tries.
const (
	ChallengeTime  = 120 * time.Second
	challengeTries = 3
)

// Challenge is what a device is asked to confirm.
type Challenge struct {
	ID      string
	Act     string
	Device  string
	Need    act.Need
	Bytes   []byte
	Expires time.Time

	state string
	tries int
}

const challengeColumns = `c.id, c.act, c.device, c.need, c.bytes, c.state, c.tries, c.expires`

func scanChallenge(r rowScanner) (c Challenge, err error) {
	var expires int64
	err = r.Scan(&c.ID, &c.Act, &c.Device, &c.Need, &c.Bytes, &c.state, &c.tries, &expires)
	c.Expires = instant(expires)
	if errors.Is(err, sql.ErrNoRows) {
		err = fault.New(fault.NotFound, "what", "challenge")
	}
	return c, err
}

// answerable is nil while a challenge can be answered.
func (c Challenge) answerable(at time.Time) error {
	switch {
	case c.state == "used":
		return fault.New(fault.TooLate)
	case c.state != "open", !c.Expires.After(at), c.tries >= challengeTries:
		return fault.New(fault.ChallengeExpired)
	}
	return nil
}

// Challenge makes a challenge of an act for a device; an older one of it is
// dead. write makes its bytes of the act as it is now. An act is confirmed by
// the device that began it; one that no device began, by any of the person's.
func (l *Ledger) Challenge(ctx context.Context, u User, device, id string, at time.Time, write func(act.Act, Device, time.Time) (string, []byte, error)) (c Challenge, err error) {
	err = l.change(ctx, u.ID, func(b *book) error {
		if err := b.sweep(at); err != nil {
			return err
		}
		d, err := b.usable(device, at)
		if err != nil {
			return err
		}
		if d.State == act.DevicePaused {
			return paused(d.Until, at)
		}
		a, err := b.act(id)
		if err != nil {
			return err
		}
		if a.Device != "" && a.Device != device {
			return fault.New(fault.NotFound, "what", "act")
		}
		if a.State != act.Waiting {
			return fault.New(fault.TooLate)
		}
		c = Challenge{Act: a.ID, Device: device, Need: a.Need, Expires: at.Add(ChallengeTime).Truncate(time.Second)}
		if a.Until.Before(c.Expires) {
			c.Expires = a.Until.Truncate(time.Second)
		}
		if a, err = b.asAsked(a); err != nil {
			return err
		}
		if c.ID, c.Bytes, err = write(a, d, c.Expires); err != nil {
			return err
		}
		if err := b.exec("UPDATE challenges SET state = 'dead' WHERE owner = $1 AND act = $2 AND state = 'open'", b.owner, a.ID); err != nil {
			return err
		}
		return b.exec("INSERT INTO challenges (id, owner, act, device, need, bytes, state, made, expires) VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8)",
			c.ID, b.owner, a.ID, device, string(c.Need), c.Bytes, millis(at), millis(c.Expires))
	})
	return c, err
}

// Challenge finds an open challenge of a device; fault.NotFound,
// fault.ChallengeExpired, fault.TooLate.
func (v *View) Challenge(device, id string, at time.Time) (Challenge, error) {
	c, err := readChallenge(v, v.owner, device, id)
	if err != nil {
		return Challenge{}, err
	}
	return c, c.answerable(at)
}

func readChallenge(r reader, owner int64, device, id string) (Challenge, error) {
	return scanChallenge(r.row(`SELECT `+challengeColumns+` FROM challenges c WHERE c.id = $1 AND c.device = $2 AND c.owner = $3`, id, device, owner))
}

// TryConfirm counts a try at a challenge, and of its device, before the code
// is looked at. Whoever may not try is told why, and nothing is compared.
func (l *Ledger) TryConfirm(ctx context.Context, u User, device, id string, at time.Time) (c Challenge, t Try, err error) {
	var refused error
	err = l.change(ctx, u.ID, func(b *book) error {
		if err := b.sweep(at); err != nil {
			return err
		}
		if c, err = readChallenge(b, b.owner, device, id); err != nil {
			return err
		}
		if err := c.answerable(at); err != nil {
			return err
		}
		if t, refused, err = b.try(device, at); err != nil || refused != nil {
			return err
		}
		return b.exec("UPDATE challenges SET tries = tries + 1 WHERE id = $1", id)
	})
	if err == nil {
		err = refused
	}
	l.passed("tried")
	return c, t, err
}

// Confirmed carries the act of a challenge out, after code and signature were
// found good: the challenge is used, the signature kept, and what the act does
// done, all or nothing. renewed is as with OpenTOTP. If another answer was
// faster it is fault.TooLate, and nothing happens twice.
func (l *Ledger) Confirmed(ctx context.Context, c Challenge, t Try, renewed bool, receipt, jws string) (a act.Act, err error) {
	err = l.change(ctx, t.Owner.ID, func(b *book) error {
		if err := b.good(t); err != nil {
			return err
		}
		now, err := readChallenge(b, b.owner, c.Device, c.ID)
		if err != nil {
			return err
		}
		if now.state != "open" { // a good code is no wrong one, even if it comes too late
			return now.answerable(t.at)
		}
		d, err := b.usable(c.Device, t.at)
		if err != nil {
			return err
		}
		if a, err = b.act(c.Act); err != nil {
			return err
		}
		if a.State != act.Waiting {
			return fault.New(fault.TooLate)
		}
		if renewed {
			if err := b.renew(d, t.at); err != nil {
				return err
			}
		}
		if err := b.exec("UPDATE challenges SET state = 'used' WHERE id = $1", c.ID); err != nil {
			return err
		}
		if err := b.exec("UPDATE acts SET receipt = $1, jws = $2 WHERE owner = $3 AND id = $4", receipt, jws, b.owner, a.ID); err != nil {
			return err
		}
		if err := b.log("act.confirmed", t.at, note{"act": a.ID, "action": string(a.Action), "device": c.Device, "receipt": receipt}); err != nil {
			return err
		}
		if a, err = b.carryOut(a, t.at); err == nil {
			l.passed("accepted")
		}
		return err
	})
	if err != nil {
		return a, errors.Join(err, l.Forgive(ctx, t))
	}
	l.passed("confirmed")
	return a, nil
}

// Forgive takes back a try whose code was right although nothing came of it.
func (l *Ledger) Forgive(ctx context.Context, t Try) error {
	return l.change(ctx, t.Owner.ID, func(b *book) error { return b.good(t) })
}
