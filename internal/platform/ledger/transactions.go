package ledger

import (
	"database/sql"
	"errors"
	"math"
	"time"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Place is a place in a list, newest first: after the thing of this instant
// (Unix milliseconds) and number. The zero Place is before the newest.
type Place struct{ At, N int64 }

// start makes the zero Place one that all things come after.
func (p Place) start() Place {
	if p == (Place{}) {
		return Place{math.MaxInt64, math.MaxInt64}
	}
	return p
}

// Lines says which transactions are wanted. Zero fields ask nothing.
type Lines struct {
	From, To time.Time // To is exclusive
	Issuer   string
	Kind     *wallet.Kind
	After    Place
	Limit    int
}

// What a transaction is today: its transfer, which stays, and what became of it.
const transactionColumns = `t.id, (SELECT max(e.n) FROM events e WHERE e.owner = t.owner AND e.what = 1 AND e.ref = t.id), t.seq, t.at, t.type, t.status,
	t.amount, t.currency, t.issuer, t.kind, t.merchant, t.category, t.channel, t.reason, t.contact, t.reference, coalesce(t.reverses, t.rest_of, ''),
	coalesce((SELECT c.settlement FROM charges c WHERE c.owner = t.owner AND c.transfer = t.id), ''),
	t.amount < 0 AND coalesce((SELECT r.amount + coalesce((SELECT s.amount FROM transfers s WHERE s.owner = t.owner AND s.rest_of = t.id), 0)
		FROM transfers r WHERE r.owner = t.owner AND r.reverses = t.id), 0) >= -t.amount`

// placed is a thing with its place in a list.
type placed[T any] struct {
	thing T
	place Place
}

func scanTransaction(r rowScanner) (placed[wallet.Transaction], error) {
	var t wallet.Transaction
	var at, n, typ, status, kind int64
	var currency string
	var refunded bool
	err := r.Scan(&t.ID, &t.Seq, &n, &at, &typ, &status, &t.Amount.Minor, &currency, &t.Issuer, &kind, &t.Merchant, &t.Category,
		&t.Channel, &t.Reason, &t.Contact, &t.Order, &t.RefundOf, &t.Settlement, &refunded)
	t.At, t.Type, t.Status, t.Kind = instant(at), wallet.Type(typ), wallet.Status(status), wallet.Kind(kind)
	t.Amount.Currency = money.Currency(currency)
	if refunded {
		t.Status = wallet.Refunded
	}
	return placed[wallet.Transaction]{t, Place{at, n}}, err
}

// Transactions lists transactions, newest first. next is the place to go on
// from; zero at the end.
func (v *View) Transactions(q Lines) (page []wallet.Transaction, next Place, err error) {
	after := q.After.start()
	from, to := int64(math.MinInt64), int64(math.MaxInt64)
	if !q.From.IsZero() {
		from = ceilMillis(q.From)
	}
	if !q.To.IsZero() {
		to = ceilMillis(q.To)
	}
	kind := int64(-1)
	if q.Kind != nil {
		kind = int64(*q.Kind)
	}
	rows, err := list(v, scanTransaction, `SELECT `+transactionColumns+` FROM transfers t
		WHERE t.owner = $1 AND t.act <> 'pay' AND (t.at, t.seq) < ($2, $3) AND t.at >= $4 AND t.at < $5
		AND ($6 = '' OR t.issuer = $6) AND ($7 < 0 OR t.kind = $7)
		ORDER BY t.at DESC, t.seq DESC LIMIT $8`, v.owner, after.At, after.N, from, to, q.Issuer, kind, q.Limit+1)
	page, next = cut(rows, q.Limit)
	return page, next, err
}

// ceilMillis is the first whole millisecond that is not before t.
func ceilMillis(t time.Time) int64 {
	ms := t.UnixMilli()
	if time.UnixMilli(ms).Before(t) {
		ms++
	}
	return ms
}

// cut takes a page off rows, of which one more than the page was asked for.
func cut[T any](rows []placed[T], limit int) (page []T, next Place) {
	if len(rows) > limit {
		rows = rows[:limit]
		next = rows[limit-1].place
	}
	page = make([]T, len(rows))
	for i, r := range rows {
		page[i] = r.thing
	}
	return page, next
}

// Transaction finds one; fault.NotFound.
func (v *View) Transaction(id string) (wallet.Transaction, error) {
	return readTransaction(v, v.owner, id)
}

func readTransaction(r reader, owner int64, id string) (wallet.Transaction, error) {
	t, err := scanTransaction(r.row(`SELECT `+transactionColumns+` FROM transfers t WHERE t.owner = $1 AND t.id = $2 AND t.act <> 'pay'`, owner, id))
	if errors.Is(err, sql.ErrNoRows) {
		return wallet.Transaction{}, fault.New(fault.NotFound, "what", "transaction")
	}
	return t.thing, err
}

// Trail lists all that happened to the value that a transaction touched: where
// its lots came from and what else became of them; for what went on a bill,
// the charge and its refund. Oldest first; positive is into the lot.
func (v *View) Trail(id string) ([]wallet.TrailStep, error) {
	return list(v, func(r rowScanner) (wallet.TrailStep, error) {
		var s wallet.TrailStep
		var at, typ, kind int64
		var currency string
		err := r.Scan(&at, &s.Transaction, &typ, &s.Lot, &kind, &s.Merchant, &s.Amount.Minor, &currency)
		s.At, s.Type, s.Kind, s.Amount.Currency = instant(at), wallet.Type(typ), wallet.Kind(kind), money.Currency(currency)
		return s, err
	}, `SELECT t.at, t.id, t.type, coalesce(e.lot, ''), t.kind, t.merchant, e.amount, t.currency
		FROM entries x CROSS JOIN entries e CROSS JOIN transfers t
		WHERE x.owner = $1 AND x.transfer = $2 AND e.owner = $1 AND e.lot = x.lot AND t.owner = $1 AND t.id = e.transfer
		UNION ALL
		SELECT t.at, t.id, t.type, '', t.kind, t.merchant, e.amount, t.currency
		FROM transfers t CROSS JOIN entries e CROSS JOIN accounts a
		WHERE t.owner = $1 AND t.act <> 'pay' AND t.id IN ($2,
			(SELECT id FROM transfers WHERE owner = $1 AND reverses = $2), (SELECT id FROM transfers WHERE owner = $1 AND rest_of = $2),
			(SELECT coalesce(reverses, rest_of) FROM transfers WHERE owner = $1 AND id = $2))
		AND e.owner = $1 AND e.transfer = t.id AND a.id = e.account AND a.class = 'bill'
		ORDER BY 1, 2, 4`, v.owner, id)
}
