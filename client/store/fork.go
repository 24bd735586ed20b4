package store

import (
	"context"
	"errors"
)

// Fork is a copy of a store in memory, as it is at this moment: what happens to
// the one is nothing to the other, and nothing of the copy outlives it.
func (s *Store) Fork(ctx context.Context) (*Store, error) {
	f, err := OpenMemory(ctx, s.opts.Zone, s.opts.Now)
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
