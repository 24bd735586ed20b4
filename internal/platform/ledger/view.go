package ledger

import (
	"context"
	"database/sql"
	"errors"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// View is one person's books as they were at one moment.
type View struct {
	ctx   context.Context
	l     *Ledger
	tx    *txn
	owner int64

	Ledger   string // the id of the books
	Seq      int64  // the number of the last change
	Currency money.Currency
}

// View calls f with a person's books; all that f reads is of one moment.
func (l *Ledger) View(ctx context.Context, u User, f func(*View) error) error {
	tx, err := l.read.begin(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return l.told(err)
	}
	defer func() { _ = tx.Rollback() }()
	v := &View{ctx: ctx, l: l, tx: tx, owner: u.ID}
	if err := v.row("SELECT u.seq, u.currency, s.value FROM users u, settings s WHERE u.id = $1 AND s.name = 'ledger'", u.ID).Scan(&v.Seq, &v.Currency, &v.Ledger); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			err = fault.New(fault.NotFound, "what", "person")
		}
		return l.told(err)
	}
	return l.told(f(v))
}

func (v *View) row(query string, args ...any) scanner {
	return v.l.read.row(v.ctx, v.tx, query, args...)
}

func (v *View) query(query string, args ...any) (*sql.Rows, error) {
	return v.l.read.query(v.ctx, v.tx, query, args...)
}

// list reads rows of one shape.
func list[T any](v reader, scan func(rowScanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := v.query(query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var out []T
	for rows.Next() {
		x, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, rows.Err()
}

type rowScanner interface{ Scan(...any) error }

// Issuers lists those that the person has dealt with, in order of id.
func (v *View) Issuers() ([]wallet.Issuer, error) {
	return list(v, func(r rowScanner) (i wallet.Issuer, err error) {
		err = r.Scan(&i.ID, &i.Name, &i.Sector, &i.Contact)
		return i, err
	}, "SELECT id, name, sector, contact FROM issuers WHERE owner = $1 ORDER BY id", v.owner)
}

// Lots lists what has something left, first to expire first.
func (v *View) Lots() ([]wallet.Lot, error) { return lots(v, v.owner) }

func lots(r reader, owner int64) ([]wallet.Lot, error) {
	return list(r, scanLot, `SELECT l.id, a.issuer, a.kind, a.currency, l.origin, l.source, l.granted, l.remaining, l.spent, l.received, l.expires
		FROM lots l JOIN accounts a ON a.id = l.account WHERE l.owner = $1 AND l.remaining > 0 AND l.expires > $2
		ORDER BY l.expires, l.received, l.id`, owner, int64(unset))
}

func scanLot(r rowScanner) (l wallet.Lot, err error) {
	var kind, received, expires int64
	var currency money.Currency
	err = r.Scan(&l.ID, &l.Issuer, &kind, &currency, &l.Origin, &l.Source, &l.Granted.Minor, &l.Amount.Minor, &l.Spent.Minor, &received, &expires)
	l.Kind, l.Granted.Currency, l.Amount.Currency, l.Spent.Currency = wallet.Kind(kind), currency, currency, currency
	l.Received, l.Expires = instant(received), instant(expires)
	return l, err
}
