package store

import (
	"context"
	"fmt"
	"hash/fnv"
	"time"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/history"
	"jandon/internal/wallet"
)

// The years whose changes of clocks go into a zone's mark: small digital money
// is not older, and rules further ahead are not known.
const (
	markFrom = 1990
	markTo   = 2045
)

// markOf names a zone and its rules: sums depend on both, and rules change.
func markOf(zone *time.Location) string {
	h := fnv.New64a()
	end := time.Date(markTo, 1, 1, 0, 0, 0, 0, time.UTC)
	for t := time.Date(markFrom, 1, 1, 0, 0, 0, 0, time.UTC).In(zone); t.Before(end); {
		_, offset := t.Zone()
		_, next := t.ZoneBounds()
		fmt.Fprintf(h, "%d %d\n", offset, next.Unix())
		if !next.After(t) { // none, or one that does not move on
			break
		}
		t = next
	}
	return fmt.Sprintf("%s %016x", zone, h.Sum64())
}

// rezone makes all sums anew for the store's zone: whole or, if the context
// ends, not at all.
func (s *Store) rezone(ctx context.Context) error {
	return s.write(ctx, func(c *conn) error {
		var zone string
		total := 0
		_, err := c.one(func(st *sqlite3.Stmt) { zone, total = st.ColumnText(0), st.ColumnInt(1) },
			"SELECT zone, (SELECT coalesce(sum(lines), 0) FROM roll WHERE grain=2) FROM meta")
		if err != nil || zone == s.mark {
			return err
		}
		sums, err := s.recount(c, total)
		if err != nil {
			return err
		}
		for _, table := range noSums {
			if err := c.do(table); err != nil {
				return err
			}
		}
		if err := sums.flush(c); err != nil {
			return err
		}
		st, err := c.stmt("UPDATE meta SET zone=?, gen=gen+1")
		if err != nil {
			return err
		}
		if err := st.BindText(1, s.mark); err != nil {
			return err
		}
		return st.Exec()
	})
}

// told is after how many lines Progress is told.
const told = 5000

// recount sums all lines by strand and day.
func (s *Store) recount(c *conn, total int) (*tally, error) {
	t := newTally(c, s.opts.Zone)
	done := 0
	var inner error
	err := c.rows(func(st *sqlite3.Stmt) bool {
		x, err := t.strand(st.ColumnInt64(1))
		if err != nil {
			inner = err
			return false
		}
		t.add(st.ColumnInt64(0), st.ColumnInt64(1), x.typ, st.ColumnInt64(2), 1)
		if done++; done%told == 0 && s.opts.Progress != nil {
			s.opts.Progress(done, max(total, done))
		}
		return true
	}, "SELECT at, strand, amount FROM tx INDEXED BY tx_at ORDER BY at")
	if inner != nil {
		err = inner
	}
	return t, err
}

// contribution is what one line adds to sums.
func contribution(typ wallet.Type, minor, sign int64) history.Totals {
	var t history.Totals
	t.AddLine(typ, minor)
	if sign < 0 {
		t = history.Totals{Spent: -t.Spent, Refunded: -t.Refunded, Received: -t.Received, Expired: -t.Expired, Count: -t.Count, Lines: -t.Lines}
	}
	return t
}
