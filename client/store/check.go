package store

import (
	"context"
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/fault"
	"jandon/internal/history"
)

// Check reads the whole store and counts everything anew: the file's structure,
// every sum, and what every line refers to. It answers StoreDamaged with what
// was found, or nil.
func (s *Store) Check(ctx context.Context) error {
	return s.read(ctx, func(v *view) error {
		if err := v.structure(); err != nil {
			return err
		}
		t, err := s.recount(v.conn, 0)
		if err != nil {
			return err
		}
		rolls, spells, strands, err := t.spread()
		if err != nil {
			return err
		}
		return v.compare(rolls, spells, strands)
	})
}

// structure is SQLite's own check: pages, order of keys, indexes against tables.
func (v *view) structure() error {
	found := ""
	err := v.rows(func(st *sqlite3.Stmt) bool {
		if line := st.ColumnText(0); line != "ok" && found == "" {
			found = line
		}
		return true
	}, "PRAGMA integrity_check(1)")
	if err == nil && found != "" {
		err = v.wrong("%s", found)
	}
	if err != nil {
		return err
	}
	for _, q := range []string{
		"SELECT count(*) FROM tx WHERE strand NOT IN (SELECT id FROM strand)",
		"SELECT count(*) FROM tx WHERE settlement NOT IN (SELECT id FROM word)",
		"SELECT count(*) FROM tx JOIN strand s ON s.id=tx.strand WHERE at NOT BETWEEN s.first AND s.last",
		"SELECT count(*) FROM alias WHERE n NOT IN (SELECT n FROM tx WHERE seq=-9223372036854775808)",
		"SELECT count(*) FROM became WHERE n NOT IN (SELECT n FROM tx WHERE seq=-9223372036854775808) OR strand NOT IN (SELECT id FROM strand) OR file NOT IN (SELECT id FROM file)",
		"SELECT count(*) FROM file f WHERE lines<>(SELECT coalesce(sum(last-first+1), 0) FROM claim WHERE file=f.id)",
	} {
		n := 0
		if _, err := v.one(func(st *sqlite3.Stmt) { n = st.ColumnInt(0) }, q); err != nil {
			return err
		}
		if n != 0 {
			return v.wrong("%d lines: %s", n, q)
		}
	}
	return nil
}

func (v *view) wrong(format string, args ...any) error {
	return fault.Wrap(fmt.Errorf("%w: "+format, append([]any{errDamaged}, args...)...), fault.StoreDamaged, "file", v.s.opts.Path)
}

// compare looks for sums that differ from those counted, are missing or too many.
func (v *view) compare(rolls map[rollKey]history.Totals, spells map[spellKey]history.Totals, strands map[int64]history.Totals) error {
	err := compareTable(v, rolls, "SELECT grain, dim, currency, start, val, "+sumColumns+" FROM roll", func(st *sqlite3.Stmt) (rollKey, history.Totals) {
		return rollKey{st.ColumnInt64(0), st.ColumnInt64(1), st.ColumnInt64(2), st.ColumnInt64(3), st.ColumnInt64(4)}, readSums(st, 5)
	})
	if err != nil {
		return err
	}
	err = compareTable(v, spells, "SELECT strand, start, "+sumColumns+" FROM spell", func(st *sqlite3.Stmt) (spellKey, history.Totals) {
		return spellKey{st.ColumnInt64(0), st.ColumnInt64(1)}, readSums(st, 2)
	})
	if err != nil {
		return err
	}
	return compareTable(v, strands, "SELECT id, "+sumColumns+" FROM strand WHERE lines<>0", func(st *sqlite3.Stmt) (int64, history.Totals) {
		return st.ColumnInt64(0), readSums(st, 1)
	})
}

func compareTable[K comparable](v *view, want map[K]history.Totals, sql string, read func(*sqlite3.Stmt) (K, history.Totals)) error {
	var bad error
	seen := 0
	err := v.rows(func(st *sqlite3.Stmt) bool {
		k, got := read(st)
		seen++
		if got != want[k] {
			bad = v.wrong("sum %v is %+v, its lines make %+v", k, got, want[k])
		}
		return bad == nil
	}, sql)
	switch {
	case bad != nil:
		return bad
	case err == nil && seen != len(want):
		return v.wrong("%d sums where lines make %d", seen, len(want))
	}
	return err
}
