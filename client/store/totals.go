package store

import (
	"context"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/history"
)

// Totals sums what q asks for, in its currency or, if it names none, in that
// of the span. It reads sums, except where lines differ within a strand:
// amounts, settlements, own texts, and the ends of a range that are no whole weeks.
func (s *Store) Totals(ctx context.Context, q history.Query) (t history.Totals, err error) {
	err = s.read(ctx, func(v *view) error {
		currency := int64(anyCurrency)
		if q.Currency == "" {
			if currency, err = v.mainID(); err != nil || currency < 0 {
				return err
			}
		}
		p, err := v.plan(q, currency)
		if err != nil || p.nothing {
			return err
		}
		add := func(s spot) (bool, error) {
			ok, err := v.wants(p, s)
			if !ok || err != nil {
				return true, err
			}
			x, err := v.strand(s.strand)
			if err == nil {
				t.AddLine(x.typ, s.amount)
			}
			return true, err
		}
		switch {
		case p.bill != 0:
			return v.along(wayOf(p, history.Window{Older: true}), p, billed, p.bill, add)
		case p.isRare:
			return wayOf(p, history.Window{Older: true}).through(p.rare, add)
		}
		if err := v.strands(p, add, &t); err != nil {
			return err
		}
		return v.owned(p, add)
	})
	return t, err
}

// strands sums the strands that are wanted whole.
func (v *view) strands(p *plan, add func(spot) (bool, error), t *history.Totals) error {
	switch {
	case p.sized:
		return v.pickedLines(p, p.begun, p.ended, add)
	case !p.days:
		for _, r := range p.picked {
			t.Merge(r.sums)
		}
		return nil
	}
	for _, part := range parts(p.begun, p.ended) {
		if part.to < part.from {
			continue
		}
		if part.grain == daily {
			if err := v.pickedLines(p, part.from, part.to, add); err != nil {
				return err
			}
			continue
		}
		for _, r := range p.picked {
			if err := v.rows(func(st *sqlite3.Stmt) bool {
				t.Merge(readSums(st, 0))
				return true
			}, "SELECT "+sumColumns+" FROM spell WHERE strand=? AND start BETWEEN ? AND ?", r.id, int64(part.from), int64(part.to)); err != nil {
				return err
			}
		}
	}
	return nil
}

// pickedLines visits the lines of picked strands on the days from..to.
func (v *view) pickedLines(p *plan, from, to history.Day, add func(spot) (bool, error)) error {
	within := *p
	within.lo = max(p.lo, from.Start(v.s.opts.Zone).Add(-backwards).UnixMilli())
	within.hi = min(p.hi, (to + 1).Start(v.s.opts.Zone).Add(backwards).UnixMilli())
	visit := func(s spot) (bool, error) {
		if d := v.calendar.Day(s.at); d < from || d > to || !p.full[s.strand] {
			return true, nil
		}
		return add(s)
	}
	whole := wayOf(&within, history.Window{Older: true})
	share := float64(to-from+1) / float64(p.ended-p.begun+1) // if lines are spread evenly
	if float64(p.total)*share*costScan < costSeek*float64(len(p.picked))+costTaken*float64(p.lines)*share {
		return v.along(whole, &within, listed, 0, visit)
	}
	within.spots = nil
	return v.mergeStrands(whole, &within, visit)
}

// owned visits the lines that are wanted for their own texts.
func (v *view) owned(p *plan, add func(spot) (bool, error)) error {
	for _, s := range p.spots {
		if _, err := add(s); err != nil {
			return err
		}
	}
	last := int64(0)
	for _, l := range p.loose {
		if l.n == last {
			continue
		}
		last = l.n
		s, ok, err := v.proven(p, l.n)
		if err == nil && ok {
			_, err = add(s)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
