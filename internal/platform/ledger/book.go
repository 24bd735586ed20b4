package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// book is one person's books inside one SQL transaction, under that person's lock.
type book struct {
	ctx      context.Context
	l        *Ledger
	tx       *txn
	owner    int64
	seq      int64 // the last number given out
	locked   int64 // the number that the lock took
	accounts map[account]int64
	due      int64 // no lot expires and no act lapses before this; unset: not known
	sweeping bool
	regret   func(*book) error // what is written down should this transaction fail
}

// account names an account by what it is for.
type account struct {
	owner    int64
	class    string
	issuer   string
	kind     wallet.Kind
	currency money.Currency
}

// Classes of accounts. A person has value (guarded) and bills (what is owed,
// negative); the platform has the rest, which say where value came from and went.
const (
	classValue     = "value"
	classBill      = "bill"
	classMint      = "mint"
	classMerchants = "merchants"
	classFees      = "fees"
	classRails     = "rails"
	classBreakage  = "breakage"
)

// tries is how often a transaction is begun that another process gets in the
// way of at once. Who waits for a lock does so in the driver (Options.Busy), once.
const tries = 5

// change runs f on a person's books as one transaction. Once begun it is not
// cancelled: an answer that was lost may still have been written. f may run
// more than once, each time on books that know nothing of the time before.
func (l *Ledger) change(ctx context.Context, owner int64, f func(*book) error) error {
	if err := ctx.Err(); err != nil {
		return l.told(err)
	}
	ctx = context.WithoutCancel(ctx)
	var err error
	for range tries {
		if err = l.once(ctx, owner, f); !crossed(err) {
			break
		}
	}
	return l.told(err)
}

func (l *Ledger) once(ctx context.Context, owner int64, f func(*book) error) error {
	tx, err := l.write.begin(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit it has no effect
	b := &book{ctx: ctx, l: l, tx: tx, owner: owner, accounts: make(map[account]int64), due: unset}
	if err := b.lock(); err != nil {
		return err
	}
	if err := f(b); err != nil {
		if b.regret != nil && !crossed(err) {
			return errors.Join(err, tx.Rollback(), l.change(ctx, owner, b.regret))
		}
		return err
	}
	if err := b.settle(); err != nil {
		return err
	}
	return tx.Commit()
}

// lock takes the person's row, which serialises all that changes their books.
func (b *book) lock() error {
	err := b.row("UPDATE users SET seq = seq + 1 WHERE id = $1 RETURNING seq", b.owner).Scan(&b.locked)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, "what", "person")
	}
	b.seq = b.locked - 1
	return err
}

// settle writes down the last number given out.
func (b *book) settle() error {
	if b.seq == b.locked {
		return nil
	}
	return b.exec("UPDATE users SET seq = $1 WHERE id = $2", b.seq, b.owner)
}

func (b *book) exec(query string, args ...any) error {
	_, err := b.l.write.exec(b.ctx, b.tx, query, args...)
	return err
}

func (b *book) row(query string, args ...any) scanner {
	return b.l.write.row(b.ctx, b.tx, query, args...)
}

func (b *book) query(query string, args ...any) (*sql.Rows, error) {
	return b.l.write.query(b.ctx, b.tx, query, args...)
}

// The things that events tell of.
const (
	whatTransaction = 1
	whatSettlement  = 2
	whatAlert       = 3
	whatAct         = 4 // numbered with the others, listed by Acts alone
	whatMandate     = 5
	whatDispute     = 6
)

// tell gives out the next number for a change of a thing.
func (b *book) tell(what int, ref string, at time.Time) error {
	b.seq++
	return b.exec("INSERT INTO events (owner, n, what, ref, at) VALUES ($1, $2, $3, $4, $5)", b.owner, b.seq, what, ref, millis(at))
}

