package store

import (
	"context"
	"errors"
	"time"
)

// Fork is a copy of a store in memory, as it is at this moment, with a clock of
// its own: what happens to the one is nothing to the other, and nothing of the
// copy outlives it.
func (s *Store) Fork(ctx context.Context, now func() time.Time) (*Store, error) {
	f, err := OpenMemory(ctx, s.opts.Zone, now)
	if err != nil {
		return nil, err
	}
	err = f.pool.with(ctx, func(c *conn) error { return c.Restore("main", s.uri) })
	if err == nil {
		f.cache.cached = cached{} // of the empty store that it was
		err = f.read(ctx, func(*view) error { return nil })
	}
	if err != nil {
		return nil, asFault(errors.Join(err, f.Close()), s.opts.Path)
	}
	return f, nil
}
