// Package ledger keeps the books of a platform.
//
// Double entry: every posting is a transfer whose signed entries sum to zero,
// and what is posted never changes. A person's value lies in lots, used first
// to expire first; a refund goes back to the very lots, tags and expiry
// unchanged. Accounts of persons are guarded against going below zero.
// A cash-out holds the very lots of its plan. Its legs are the outbox: each is
// posted or given back once, by what the partner says of the leg's id.
// All about one person is serialised by one lock, the person's row; every
// change takes the next number of that person (seq) and is told in events.
// SQL is written with $N and plain enough for SQLite and PostgreSQL.
package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"jandon/internal/fault"
)

// Options say where a ledger lies.
type Options struct {
	Path string        // of the database file; Memory for one that dies with the process
	Busy time.Duration // how long to wait for another process; 5 s if zero

	// Step hears of each step of moving value as it is passed, for tests of what
	// a crash there leaves; nil: nobody does. The steps are held and begun
	// (inside the transaction), made; tried, accepted (inside), confirmed; and of
	// each leg claimed, sent, answered, noted.
	Step func(string)

	blank []byte // what books in Memory begin with: tests migrate once and copy
}

// Memory is the Path of a ledger without a file.
const Memory = ":memory:"

// busy is how long a person may be kept waiting before they are told why.
const busy = 5 * time.Second

// Ledger is an open set of books. It may be used by many goroutines.
type Ledger struct {
	path  string
	step  func(string)
	write *pool
	read  *pool
	close func() error
}

// Open opens the books at a path, making or migrating them as needed.
// Errors are faults: store_busy, store_damaged, store_newer, no_space.
func Open(ctx context.Context, o Options) (*Ledger, error) {
	if o.Busy <= 0 {
		o.Busy = busy
	}
	l := &Ledger{path: o.Path, step: o.Step}
	if err := l.connect(o); err != nil {
		return nil, l.told(err)
	}
	if err := migrate(ctx, l.write.db, o.Path); err != nil {
		return nil, errors.Join(l.told(err), l.Close())
	}
	return l, nil
}

// passed says that moving value came as far as a step; whoever wants to see
// what a crash there leaves behind listens.
func (l *Ledger) passed(step string) {
	if l.step != nil {
		l.step(step)
	}
}

// ID tells these books from all others: cursors and seqs of other books mean nothing here.
func (l *Ledger) ID(ctx context.Context) (id string, err error) {
	err = l.read.row(ctx, nil, "SELECT value FROM settings WHERE name = 'ledger'").Scan(&id)
	return id, l.told(err)
}

// Close closes the books.
func (l *Ledger) Close() error {
	if l.close == nil {
		return nil
	}
	return l.close()
}

// Ping reports whether the database answers.
func (l *Ledger) Ping(ctx context.Context) error {
	var one int
	return l.told(l.read.db.QueryRowContext(ctx, "SELECT 1 FROM settings LIMIT 1").Scan(&one))
}

// User is a person with books here.
type User struct {
	ID     int64
	Handle string
}

// User finds a person by handle; fault.NotFound if there is none.
func (l *Ledger) User(ctx context.Context, handle string) (User, error) {
	u := User{Handle: handle}
	err := l.read.row(ctx, nil, "SELECT id FROM users WHERE handle = $1", handle).Scan(&u.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return User{}, fault.New(fault.NotFound, "what", "person")
	}
	return u, l.told(err)
}

// AddUser opens the books of a person; currency is that of their totals.
func (l *Ledger) AddUser(ctx context.Context, handle, currency string) (User, error) {
	if handle == "" {
		return User{}, fault.New(fault.BadRequest, "detail", "a person needs a handle")
	}
	u := User{Handle: handle}
	err := l.write.row(ctx, nil, "INSERT INTO users (handle, currency) VALUES ($1, $2) RETURNING id", handle, currency).Scan(&u.ID)
	if err != nil {
		return User{}, l.told(fmt.Errorf("ledger: open the books of a person: %w", err))
	}
	return u, nil
}
