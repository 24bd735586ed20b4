package store

import (
	"errors"
	"strconv"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// newRow is a line that a file adds.
type newRow struct {
	wallet.Transaction
	n, strand int64
	own       bool
	came      string // its id in the file
}

// insert takes a line that is new; a few are written together.
func (a *importing) insert(x *wallet.Transaction, day history.Day) error {
	id, own, err := a.strandOf(x)
	if err != nil {
		return err
	}
	n := a.first + int64(a.done.Added) - 1
	a.count(n, id, x, own)
	a.rows = append(a.rows, newRow{*x, n, id, own, x.ID})
	if len(a.rows) == bulkRows {
		if err := errors.Join(a.writeRows(), a.setAside()); err != nil {
			return err
		}
	}
	return a.relieve(history.WeekOf(day))
}

// What a line of a file stores. Bills are the platform's, and few lines have
// any of the texts.
const (
	insertLines = "INSERT OR IGNORE INTO tx(seq, n, at, strand, amount, id"
	lineTexts   = ", ord, refund_of, reason, contact, original, approval"
	fromFile    = "-9223372036854775808," // imported
)

// writeRows writes the lines that wait.
func (a *importing) writeRows() error {
	if len(a.rows) == 0 {
		return nil
	}
	written, err := a.insertRows(a.rows)
	if err == nil && written < len(a.rows) {
		err = a.insertOthers()
	}
	a.rows = a.rows[:0]
	return err
}

// insertRows inserts lines and tells how many had an id of their own.
func (a *importing) insertRows(rows []newRow) (written int, err error) {
	head, width, texts := insertLines+")", 5, false
	for i := range rows {
		r := &rows[i]
		if texts = r.Number() != "" || r.RefundOf != "" || r.own && r.Reason+r.Contact != "" || r.Original != (money.Amount{}); texts {
			head, width = insertLines+lineTexts+")", 11
			break
		}
	}
	st, err := a.c.stmt(manyRows(head, "("+fromFile+places(width)+")", len(rows), ""))
	if err != nil {
		return 0, err
	}
	for i := range rows {
		r, at := &rows[i], width*i
		for j, n := range [...]int64{r.n, r.At.UnixMilli(), r.strand, r.Amount.Minor} {
			err = errors.Join(err, st.BindInt64(at+j+1, n))
		}
		if err = errors.Join(err, st.BindText(at+5, r.ID)); err == nil && texts {
			err = bindTexts(st, at+6, &r.Transaction, r.own)
		}
		if err != nil {
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
			if there = written == 1; there {
				err = errors.Join(err, a.keepName(r.n, r.came))
			}
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
