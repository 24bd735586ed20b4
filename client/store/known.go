package store

import (
	"errors"
	"time"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/history"
)

// knownTable holds what the earlier lines of an account are told apart by
// while one more file of it is looked through. It is worked out of the lines,
// those of a day when the file's first of that day comes: kept with every
// line, it cost a tenth of an import, and most lines are never asked for again.
const knownTable = `CREATE TEMP TABLE known(
  mark INTEGER NOT NULL, clock INTEGER NOT NULL, n INTEGER NOT NULL, named INTEGER NOT NULL, PRIMARY KEY(mark, clock, n)) WITHOUT ROWID`

// knownLines ask for the lines of files between two instants, and for what
// such lines were before they became final, which they are known by, too. An id
// is the one that a line came with, and after it, of one that became final, the
// one that it became final with, and the zone.
func (a *importing) knownLines() []string {
	came, finally := "x.id", "NULL, NULL"
	if a.renamed {
		came = "coalesce((SELECT id FROM alias l WHERE l.n=x.n), x.id)"
	}
	if a.wait.final {
		finally = "(SELECT coalesce(id, '') FROM became b WHERE b.n=x.n ORDER BY file LIMIT 1), (SELECT zone FROM became b WHERE b.n=x.n ORDER BY file LIMIT 1)"
	}
	now := "SELECT n, at, strand, amount, " + numberIn("x") + ", reason, " + came + ", " + finally + " FROM tx x INDEXED BY tx_at WHERE at>=? AND at<? AND seq=?"
	if !a.wait.final {
		return []string{now}
	}
	before := "SELECT b.n, b.at, b.strand, b.amount, " + numberIn("b") + ", b.reason, " + came + ", NULL, NULL FROM became b CROSS JOIN tx x ON x.n=b.n WHERE b.at>=? AND b.at<? AND x.seq=?"
	return []string{before, now}
}

// learn makes the account's earlier lines of a day known, and tells whether
// there are any.
func (a *importing) learn(day history.Day) (some bool, err error) {
	if some, learnt := a.learnt[day]; learnt {
		return some, nil
	}
	known := bulk{c: a.c, head: "INSERT OR IGNORE INTO known(mark, clock, n, named)", width: 4}
	for _, by := range a.zones {
		for _, lines := range a.knownLines() {
			found, err := a.learnBy(by, day, lines, &known)
			if err != nil {
				return false, err
			}
			some = some || found
		}
	}
	a.learnt[day] = some
	return some, known.flush()
}

// learnBy makes those known that were taken in by one zone.
func (a *importing) learnBy(by *zoned, day history.Day, lines string, known *bulk) (some bool, err error) {
	from, to := by.about(day)
	var inner error
	err = a.c.rows(func(st *sqlite3.Stmt) bool {
		n, at := st.ColumnInt64(0), st.ColumnInt64(1)
		if n >= a.first || !a.own.has(n) || by.calendar.Day(at) != day || !a.takenBy(by, n, st.ColumnText(8)) {
			return true
		}
		var s said
		if s, inner = a.said(st.ColumnInt64(2)); inner != nil {
			return false
		}
		s.minor, s.number = st.ColumnInt64(3), st.ColumnText(4)
		if own := st.ColumnText(5); own != "" {
			s.reason = own
		}
		named := a.named(st.ColumnText(6))
		if final := st.ColumnText(7); final != "" {
			named = a.named(final)
		} else if st.ColumnType(7) != sqlite3.NULL {
			named = 0
		}
		some = true
		inner = known.add(int64(s.mark(day)), by.clock(time.UnixMilli(at)), n, named)
		return inner == nil
	}, lines, from, to, imported)
	return some, errors.Join(inner, err)
}

// said is what all lines of a strand say. A reason that they have for
// themselves is not in it.
func (a *importing) said(strand int64) (s said, err error) {
	s, known := a.strandsSay[strand]
	if known {
		return s, nil
	}
	found, err := a.c.one(func(st *sqlite3.Stmt) {
		s = said{merchant: st.ColumnText(0), reason: st.ColumnText(1), currency: st.ColumnText(2)}
	}, "SELECT m.s, r.s, c.s FROM strand s LEFT JOIN word m ON m.id=s.merchant LEFT JOIN word r ON r.id=s.reason LEFT JOIN word c ON c.id=s.currency WHERE s.id=?", strand)
	if err == nil && !found {
		err = errDamaged
	}
	if len(a.strandsSay) >= reliefTexts {
		clear(a.strandsSay)
	}
	a.strandsSay[strand] = s
	return s, err
}
