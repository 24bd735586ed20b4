package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
)

// reader is what can look at the tables: a book in its transaction, or a view.
type reader interface {
	row(query string, args ...any) scanner
	query(query string, args ...any) (*sql.Rows, error)
}

const actColumns = `a.id, a.n, a.action, a.state, a.need, a.reasons, a.device, a.made, a.until, a.ended, a.amount, a.fee, a.currency, a.quote, a.subject, a.receipt, a.auto <> '',
	coalesce((SELECT c.id FROM challenges c WHERE c.owner = a.owner AND c.act = a.id AND c.state = 'open'), '')`

func scanAct(r rowScanner) (placed[act.Act], error) {
	var a act.Act
	var n, made, until, ended int64
	var reasons, subject []byte
	var currency string
	if err := r.Scan(&a.ID, &n, &a.Action, &a.State, &a.Need, &reasons, &a.Device, &made, &until, &ended,
		&a.Amount.Minor, &a.Fee.Minor, &currency, &a.Quote, &subject, &a.Receipt, &a.Automatic, &a.Challenge); err != nil {
		return placed[act.Act]{}, err
	}
	a.Amount.Currency, a.Fee.Currency = money.Currency(currency), money.Currency(currency)
	a.Made, a.Until, a.Ended = instant(made), instant(until), instant(ended)
	err := errors.Join(json.Unmarshal(reasons, &a.Reasons), json.Unmarshal(subject, &a.Subject))
	return placed[act.Act]{a, Place{made, n}}, err
}

// readAct finds an act with its legs; fault.NotFound.
func readAct(r reader, owner int64, id string) (act.Act, error) {
	a, err := scanAct(r.row(`SELECT `+actColumns+` FROM acts a WHERE a.owner = $1 AND a.id = $2`, owner, id))
	if errors.Is(err, sql.ErrNoRows) {
		return act.Act{}, fault.New(fault.NotFound, "what", "act")
	}
	if err != nil {
		return act.Act{}, err
	}
	a.thing.Legs, err = legsOf(r.query, owner, id)
	return a.thing, err
}

// act finds one of the person's acts with its legs; fault.NotFound.
func (b *book) act(id string) (act.Act, error) { return readAct(b, b.owner, id) }

// Act finds an act; fault.NotFound.
func (v *View) Act(id string) (act.Act, error) { return readAct(v, v.owner, id) }

// Acts lists acts, newest first. next is the place to go on from; zero at the end.
func (v *View) Acts(after Place, limit int) (page []act.Act, next Place, err error) {
	after = after.start()
	rows, err := list(v, scanAct, `SELECT `+actColumns+` FROM acts a
		WHERE a.owner = $1 AND (a.made, a.n) < ($2, $3) ORDER BY a.made DESC, a.n DESC LIMIT $4`, v.owner, after.At, after.N, limit+1)
	if err != nil {
		return nil, Place{}, err
	}
	page, next = cut(rows, limit)
	for i := range page {
		if page[i].Legs, err = legsOf(v.query, v.owner, page[i].ID); err != nil {
			return nil, Place{}, err
		}
	}
	return page, next, nil
}

// CancelAct ends an act of which nothing has left yet; fault.TooLate, fault.NotFound.
func (l *Ledger) CancelAct(ctx context.Context, u User, id string, at time.Time) (a act.Act, err error) {
	err = l.change(ctx, u.ID, func(b *book) error {
		if err := b.sweep(at); err != nil {
			return err
		}
		if a, err = b.act(id); err != nil {
			return err
		}
		a, err = b.release(a, act.Canceled, at)
		return err
	})
	return a, err
}
