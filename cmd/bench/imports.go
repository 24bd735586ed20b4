package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/ncruces/go-sqlite3"
	_ "github.com/ncruces/go-sqlite3/vfs/adiantum" // the encryption that the store has too

	"jandon/client/store"
	"jandon/internal/statement"
	"jandon/internal/wallet"
)

// intoStore measures the import of a file's lines beside the same lines
// inserted by the bare driver into one encrypted table with the two indexes
// that a list needs.
func (b *bench) intoStore(ctx context.Context, large string) error {
	lines, err := b.linesOf(ctx, large)
	if err != nil {
		return err
	}
	path := filepath.Join(b.dir, "import")
	timed := func(work func() error) func() (time.Duration, error) {
		return func() (time.Duration, error) {
			from := time.Now()
			err := work()
			took := time.Since(from)
			return took, errors.Join(err, os.Remove(path))
		}
	}
	times, err := takeTurns(1+b.rounds/5,
		timed(func() error { return bare(path, lines) }), timed(func() error { return b.takeIn(ctx, path, lines) }))
	if err != nil {
		return err
	}
	b.table.atMost(fmt.Sprintf("import of %d lines, against the bare driver", b.large), times[1], times[0], ratio(times[1], times[0]), 2)
	return nil
}

func (b *bench) linesOf(ctx context.Context, path string) ([]wallet.Transaction, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation("Asia/Seoul")
	if err != nil {
		return nil, err
	}
	result, err := statement.Read(ctx, bytes.NewReader(data), int64(len(data)), statement.Options{Source: "card", Zone: zone})
	return result.Transactions, err
}

// benchKey is a key for the bench alone.
type benchKey struct{}

// Expose lends it.
func (benchKey) Expose(use func([]byte)) { use(make([]byte, store.KeyLen)) }

func (b *bench) takeIn(ctx context.Context, path string, lines []wallet.Transaction) error {
	o, err := b.options(1000, benchKey{})
	if err != nil {
		return err
	}
	o.Path = path
	s, err := store.Open(ctx, o)
	if err != nil {
		return err
	}
	_, err = s.Import(ctx, store.File{
		Source: "card", Name: "card.csv", Digest: "bench", Format: "csv", Currency: "KRW", Made: statement.Made,
		Lines: func(yield func(*wallet.Transaction, error) bool) {
			for i := range lines {
				if !yield(&lines[i], nil) {
					return
				}
			}
		},
	})
	return errors.Join(err, s.Close())
}

// batched is how many lines the bare driver commits at a time.
const batched = 10_000

const bareTable = `PRAGMA journal_mode=wal; PRAGMA synchronous=full; PRAGMA cache_size=-32768;
CREATE TABLE line(id TEXT PRIMARY KEY, at INTEGER, type INTEGER, status INTEGER, amount INTEGER, currency TEXT, issuer TEXT,
	kind INTEGER, merchant TEXT, category TEXT, channel TEXT, reason TEXT, contact TEXT, ord TEXT);
CREATE INDEX line_at ON line(at);`

func bare(path string, lines []wallet.Transaction) (err error) {
	db, err := sqlite3.Open("file:" + path + "?vfs=adiantum&hexkey=" + fmt.Sprintf("%064d", 0))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Exec(bareTable); err != nil {
		return err
	}
	st, _, err := db.Prepare("INSERT INTO line VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	for from := 0; from < len(lines); from += batched {
		if err := db.Exec("BEGIN"); err != nil {
			return err
		}
		for i := from; i < min(from+batched, len(lines)); i++ {
			if err := insertBare(st, &lines[i]); err != nil {
				return err
			}
		}
		if err := db.Exec("COMMIT"); err != nil {
			return err
		}
	}
	return nil
}

func insertBare(st *sqlite3.Stmt, x *wallet.Transaction) error {
	return errors.Join(
		st.BindText(1, x.ID), st.BindInt64(2, x.At.UnixMilli()), st.BindInt64(3, int64(x.Type)), st.BindInt64(4, int64(x.Status)),
		st.BindInt64(5, x.Amount.Minor), st.BindText(6, string(x.Amount.Currency)), st.BindText(7, x.Issuer), st.BindInt64(8, int64(x.Kind)),
		st.BindText(9, x.Merchant), st.BindText(10, x.Category), st.BindText(11, x.Channel), st.BindText(12, x.Reason),
		st.BindText(13, x.Contact), st.BindText(14, x.Order), st.Exec(),
	)
}