// account finds or opens an account.
func (b *book) account(a account) (int64, error) {
	if id, ok := b.accounts[a]; ok {
		return id, nil
	}
	var id int64
	err := b.row("SELECT id FROM accounts WHERE owner = $1 AND class = $2 AND issuer = $3 AND kind = $4 AND currency = $5",
		a.owner, a.class, a.issuer, int64(a.kind), string(a.currency)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		guarded := 0
		if a.class == classValue {
			guarded = 1
		}
		err = b.row("INSERT INTO accounts (owner, class, issuer, kind, currency, guarded) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
			a.owner, a.class, a.issuer, int64(a.kind), string(a.currency), guarded).Scan(&id)
	}
	if err != nil {
		return 0, err
	}
	b.accounts[a] = id
	return id, nil
}

func (b *book) value(issuer string, kind wallet.Kind, c money.Currency) (int64, error) {
	return b.account(account{b.owner, classValue, issuer, kind, c})
}

func (b *book) bill(issuer string, c money.Currency) (int64, error) {
	return b.account(account{owner: b.owner, class: classBill, issuer: issuer, currency: c})
}

func (b *book) system(class string, c money.Currency) (int64, error) {
	return b.account(account{class: class, currency: c})
}

// entry is one line of a posting.
type entry struct {
	account int64
	lot     string // for value accounts
	amount  int64
	mine    bool // the account is the person's
}

// posting is what a transfer says beside its entries.
type posting struct {
	wallet.Transaction
	act  string
	pays string
	rest bool   // it gives back what an earlier refund left
	hold string // that this posts
}

// post writes a transfer with its entries and brings sums and lots along.
func (b *book) post(p posting, entries ...entry) error {
	var sum, own int64
	for _, e := range entries {
		sum += e.amount
		if e.mine {
			own += e.amount
		}
	}
	if sum != 0 || own != p.Amount.Minor || (len(entries) < 2 && own != 0) {
		return fault.New(fault.Unbalanced, "detail", fmt.Sprintf("posting %s: entries sum to %d, the person's to %d of %d", p.ID, sum, own, p.Amount.Minor))
	}
	if err := b.transfer(p); err != nil {
		return fmt.Errorf("ledger: post %s: %w", p.ID, err)
	}
	for n, e := range entries {
		if err := b.entry(p.ID, n, e); err != nil {
			return fmt.Errorf("ledger: post %s: %w", p.ID, err)
		}
	}
	return nil
}

func (b *book) transfer(p posting) error {
	status := p.Status
	if status != wallet.Pending {
		status = wallet.Posted
	}
	if p.pays != "" {
		if err := b.tell(whatSettlement, p.pays, p.At); err != nil {
			return err
		}
	} else if err := b.tell(whatTransaction, p.ID, p.At); err != nil {
		return err
	}
	reverses, rest := p.RefundOf, ""
	if p.rest {
		reverses, rest = "", p.RefundOf
	}
	return b.exec(`INSERT INTO transfers (owner, id, seq, act, at, type, status, amount, currency, issuer, kind,
		merchant, category, channel, reason, contact, reference, reverses, rest_of, pays, hold)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
		b.owner, p.ID, b.seq, p.act, millis(p.At), int64(p.Type), int64(status), p.Amount.Minor, string(p.Amount.Currency),
		p.Issuer, int64(p.Kind), p.Merchant, p.Category, p.Channel, p.Reason, p.Contact, p.Order, null(reverses), null(rest), null(p.pays), null(p.hold))
}

func (b *book) entry(transfer string, n int, e entry) error {
	if err := b.exec("INSERT INTO entries (owner, transfer, n, account, lot, amount) VALUES ($1, $2, $3, $4, $5, $6)",
		b.owner, transfer, n, e.account, null(e.lot), e.amount); err != nil {
		return err
	}
	if !e.mine {
		return nil
	}
	return b.exec("UPDATE accounts SET posted = posted + $1 WHERE id = $2", e.amount, e.account)
}

// fill moves what is left in a lot, to or from a class of accounts: only what
// merchants got counts as spent, until they give it back.
func (b *book) fill(lot string, by int64, class string) error {
	spent := int64(0)
	if class == classMerchants {
		spent = -by
	}
	return b.exec("UPDATE lots SET remaining = remaining + $1, spent = spent + $2 WHERE owner = $3 AND id = $4", by, spent, b.owner, lot)
}

func null(s string) any {
	if s == "" {
		return nil
	}
	return s
}
