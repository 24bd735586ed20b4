package ledger

import (
	"context"
	"strconv"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/wallet"
)

// How many wrong codes a device may send. Six digits of a PIN stand for 10^6;
// ten guesses are what is left to whoever has the device and not the PIN.
const (
	warnAfter  = 3 // in a row: the person is told
	pauseAfter = 5 // in a row: the device waits
	blockAfter = 10
	pauseTime  = 15 * time.Minute
	countTime  = 24 * time.Hour // how long a wrong code counts among those of a day; one in a row counts until a good one
)

// Try is a try at a code that was counted before the code is looked at. It is
// taken back by whatever finds the code good, in the transaction of its effect.
type Try struct {
	Device
	ID    int64
	row   int // how many in a row this is
	today int // how many of the last day
	at    time.Time
}

// Left is how many more codes will be looked at before the device has to wait,
// or is blocked.
func (t Try) Left() int {
	left := blockAfter - max(t.row, t.today)
	if t.row < pauseAfter {
		left = min(left, pauseAfter-t.row)
	}
	return max(left, 0)
}

// Waits is the wait that a try has brought about if its code was wrong: the args
// of fault.DevicePaused; nil if it has brought none.
func (t Try) Waits() []string {
	if t.row != pauseAfter {
		return nil
	}
	f := fault.From(paused(t.at.Add(pauseTime), t.at))
	return []string{"until", f.Args["until"], "seconds", f.Args["seconds"]}
}

// Try counts a try of a device. fault.DevicePaused, fault.DeviceBlocked and
// fault.DeviceRevoked if it has none; then nothing may be compared.
func (l *Ledger) Try(ctx context.Context, u User, device string, at time.Time) (t Try, err error) {
	var refused error
	err = l.change(ctx, u.ID, func(b *book) error {
		t, refused, err = b.try(device, at)
		return err
	})
	if err == nil {
		err = refused
	}
	return t, err
}

// try counts; refused is why it may not, which still may have changed something.
func (b *book) try(device string, at time.Time) (t Try, refused, err error) {
	t.at = at
	if t.Device, err = b.device(device, at); err != nil {
		return t, nil, err
	}
	if refused = t.Usable(); refused != nil {
		return t, refused, nil
	}
	if t.State == act.DevicePaused {
		return t, paused(t.Until, at), nil
	}
	if err := b.exec("DELETE FROM tries WHERE device = $1 AND at <= $2", device, millis(at.Add(-countTime))); err != nil {
		return t, nil, err
	}
	if err := b.row("SELECT count(*) FROM tries WHERE device = $1", device).Scan(&t.today); err != nil {
		return t, nil, err
	}
	if t.fails >= blockAfter || t.today >= blockAfter { // the tenth was counted, and nobody has found it good
		return t, fault.New(fault.DeviceBlocked), b.block(device, at)
	}
	t.row, t.today = t.fails+1, t.today+1
	if err := b.row("INSERT INTO tries (device, at) VALUES ($1, $2) RETURNING id", device, millis(at)).Scan(&t.ID); err != nil {
		return t, nil, err
	}
	until := int64(unset)
	if t.row == pauseAfter { // those that come while this one is compared have to wait for it
		until = millis(at.Add(pauseTime))
	}
	return t, nil, b.exec("UPDATE devices SET fails = fails + 1, paused = $1 WHERE id = $2", until, device)
}

// paused tells how long a device has to wait at an instant, in seconds too: a
// wallet's clock may be days off.
func paused(until, at time.Time) error {
	seconds := max(1, int((until.Sub(at)+time.Second-1)/time.Second))
	return fault.New(fault.DevicePaused, "until", until.UTC().Format(time.RFC3339), "seconds", strconv.Itoa(seconds))
}

// good takes a try back; its code was right.
func (b *book) good(t Try) error {
	if err := b.exec("DELETE FROM tries WHERE id = $1", t.ID); err != nil {
		return err
	}
	return b.exec("UPDATE devices SET fails = 0, paused = $1, used = CASE WHEN used > $2 THEN used ELSE $2 END WHERE id = $3", int64(unset), millis(t.at), t.Device.ID)
}

// Wrong says that the code of a try was wrong: the person is told when it is
// one too many, and the last ends the device.
func (l *Ledger) Wrong(ctx context.Context, t Try) error {
	blocked := t.row >= blockAfter || t.today >= blockAfter
	if !blocked && t.row != warnAfter && t.row != pauseAfter {
		return nil // the count is all there is to it
	}
	return l.change(ctx, t.Owner.ID, func(b *book) error {
		d, err := b.device(t.Device.ID, t.at)
		if err != nil || d.Usable() != nil {
			return err
		}
		if blocked {
			return b.block(d.ID, t.at)
		}
		if err := b.alarm(wallet.AlertWrongCodes, d.Name, t.at); err != nil {
			return err
		}
		return b.log("device.wrong_codes", t.at, note{"device": d.ID, "row": strconv.Itoa(t.row)})
	})
}

// block ends a device after too many wrong codes; enrolling it again is the way back.
func (b *book) block(device string, at time.Time) error {
	d, err := b.device(device, at)
	if err != nil {
		return err
	}
	if err := b.disarm(device, "blocked", at); err != nil {
		return err
	}
	if err := b.alarm(wallet.AlertDeviceBlocked, d.Name, at); err != nil {
		return err
	}
	return b.log("device.blocked", at, note{"device": device})
}

// alarm raises an alert about a device.
func (b *book) alarm(kind wallet.AlertKind, device string, at time.Time) error {
	return b.notify(wallet.Alert{ID: newID("alert"), At: at, Kind: kind, Merchant: device})
}

func decimal(n int) string { return strconv.Itoa(n) }
