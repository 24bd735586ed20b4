package store

import (
	"cmp"
	"context"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// Span says how far the history reaches. Its currency is the wallet's or, if
// that names none, the one of most lines.
func (s *Store) Span(ctx context.Context) (span history.Span, err error) {
	err = s.read(ctx, func(v *view) error { span, err = v.span(); return err })
	return span, err
}

// tallied is how many lines a currency has.
type tallied struct {
	id       int64 // word
	currency money.Currency
	lines    int
}

func (v *view) currencies() (list []tallied, err error) {
	err = v.rows(func(st *sqlite3.Stmt) bool {
		list = append(list, tallied{id: st.ColumnInt64(0), lines: st.ColumnInt(1)})
		return true
	}, "SELECT currency, lines FROM roll WHERE grain=2 AND dim=0")
	for i := range list {
		if err == nil {
			var text string
			text, err = v.word(list[i].id)
			list[i].currency = money.Currency(text)
		}
	}
	return list, err
}

// main chooses the currency of the totals; id is -1 if no line has it.
func (v *view) main(list []tallied) (main tallied, err error) {
	w, err := v.wallet(false)
	if err != nil {
		return main, err
	}
	main = tallied{id: -1, currency: w.Currency}
	best := slices.Clone(list)
	slices.SortFunc(best, func(a, b tallied) int {
		return cmp.Or(cmp.Compare(b.lines, a.lines), cmp.Compare(a.currency, b.currency))
	})
	for _, t := range best {
		if main.currency == "" || main.currency == t.currency {
			return t, nil
		}
	}
	return main, nil
}

func (v *view) span() (span history.Span, err error) {
	list, err := v.currencies()
	if err != nil {
		return span, err
	}
	main, err := v.main(list)
	if err != nil {
		return span, err
	}
	span.Currency = main.currency
	for i, t := range list {
		if span.Lines += t.lines; t.id != main.id {
			if span.Others == nil {
				span.Others = map[money.Currency]int{}
			}
			span.Others[t.currency] = t.lines
		}
		_, err := v.one(func(st *sqlite3.Stmt) {
			first, last := history.Day(st.ColumnInt64(0)), history.Day(st.ColumnInt64(1))
			if i == 0 {
				span.First, span.Last = first, last
			}
			span.First, span.Last = min(span.First, first), max(span.Last, last)
		}, "SELECT (SELECT min(start) FROM roll WHERE grain=1 AND dim=0 AND currency=?1), (SELECT max(start) FROM roll WHERE grain=1 AND dim=0 AND currency=?1)", t.id)
		if err != nil {
			return span, err
		}
	}
	return span, nil
}

// mainID is the word of the currency of the totals, -1 if no line has it.
func (v *view) mainID() (int64, error) {
	list, err := v.currencies()
	if err != nil {
		return -1, err
	}
	main, err := v.main(list)
	return main.id, err
}

// roll reads the sums of a grain and dimension that start in from..to, in order.
func (v *view) roll(grain, currency int64, by history.Dimension, from, to history.Day, row func(start history.Day, val int64, t history.Totals)) error {
	return v.rows(func(st *sqlite3.Stmt) bool {
		row(history.Day(st.ColumnInt64(0)), st.ColumnInt64(1), readSums(st, 2))
		return true
	}, "SELECT start, val, "+sumColumns+" FROM roll WHERE grain=? AND dim=? AND currency=? AND start BETWEEN ? AND ?",
		grain, int64(by), currency, int64(from), int64(to))
}

// name is the text of a dimension's value.
func (v *view) name(by history.Dimension, val int64) (string, error) {
	if by == history.ByKind {
		return wallet.Kind(val).String(), nil
	}
	return v.word(val)
}

// Weeks gives every week from..to, oldest first, with its groups by a dimension.
func (s *Store) Weeks(ctx context.Context, from, to history.Week, by history.Dimension) (list []history.WeekTotal, err error) {
	if to.Monday < from.Monday {
		return nil, nil
	}
	err = s.read(ctx, func(v *view) error {
		list = make([]history.WeekTotal, from.Until(to)+1)
		for i := range list {
			list[i].Week = from.Add(i)
		}
		currency, err := v.mainID()
		if err != nil {
			return err
		}
		type group struct {
			week int
			val  int64
			history.Totals
		}
		var groups []group
		err = v.roll(weekly, currency, by, from.Monday, to.Monday, func(start history.Day, val int64, t history.Totals) {
			i := int(start-from.Monday) / 7
			list[i].Merge(t)
			if by != history.ByNothing {
				groups = append(groups, group{i, val, t})
			}
		})
		if err != nil {
			return err
		}
		for _, g := range groups {
			name, err := v.name(by, g.val)
			if err != nil {
				return err
			}
			list[g.week].By = append(list[g.week].By, history.Group{Name: name, Totals: g.Totals})
		}
		for i := range list {
			slices.SortFunc(list[i].By, history.CompareGroups)
		}
		return nil
	})
	return list, err
}

// Days gives every day from..to, oldest first.
func (s *Store) Days(ctx context.Context, from, to history.Day) (list []history.DayTotal, err error) {
	if to < from {
		return nil, nil
	}
	err = s.read(ctx, func(v *view) error {
		list = make([]history.DayTotal, to-from+1)
		for i := range list {
			list[i].Day = from + history.Day(i)
		}
		currency, err := v.mainID()
		if err != nil {
			return err
		}
		return v.roll(daily, currency, history.ByNothing, from, to, func(start history.Day, _ int64, t history.Totals) {
			list[start-from].Totals = t
		})
	})
	return list, err
}

// Groups gives the totals of the days from..to by a dimension, most spent
// first: whole weeks from the sums of weeks, the ends from those of days.
func (s *Store) Groups(ctx context.Context, from, to history.Day, by history.Dimension) (list []history.Group, err error) {
	err = s.read(ctx, func(v *view) error {
		currency, err := v.mainID()
		if err != nil {
			return err
		}
		sums := map[int64]history.Totals{}
		add := func(_ history.Day, val int64, t history.Totals) { merge(sums, val, t) }
		for _, p := range parts(from, to) {
			if err := v.roll(p.grain, currency, by, p.from, p.to, add); err != nil {
				return err
			}
		}
		list = make([]history.Group, 0, len(sums))
		for val, t := range sums {
			name, err := v.name(by, val)
			if err != nil {
				return err
			}
			list = append(list, history.Group{Name: name, Totals: t})
		}
		slices.SortFunc(list, history.CompareGroups)
		return nil
	})
	return list, err
}

// part is a stretch of days that sums of one grain make up.
type part struct {
	grain    int64
	from, to history.Day // first days of the sums, inclusive
}

// parts splits from..to into days, whole weeks and days.
func parts(from, to history.Day) []part {
	first, last := history.WeekOf(from+6), history.WeekOf(to-6)
	if last.Monday < first.Monday {
		return []part{{daily, from, to}}
	}
	return []part{{daily, from, first.Monday - 1}, {weekly, first.Monday, last.Monday}, {daily, last.Sunday() + 1, to}}
}
