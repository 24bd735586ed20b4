package store

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/history"
	"jandon/internal/wallet"
)

// The grains of roll.
const (
	weekly = iota
	daily
	always
)

// tally gathers how sums change, by strand and day, and then writes each
// changed sum once.
type tally struct {
	c        *conn
	calendar *history.Calendar
	strands  map[int64]*strand
	cells    map[cell]history.Totals
	whole    map[int64]history.Totals // by strand, what flushSums has written of the others
	bounds   map[int64][2]int64       // of instants, by strand
}

type cell struct {
	strand int64
	day    history.Day
}

func newTally(c *conn, zone *time.Location) *tally {
	return &tally{c, history.NewCalendar(zone), map[int64]*strand{}, map[cell]history.Totals{}, map[int64]history.Totals{}, map[int64][2]int64{}}
}

// strand is the strand with an id, read once.
func (t *tally) strand(id int64) (*strand, error) {
	if x := t.strands[id]; x != nil {
		return x, nil
	}
	x, err := t.c.strand(id)
	if err == nil {
		t.strands[id] = x
	}
	return x, err
}

// add counts a line in (sign 1) or out (sign −1).
func (t *tally) add(at, strand int64, typ wallet.Type, minor, sign int64) {
	k := cell{strand, t.calendar.Day(at)}
	sum := t.cells[k]
	sum.Merge(contribution(typ, minor, sign))
	t.cells[k] = sum
	b, ok := t.bounds[strand]
	if !ok {
		b = [2]int64{at, at}
	}
	t.bounds[strand] = [2]int64{min(b[0], at), max(b[1], at)}
}

type rollKey struct {
	grain, dim, currency, start, val int64
}

type spellKey struct{ strand, start int64 }

// spread turns cells into the changes of every table of sums.
func (t *tally) spread() (rolls map[rollKey]history.Totals, spells map[spellKey]history.Totals, strands map[int64]history.Totals, err error) {
	rolls, spells, strands = map[rollKey]history.Totals{}, map[spellKey]history.Totals{}, map[int64]history.Totals{}
	for k, sum := range t.cells {
		x, err := t.strand(k.strand)
		if err != nil {
			return nil, nil, nil, err
		}
		vals := [...]int64{history.ByNothing: 0, history.ByCategory: x.category, history.ByMerchant: x.merchant, history.ByIssuer: x.issuer, history.ByKind: int64(x.kind)}
		for dim, val := range vals {
			merge(rolls, rollKey{daily, int64(dim), x.currency, int64(k.day), val}, sum)
		}
		merge(spells, spellKey{k.strand, int64(history.WeekOf(k.day).Monday)}, sum)
	}
	for k, sum := range spells {
		merge(strands, k.strand, sum)
	}
	longer := map[rollKey]history.Totals{} // than a day: sums of days, which are fewer than cells
	for k, sum := range rolls {
		merge(longer, rollKey{weekly, k.dim, k.currency, int64(history.WeekOf(history.Day(k.start)).Monday), k.val}, sum)
		if k.dim == int64(history.ByNothing) {
			merge(longer, rollKey{always, 0, k.currency, 0, 0}, sum)
		}
	}
	maps.Copy(rolls, longer)
	return rolls, spells, strands, nil
}

func merge[K comparable](m map[K]history.Totals, k K, t history.Totals) {
	sum := m[k]
	sum.Merge(t)
	m[k] = sum
}

const (
	sumColumns = "spent, refunded, received, expired, count, lines"
	sumChange  = "spent=spent+excluded.spent, refunded=refunded+excluded.refunded, received=received+excluded.received, " +
		"expired=expired+excluded.expired, count=count+excluded.count, lines=lines+excluded.lines"
)

// flush writes the changes, in the order of the tables' keys, and drops sums
// of nothing.
func (t *tally) flush(c *conn) error {
	if err := t.flushSums(c); err != nil {
		return err
	}
	return t.flushStrands(c)
}

