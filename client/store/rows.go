package store

import (
	"context"
	"errors"
	"math"
	"slices"
	"time"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Rows gives a stretch of the lines that q asks for, newest first. What it
// costs depends on the window and on how rare the lines are, not on how many
// lines there are beside them.
func (s *Store) Rows(ctx context.Context, q history.Query, w history.Window) (page history.Page, err error) {
	if w.From == (history.Cursor{}) && !w.Older {
		return page, s.fault(ctx, ctx.Err())
	}
	err = s.read(ctx, func(v *view) error {
		p, err := v.plan(q, anyCurrency)
		if err != nil || p.nothing {
			return err
		}
		spots, err := v.window(p, w)
		if err != nil {
			return err
		}
		if len(spots) > max(w.Limit, 0) {
			spots, page.More = spots[:max(w.Limit, 0)], true
		}
		if !w.Older {
			slices.Reverse(spots)
		}
		page.Rows = slices.Grow(page.Rows, len(spots))
		for _, at := range spots {
			x, err := v.line(at.n)
			if err != nil {
				return err
			}
			page.Rows = append(page.Rows, history.Row{Transaction: x, Cursor: history.Cursor{At: at.at, N: at.n}, Day: v.calendar.Day(at.at)})
		}
		return nil
	})
	return page, err
}

// way is where a window begins and which way it goes.
type way struct {
	older bool
	at, n int64 // lines beyond this place, not at it
}

func wayOf(p *plan, w history.Window) way {
	g := way{w.Older, w.From.At, w.From.N}
	switch {
	case w.Older && (w.From == history.Cursor{} || w.From.At >= p.hi):
		g.at, g.n = p.hi, math.MinInt64
		if p.hi == math.MaxInt64 {
			g.n = math.MaxInt64
		}
	case !w.Older && w.From.At < p.lo:
		g.at, g.n = p.lo, math.MinInt64
	}
	return g
}

// before reports whether a comes before b on the way.
func (g way) before(a, b spot) bool {
	c := newestFirst(a, b)
	return g.older && c < 0 || !g.older && c > 0
}

// passed reports whether a spot lies behind the beginning.
func (g way) passed(s spot) bool { return !g.before(spot{at: g.at, n: g.n}, s) }

// The cost of a step, in microseconds, as measured; only their ratios matter.
const (
	costScan  = 0.6 // one line of the list
	costSeek  = 12  // the first lines of a strand
	costTaken = 3   // one line of a strand
)

var errPatience = errors.New("store: nothing near")

// window finds the places of up to one line more than asked for.
func (v *view) window(p *plan, w history.Window) (spots []spot, err error) {
	limit := max(w.Limit, 0) + 1
	g := wayOf(p, w)
	take := func(s spot) (bool, error) {
		ok, err := v.wants(p, s)
		if ok && err == nil {
			spots = append(spots, s)
		}
		return len(spots) < limit, err
	}
	switch {
	case p.bill != 0:
		return spots, v.along(g, p, billed, p.bill, take)
	case p.isRare:
		return spots, g.through(p.rare, take)
	case p.every || len(p.loose) > 0:
		return spots, v.along(g, p, listed, 0, take)
	}
	scan := costScan * float64(limit) * float64(p.total) / float64(max(p.lines, 1))
	seek := costSeek*float64(len(p.picked)) + costTaken*float64(limit)
	if scan < seek {
		passed := 0
		err := v.along(g, p, listed, 0, func(s spot) (bool, error) {
			if passed++; passed > v.s.limits.patience {
				return false, errPatience
			}
			return take(s)
		})
		if !errors.Is(err, errPatience) {
			return spots, err
		}
		spots = nil
	}
	return spots, v.mergeStrands(g, p, take)
}

// through visits spots that are in order, newest first.
func (g way) through(spots []spot, visit func(spot) (bool, error)) error {
	for i := range spots {
		s := spots[i]
		if !g.older {
			s = spots[len(spots)-1-i]
		}
		if g.passed(s) {
			continue
		}
		if more, err := visit(s); err != nil || !more {
			return err
		}
	}
	return nil
}

// The parts of the statements that walk an index: what is read, and of which lines.
type course struct{ older, newer string }

func courseOf(columns, index, where string) course {
	read := "SELECT at, n, " + columns + " FROM tx INDEXED BY " + index + " WHERE " + where
	return course{
		older: read + "(at, n) < (?, ?) AND at >= ? ORDER BY at DESC, n DESC",
		newer: read + "(at, n) > (?, ?) AND at < ? ORDER BY at, n",
	}
}

var (
	listed = courseOf("strand, amount", "tx_at", "")
	billed = courseOf("strand, amount", "tx_settlement", "settlement=? AND ")
)

// along visits the lines of a course in order. val is what its lines have in
// common, 0 for all lines.
func (v *view) along(g way, p *plan, c course, val int64, visit func(spot) (bool, error)) error {
	sql, end := c.newer, p.hi
	if g.older {
		sql, end = c.older, p.lo
	}
	args := []int64{g.at, g.n, end}
	if val != 0 {
		args = append([]int64{val}, args...)
	}
	var inner error
	err := v.rows(func(st *sqlite3.Stmt) bool {
		var more bool
		more, inner = visit(spot{st.ColumnInt64(0), st.ColumnInt64(1), st.ColumnInt64(2), st.ColumnInt64(3)})
		return more && inner == nil
	}, sql, args...)
	return errors.Join(inner, err)
}

// line reads a whole line.
func (v *view) line(n int64) (x wallet.Transaction, err error) {
	var at, strand, amount, settlement int64
	var reason, contact, original string
	found, err := v.one(func(st *sqlite3.Stmt) {
		at, strand, amount, settlement = st.ColumnInt64(0), st.ColumnInt64(1), st.ColumnInt64(2), st.ColumnInt64(5)
		x = wallet.Transaction{Seq: st.ColumnInt64(3), ID: st.ColumnText(4), Order: st.ColumnText(6), RefundOf: st.ColumnText(7), Approval: st.ColumnText(11)}
		if x.Seq == imported {
			x.Seq = 0
		}
		reason, contact, original = st.ColumnText(8), st.ColumnText(9), st.ColumnText(10)
	}, "SELECT at, strand, amount, seq, id, settlement, ord, refund_of, reason, contact, original, approval FROM tx WHERE n=?", n)
	if err == nil && !found {
		err = errDamaged
	}
	if err == nil {
		x.Original, err = decodeOriginal(original)
	}
	if err != nil {
		return x, err
	}
	k, err := v.strand(strand)
	if err != nil {
		return x, err
	}
	t := texts{v: v}
	x.At, x.Type, x.Status, x.Kind = time.UnixMilli(at).UTC(), k.typ, k.status, k.kind
	x.Amount = money.Of(amount, money.Currency(t.of(k.currency)))
	x.Merchant, x.Category, x.Issuer, x.Channel = t.of(k.merchant), t.of(k.category), t.of(k.issuer), t.of(k.channel)
	x.Reason, x.Contact, x.Settlement = t.of(k.reason), t.of(k.contact), t.of(settlement)
	if k.reason == apart {
		x.Reason = reason
	}
	if k.contact == apart {
		x.Contact = contact
	}
	return x, t.err
}

// Transaction is the line with an id, or fault.NotFound.
func (s *Store) Transaction(ctx context.Context, id string) (x wallet.Transaction, err error) {
	err = s.read(ctx, func(v *view) error {
		st, err := v.stmt("SELECT n FROM tx WHERE id=?")
		if err == nil {
			err = st.BindText(1, id)
		}
		if err != nil {
			return err
		}
		n := int64(0)
		if err = each(st, func() bool { n = st.ColumnInt64(0); return false }); err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "what", id)
		}
		x, err = v.line(n)
		return err
	})
	return x, err
}
