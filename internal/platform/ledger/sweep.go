package ledger

import (
	"context"
	"fmt"
	"time"

	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Sweep brings a person's books to an instant: acts whose time is over lapse
// and free what they held, then lots whose time has come go to breakage, each
// as an Expire transaction at the instant it lapsed. Whatever changes the books
// does so first; readers call it so that what they show needs no clockwork.
func (l *Ledger) Sweep(ctx context.Context, u User, at time.Time) error {
	var due bool
	err := l.read.row(ctx, nil, `SELECT EXISTS (SELECT 1 FROM lots WHERE owner = $1 AND remaining > 0 AND remaining > held AND expires <= $2)
		OR EXISTS (SELECT 1 FROM acts WHERE owner = $1 AND state IN ('waiting', 'review') AND until <= $2)`, u.ID, millis(at)).Scan(&due)
	if err != nil || !due {
		return l.told(err)
	}
	return l.change(ctx, u.ID, func(b *book) error { return b.sweep(at) })
}

// lapse is a lot whose time has come.
type lapse struct {
	lot, origin string
	issuer      string
	name        string // of the issuer
	contact     string
	kind        int64
	currency    string
	account     int64
	left        int64
	expires     int64
	touched     int64 // the instant of its last transaction
	freed       int64 // the instant at which a hold let go of it; 0: none did
	times       int   // how often it lapsed before, which a refund makes possible
}

func (b *book) sweep(at time.Time) error {
	now := millis(at)
	if b.sweeping || b.due != unset && now < b.due {
		return nil
	}
	b.sweeping = true // what it does may ask for it again
	defer func() { b.sweeping = false }()
	if err := b.lapse(at); err != nil {
		return err
	}
	lapses, err := b.lapses(now)
	if err != nil {
		return err
	}
	for _, x := range lapses {
		if err := b.expire(x); err != nil {
			return err
		}
	}
	var lots, acts int64
	if err := b.row(`SELECT coalesce((SELECT min(expires) FROM lots WHERE owner = $1 AND remaining > 0 AND remaining > held), $2),
		coalesce((SELECT min(until) FROM acts WHERE owner = $1 AND state IN ('waiting', 'review')), $2)`, b.owner, int64(never)).Scan(&lots, &acts); err != nil {
		return err
	}
	b.due = min(lots, acts)
	return nil
}

func (b *book) lapses(now int64) ([]lapse, error) {
	rows, err := b.query(`SELECT l.id, l.origin, a.issuer, coalesce(i.name, a.issuer), coalesce(i.contact, ''), a.kind, a.currency, l.account, l.remaining - l.held, l.expires,
		(SELECT max(t.at) FROM entries e CROSS JOIN transfers t WHERE e.owner = l.owner AND e.lot = l.id AND t.owner = e.owner AND t.id = e.transfer),
		coalesce(l.freed, 0),
		(SELECT count(*) FROM entries e CROSS JOIN transfers t
			WHERE e.owner = l.owner AND e.lot = l.id AND t.owner = e.owner AND t.id = e.transfer AND t.act = 'expire')
		FROM lots l JOIN accounts a ON a.id = l.account LEFT JOIN issuers i ON i.owner = l.owner AND i.id = a.issuer
		WHERE l.owner = $1 AND l.remaining > 0 AND l.expires <= $2 AND l.remaining > l.held ORDER BY l.expires, l.received, l.id`, b.owner, now)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []lapse
	for rows.Next() {
		var x lapse
		if err := rows.Scan(&x.lot, &x.origin, &x.issuer, &x.name, &x.contact, &x.kind, &x.currency, &x.account, &x.left, &x.expires, &x.touched, &x.freed, &x.times); err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	return list, rows.Err()
}

func (b *book) expire(x lapse) error {
	cur := money.Currency(x.currency)
	breakage, err := b.system(classBreakage, cur)
	if err != nil {
		return err
	}
	id := "x" + x.lot
	if x.times > 0 {
		id = fmt.Sprintf("%s-%d", id, x.times+1)
	}
	t := wallet.Transaction{
		ID: id, At: instant(max(x.expires, x.touched, x.freed)), Type: wallet.Expire, Amount: money.Of(-x.left, cur),
		Issuer: x.issuer, Kind: wallet.Kind(x.kind), Merchant: x.name, Category: "expiry", Channel: "app", Reason: x.origin, Contact: x.contact,
	}
	if err := b.exec("UPDATE lots SET remaining = remaining - $1, lapsed = lapsed + $1 WHERE owner = $2 AND id = $3", x.left, b.owner, x.lot); err != nil {
		return err
	}
	return b.post(posting{Transaction: t, act: "expire"},
		entry{account: x.account, lot: x.lot, amount: -x.left, mine: true}, entry{account: breakage, amount: x.left})
}
