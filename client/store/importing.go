package store

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// importing is the state of one import or preview.
type importing struct {
	*applying
	zone *time.Location
	file File
	done Import

	renamed    bool                 // some lines go by another id than they came with
	own        runs                 // lines that earlier files of this source hold
	first      int64                // number of the first line that this file adds
	taken      numbers              // earlier lines that stand for lines of this file
	learnt     map[history.Day]bool // days that were looked at, and whether such lines are known
	strandsSay map[int64]said
	zones      []*zoned // by which lines were taken in, this file's own first …
	zonesSince []since  // … and which of them by which
	passed     map[clocks]place
	rows       []newRow // lines that are not written yet
	week       history.Week
	wait       waiting
	gone       gone
	more       int64    // in a preview: what lines that become final add to the sum
	many       int      // new lines, from which on indexes are made anew …
	aside      []string // … and which
}

// importing learns what is there of a file's source.
func (s *Store) importing(c *conn, f File) (*importing, error) {
	a := &importing{
		applying: newApplying(c, s.opts.Zone), zone: s.opts.Zone, file: f, many: s.limits.many,
		taken: numbers{}, learnt: map[history.Day]bool{}, strandsSay: map[int64]said{}, passed: map[clocks]place{},
		done: Import{
			Source: f.Source, Name: f.Name, Digest: f.Digest, Format: f.Format, Rules: f.Rules, Currency: f.Currency,
			Skipped: f.Skipped, At: s.opts.Now().UTC().Truncate(time.Millisecond),
		},
	}
	if _, err := c.one(func(st *sqlite3.Stmt) {
		a.first, a.renamed = st.ColumnInt64(0), st.ColumnInt64(1) != 0
	}, "SELECT (SELECT coalesce(max(n), 0)+1 FROM tx), EXISTS(SELECT 1 FROM alias)"); err != nil {
		return nil, err
	}
	if err := a.learnGone(); err != nil {
		return nil, err
	}
	st, err := c.stmt("SELECT c.first, c.last FROM claim c JOIN file f ON f.id=c.file WHERE f.source=? ORDER BY c.first")
	if err == nil {
		err = st.BindText(1, f.Source)
	}
	if err != nil {
		return nil, err
	}
	if err := each(st, func() bool { a.own.add(st.ColumnInt64(0), st.ColumnInt64(1)); return true }); err != nil || len(a.own) == 0 {
		return a, err
	}
	return a, errors.Join(a.c.do(knownTable), a.learnZones(), a.learnWaiting())
}

// take goes through the file's lines and gives those that are new to add. What
// became final of the others is written if change says so.
func (a *importing) take(add func(*wallet.Transaction, history.Day) error, change bool) error {
	for x, err := range a.file.Lines {
		if err != nil {
			return err
		}
		a.done.Lines++
		a.done.Spent += a.spent(x)
		day := a.calendar.Day(x.At.UnixMilli())
		n, err := a.find(x, day)
		if err != nil {
			return err
		}
		if n == 0 && a.wait.some && x.Status == wallet.Posted {
			var unsure bool
			if n, unsure, err = a.waited(x); err != nil {
				return err
			}
			if unsure {
				a.done.Unsure++
			}
		}
		if n != 0 {
			a.taken.set(n)
			if err := a.settles(n, x, change); err != nil {
				return err
			}
			continue
		}
		a.done.Added++
		a.foretell(x, day)
		if err := add(x, day); err != nil {
			return err
		}
	}
	return a.cancel(add)
}

// spent is what a line adds to the sum of the file.
func (a *importing) spent(x *wallet.Transaction) int64 {
	if x.Amount.Currency != a.file.Currency {
		return 0
	}
	var t history.Totals
	t.Add(x)
	return t.Spent
}

// finish writes what is left, compares, and records the file.
func (a *importing) finish() error {
	if err := errors.Join(a.writeRows(), a.flush(a.c), a.appendLoose(), a.putBack()); err != nil {
		return err
	}
	claims := a.taken.runs()
	if a.done.Added > 0 {
		claims.add(a.first, a.first+int64(a.done.Added)-1)
	}
	if n := claims.len(); n != int64(a.done.Lines) {
		return fault.Wrap(fmt.Errorf("store: %d lines of a file, %d stored", a.done.Lines, n), fault.Internal)
	}
	if err := errors.Join(a.compare(claims), a.again()); err != nil {
		return err
	}
	if a.done.Again { // this file said it before
		return a.c.do("DELETE FROM became WHERE file=0")
	}
	if err := errors.Join(a.record(), a.keepZone(), a.keepGone()); err != nil {
		return err
	}
	if err := a.c.do("UPDATE became SET file=? WHERE file=0", a.done.ID); err != nil {
		return err
	}
	for _, r := range claims {
		if err := a.c.do("INSERT INTO claim(file, first, last) VALUES(?,?,?)", a.done.ID, r.first, r.last); err != nil {
			return err
		}
	}
	return a.c.do("UPDATE meta SET gen=gen+1")
}

