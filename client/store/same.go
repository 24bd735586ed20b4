package store

import (
	"math"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/history"
	"jandon/internal/wallet"
)

// mark is what equal lines of an account have in common: their day in the high
// bits, so that marks follow one another as a file's lines do, and 40 bits of
// a hash of all else. Nothing keeps it: it is worked out of lines (known.go).
type mark int64

const hashBits = 40

// hash is FNV-1a.
type hash uint64

const emptyHash hash = 14695981039346656037

func (h hash) text(s string) hash {
	for i := range len(s) {
		h = (h ^ hash(s[i])) * 1099511628211
	}
	return (h ^ 0xff) * 1099511628211 // ends the text: no UTF-8 has this byte
}

func (h hash) integer(n int64) hash {
	for range 8 {
		h = (h ^ hash(n&0xff)) * 1099511628211
		n >>= 8
	}
	return h
}

// said is what a line says beside its time, as far as it is told apart by that.
type said struct {
	merchant, reason, number, currency string
	minor                              int64
}

func (s said) mark(day history.Day) mark {
	h := emptyHash.text(s.merchant).text(s.reason).text(s.number).text(s.currency).integer(s.minor)
	return mark(int64(day)<<hashBits | int64(h>>(64-hashBits)))
}

// numberIn is wallet.Transaction.Number of the lines of a table; NULL: none.
func numberIn(table string) string { return "coalesce(" + table + ".approval, " + table + ".ord)" }

// named is 1 for an id that is its provider's.
func (a *importing) named(id string) int64 {
	if a.file.Made(id) {
		return 0
	}
	return 1
}

// find is the number of the earlier line that a line of the file is, or 0.
func (a *importing) find(x *wallet.Transaction, day history.Day) (int64, error) {
	if len(a.own) == 0 {
		return 0, nil
	}
	named := a.named(x.ID)
	if named == 1 {
		if n, err := a.byName(x.ID); n != 0 || err != nil {
			return n, err
		}
	}
	if some, err := a.learn(day); !some || err != nil {
		return 0, err
	}
	s := said{merchant: x.Merchant, reason: x.Reason, currency: string(x.Amount.Currency), minor: x.Amount.Minor}
	for _, s.number = range numbersOf(x) {
		if n, err := a.byDay(s.mark(day), a.zones[0].clock(x.At), named); n != 0 || err != nil {
			return n, err
		}
	}
	return 0, nil
}

// numbersOf are the numbers by which a line may be known, best first. Another
// export of the account may have said fewer of them, and so may an earlier
// program have read: a line without a number is any that says the rest.
func numbersOf(x *wallet.Transaction) []string {
	return slices.Compact([]string{x.Number(), x.Order, ""})
}

// byName finds a line by its provider's id.
func (a *importing) byName(id string) (int64, error) {
	mine := func(n int64) bool { return n < a.first && a.own.has(n) && !a.taken.has(n) }
	f, seq, _, _, found, err := a.applying.find(id)
	if err != nil || found && seq == imported && mine(f.n) {
		return f.n, err
	}
	n := int64(0)
	for _, x := range [...]struct {
		any bool
		sql string
	}{{a.renamed, "SELECT n FROM alias WHERE id=?"}, {a.wait.final, "SELECT n FROM became WHERE id=?"}} {
		if !x.any || n != 0 {
			continue
		}
		st, err := a.c.stmt(x.sql)
		if err == nil {
			err = st.BindText(1, id)
		}
		if err == nil {
			err = each(st, func() bool {
				if other := st.ColumnInt64(0); mine(other) {
					n = other
				}
				return n == 0
			})
		}
		if err != nil {
			return 0, err
		}
	}
	return n, nil
}

// clocks are the lines of a mark between two seconds of the day, inclusive.
type clocks struct {
	mark
	from, to int64
}

// place is where a line stands among those of a mark.
type place struct{ clock, n int64 }

const lastSecond = 24*3600 - 1

// byDay finds a line that says the same and is not taken, at best one of the
// same second; else one of the two may tell the date alone, or no seconds.
func (a *importing) byDay(m mark, clock, named int64) (int64, error) {
	ways := []clocks{{m, clock, clock}, {m, 0, 0}, {m, clock - clock%60, clock - clock%60}}
	switch {
	case clock == 0:
		ways = []clocks{{m, 0, 0}, {m, 1, lastSecond}}
	case clock%60 == 0:
		ways[2].to += 59
	}
	for _, w := range ways {
		if n, err := a.free(w, named); n != 0 || err != nil {
			return n, err
		}
	}
	return 0, nil
}

// manyTaken is from how many taken lines in a row on they are passed over the
// next time: a file of one and the same line must not cost its square.
const manyTaken = 32

// free is the first line within some clocks that is not taken. Of two lines
// with providers' ids the ids have decided already.
func (a *importing) free(w clocks, named int64) (best int64, err error) {
	from, begun := a.passed[w]
	if !begun {
		from = place{w.from, -1}
	}
	inRow := 0
	look := func(st *sqlite3.Stmt) bool {
		at := place{st.ColumnInt64(0), st.ColumnInt64(1)}
		switch {
		case a.taken.has(at.n):
			if inRow++; inRow >= manyTaken {
				a.passed[w] = at
			}
			return true
		case st.ColumnInt64(2) == 1 && named == 1:
			inRow = math.MinInt // this one is free for others: nothing beyond it may be passed over
			return true
		}
		best = at.n
		return false
	}
	const lines = "SELECT clock, n, named FROM known WHERE mark=? AND "
	err = a.c.rows(look, lines+"clock=? AND n>? ORDER BY n", int64(w.mark), from.clock, from.n)
	if err == nil && best == 0 && from.clock < w.to {
		err = a.c.rows(look, lines+"clock>? AND clock<=? ORDER BY clock, n", int64(w.mark), from.clock, w.to)
	}
	return best, err
}
