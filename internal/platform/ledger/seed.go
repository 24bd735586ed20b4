package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"time"

	"jandon/internal/fault"
	"jandon/internal/scenario"
	"jandon/internal/wallet"
)

// ErrSeeded says that the person of a plan has books here already.
var ErrSeeded = errors.New("ledger: the person has books here already")

// Seed opens the books of a plan's person and applies its steps in order, all
// or nothing. progress, if not nil, hears of the steps done now and then. New
// books take their id from the plan, so that the same plan gives the same
// bytes and a wallet that knows them may go on from where it was.
func (l *Ledger) Seed(ctx context.Context, p scenario.Plan, progress func(done, total int)) error {
	digest, err := digestOf(p)
	if err != nil {
		return err
	}
	tx, err := l.write.begin(ctx, nil)
	if err != nil {
		return l.told(err)
	}
	defer func() { _ = tx.Rollback() }()
	b := &book{ctx: ctx, l: l, tx: tx, accounts: make(map[account]int64), due: unset}
	first, err := b.open(p)
	if err != nil {
		return l.told(err)
	}
	if err := b.know(p); err != nil {
		return l.told(err)
	}
	if err := b.apply(p, progress); err != nil {
		return l.told(err)
	}
	if first {
		if err := b.exec("UPDATE settings SET value = $1 WHERE name = 'ledger'", digest); err != nil {
			return l.told(err)
		}
	}
	return l.told(tx.Commit())
}

// open makes the person and their issuers; first is whether they are the first here.
func (b *book) open(p scenario.Plan) (first bool, err error) {
	var there, others int
	if err := b.row("SELECT count(*) FILTER (WHERE handle = $1), count(*) FROM users WHERE id > 0", p.Person).Scan(&there, &others); err != nil {
		return false, err
	}
	if there > 0 {
		return false, ErrSeeded
	}
	if p.Person == "" {
		return false, fault.New(fault.BadRequest, "detail", "a person needs a handle")
	}
	if err := b.row("INSERT INTO users (handle, currency) VALUES ($1, $2) RETURNING id", p.Person, string(p.Currency)).Scan(&b.owner); err != nil {
		return false, err
	}
	for _, i := range p.Issuers {
		if err := b.exec("INSERT INTO issuers (owner, id, name, sector, contact) VALUES ($1, $2, $3, $4, $5)",
			b.owner, i.ID, i.Name, i.Sector, i.Contact); err != nil {
			return false, err
		}
	}
	return others == 0, b.lock()
}

// Empty reports books of nobody: they are new, or filling them was broken off.
func (l *Ledger) Empty(ctx context.Context) (bool, error) {
	var people int
	err := l.read.row(ctx, nil, "SELECT count(*) FROM users WHERE id > 0").Scan(&people)
	return people == 0, l.told(err)
}

func (b *book) apply(p scenario.Plan, progress func(done, total int)) error {
	last := time.Time{}
	for i, s := range p.Steps {
		if err := b.ctx.Err(); err != nil {
			return err
		}
		if s.At.Before(last) {
			return fault.New(fault.BadRequest, "what", p.Name, "detail", fmt.Sprintf("step %d is earlier than the one before", i))
		}
		last = s.At
		if err := b.step(s); err != nil {
			return fmt.Errorf("ledger: seed %s, step %d: %w", p.Name, i, err)
		}
		if progress != nil && (i+1)%256 == 0 {
			progress(i+1, len(p.Steps))
		}
	}
	if err := b.sweep(p.At); err != nil {
		return err
	}
	if err := b.disputed(b.ctx, p); err != nil {
		return err
	}
	if progress != nil {
		progress(len(p.Steps), len(p.Steps))
	}
	return b.settle()
}

func (b *book) step(s scenario.Step) error {
	t, alert := s.Transaction, s.Alert
	if t.At.IsZero() {
		t.At = s.At
	}
	if alert.At.IsZero() {
		alert.At = s.At
	}
	switch s.Act {
	case scenario.Grant:
		return b.grant(t, s.Lot)
	case scenario.Spend:
		return b.spend(t)
	case scenario.Charge:
		return b.charge(t)
	case scenario.GiveBack:
		return b.giveBack(t)
	case scenario.Bill:
		return b.close(s.At, s.Settlement)
	case scenario.Pay:
		return b.pay(s.At, s.Settlement.ID)
	case scenario.Notify:
		return b.notify(alert)
	case scenario.Agree:
		return b.agree(s.Mandate, s.At)
	}
	return fault.New(fault.BadRequest, "detail", fmt.Sprintf("%d is no act", s.Act))
}

// digestOf is an id for books that hold a plan and nothing else.
func digestOf(p scenario.Plan) (string, error) {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %q %d\n", p.Name, p.Person, p.Currency, millis(p.At))
	for _, i := range p.Issuers {
		fmt.Fprintf(h, "%q\n", []string{i.ID, i.Name, i.Sector, i.Contact})
	}
	for _, s := range p.Steps {
		if err := hashStep(h, s); err != nil {
			return "", err
		}
	}
	for _, d := range p.Disputes {
		fmt.Fprintf(h, "%q %q %q %d %d\n", d.Transaction, d.Reason, d.Note, millis(d.At), millis(d.Withdrawn))
	}
	return hex.EncodeToString(h.Sum(nil)[:8]), nil
}

func hashStep(h hash.Hash, s scenario.Step) error {
	return json.NewEncoder(h).Encode(struct {
		At   int64
		Act  scenario.Act
		Tx   *wallet.Transaction `json:",omitempty"`
		Lot  *wallet.Lot         `json:",omitempty"`
		Bill *wallet.Settlement  `json:",omitempty"`
		Note *wallet.Alert       `json:",omitempty"`
		Word *wallet.Mandate     `json:",omitempty"`
	}{millis(s.At), s.Act, some(s.Transaction, s.Transaction.ID), some(s.Lot, s.Lot.ID), some(s.Settlement, s.Settlement.ID), some(s.Alert, s.Alert.ID), some(s.Mandate, s.Mandate.ID)})
}

// some is v unless it has no id.
func some[T any](v T, id string) *T {
	if id == "" {
		return nil
	}
	return &v
}
