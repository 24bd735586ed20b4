package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/fault"
	"jandon/internal/wallet"
)

// Batch is some changes of the platform's ledger.
type Batch struct {
	Ledger       string // the ledger's id: must be that of the store, which takes it over from the first batch
	Seq          int64  // the number of the last change in it
	More         bool   // the platform has further changes: the store is not up to date yet
	Transactions []wallet.Transaction
	Settlements  []wallet.Settlement
	Alerts       []wallet.Alert
	Mandates     []wallet.Mandate
	Disputes     []wallet.Dispute
}

// Apply stores a batch whole or not at all. What the store has already is
// replaced by id, unless its Seq is newer. Errors: CursorOld if the batch is
// from another ledger (Reset first), and those of Open.
func (s *Store) Apply(ctx context.Context, b Batch) error {
	return s.write(ctx, func(c *conn) error {
		if err := s.claim(c, b); err != nil {
			return err
		}
		a := newApplying(c, s.opts.Zone)
		for i := range b.Transactions {
			if err := a.put(&b.Transactions[i]); err != nil {
				return err
			}
		}
		for i := range b.Settlements {
			x := &b.Settlements[i]
			if err := c.putDoc(docSettlement, x.ID, x.Seq, encodeSettlement(x)); err != nil {
				return err
			}
		}
		for i := range b.Alerts {
			x := &b.Alerts[i]
			if err := c.putDoc(docAlert, x.ID, x.Seq, encodeAlert(x)); err != nil {
				return err
			}
		}
		for i := range b.Mandates {
			x := &b.Mandates[i]
			if err := c.putDoc(docMandate, x.ID, x.Seq, encodeMandate(x)); err != nil {
				return err
			}
		}
		if err := c.putDisputes(b.Disputes); err != nil {
			return err
		}
		if err := a.flush(c); err != nil {
			return err
		}
		return a.appendLoose()
	})
}

// claim checks the ledger and moves the store's place in it on.
func (s *Store) claim(c *conn, b Batch) error {
	var ledger string
	if _, err := c.one(func(st *sqlite3.Stmt) { ledger = st.ColumnText(0) }, "SELECT ledger FROM meta"); err != nil {
		return err
	}
	if ledger != "" && ledger != b.Ledger {
		return fault.Wrap(fmt.Errorf("store holds ledger %q, batch is of %q", ledger, b.Ledger), fault.CursorOld)
	}
	st, err := c.stmt("UPDATE meta SET gen=gen+1, ledger=?, seq=max(seq, ?), synced=CASE WHEN ? THEN synced ELSE ? END")
	if err != nil {
		return err
	}
	err = errors.Join(st.BindText(1, b.Ledger), st.BindInt64(2, b.Seq), st.BindBool(3, b.More), st.BindInt64(4, s.opts.Now().UnixMilli()))
	if err != nil {
		return err
	}
	return st.Exec()
}

// write runs fn as the one writer: first within this process, then among all.
func (s *Store) write(ctx context.Context, fn func(*conn) error) error {
	return s.writeBy(ctx, func(_ *conn, write func() error) error { return write() }, fn)
}

// writeBy is write where around does something before the transaction and after it.
func (s *Store) writeBy(ctx context.Context, around func(c *conn, write func() error) error, fn func(*conn) error) error {
	select {
	case s.writing <- struct{}{}:
	case <-ctx.Done():
		return s.fault(ctx, ctx.Err())
	}
	defer func() { <-s.writing }()
	return s.fault(ctx, s.pool.with(ctx, func(c *conn) error {
		return around(c, func() error { return c.within(ctx, beginWriting, func() error { return fn(c) }) })
	}))
}

// applying is the state of one Apply. What it learns of words and strands stays
// its own, because the batch may yet be undone.
type applying struct {
	*tally
	c       *conn
	words   map[string]int64
	known   map[strand]int64
	variety map[int64]int // strands by merchant
	loose   []looseText
}

func newApplying(c *conn, zone *time.Location) *applying {
	return &applying{tally: newTally(c, zone), c: c, words: map[string]int64{}, known: map[strand]int64{}, variety: map[int64]int{}}
}

// put inserts or replaces one line. A line of a file that happens to have its
// id gives way, and stays under another.
func (a *applying) put(x *wallet.Transaction) error {
	old, seq, at, minor, found, err := a.find(x.ID)
	if err == nil && found && seq == imported {
		found, err = false, a.giveWay(old.n, x.ID)
	}
	if err != nil || found && seq > x.Seq {
		return err
	}
	id, own, err := a.strandOf(x)
	if err != nil {
		return err
	}
	n := int64(0)
	if found {
		was, err := a.strand(old.strand)
		if err != nil {
			return err
		}
		a.add(at, old.strand, was.typ, minor, -1)
		n = old.n
	}
	if n, err = a.line(n, id, x, own); err != nil {
		return err
	}
	a.count(n, id, x, own)
	return nil
}

