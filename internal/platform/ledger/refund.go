package ledger

import (
	"context"
	"database/sql"
	"errors"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// GiveBack refunds the payment that t.RefundOf names, wholly or in part, once:
// its lots get back what it drew, or its bill shrinks. Only a dispute gives back
// what a part has left, once.
func (l *Ledger) GiveBack(ctx context.Context, u User, t wallet.Transaction) error {
	return l.change(ctx, u.ID, func(b *book) error { return b.giveBack(t) })
}

func (b *book) giveBack(t wallet.Transaction) error {
	if t.Amount.Minor <= 0 {
		return refuse(t, "a refund is more than nothing")
	}
	if err := b.sweep(t.At); err != nil {
		return err
	}
	var act, currency string
	var typ int64
	err := b.row("SELECT act, currency, type FROM transfers WHERE owner = $1 AND id = $2", b.owner, t.RefundOf).Scan(&act, &currency, &typ)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, "what", "transaction")
	}
	if err != nil {
		return err
	}
	if (act != "spend" && act != "charge") || money.Currency(currency) != t.Amount.Currency {
		return refuse(t, "only a payment of the same currency can be given back")
	}
	before, err := b.givenBack(t.RefundOf)
	if err != nil {
		return err
	}
	of, err := scannedOne(b, "SELECT id FROM disputes WHERE owner = $1 AND transfer = $2 AND ended IS NULL", b.owner, t.RefundOf)
	if err != nil {
		return err
	}
	rest := before > 0 && of != "" && t.ID == refundOf(of)
	if before > 0 && !rest {
		return refuse(t, "a payment is given back once")
	}
	entries, err := b.reversal(t, before)
	if err != nil {
		return err
	}
	class := destination(wallet.Type(typ))
	from, err := b.system(class, t.Amount.Currency)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.lot == "" {
			continue
		}
		if err := b.fill(e.lot, e.amount, class); err != nil {
			return err
		}
		b.due = unset // a lot that has expired meanwhile lapses again
	}
	if err := b.post(posting{Transaction: t, act: "give_back", rest: rest}, append(entries, entry{account: from, amount: -t.Amount.Minor})...); err != nil {
		return err
	}
	if err := b.tell(whatTransaction, t.RefundOf, t.At); err != nil {
		return err
	}
	if err := b.disputeRefunded(of, t); err != nil {
		return err
	}
	return b.sweep(t.At)
}

// givenBack is what has come back of a payment, in minor units.
func (b *book) givenBack(of string) (n int64, err error) {
	err = b.row("SELECT coalesce(sum(amount), 0) FROM transfers WHERE owner = $1 AND reverses = $2", b.owner, of).Scan(&n)
	return n, err
}

// reversal is where a refund goes: the person's entries of the payment turned
// round, last drawn first until the refund is used up, after what came back before.
func (b *book) reversal(t wallet.Transaction, before int64) ([]entry, error) {
	rows, err := b.query(`SELECT e.account, coalesce(e.lot, ''), -e.amount FROM entries e JOIN accounts a ON a.id = e.account
		WHERE e.owner = $1 AND e.transfer = $2 AND a.owner = $1 ORDER BY e.n DESC`, b.owner, t.RefundOf)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var entries []entry
	rest := t.Amount.Minor
	for rest > 0 && rows.Next() {
		e := entry{mine: true}
		if err := rows.Scan(&e.account, &e.lot, &e.amount); err != nil {
			return nil, err
		}
		gone := min(e.amount, before)
		before -= gone
		if e.amount = min(e.amount-gone, rest); e.amount > 0 {
			rest -= e.amount
			entries = append(entries, e)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if rest > 0 {
		return nil, refuse(t, "a refund is no more than the payment")
	}
	return entries, nil
}
