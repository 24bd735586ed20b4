package store

import (
	"context"
	"strconv"
)

// Hasten makes s choose, at the sizes of tests, the ways meant for large histories.
func (s *Store) Hasten() { s.limits = limits{few: 2, patience: 1, many: 16} }

// Exec runs SQL on a connection of s.
func (s *Store) Exec(ctx context.Context, sql string) error {
	return s.pool.with(ctx, func(c *conn) error { return c.Exec(sql) })
}

// Fill limits s to a few pages more than nothing, as a full disk does.
func (s *Store) Fill(ctx context.Context, pages int) error {
	return s.Exec(ctx, "PRAGMA max_page_count="+strconv.Itoa(pages))
}

// Writing runs fn while s holds the file's writing lock.
func (s *Store) Writing(ctx context.Context, fn func()) error {
	return s.write(ctx, func(*conn) error { fn(); return nil })
}
