package ledger

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"time"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Grant brings a lot in from outside, as the transaction t says.
func (l *Ledger) Grant(ctx context.Context, u User, t wallet.Transaction, lot wallet.Lot) error {
	return l.change(ctx, u.ID, func(b *book) error { return b.grant(t, lot) })
}

// Spend uses lots of the transaction's issuer and kind, first to expire first;
// fault.Insufficient if they don't suffice.
func (l *Ledger) Spend(ctx context.Context, u User, t wallet.Transaction) error {
	return l.change(ctx, u.ID, func(b *book) error { return b.spend(t) })
}

// Charge puts the transaction on its issuer's bill: no lots, the person owes.
func (l *Ledger) Charge(ctx context.Context, u User, t wallet.Transaction) error {
	return l.change(ctx, u.ID, func(b *book) error { return b.charge(t) })
}

func (b *book) grant(t wallet.Transaction, lot wallet.Lot) error {
	granted := lot.Granted
	if granted.IsZero() {
		granted = lot.Amount
	}
	if granted.Minor <= 0 || granted != t.Amount {
		return refuse(t, "a grant brings in its lot, more than nothing")
	}
	if err := b.sweep(t.At); err != nil {
		return err
	}
	mine, err := b.value(lot.Issuer, lot.Kind, granted.Currency)
	if err != nil {
		return err
	}
	mint, err := b.system(classMint, granted.Currency)
	if err != nil {
		return err
	}
	received := lot.Received
	if received.IsZero() {
		received = t.At
	}
	if err := b.exec(`INSERT INTO lots (owner, id, account, origin, source, granted, remaining, received, expires)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		b.owner, lot.ID, mine, lot.Origin, t.ID, granted.Minor, granted.Minor, millis(received), expiry(lot.Expires)); err != nil {
		return fmt.Errorf("ledger: lot %s: %w", lot.ID, err)
	}
	b.due = min(b.due, expiry(lot.Expires)) // unset is below everything and stays
	return b.post(posting{Transaction: t, act: "grant"},
		entry{account: mine, lot: lot.ID, amount: granted.Minor, mine: true}, entry{account: mint, amount: -granted.Minor})
}

func (b *book) spend(t wallet.Transaction) error {
	size, err := outgoing(t)
	if err != nil {
		return err
	}
	if err := b.sweep(t.At); err != nil {
		return err
	}
	mine, err := b.value(t.Issuer, t.Kind, t.Amount.Currency)
	if err != nil {
		return err
	}
	draws, err := b.draw(mine, size, t.At)
	if err != nil {
		return err
	}
	class := destination(t.Type)
	to, err := b.system(class, t.Amount.Currency)
	if err != nil {
		return err
	}
	entries := make([]entry, 0, len(draws)+1)
	for _, d := range draws {
		if err := b.fill(d.Lot, -d.Amount.Minor, class); err != nil {
			return err
		}
		entries = append(entries, entry{account: mine, lot: d.Lot, amount: -d.Amount.Minor, mine: true})
	}
	return b.post(posting{Transaction: t, act: "spend"}, append(entries, entry{account: to, amount: size.Minor})...)
}

// draw chooses lots of an account. It reads them in the order in which they
// are used up and stops as soon as they suffice.
func (b *book) draw(from int64, size money.Amount, at time.Time) ([]wallet.Draw, error) {
	rows, err := b.query(`SELECT id, remaining - held, received, expires FROM lots
		WHERE owner = $1 AND account = $2 AND remaining > 0 ORDER BY expires, received, id`, b.owner, from)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var lots []wallet.Lot
	var have int64
	for have < size.Minor && rows.Next() {
		var lot wallet.Lot
		var left, received, expires int64
		if err := rows.Scan(&lot.ID, &left, &received, &expires); err != nil {
			return nil, err
		}
		lot.Amount, lot.Received, lot.Expires = money.Of(left, size.Currency), instant(received), instant(expires)
		if !lot.Expired(at) {
			lots = append(lots, lot)
			have += left
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	draws, short := wallet.DrawFrom(lots, size, at)
	if !short.IsZero() {
		return nil, fault.New(fault.Insufficient, "have", strconv.FormatInt(have, 10), "want", strconv.FormatInt(size.Minor, 10))
	}
	return draws, nil
}

func (b *book) charge(t wallet.Transaction) error {
	size, err := outgoing(t)
	if err != nil {
		return err
	}
	if err := b.sweep(t.At); err != nil {
		return err
	}
	bill, err := b.bill(t.Issuer, t.Amount.Currency)
	if err != nil {
		return err
	}
	to, err := b.system(destination(t.Type), t.Amount.Currency)
	if err != nil {
		return err
	}
	return b.post(posting{Transaction: t, act: "charge"},
		entry{account: bill, amount: -size.Minor, mine: true}, entry{account: to, amount: size.Minor})
}

// destination is the platform's account where spent value goes.
func destination(t wallet.Type) string {
	switch t {
	case wallet.FeeCharge:
		return classFees
	case wallet.TransferOut:
		return classRails
	case wallet.Conversion:
		return classMint
	}
	return classMerchants
}

// outgoing is the size of what leaves the person by t.
func outgoing(t wallet.Transaction) (money.Amount, error) {
	if t.Amount.Minor >= 0 || t.Amount.Minor == math.MinInt64 {
		return money.Amount{}, refuse(t, "what leaves is less than nothing")
	}
	return t.Amount.Neg()
}

// refuse is a posting that makes no sense.
func refuse(t wallet.Transaction, why string) error {
	return fault.New(fault.BadRequest, "what", t.ID, "detail", why)
}