// sumsByType adds lines up by their type, a column each: grouping would sort
// them, and hold them all meanwhile. Where most lines are wanted, an index has
// them in groups, and strandsByType adds up those.
var (
	sumsByType    = byType("(SELECT strand, amount FROM tx WHERE n BETWEEN ? AND ?)")
	strandsByType = byType("(SELECT strand, sum(amount) AS amount FROM tx INDEXED BY tx_strand WHERE n BETWEEN ? AND ? GROUP BY strand)")
)

func byType(lines string) string {
	columns := make([]string, wallet.FeeCharge)
	for i := range columns {
		columns[i] = "coalesce(sum(x.amount) FILTER (WHERE s.type=" + strconv.Itoa(i+1) + "), 0)"
	}
	return "SELECT " + strings.Join(columns, ", ") + " FROM " + lines + " x CROSS JOIN strand s ON s.id=x.strand WHERE s.currency=?"
}

// compare sums what the store holds for the file's lines.
func (a *importing) compare(claims runs) error {
	currency, err := a.c.wordID(string(a.file.Currency))
	if err != nil {
		return err
	}
	var sum history.Totals
	all := a.first + int64(a.done.Added) - 1
	for _, r := range claims {
		sums := sumsByType
		if r.last-r.first > all/4 {
			sums = strandsByType
		}
		add := func(st *sqlite3.Stmt) bool {
			for typ := range wallet.FeeCharge {
				sum.AddLine(typ+1, st.ColumnInt64(int(typ)))
			}
			return true
		}
		if err := a.c.rows(add, sums, r.first, r.last, currency); err != nil {
			return err
		}
	}
	a.done.StoredSpent = sum.Spent
	return nil
}

// again finds out whether this very file was taken in before and had nothing new.
func (a *importing) again() error {
	if a.done.Added > 0 || a.done.Became > 0 {
		return nil
	}
	st, err := a.c.stmt("SELECT id FROM file WHERE source=? AND digest=? ORDER BY id LIMIT 1")
	if err == nil {
		err = errors.Join(st.BindText(1, a.file.Source), st.BindText(2, a.file.Digest))
	}
	if err != nil {
		return err
	}
	return each(st, func() bool { a.done.ID, a.done.Again = st.ColumnInt64(0), true; return false })
}

const fileColumns = "source, name, digest, format, rules, at, lines, added, skipped, currency, spent, stored"

func (a *importing) record() error {
	d := &a.done
	st, err := a.c.stmt("INSERT INTO file(" + fileColumns + ") VALUES(?,?,?,?,?,?,?,?,?,?,?,?)")
	if err != nil {
		return err
	}
	for i, text := range []string{d.Source, d.Name, d.Digest, d.Format, d.Rules} {
		err = errors.Join(err, st.BindText(i+1, text))
	}
	for i, n := range []int64{d.At.UnixMilli(), int64(d.Lines), int64(d.Added), int64(d.Skipped)} {
		err = errors.Join(err, st.BindInt64(i+6, n))
	}
	if err = errors.Join(err, st.BindText(10, string(d.Currency)), st.BindInt64(11, d.Spent), st.BindInt64(12, d.StoredSpent)); err != nil {
		return err
	}
	if err := st.Exec(); err != nil {
		return err
	}
	d.ID = a.c.LastInsertRowID()
	return nil
}

// files lists the files that were taken in, the latest first.
func (c *conn) files() (list []Import, err error) {
	err = c.rows(func(st *sqlite3.Stmt) bool {
		list = append(list, Import{
			ID: st.ColumnInt64(0), Source: st.ColumnText(1), Name: st.ColumnText(2), Digest: st.ColumnText(3), Format: st.ColumnText(4),
			Rules: st.ColumnText(5), At: time.UnixMilli(st.ColumnInt64(6)).UTC(), Lines: st.ColumnInt(7), Added: st.ColumnInt(8),
			Skipped: st.ColumnInt(9), Currency: money.Currency(st.ColumnText(10)), Spent: st.ColumnInt64(11), StoredSpent: st.ColumnInt64(12),
		})
		return true
	}, "SELECT id, "+fileColumns+" FROM file ORDER BY id DESC")
	return list, err
}
