package store

import (
	"math"
	"time"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/history"
	"jandon/internal/wallet"
)

// A purchase that an earlier file brought may stand in a later one as cancelled,
// with no line that gives the money back. It stays as it is and gets a refund,
// which is a line of the later file like any other: that file holds both, taken
// in once more it has nothing new, and without it the purchase stands alone again.

// cancel takes in the refunds of purchases that earlier files brought. It comes
// after all lines, so that none of those is taken for one that was cancelled.
func (a *importing) cancel(add func(*wallet.Transaction, history.Day) error) error {
	var purchases map[numbered][]bought
	for i := range a.file.Cancelled {
		x := a.file.Cancelled[i]
		day := a.calendar.Day(x.At.UnixMilli())
		n, err := a.find(purchase(x), day)
		if err == nil && n == 0 && x.Number() != "" && len(a.own) > 0 {
			if purchases == nil {
				purchases, err = a.purchases()
			}
			if err == nil {
				n = a.byNumber(purchases[numberOf(purchase(x))], x.At)
			}
		}
		if err != nil {
			return err
		}
		if n == 0 {
			a.gone.fresh = append(a.gone.fresh, goneMarks(purchase(x), day)...)
			continue // it never came in
		}
		a.taken.set(n)
		a.done.Lines += 2
		a.done.Cancelled++
		was, err := a.was(n)
		if err != nil {
			return err
		}
		back, err := a.find(&x, day)
		if err == nil && back == 0 {
			back, err = a.givenBack(was, &x)
		}
		if err != nil {
			return err
		}
		if back != 0 {
			a.taken.set(back)
			continue
		}
		x.RefundOf = was.id
		a.done.Added++
		if err := add(&x, day); err != nil {
			return err
		}
	}
	return nil
}

// purchase is what a refund gives money back for.
func purchase(x wallet.Transaction) *wallet.Transaction {
	x.Type, x.Amount.Minor = wallet.Payment, -x.Amount.Minor
	if x.RefundOf != "" {
		x.ID = x.RefundOf
	}
	return &x
}

// numbered is what a purchase shares with a refund of another day.
type numbered struct {
	number, currency string
	minor            int64
}

func numberOf(x *wallet.Transaction) numbered {
	return numbered{x.Number(), string(x.Amount.Currency), x.Amount.Minor}
}

// bought is where and when a purchase is.
type bought struct{ n, at int64 }

// purchases are the earlier lines of the account that could be those of the
// file's refunds by their numbers.
func (a *importing) purchases() (map[numbered][]bought, error) {
	found := map[numbered][]bought{}
	from, to := int64(math.MaxInt64), int64(math.MinInt64)
	for i := range a.file.Cancelled {
		if x := a.file.Cancelled[i]; x.Number() != "" {
			found[numberOf(purchase(x))] = nil
			from, to = min(from, x.At.Add(-latelyPosted).UnixMilli()), max(to, x.At.UnixMilli())
		}
	}
	return found, a.c.rows(func(st *sqlite3.Stmt) bool {
		key, n := numbered{st.ColumnText(0), st.ColumnText(1), st.ColumnInt64(2)}, st.ColumnInt64(3)
		if list, asked := found[key]; asked && a.own.has(n) {
			found[key] = append(list, bought{n, st.ColumnInt64(4)})
		}
		return true
	}, "SELECT "+numberIn("x")+", w.s, x.amount, x.n, x.at FROM tx x INDEXED BY tx_at JOIN strand s ON s.id=x.strand JOIN word w ON w.id=s.currency "+
		"WHERE x.at>? AND x.at<=? AND x.seq=? AND "+numberIn("x")+" IS NOT NULL AND s.type=? AND x.n<?",
		from, to, imported, int64(wallet.Payment), a.first)
}

// givenBack finds the line of an earlier file that gave the money back already,
// or 0.
func (a *importing) givenBack(was was, x *wallet.Transaction) (back int64, err error) {
	return back, a.c.rows(func(st *sqlite3.Stmt) bool {
		if n := st.ColumnInt64(0); a.own.has(n) && !a.taken.has(n) {
			back = n
		}
		return back == 0
	}, `SELECT x.n FROM tx x INDEXED BY tx_at JOIN strand s ON s.id=x.strand JOIN strand p ON p.id=? AND p.merchant=s.merchant AND p.currency=s.currency
		WHERE x.at>=? AND x.at<? AND x.seq=? AND x.amount=? AND s.type=? AND x.n<? ORDER BY x.at, x.n`,
		was.strand, was.at, was.at+latelyPosted.Milliseconds(), imported, x.Amount.Minor, int64(wallet.Refund), a.first)
}

// byNumber is the one line of several with a number that is not taken and that
// a refund of an instant can be of, or 0.
func (a *importing) byNumber(list []bought, back time.Time) (n int64) {
	for _, x := range list {
		since := back.Sub(time.UnixMilli(x.at))
		switch {
		case a.taken.has(x.n) || since < 0 || since >= latelyPosted:
		case n != 0:
			return 0
		default:
			n = x.n
		}
	}
	return n
}