// flushSums writes all but the sums of whole strands, which change with every
// line that a strand gets.
func (t *tally) flushSums(c *conn) error {
	rolls, spells, strands, err := t.spread()
	if err != nil {
		return err
	}
	clear(t.cells)
	for id, sum := range strands {
		merge(t.whole, id, sum)
	}
	w := bulk{c: c, head: "INSERT INTO roll(grain, dim, currency, start, val, " + sumColumns + ")", tail: " ON CONFLICT DO UPDATE SET " + sumChange, width: 11}
	for _, k := range slices.SortedFunc(maps.Keys(rolls), compareRolls) {
		sum := rolls[k]
		if sum == (history.Totals{}) {
			continue
		}
		err := w.add(k.grain, k.dim, k.currency, k.start, k.val, sum.Spent, sum.Refunded, sum.Received, sum.Expired, int64(sum.Count), int64(sum.Lines))
		if err == nil && sum.Lines <= 0 {
			if err = w.flush(); err == nil {
				err = c.do("DELETE FROM roll WHERE grain=? AND dim=? AND currency=? AND start=? AND val=? AND lines=0", k.grain, k.dim, k.currency, k.start, k.val)
			}
		}
		if err != nil {
			return err
		}
	}
	if err := w.flush(); err != nil {
		return err
	}
	w = bulk{c: c, head: "INSERT INTO spell(strand, start, " + sumColumns + ")", tail: " ON CONFLICT DO UPDATE SET " + sumChange, width: 8}
	for _, k := range slices.SortedFunc(maps.Keys(spells), func(a, b spellKey) int { return cmp.Or(cmp.Compare(a.strand, b.strand), cmp.Compare(a.start, b.start)) }) {
		sum := spells[k]
		if sum == (history.Totals{}) {
			continue
		}
		err := w.add(k.strand, k.start, sum.Spent, sum.Refunded, sum.Received, sum.Expired, int64(sum.Count), int64(sum.Lines))
		if err == nil && sum.Lines <= 0 {
			if err = w.flush(); err == nil {
				err = c.do("DELETE FROM spell WHERE strand=? AND start=? AND lines=0", k.strand, k.start)
			}
		}
		if err != nil {
			return err
		}
	}
	return w.flush()
}

func (t *tally) flushStrands(c *conn) error {
	for _, id := range slices.Sorted(maps.Keys(t.whole)) {
		st, err := c.stmt("UPDATE strand SET first=min(first, ?), last=max(last, ?), spent=spent+?, refunded=refunded+?, received=received+?, expired=expired+?, count=count+?, lines=lines+? WHERE id=?")
		if err != nil {
			return err
		}
		b := t.bounds[id]
		if err := bind(st, t.whole[id], 1, b[0], b[1]); err != nil {
			return err
		}
		if err := st.BindInt64(9, id); err != nil {
			return err
		}
		if err := st.Exec(); err != nil {
			return err
		}
	}
	clear(t.whole)
	clear(t.bounds)
	return nil
}

func compareRolls(a, b rollKey) int {
	return cmp.Or(cmp.Compare(a.grain, b.grain), cmp.Compare(a.dim, b.dim), cmp.Compare(a.currency, b.currency), cmp.Compare(a.start, b.start), cmp.Compare(a.val, b.val))
}

// bind binds whole numbers from place i on, and sums after them.
func bind(st *sqlite3.Stmt, t history.Totals, i int, key ...int64) error {
	for _, n := range key {
		if err := st.BindInt64(i, n); err != nil {
			return err
		}
		i++
	}
	for _, n := range [...]int64{t.Spent, t.Refunded, t.Received, t.Expired, int64(t.Count), int64(t.Lines)} {
		if err := st.BindInt64(i, n); err != nil {
			return err
		}
		i++
	}
	return nil
}

// readSums reads sums from column i on.
func readSums(st *sqlite3.Stmt, i int) history.Totals {
	return history.Totals{
		Spent: st.ColumnInt64(i), Refunded: st.ColumnInt64(i + 1), Received: st.ColumnInt64(i + 2), Expired: st.ColumnInt64(i + 3),
		Count: st.ColumnInt(i + 4), Lines: st.ColumnInt(i + 5),
	}
}
