package store

import (
	"errors"
	"time"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/wallet"
)

// A line that an export told of before it was final comes again, with another
// date, another id or, after a tip, another amount. It is the same line, and
// what it was is kept in the table became until the file that said so is taken
// out. What could be one of several is none: it is counted and stays new.

const (
	soonPosted   = wallet.SoonPosted
	latelyPosted = wallet.LatelyPosted
	// mostApproved is how many approval numbers are looked at; a person waits
	// for a few dozen lines, and beyond that merchant and amount are asked.
	mostApproved = 1 << 16
)

// waiting is what an import knows of the lines that were not final before.
type waiting struct {
	some     bool             // there are any …
	final    bool             // … or there were, and files said that they are final
	approved map[string]int64 // by approval number; 0: several have it
}

// was is a line of the store before it became final.
type was struct {
	n, at, strand, minor int64
	id                   string
	typ                  wallet.Type
	status               wallet.Status
	posted               bool // a file said already that it is final
}

// learnWaiting learns which lines of the source are not final.
func (a *importing) learnWaiting() error {
	if _, err := a.c.one(func(st *sqlite3.Stmt) {
		a.wait.some, a.wait.final = st.ColumnInt64(0) != 0, st.ColumnInt64(1) != 0
	}, "SELECT EXISTS(SELECT 1 FROM strand WHERE status=? AND lines>0), EXISTS(SELECT 1 FROM became)", int64(wallet.Pending)); err != nil || !a.wait.some {
		return err
	}
	a.wait.approved = map[string]int64{}
	return a.c.rows(func(st *sqlite3.Stmt) bool {
		n, number := st.ColumnInt64(0), st.ColumnText(1)
		if a.own.has(n) {
			if _, twice := a.wait.approved[number]; twice {
				n = 0
			}
			a.wait.approved[number] = n
		}
		return len(a.wait.approved) < mostApproved
	}, "SELECT x.n, "+numberIn("x")+" FROM strand s JOIN tx x ON x.strand=s.id WHERE s.status=? AND s.lines>0 AND x.seq=? AND "+numberIn("x")+" IS NOT NULL", int64(wallet.Pending), imported)
}

// was reads a line of the store.
func (a *importing) was(n int64) (w was, err error) {
	_, err = a.c.one(func(st *sqlite3.Stmt) {
		w = was{
			n: n, at: st.ColumnInt64(0), strand: st.ColumnInt64(1), minor: st.ColumnInt64(2), id: st.ColumnText(3),
			typ: wallet.Type(st.ColumnInt64(4)), status: wallet.Status(st.ColumnInt64(5)), posted: st.ColumnInt64(6) != 0,
		}
	}, "SELECT x.at, x.strand, x.amount, x.id, s.type, s.status, EXISTS(SELECT 1 FROM became b WHERE b.n=x.n) FROM tx x JOIN strand s ON s.id=x.strand WHERE x.n=?", n)
	return w, err
}

// waited finds the one earlier line that a final line of the file was before it
// was final, or 0. Where there could be several, unsure is true.
func (a *importing) waited(x *wallet.Transaction) (n int64, unsure bool, err error) {
	if number := x.Number(); number != "" {
		if n, ok := a.wait.approved[number]; ok {
			if n == 0 {
				return 0, true, nil
			}
			w, err := a.was(n)
			since := x.At.Sub(time.UnixMilli(w.at))
			if err == nil && w.status == wallet.Pending && w.typ == x.Type && (x.Approval != "" || w.minor == x.Amount.Minor) && !a.taken.has(n) && since > -latelyPosted && since < latelyPosted {
				return n, false, nil
			}
			if err != nil {
				return 0, false, err
			}
		}
	}
	merchant, err := a.knownWord(x.Merchant)
	if err != nil || merchant == 0 && x.Merchant != "" {
		return 0, false, err
	}
	currency, err := a.knownWord(string(x.Amount.Currency))
	if err != nil || currency == 0 {
		return 0, false, err
	}
	found := 0
	err = a.c.rows(func(st *sqlite3.Stmt) bool {
		at := st.ColumnInt64(0)
		if a.taken.has(at) || !a.own.has(at) || x.Number() != "" && st.ColumnText(1) != "" { // numbers that differ tell them apart
			return true
		}
		n = at
		found++
		return found < 2
	}, "SELECT x.n, "+numberIn("x")+" FROM strand s JOIN tx x ON x.strand=s.id WHERE s.merchant=? AND s.currency=? AND s.type=? AND s.status=? AND x.at BETWEEN ? AND ? AND x.amount=? AND x.seq=? AND x.n<?",
		merchant, currency, int64(x.Type), int64(wallet.Pending), x.At.Add(-soonPosted).UnixMilli(), x.At.Add(soonPosted).UnixMilli(), x.Amount.Minor, imported, a.first)
	if found != 1 {
		n = 0
	}
	return n, found > 1, err
}

