package ledger

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

// A hold pins the very lots that a leg draws on: they stay the person's and
// count as theirs, but nothing else can use them. It moves once, by the state
// in its row: to posted, when the leg arrived, or to freed.
const (
	holdPosted = "posted"
	holdFreed  = "freed"
)

// errMoved says that a hold is not open any more: who moved it has the effect.
var errMoved = errors.New("ledger: the hold has moved already")

// held is a part of a hold: what it pins of one lot.
type held struct {
	lot     string
	account int64
	issuer  string
	kind    wallet.Kind
	amount  int64
}

// hold pins the draws of a leg over a rail. Where a lot has less than it names,
// or has lapsed and the rail does not take it, what the draws were planned on has
// changed: fault.QuoteOutdated.
func (b *book) hold(leg, rail string, draws []wallet.Draw, at time.Time) error {
	var sum int64
	var currency money.Currency
	for _, d := range draws {
		if d.Amount.Minor <= 0 || currency != "" && currency != d.Amount.Currency {
			return fault.New(fault.Unbalanced, "detail", fmt.Sprintf("hold %s draws %s on lot %s", leg, d.Amount.Plain(), d.Lot))
		}
		sum, currency = sum+d.Amount.Minor, d.Amount.Currency
	}
	if err := b.exec("INSERT INTO holds (id, owner, amount, currency, at) VALUES ($1, $2, $3, $4, $5)",
		leg, b.owner, sum, string(currency), millis(at)); err != nil {
		return err
	}
	for n, d := range draws {
		late, err := b.takeBack(leg, rail, n, d, at)
		if err == nil && !late {
			err = b.mayGo(rail, d.Lot, at)
		}
		if err != nil {
			return err
		}
		var account int64
		err = b.row(`UPDATE lots SET held = held + $1 WHERE owner = $2 AND id = $3 AND remaining - held >= $1 AND (expires > $4 OR $6)
			AND (SELECT a.currency FROM accounts a WHERE a.id = lots.account) = $5 RETURNING account`,
			d.Amount.Minor, b.owner, d.Lot, millis(at), string(currency), late).Scan(&account)
		if errors.Is(err, sql.ErrNoRows) {
			return fault.New(fault.QuoteOutdated)
		}
		if err != nil {
			return err
		}
		if err := b.exec("INSERT INTO hold_lots (hold, n, owner, lot, account, amount) VALUES ($1, $2, $3, $4, $5, $6)",
			leg, n, b.owner, d.Lot, account, d.Amount.Minor); err != nil {
			return err
		}
		if err := b.exec("UPDATE accounts SET held = held + $1 WHERE id = $2", d.Amount.Minor, account); err != nil {
			return err
		}
	}
	return nil
}

// mayGo asks the rule again of a lot that has not lapsed: a quote was planned on
// what the lot was then, and a refund meanwhile makes a voucher less used.
func (b *book) mayGo(rail, lot string, at time.Time) error {
	l, err := scanLot(b.row(`SELECT l.id, a.issuer, a.kind, a.currency, l.origin, l.source, l.granted, l.remaining, l.spent, l.received, l.expires
		FROM lots l JOIN accounts a ON a.id = l.account WHERE l.owner = $1 AND l.id = $2`, b.owner, lot))
	if err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			err = fault.New(fault.QuoteOutdated)
		}
		return err
	}
	catalogue, err := valuepath.Shipped()
	if err != nil {
		return err
	}
	if by, ok := catalogue.Rail(rail); !ok || catalogue.Eligible(l, by, at).Code != valuepath.OK {
		return fault.New(fault.QuoteOutdated)
	}
	return nil
}

// unhold moves an open hold and lets go of its lots; errMoved if it moved before.
func (b *book) unhold(leg, to string, at time.Time) ([]held, error) {
	var sum int64
	err := b.row("UPDATE holds SET state = $1, ended = $2 WHERE id = $3 AND owner = $4 AND state = 'open' RETURNING amount",
		to, millis(at), leg, b.owner).Scan(&sum)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errMoved
	}
	if err != nil {
		return nil, err
	}
	parts, err := b.parts(leg)
	if err != nil {
		return nil, err
	}
	for _, p := range parts {
		if err := b.exec("UPDATE lots SET held = held - $1, freed = $2 WHERE owner = $3 AND id = $4", p.amount, millis(at), b.owner, p.lot); err != nil {
			return nil, err
		}
		if err := b.exec("UPDATE accounts SET held = held - $1 WHERE id = $2", p.amount, p.account); err != nil {
			return nil, err
		}
		sum -= p.amount
	}
	if sum != 0 {
		return nil, fault.New(fault.Unbalanced, "detail", fmt.Sprintf("hold %s is %d more than its parts", leg, sum))
	}
	b.due = unset // what is free again may have lapsed meanwhile
	return parts, nil
}

// free gives a leg's value back to the very lots it was pinned in. Those whose
// time has come meanwhile lapse with the next sweep.
func (b *book) free(leg string, at time.Time) error {
	_, err := b.unhold(leg, holdFreed, at)
	return err
}

// parts are what a hold pins, in the order of the plan.
func (b *book) parts(leg string) ([]held, error) {
	rows, err := b.query(`SELECT h.lot, h.account, a.issuer, a.kind, h.amount FROM hold_lots h JOIN accounts a ON a.id = h.account
		WHERE h.hold = $1 ORDER BY h.n`, leg)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var parts []held
	for rows.Next() {
		var p held
		if err := rows.Scan(&p.lot, &p.account, &p.issuer, &p.kind, &p.amount); err != nil {
			return nil, err
		}
		parts = append(parts, p)
	}
	return parts, rows.Err()
}
