package store

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/ncruces/go-sqlite3/vfs/memdb"
)

// Fork is a copy of a store in memory, as it is at this moment, with a clock of
// its own: what happens to the one is nothing to the other, and nothing of the
// copy outlives it.
func (s *Store) Fork(ctx context.Context, now func() time.Time) (*Store, error) {
	from, done, err := s.shared(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	f, err := OpenMemory(ctx, s.opts.Zone, now)
	if err != nil {
		return nil, err
	}
	err = f.pool.with(ctx, func(c *conn) error { return c.Restore("main", from) })
	if err == nil {
		f.cache.cached = cached{} // of the empty store that it was
		err = f.read(ctx, func(*view) error { return nil })
	}
	if err != nil {
		return nil, asFault(errors.Join(err, f.Close()), s.opts.Path)
	}
	return f, nil
}

var forks atomic.Int64

// shared is where another connection finds this store. One in memory belongs to
// its own connection alone, which therefore writes a copy, until done.
func (s *Store) shared(ctx context.Context) (uri string, done func(), err error) {
	if s.opts.Path != inMemory {
		return s.uri, func() {}, nil
	}
	name := fmt.Sprintf("fork-%d", forks.Add(1))
	memdb.Create(name, nil)
	uri = "file:/" + name + "?vfs=memdb"
	if err := s.pool.with(ctx, func(c *conn) error { return c.Backup("main", uri) }); err != nil {
		memdb.Delete(name)
		return "", nil, asFault(err, s.opts.Path)
	}
	return uri, func() { memdb.Delete(name) }, nil
}
