package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Bill closes a settlement: the charges of its issuer in its period, and what
// was given back of them there, become its lines. Total and Count are those of
// the lines, whatever s says.
func (l *Ledger) Bill(ctx context.Context, u User, at time.Time, s wallet.Settlement) error {
	return l.change(ctx, u.ID, func(b *book) error { return b.close(at, s) })
}

// Pay pays a settlement from outside.
func (l *Ledger) Pay(ctx context.Context, u User, at time.Time, settlement string) error {
	return l.change(ctx, u.ID, func(b *book) error { return b.pay(at, settlement) })
}

// Notify raises an alert.
func (l *Ledger) Notify(ctx context.Context, u User, a wallet.Alert) error {
	return l.change(ctx, u.ID, func(b *book) error { return b.notify(a) })
}

func (b *book) close(at time.Time, s wallet.Settlement) error {
	if err := b.sweep(at); err != nil {
		return err
	}
	if !s.From.Before(s.To) {
		return fault.New(fault.BadRequest, "what", s.ID, "detail", "a settlement's period ends after it starts")
	}
	cur := s.Total.Currency
	if cur == "" {
		if err := b.row("SELECT currency FROM users WHERE id = $1", b.owner).Scan(&cur); err != nil {
			return err
		}
	}
	bill, err := b.bill(s.Issuer, cur)
	if err != nil {
		return err
	}
	lines, owed, err := b.unbilled(bill, s)
	if err != nil {
		return err
	}
	if s.Count != 0 && (s.Count != len(lines) || s.Total.Minor != owed) {
		return fault.New(fault.Unbalanced, "detail", fmt.Sprintf("bill %s says %d for %d charges; they are %d for %d", s.ID, s.Total.Minor, s.Count, owed, len(lines)))
	}
	seen, err := json.Marshal(s.Disclosure)
	if err != nil {
		return err
	}
	for _, id := range lines {
		if err := b.tell(whatTransaction, id, at); err != nil {
			return err
		}
	}
	if err := b.tell(whatSettlement, s.ID, at); err != nil {
		return err
	}
	if err := b.exec(`INSERT INTO settlements (owner, id, seq, issuer, since, until, due, total, currency, count, disclosure)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		b.owner, s.ID, b.seq, s.Issuer, millis(s.From), millis(s.To), millis(s.Due), owed, string(cur), len(lines), string(seen)); err != nil {
		return err
	}
	for _, id := range lines {
		if err := b.exec("INSERT INTO charges (owner, transfer, settlement) VALUES ($1, $2, $3)", b.owner, id, s.ID); err != nil {
			return err
		}
	}
	return nil
}

// unbilled lists what stands on a bill in a period without a settlement, and its sum.
func (b *book) unbilled(bill int64, s wallet.Settlement) (ids []string, owed int64, err error) {
	rows, err := b.query(`SELECT t.id, t.amount FROM transfers t
		WHERE t.owner = $1 AND t.at >= $2 AND t.at < $3 AND t.act <> 'pay'
		AND EXISTS (SELECT 1 FROM entries e WHERE e.owner = t.owner AND e.transfer = t.id AND e.account = $4)
		AND NOT EXISTS (SELECT 1 FROM charges c WHERE c.owner = t.owner AND c.transfer = t.id)
		ORDER BY t.at, t.seq`, b.owner, millis(s.From), millis(s.To), bill)
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id string
		var amount int64
		if err := rows.Scan(&id, &amount); err != nil {
			return nil, 0, err
		}
		ids, owed = append(ids, id), owed-amount
	}
	return ids, owed, rows.Err()
}

func (b *book) pay(at time.Time, settlement string) error {
	if err := b.sweep(at); err != nil {
		return err
	}
	var issuer, currency string
	var total int64
	err := b.row("SELECT issuer, currency, total FROM settlements WHERE owner = $1 AND id = $2", b.owner, settlement).Scan(&issuer, &currency, &total)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, "what", "settlement")
	}
	if err != nil {
		return err
	}
	if total < 0 {
		return fault.New(fault.BadRequest, "what", settlement, "detail", "nothing is owed")
	}
	bill, err := b.bill(issuer, money.Currency(currency))
	if err != nil {
		return err
	}
	rails, err := b.system(classRails, money.Currency(currency))
	if err != nil {
		return err
	}
	t := wallet.Transaction{ID: "pay-" + settlement, At: at, Amount: money.Of(total, money.Currency(currency)), Issuer: issuer}
	p := posting{Transaction: t, act: "pay", pays: settlement}
	if total == 0 { // refunds ate it up: it is settled without anything moving
		return b.post(p)
	}
	return b.post(p, entry{account: bill, amount: total, mine: true}, entry{account: rails, amount: -total})
}

// evidence is the part of an alert that nothing asks the tables for.
type evidence struct {
	Issuer       string   `json:"issuer,omitempty"`
	Merchant     string   `json:"merchant,omitempty"`
	Amount       int64    `json:"amount_minor,omitempty"`
	Currency     string   `json:"currency,omitempty"`
	Transactions []string `json:"transactions,omitempty"`
	Lots         []string `json:"lots,omitempty"`
	Settlement   string   `json:"settlement,omitempty"`
}

func (b *book) notify(a wallet.Alert) error {
	if err := b.sweep(a.At); err != nil {
		return err
	}
	body, err := json.Marshal(evidence{a.Issuer, a.Merchant, a.Amount.Minor, string(a.Amount.Currency), a.Transactions, a.Lots, a.Settlement})
	if err != nil {
		return err
	}
	if err := b.tell(whatAlert, a.ID, a.At); err != nil {
		return err
	}
	return b.exec("INSERT INTO alerts (owner, id, seq, at, kind, body) VALUES ($1, $2, $3, $4, $5, $6)",
		b.owner, a.ID, b.seq, millis(a.At), string(a.Kind), string(body))
}
