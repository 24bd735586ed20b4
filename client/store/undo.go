package store

import (
	"context"
	"strconv"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/fault"
)

// Undo takes a file out again: the lines that no other file holds go, the rest
// stays. It answers what the file was and how many lines went. A file that is
// not there is fault.NotFound.
func (s *Store) Undo(ctx context.Context, id int64) (gone Import, removed int, err error) {
	err = s.writeMuch(ctx, undoCache, func(c *conn) error {
		files, err := c.files()
		if err != nil {
			return err
		}
		found := false
		for _, f := range files {
			if f.ID == id {
				gone, found = f, true
			}
		}
		if !found {
			return fault.New(fault.NotFound, "what", strconv.FormatInt(id, 10))
		}
		held, err := c.runs("SELECT first, last FROM claim WHERE file=? ORDER BY first", id)
		if err != nil {
			return err
		}
		others, err := c.runs("SELECT first, last FROM claim WHERE file<>? ORDER BY first", id)
		if err != nil {
			return err
		}
		doomed := held.without(others)
		removed = int(doomed.len())
		if err := s.unbecome(c, id, doomed); err != nil {
			return err
		}
		if err := s.drop(c, doomed); err != nil {
			return err
		}
		for _, sql := range []string{"DELETE FROM claim WHERE file=?", "DELETE FROM gone WHERE file=?", "DELETE FROM file WHERE id=?"} {
			if err := c.do(sql, id); err != nil {
				return err
			}
		}
		return c.tidy()
	})
	return gone, removed, err
}

func (c *conn) runs(sql string, id int64) (r runs, err error) {
	return r, c.rows(func(st *sqlite3.Stmt) bool { r.add(st.ColumnInt64(0), st.ColumnInt64(1)); return true }, sql, id)
}

// drop deletes lines and takes them out of the sums: one by one, or where more
// go than stay, by putting aside those that stay.
func (s *Store) drop(c *conn, doomed runs) error {
	lines := int64(0)
	if _, err := c.one(func(st *sqlite3.Stmt) { lines = st.ColumnInt64(0) }, "SELECT coalesce(sum(lines), 0) FROM roll WHERE grain=2"); err != nil {
		return err
	}
	if 2*doomed.len() > lines {
		return s.keepRest(c, doomed)
	}
	t := newTally(c, s.opts.Zone)
	for _, r := range doomed {
		var inner error
		err := c.rows(func(st *sqlite3.Stmt) bool {
			x, err := t.strand(st.ColumnInt64(1))
			if err != nil {
				inner = err
				return false
			}
			t.add(st.ColumnInt64(0), st.ColumnInt64(1), x.typ, st.ColumnInt64(2), -1)
			if len(t.cells) >= reliefCells {
				inner = t.flush(c)
				t = newTally(c, s.opts.Zone)
			}
			return inner == nil
		}, "SELECT at, strand, amount FROM tx WHERE n BETWEEN ? AND ?", r.first, r.last)
		if inner != nil {
			err = inner
		}
		if err != nil {
			return err
		}
		for _, sql := range []string{"DELETE FROM tx WHERE n BETWEEN ? AND ?", "DELETE FROM alias WHERE n BETWEEN ? AND ?"} {
			if err := c.do(sql, r.first, r.last); err != nil {
				return err
			}
		}
	}
	if err := t.flush(c); err != nil {
		return err
	}
	return c.forgetTexts(doomed)
}

// tidy forgets the texts that no line has any more, and begins a new epoch,
// because numbers of words and strands may now come to mean something else.
func (c *conn) tidy() error {
	for _, sql := range []string{
		"DELETE FROM became WHERE n NOT IN (SELECT n FROM tx)",
		"DELETE FROM strand WHERE lines=0 AND id NOT IN (SELECT strand FROM became)",
		`DELETE FROM word WHERE id NOT IN (SELECT merchant FROM strand UNION SELECT category FROM strand UNION SELECT issuer FROM strand
			UNION SELECT currency FROM strand UNION SELECT channel FROM strand UNION SELECT contact FROM strand UNION SELECT reason FROM strand
			UNION SELECT settlement FROM tx WHERE settlement IS NOT NULL)`,
		"UPDATE meta SET epoch=epoch+1, gen=gen+1",
	} {
		if err := c.do(sql); err != nil {
			return err
		}
	}
	return nil
}

// textsAnew gathers the own texts of all lines once more.
func (c *conn) textsAnew() error {
	if err := c.do("DELETE FROM loose"); err != nil {
		return err
	}
	a := &applying{c: c}
	var inner error
	err := c.rows(func(st *sqlite3.Stmt) bool {
		a.loose = append(a.loose, looseOf(st.ColumnInt64(0), st.ColumnText(1), st.ColumnText(2), st.ColumnText(3)))
		if len(a.loose) == reliefTexts {
			inner = a.appendLoose()
			a.loose = a.loose[:0]
		}
		return inner == nil
	}, "SELECT n, ord, reason, approval FROM tx WHERE ord IS NOT NULL OR reason IS NOT NULL OR approval IS NOT NULL ORDER BY n")
	if inner != nil {
		err = inner
	}
	if err != nil {
		return err
	}
	return a.appendLoose()
}

// keepFiles empties the store of all that a platform told, where there are
// lines of files beside.
func (s *Store) keepFiles(c *conn) error {
	for _, sql := range append([]string{"DELETE FROM tx WHERE seq<>-9223372036854775808", "DELETE FROM doc"}, noSums...) {
		if err := c.do(sql); err != nil {
			return err
		}
	}
	sums, err := s.recount(c, 0)
	if err == nil {
		err = sums.flush(c)
	}
	if err == nil {
		err = c.textsAnew()
	}
	if err == nil {
		err = c.tidy()
	}
	return err
}
