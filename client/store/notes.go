package store

import (
	"context"
	"errors"
	"time"

	"jandon/internal/notes"
)

// Notes lists what the person said of a kind, oldest first and then by key.
func (s *Store) Notes(ctx context.Context, kind string) (list []notes.Note, err error) {
	err = s.read(ctx, func(v *view) error {
		st, err := v.stmt("SELECT key, value, at FROM note WHERE kind=? ORDER BY at, key")
		if err != nil {
			return err
		}
		if err := st.BindText(1, kind); err != nil {
			return err
		}
		list = nil
		return each(st, func() bool {
			list = append(list, notes.Note{
				Kind: kind, Key: st.ColumnText(0), Value: st.ColumnText(1), At: time.UnixMilli(st.ColumnInt64(2)).UTC(),
			})
			return true
		})
	})
	return list, err
}

// PutNotes keeps notes in place of those with their kind and key, and forgets
// those without a value: all of them or none.
func (s *Store) PutNotes(ctx context.Context, list ...notes.Note) error {
	return s.write(ctx, func(c *conn) error {
		for i := range list {
			if err := c.putNote(&list[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c *conn) putNote(n *notes.Note) error {
	sql := "INSERT OR REPLACE INTO note(kind, key, value, at) VALUES(?,?,?,?)"
	if n.Value == "" {
		sql = "DELETE FROM note WHERE kind=? AND key=?"
	}
	st, err := c.stmt(sql)
	if err != nil {
		return err
	}
	if err := errors.Join(st.BindText(1, n.Kind), st.BindText(2, n.Key)); err != nil {
		return err
	}
	if n.Value != "" {
		if err := errors.Join(st.BindText(3, n.Value), st.BindInt64(4, n.At.UnixMilli())); err != nil {
			return err
		}
	}
	return st.Exec()
}

var _ notes.Book = (*Store)(nil)
