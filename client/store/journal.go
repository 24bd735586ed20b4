package store

import (
	"context"
	"errors"
	"time"

	"github.com/ncruces/go-sqlite3"
)

// Entry is an act that was asked of the platform, from before it is sent until
// it is known how it ended. It outlives a crash, so that what may have happened
// is found again and never asked for twice.
type Entry struct {
	Key   string    // the idempotency key: the same for every try
	Act   string    // the act's id, once the platform told it; "" before
	At    time.Time // when it was first asked, to the millisecond
	Asked []byte    // what was asked
}

// Begin keeps an entry before anything is sent: when it returns, the entry is
// on the disk. An entry with that key stays as it was.
func (s *Store) Begin(ctx context.Context, e Entry) error {
	return s.write(ctx, func(c *conn) error {
		st, err := c.stmt("INSERT INTO journal(key, act, at, asked) VALUES(?,?,?,?) ON CONFLICT DO NOTHING")
		if err != nil {
			return err
		}
		if err := errors.Join(st.BindText(1, e.Key), st.BindText(2, e.Act), st.BindInt64(3, e.At.UnixMilli()), st.BindBlob(4, e.Asked)); err != nil {
			return err
		}
		return st.Exec()
	})
}

// Named keeps the id that the platform gave to the act of a key.
func (s *Store) Named(ctx context.Context, key, act string) error {
	return s.journal(ctx, "UPDATE journal SET act=? WHERE key=?", act, key)
}

// End forgets an entry: it is known what became of it, or that nothing did.
func (s *Store) End(ctx context.Context, key string) error {
	return s.journal(ctx, "DELETE FROM journal WHERE key=?", key)
}

func (s *Store) journal(ctx context.Context, sql string, args ...string) error {
	return s.write(ctx, func(c *conn) error {
		st, err := c.stmt(sql)
		if err != nil {
			return err
		}
		for i, text := range args {
			if err := st.BindText(i+1, text); err != nil {
				return err
			}
		}
		return st.Exec()
	})
}

// Journal lists the entries, oldest first.
func (s *Store) Journal(ctx context.Context) (list []Entry, err error) {
	err = s.read(ctx, func(v *view) error {
		list = nil
		return v.rows(func(st *sqlite3.Stmt) bool {
			list = append(list, Entry{
				Key: st.ColumnText(0), Act: st.ColumnText(1), At: time.UnixMilli(st.ColumnInt64(2)).UTC(),
				Asked: append([]byte(nil), st.ColumnRawBlob(3)...),
			})
			return true
		}, "SELECT key, act, at, asked FROM journal ORDER BY at, key")
	})
	return list, err
}

// stepNote is where the last time step of a session's code is kept.
const stepNote = "session.step"

// TakeStep is the time step of the next session code, at now's step or, where
// that was taken, right after the last one taken: the platform accepts none
// twice and counts a second one as a wrong try. It is kept before it is used,
// for all programs that share the store. A step far ahead of now is of a clock
// that was wrong and is not heeded.
func (s *Store) TakeStep(ctx context.Context, now, ahead uint64) (step uint64, err error) {
	err = s.write(ctx, func(c *conn) error {
		step = now
		if _, err := c.one(func(st *sqlite3.Stmt) {
			if last := uint64(st.ColumnInt64(0)); last >= now && last <= now+ahead {
				step = last + 1
			}
		}, "SELECT value FROM note WHERE kind='device' AND key='"+stepNote+"'"); err != nil {
			return err
		}
		return c.do("INSERT OR REPLACE INTO note(kind, key, value, at) VALUES('device', '"+stepNote+"', ?, 0)", int64(step))
	})
	return step, err
}

// ReturnStep gives back a step that the platform refused, and so did not take.
func (s *Store) ReturnStep(ctx context.Context, step uint64) error {
	return s.write(ctx, func(c *conn) error {
		return c.do("UPDATE note SET value=value-1 WHERE kind='device' AND key='"+stepNote+"' AND value=?", int64(step))
	})
}
