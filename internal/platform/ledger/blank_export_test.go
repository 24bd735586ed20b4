package ledger

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// migrated are books that nobody has written in. Each migration of its own is
// half of what the tests of one person take, and most under the race detector,
// which watches SQLite itself: here it is Go.
var migrated = sync.OnceValues(func() (file []byte, err error) {
	dir, err := os.MkdirTemp("", "ledger-blank-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "blank.db")
	l, err := Open(context.Background(), Options{Path: path})
	if err != nil {
		return nil, err
	}
	if _, err := l.write.db.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	if err := l.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// Fresh is Open; in Memory it copies blank books and gives them an id of their own.
func Fresh(ctx context.Context, o Options) (*Ledger, error) {
	if o.Path != Memory {
		return Open(ctx, o)
	}
	file, err := migrated()
	if err != nil {
		return nil, err
	}
	o.blank = slices.Clone(file)
	l, err := Open(ctx, o)
	if err != nil {
		return nil, err
	}
	return l, Exec(ctx, l, "UPDATE settings SET value = lower(hex(randomblob(8))) WHERE name = 'ledger'")
}
