package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/vfs/memdb"

	"jandon/internal/fault"
)

// pool is a database handle with its prepared statements.
type pool struct {
	db     *sql.DB
	mu     sync.RWMutex
	stmts  map[string]*sql.Stmt
	wanted map[string]bool // met inside a transaction, to be prepared before the next
}

// txn is a transaction with the statements that it prepared itself.
type txn struct {
	*sql.Tx
	stmts map[string]*sql.Stmt
}

func newPool(db *sql.DB, conns int) *pool {
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return &pool{db: db, stmts: make(map[string]*sql.Stmt), wanted: make(map[string]bool)}
}

// begin starts a transaction. While it lasts it may hold the only connection,
// so what is to be prepared for good is prepared before.
func (p *pool) begin(ctx context.Context, o *sql.TxOptions) (*txn, error) {
	p.mu.Lock()
	wanted := p.wanted
	p.wanted = make(map[string]bool)
	p.mu.Unlock()
	for query := range wanted {
		if _, err := p.prepare(ctx, query); err != nil { //nolint:sqlclosecheck // kept for the life of the pool
			return nil, err
		}
	}
	tx, err := p.db.BeginTx(ctx, o)
	if err != nil {
		return nil, err
	}
	return &txn{Tx: tx, stmts: make(map[string]*sql.Stmt)}, nil
}

// numbered makes $1 a number: SQLite reads it as a name, numbered as it is met.
func numbered(query string) string { return strings.ReplaceAll(query, "$", "?") }

func (p *pool) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	p.mu.RLock()
	s := p.stmts[query]
	p.mu.RUnlock()
	if s != nil {
		return s, nil
	}
	s, err := p.db.PrepareContext(ctx, numbered(query))
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if other := p.stmts[query]; other != nil {
		defer func() { _ = s.Close() }() // another was faster
		return other, nil
	}
	p.stmts[query] = s
	return s, nil
}

// stmt is the prepared statement of a query, for tx if it isn't nil.
func (p *pool) stmt(ctx context.Context, tx *txn, query string) (*sql.Stmt, error) {
	if tx == nil {
		return p.prepare(ctx, query)
	}
	if s := tx.stmts[query]; s != nil {
		return s, nil
	}
	p.mu.RLock()
	s := p.stmts[query]
	p.mu.RUnlock()
	if s != nil {
		s = tx.StmtContext(ctx, s)
	} else {
		var err error
		if s, err = tx.PrepareContext(ctx, numbered(query)); err != nil {
			return nil, err
		}
		p.mu.Lock()
		p.wanted[query] = true
		p.mu.Unlock()
	}
	tx.stmts[query] = s
	return s, nil
}

func (p *pool) exec(ctx context.Context, tx *txn, query string, args ...any) (sql.Result, error) {
	s, err := p.stmt(ctx, tx, query) //nolint:sqlclosecheck // kept, or the transaction's
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

func (p *pool) query(ctx context.Context, tx *txn, query string, args ...any) (*sql.Rows, error) {
	s, err := p.stmt(ctx, tx, query) //nolint:sqlclosecheck // kept, or the transaction's
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// scanner is a row whose preparation may have failed.
type scanner struct {
	row *sql.Row
	err error
}

func (s scanner) Scan(dest ...any) error {
	if s.err != nil {
		return s.err
	}
	return s.row.Scan(dest...)
}

func (p *pool) row(ctx context.Context, tx *txn, query string, args ...any) scanner {
	s, err := p.stmt(ctx, tx, query) //nolint:sqlclosecheck // kept, or the transaction's
	if err != nil {
		return scanner{err: err}
	}
	return scanner{row: s.QueryRowContext(ctx, args...)}
}

var memories atomic.Int64

// connect opens one writing connection, and beside it a pool that can only read.
func (l *Ledger) connect(o Options) error {
	wait := fmt.Sprintf("busy_timeout(%d)", o.Busy.Milliseconds())
	if o.Path == Memory {
		// It must outlive its connection, which a cancelled read may cost.
		name := fmt.Sprintf("ledger-%d", memories.Add(1))
		memdb.Create(name, o.blank)
		db, err := driver.Open(dsn("/"+name, "memdb", wait, "foreign_keys(1)"))
		if err != nil {
			return err
		}
		l.write = newPool(db, 1)
		l.read = l.write
		l.close = func() error {
			defer memdb.Delete(name)
			return db.Close()
		}
		return nil
	}
	for _, file := range []string{o.Path, o.Path + "-shm"} { // what is read beside the books is made by SQLite as the umask has it
		if err := private(file); err != nil {
			return fault.Wrap(err, fault.BadFile, "file", file, "detail", reason(err))
		}
	}
	// What is deleted is overwritten: SQLite alone would leave it in the file until the room is needed.
	w, err := driver.Open(dsn(o.Path, "", wait, "journal_mode(wal)", "synchronous(full)", "foreign_keys(1)", "secure_delete(1)"))
	if err != nil {
		return err
	}
	r, err := driver.Open(dsn(o.Path, "", wait, "query_only(1)"))
	if err != nil {
		return errors.Join(err, w.Close())
	}
	l.write, l.read = newPool(w, 1), newPool(r, max(2, runtime.GOMAXPROCS(0)))
	l.close = func() error { return errors.Join(r.Close(), w.Close()) }
	return nil
}

// private makes a new file for its owner's eyes alone; SQLite would let all read it.
func private(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// reason is what the system says of a file, without the name.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

func dsn(path, vfs string, pragmas ...string) string {
	q := url.Values{"_txlock": {"immediate"}, "_pragma": pragmas}
	if vfs != "" {
		q.Set("vfs", vfs)
	} else {
		q.Set("modeof", path) // the journal beside it is as private as the file
	}
	return (&url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: strings.ReplaceAll(q.Encode(), "+", "%20")}).String() // to SQLite a plus is a plus
}

// full reports a disk without room. The driver looks for ENOSPC below an error
// that hides it, and so calls most full disks a failed write or, where the
// shared memory beside the file can't grow, a failed size.
func full(err error) bool {
	return errors.Is(err, sqlite3.FULL) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, sqlite3.IOERR_WRITE) || errors.Is(err, sqlite3.IOERR_SHMSIZE)
}

// busyNow reports that another connection was in the way, and nothing was done.
func busyNow(err error) bool {
	return errors.Is(err, sqlite3.BUSY) || errors.Is(err, sqlite3.LOCKED)
}

// crossed reports that another connection made the transaction impossible at
// once, without a wait: tried again, it may well go.
func crossed(err error) bool {
	return errors.Is(err, sqlite3.BUSY_SNAPSHOT) || errors.Is(err, sqlite3.BUSY_RECOVERY)
}

// told turns an error of the database into the fault that a person is told.
func (l *Ledger) told(err error) error {
	var known *fault.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case busyNow(err):
		return fault.Wrap(err, fault.StoreBusy, "file", l.path)
	case full(err):
		return fault.Wrap(err, fault.NoSpace, "file", l.path)
	case errors.Is(err, sqlite3.NOTADB), errors.Is(err, sqlite3.CORRUPT):
		return fault.Wrap(err, fault.BooksDamaged, "file", l.path)
	case errors.Is(err, sqlite3.CANTOPEN), errors.Is(err, sqlite3.READONLY):
		return fault.Wrap(err, fault.BadFile, "file", l.path, "detail", err.Error())
	case errors.Is(err, context.Canceled), errors.Is(err, sqlite3.INTERRUPT): // which of them depends on where it was just then
		return fault.Wrap(err, fault.Canceled)
	}
	return err
}
