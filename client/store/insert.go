package store

import (
	"errors"
	"strconv"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/history"
	"jandon/internal/wallet"
)

// newRow is a line that a file adds.
type newRow struct {
	wallet.Transaction
	n, strand int64
	own       bool
	mark      mark
	clock     int64
	named     int64
	came      string // its id in the file
}

// insert takes a line that is new; a few are written together.
func (a *importing) insert(x *wallet.Transaction, m mark) error {
	id, own, err := a.strandOf(x)
	if err != nil {
		return err
	}
	r := newRow{
		Transaction: *x, n: a.first + int64(a.done.Added) - 1, strand: id, own: own, mark: m, clock: a.clock(x), named: a.named(x), came: x.ID,
	}
	r.Seq, r.Settlement = imported, "" // bills are the platform's
	a.count(r.n, id, x, own)
	if a.rows = append(a.rows, r); len(a.rows) == bulkRows {
		if err := errors.Join(a.writeRows(), a.setAside()); err != nil {
			return err
		}
	}
	return a.relieve(history.WeekOf(m.day()))
}

const insertLines = "INSERT OR IGNORE INTO tx(n, at, strand, amount, seq, id, settlement, ord, refund_of, reason, contact, original)"

// writeRows writes the lines that wait, and what they are told from others by.
func (a *importing) writeRows() error {
	if len(a.rows) == 0 {
		return nil
	}
	written, err := a.insertRows(a.rows)
	if err == nil && written < len(a.rows) {
		err = a.insertOthers()
	}
	marks := bulk{c: a.c, head: "INSERT INTO imported(mark, clock, n, named)", width: 4}
	for i := range a.rows {
		r := &a.rows[i]
		err = errors.Join(err, marks.add(int64(r.mark), r.clock, r.n, r.named))
		if r.ID != r.came && r.named == 1 {
			err = errors.Join(err, a.keepName(r.n, r.came))
		}
	}
	a.rows = a.rows[:0]
	return errors.Join(err, marks.flush())
}

// insertRows inserts lines and tells how many had an id of their own.
func (a *importing) insertRows(rows []newRow) (written int, err error) {
	st, err := a.c.stmt(manyRows(insertLines, 1+lineWidth, len(rows), ""))
	if err != nil {
		return 0, err
	}
	for i := range rows {
		r := &rows[i]
		if err := errors.Join(st.BindInt64((1+lineWidth)*i+1, r.n), a.bindLine(st, (1+lineWidth)*i+1, r.strand, &r.Transaction, r.own)); err != nil {
			return 0, err
		}
	}
	if err := st.Exec(); err != nil {
		return 0, err
	}
	return int(a.c.Changes()), nil
}

// insertOthers inserts the lines that wait whose id another has, under one beside it.
func (a *importing) insertOthers() error {
	for i := range a.rows {
		r := &a.rows[i]
		there, err := a.c.one(func(*sqlite3.Stmt) {}, "SELECT 1 FROM tx WHERE n=?", r.n)
		for j := 2; !there && err == nil; j++ {
			r.ID = beside(r.came, j)
			var written int
			written, err = a.insertRows(a.rows[i : i+1])
			there = written == 1
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// beside is the i-th id for lines that would have the same.
func beside(id string, i int) string { return id + "-" + strconv.Itoa(i) }

// What is kept in memory is written or forgotten when there is so much of it,
// whatever the length of the file.
const (
	reliefCells = 1 << 14 // sums of a day, if the line is of another week …
	reliefMost  = 1 << 16 // … or if not
	reliefTexts = 1 << 16 // texts, strands and own texts of lines
)

func (a *importing) relieve(week history.Week) error {
	turned := week != a.week
	a.week = week
	if len(a.cells) >= reliefMost || turned && len(a.cells) >= reliefCells {
		if err := a.flushSums(a.c); err != nil {
			return err
		}
	}
	if len(a.loose) >= reliefTexts {
		if err := a.appendLoose(); err != nil {
			return err
		}
		a.loose = a.loose[:0]
	}
	if len(a.words) < reliefTexts && len(a.strands) < reliefTexts {
		return nil
	}
	if err := errors.Join(a.writeRows(), a.flush(a.c), a.appendLoose()); err != nil {
		return err
	}
	a.applying = newApplying(a.c, a.zone)
	return nil
}