// knownWord is the number of a text, 0 if it has none.
func (a *importing) knownWord(text string) (int64, error) {
	if id, ok := a.words[text]; ok || text == "" {
		return id, nil
	}
	return a.c.wordID(text)
}

// settles looks whether a line that is there was not final and is now. change,
// if set, writes it down.
func (a *importing) settles(n int64, x *wallet.Transaction, change bool) error {
	if x.Status != wallet.Posted || !a.wait.some && !a.wait.final {
		return nil
	}
	w, err := a.was(n)
	switch {
	case err != nil:
		return err
	case w.posted && change: // this file says so, too
		return a.c.do("INSERT INTO became(n, file, zone, id, at, strand, amount, ord, refund_of, reason, contact, original, approval) "+
			"SELECT n, 0, zone, id, at, strand, amount, ord, refund_of, reason, contact, original, approval FROM became WHERE n=? ORDER BY file LIMIT 1", n)
	case w.posted || w.status != wallet.Pending || w.typ != x.Type:
		return nil
	}
	a.done.Became++
	if !change {
		old := wallet.Transaction{Type: w.typ, Amount: x.Amount}
		old.Amount.Minor = w.minor
		a.more += a.spent(x) - a.spent(&old)
		return nil
	}
	return a.become(w, x)
}

// become writes a line over what it was.
func (a *importing) become(w was, x *wallet.Transaction) error {
	named := ""
	if a.named(x.ID) == 1 {
		named = x.ID
	}
	st, err := a.c.stmt("INSERT INTO became(n, file, zone, id, at, strand, amount, ord, refund_of, reason, contact, original, approval) "+
		"SELECT n, 0, ?3, ?2, at, strand, amount, ord, refund_of, reason, contact, original, approval FROM tx WHERE n=?1", w.n)
	if err == nil {
		err = errors.Join(bindTextOr(st, 2, named, true), st.BindText(3, a.zone.String()))
	}
	if err == nil {
		err = st.Exec()
	}
	if err != nil {
		return err
	}
	a.wait.final = true
	a.add(w.at, w.strand, w.typ, w.minor, -1)
	id, own, err := a.strandOf(x)
	if err != nil {
		return err
	}
	y := *x
	y.ID, y.Seq, y.Settlement = w.id, imported, "" // decisions are kept by the id
	if _, err := a.line(w.n, id, &y, own); err != nil {
		return err
	}
	a.count(w.n, id, &y, own)
	return nil
}

// unbecome gives the lines that a file said to be final back what they were,
// unless another file says so, too. Lines that go with the file are left.
func (s *Store) unbecome(c *conn, file int64, doomed runs) error {
	t := newTally(c, s.opts.Zone)
	var list []int64
	if err := c.rows(func(st *sqlite3.Stmt) bool {
		if n := st.ColumnInt64(0); !doomed.has(n) {
			list = append(list, n)
		}
		return true
	}, "SELECT n FROM became b WHERE file=?1 AND NOT EXISTS(SELECT 1 FROM became o WHERE o.n=b.n AND o.file<>?1)", file); err != nil {
		return err
	}
	texts := &applying{c: c}
	for _, n := range list {
		var inner error
		if err := c.rows(func(st *sqlite3.Stmt) bool {
			now, err1 := t.strand(st.ColumnInt64(1))
			then, err2 := t.strand(st.ColumnInt64(4))
			if inner = errors.Join(err1, err2); inner == nil {
				t.add(st.ColumnInt64(0), st.ColumnInt64(1), now.typ, st.ColumnInt64(2), -1)
				t.add(st.ColumnInt64(3), st.ColumnInt64(4), then.typ, st.ColumnInt64(5), 1)
				texts.loose = append(texts.loose, looseOf(n, st.ColumnText(6), st.ColumnText(7), st.ColumnText(8)))
			}
			return false
		}, "SELECT x.at, x.strand, x.amount, b.at, b.strand, b.amount, b.ord, b.reason, b.approval FROM tx x JOIN became b ON b.n=x.n AND b.file=?2 WHERE x.n=?1", n, file); err != nil || inner != nil {
			return errors.Join(err, inner)
		}
		if err := c.do(
			"UPDATE tx SET (at, strand, amount, ord, refund_of, reason, contact, original, approval) = (SELECT at, strand, amount, ord, refund_of, reason, contact, original, approval FROM became WHERE n=?1 AND file=?2) WHERE n=?1",
			n, file); err != nil {
			return err
		}
	}
	return errors.Join(t.flush(c), texts.appendLoose(), c.do("DELETE FROM became WHERE file=?", file))
}
