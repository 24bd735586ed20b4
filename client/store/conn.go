package store

import (
	"context"
	"errors"

	"github.com/ncruces/go-sqlite3"
)

// conn is one connection with its prepared statements. It is used by one
// goroutine at a time.
type conn struct {
	*sqlite3.Conn
	ready map[string]*sqlite3.Stmt
}

// stmt gives the prepared statement of a text with whole numbers bound. It
// must not be asked for again before the caller has read it to its end.
func (c *conn) stmt(sql string, args ...int64) (*sqlite3.Stmt, error) {
	st := c.ready[sql]
	if st == nil {
		var err error
		if st, _, err = c.PrepareFlags(sql, sqlite3.PREPARE_PERSISTENT); err != nil {
			return nil, err
		}
		c.ready[sql] = st
	}
	for i, a := range args {
		if err := st.BindInt64(i+1, a); err != nil {
			return nil, err
		}
	}
	return st, nil
}

// do runs a statement that returns nothing.
func (c *conn) do(sql string, args ...int64) error {
	st, err := c.stmt(sql, args...)
	if err != nil {
		return err
	}
	return st.Exec()
}

// each calls row for each row of a bound statement until it says false, and
// leaves the statement ready for its next use.
func each(st *sqlite3.Stmt, row func() bool) error {
	for st.Step() {
		if !row() {
			break
		}
	}
	return errors.Join(st.Err(), st.Reset())
}

// rows is stmt and each for statements whose arguments are whole numbers.
func (c *conn) rows(row func(st *sqlite3.Stmt) bool, sql string, args ...int64) error {
	st, err := c.stmt(sql, args...)
	if err != nil {
		return err
	}
	return each(st, func() bool { return row(st) })
}

// one is rows for a single row; found says whether there was one.
func (c *conn) one(row func(st *sqlite3.Stmt), sql string, args ...int64) (found bool, err error) {
	err = c.rows(func(st *sqlite3.Stmt) bool {
		found = true
		row(st)
		return false
	}, sql, args...)
	return found, err
}

// within runs fn in a transaction that begins with the given words and undoes
// it if fn fails or the context ends. A commit under way is not interrupted.
func (c *conn) within(ctx context.Context, begin string, fn func() error) error {
	c.SetInterrupt(ctx)
	defer c.SetInterrupt(context.Background())
	if err := c.do(begin); err != nil {
		return err
	}
	err := fn()
	if err == nil {
		err = ctx.Err()
	}
	c.SetInterrupt(context.Background())
	if err == nil {
		if err = c.do("COMMIT"); err == nil {
			return nil
		}
	}
	if !c.GetAutocommit() {
		err = errors.Join(err, c.do("ROLLBACK"))
	}
	return err
}

// Close finishes the statements and closes the connection.
func (c *conn) Close() error {
	var errs []error
	for _, st := range c.ready {
		errs = append(errs, st.Close())
	}
	return errors.Join(append(errs, c.Conn.Close())...)
}
