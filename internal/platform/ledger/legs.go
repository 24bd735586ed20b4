package ledger

import (
	"database/sql"
	"time"

	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

// asks reads rows, inside a change or beside it.
type asks func(query string, args ...any) (*sql.Rows, error)

// legsOf reads the legs of an act in the order of its plan, with what they draw on.
func legsOf(query asks, owner int64, of string) ([]act.Leg, error) {
	rows, err := query(`SELECT l.id, l.rail, l.nature, l.payee, l.payee_id, l.destination, l.amount, l.fee, l.fee_name, l.currency, l.state,
		coalesce(l.due, $3), coalesce(l.ended, $3), l.failure, h.lot, h.amount
		FROM legs l CROSS JOIN hold_lots h WHERE l.owner = $1 AND l.act = $2 AND h.hold = l.id ORDER BY l.n, h.n`, owner, of, int64(unset))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var legs []act.Leg
	for rows.Next() {
		var l act.Leg
		var d wallet.Draw
		var nature string
		var c money.Currency
		var due, ended int64
		if err := rows.Scan(&l.ID, &l.Rail, &nature, &l.Payee.Name, &l.Payee.ID, &l.Payee.Destination, &l.Amount.Minor, &l.Fee.Minor, &l.FeeName,
			&c, &l.State, &due, &ended, &l.Failure, &d.Lot, &d.Amount.Minor); err != nil {
			return nil, err
		}
		d.Amount.Currency = c
		if n := len(legs); n > 0 && legs[n-1].ID == l.ID {
			legs[n-1].From = append(legs[n-1].From, d)
			continue
		}
		if err := l.Nature.UnmarshalText([]byte(nature)); err != nil {
			return nil, err
		}
		l.Amount.Currency, l.Fee.Currency = c, c
		l.Net = money.Of(l.Amount.Minor-l.Fee.Minor, c)
		l.Due, l.Ended, l.From = instant(due), instant(ended), []wallet.Draw{d}
		legs = append(legs, l)
	}
	return legs, rows.Err()
}

// addLegs writes the legs of an act down and pins what they draw on.
func (b *book) addLegs(of string, o act.Offer, at time.Time) error {
	for n, l := range o.Plan.Legs {
		p := o.Payees[n]
		id := newID("leg")
		if err := b.exec(`INSERT INTO legs (id, owner, act, n, rail, nature, payee, payee_id, destination, amount, fee, fee_name, currency, seconds, made)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
			id, b.owner, of, n, l.Rail, l.Nature.String(), p.Name, p.ID, p.Destination, l.Amount.Minor, l.Fee.Minor, l.FeeName,
			string(l.Amount.Currency), int64(l.Time/time.Second), millis(at)); err != nil {
			return err
		}
		if err := b.hold(id, l.Rail, l.From, at); err != nil {
			return err
		}
	}
	return nil
}

// freeLegs gives back what an act holds that is canceled or lapses: nothing of
// it has gone out.
func (b *book) freeLegs(a act.Act, _ act.State, at time.Time) error {
	for _, l := range a.Legs {
		if err := b.endLeg(l.ID, act.LegReturned, "", at); err != nil {
			return err
		}
		if err := b.free(l.ID, at); err != nil {
			return err
		}
	}
	return nil
}

// endLeg brings a leg to its final state, once.
func (b *book) endLeg(id string, to act.LegState, failure string, at time.Time) error {
	return b.exec("UPDATE legs SET state = $1, failure = $2, ended = $3, next = NULL WHERE id = $4 AND owner = $5",
		string(to), failure, millis(at), id, b.owner)
}

// sendLegs puts the legs of a confirmed act into the outbox: they are due at once.
func (b *book) sendLegs(a act.Act, at time.Time) (act.State, error) {
	return act.Going, b.exec("UPDATE legs SET next = $1, due = $1 + seconds * 1000 WHERE owner = $2 AND act = $3 AND ended IS NULL",
		millis(at), b.owner, a.ID)
}

// pinned is what open holds pin of each lot.
func pinned(r reader, owner int64) (map[string]int64, error) {
	rows, err := r.query(`SELECT l.lot, sum(l.amount) FROM holds h CROSS JOIN hold_lots l
		WHERE h.owner = $1 AND h.state = 'open' AND l.hold = h.id GROUP BY l.lot`, owner)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	pins := make(map[string]int64)
	for rows.Next() {
		var lot string
		var n int64
		if err := rows.Scan(&lot, &n); err != nil {
			return nil, err
		}
		pins[lot] = n
	}
	return pins, rows.Err()
}

// kindOf is what a leg's transaction is called in a history.
func kindOf(n valuepath.Nature) (typ wallet.Type, category, class string) {
	switch n {
	case valuepath.Credit: // it leaves this wallet for a purpose elsewhere
		return wallet.Conversion, "topup", classRails
	case valuepath.Gift:
		return wallet.TransferOut, "donation", classRails
	case valuepath.Source: // what was brought in is taken back
		return wallet.TransferOut, "transfer", classMint
	}
	return wallet.TransferOut, "transfer", classRails
}