// count adds a stored line to the sums and its own texts to the others.
func (a *applying) count(n, strand int64, x *wallet.Transaction, own bool) {
	a.add(x.At.UnixMilli(), strand, x.Type, x.Amount.Minor, 1)
	reason := ""
	if own {
		reason = x.Reason
	}
	if x.Number() != "" || reason != "" {
		a.loose = append(a.loose, looseOf(n, x.Order, reason, x.Approval))
	}
}

// giveWay gives line n, of a file, an id beside the one that it has.
func (a *applying) giveWay(n int64, id string) error {
	for i := 2; ; i++ {
		st, err := a.c.stmt("UPDATE OR IGNORE tx SET id=?2 WHERE n=?1", n)
		if err == nil {
			err = st.BindText(2, beside(id, i))
		}
		if err == nil {
			err = st.Exec()
		}
		if err != nil {
			return err
		}
		if a.c.Changes() == 1 {
			return a.keepName(n, id)
		}
	}
}

// keepName remembers the id that line n of a file came with.
func (a *applying) keepName(n int64, id string) error {
	st, err := a.c.stmt("INSERT OR IGNORE INTO alias(n, id) VALUES(?1, ?2)", n)
	if err == nil {
		err = st.BindText(2, id)
	}
	if err == nil {
		err = st.Exec()
	}
	return err
}

type foundLine struct{ n, strand int64 }

func (a *applying) find(id string) (f foundLine, seq, at, minor int64, found bool, err error) {
	st, err := a.c.stmt("SELECT n, strand, seq, at, amount FROM tx WHERE id=?")
	if err == nil {
		err = st.BindText(1, id)
	}
	if err != nil {
		return f, 0, 0, 0, false, err
	}
	err = each(st, func() bool {
		f, seq, at, minor, found = foundLine{st.ColumnInt64(0), st.ColumnInt64(1)}, st.ColumnInt64(2), st.ColumnInt64(3), st.ColumnInt64(4), true
		return false
	})
	return f, seq, at, minor, found, err
}

const (
	insertLine = "INSERT INTO tx(at, strand, amount, seq, id, settlement, ord, refund_of, reason, contact, original, approval) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)"
	updateLine = "UPDATE tx SET at=?, strand=?, amount=?, seq=?, id=?, settlement=?, ord=?, refund_of=?, reason=?, contact=?, original=?, approval=? WHERE n=?"
)

// line writes line n, or a new one if n is 0, and returns its number.
func (a *applying) line(n, strand int64, x *wallet.Transaction, own bool) (int64, error) {
	sql := insertLine
	if n != 0 {
		sql = updateLine
	}
	st, err := a.c.stmt(sql)
	if err == nil {
		err = a.bindLine(st, 0, strand, x, own)
	}
	if err == nil && n != 0 {
		err = st.BindInt64(1+lineWidth, n)
	}
	if err != nil {
		return 0, err
	}
	if err := st.Exec(); err != nil {
		return 0, err
	}
	if n == 0 {
		n = a.c.LastInsertRowID()
	}
	return n, nil
}

// bindLine binds all that a line stores but its number, after place i.
func (a *applying) bindLine(st *sqlite3.Stmt, i int, strand int64, x *wallet.Transaction, own bool) error {
	settlement, err := a.word(x.Settlement)
	if err != nil {
		return err
	}
	for j, n := range [...]int64{x.At.UnixMilli(), strand, x.Amount.Minor, x.Seq} {
		if err := st.BindInt64(i+j+1, n); err != nil {
			return err
		}
	}
	return errors.Join(st.BindText(i+5, x.ID), bindOr(st, i+6, settlement), bindTexts(st, i+7, x, own))
}

// bindTexts binds the texts that a line may have for itself, from place i on.
func bindTexts(st *sqlite3.Stmt, i int, x *wallet.Transaction, own bool) error {
	return errors.Join(bindTextOr(st, i, x.Order, true), bindTextOr(st, i+1, x.RefundOf, true),
		bindTextOr(st, i+2, x.Reason, own), bindTextOr(st, i+3, x.Contact, own), bindTextOr(st, i+4, encodeOriginal(x.Original), true), bindTextOr(st, i+5, x.Approval, true))
}

// lineWidth is how many values bindLine binds.
const lineWidth = 12

// bindOr binds a number, or NULL in place of 0.
func bindOr(st *sqlite3.Stmt, i int, n int64) error {
	if n == 0 {
		return st.BindNull(i)
	}
	return st.BindInt64(i, n)
}

// bindTextOr binds a text if it is wanted and not empty, else NULL.
func bindTextOr(st *sqlite3.Stmt, i int, s string, want bool) error {
	if s == "" || !want {
		return st.BindNull(i)
	}
	return st.BindText(i, s)
}
