package history

import (
	"cmp"
	"context"
	"slices"
	"sort"

	"jandon/internal/wallet"
)

// rollup keeps the totals of each week that has lines, by one dimension.
type rollup struct {
	weeks []weekTotals // oldest first
	names []string     // of the groups; nil where there is one without a name
}

type weekTotals struct {
	week   Week
	groups []numbered
}

type numbered struct {
	number uint32
	Totals
}

// key is the number of a line's group.
func (b *Book) key(l *line, by Dimension) uint32 {
	switch by {
	case ByCategory:
		return l.category
	case ByMerchant:
		return l.merchant
	case ByIssuer:
		return l.issuer
	case ByKind:
		return uint32(l.kind)
	}
	return 0
}

func (b *Book) names(by Dimension) []string {
	switch by {
	case ByCategory:
		return b.categories.texts
	case ByMerchant:
		return b.merchants.texts
	case ByIssuer:
		return b.issuers.texts
	case ByKind:
		var names []string
		for k := wallet.KindUnknown; k <= wallet.CardFunded; k++ {
			names = append(names, k.String())
		}
		return names
	}
	return []string{""}
}

// rollup makes the totals of a dimension when they are first asked for.
func (b *Book) rollup(by Dimension) *rollup {
	r := &b.rollups[by]
	r.once.Do(func() {
		r.names = b.names(by)
		t := newTally(len(r.names))
		week := WeekOf(b.span.First)
		flush := func() {
			if groups := t.take(); groups != nil {
				r.weeks = append(r.weeks, weekTotals{week, groups})
			}
		}
		for l := range b.inDayOrder() {
			if !l.main {
				continue
			}
			if l.day > week.Sunday() {
				flush()
				week = WeekOf(l.day)
			}
			t.add(b.key(l, by), l)
		}
		flush()
	})
	return &r.rollup
}

// tally sums lines by group; it costs what the groups in use cost.
type tally struct {
	totals []Totals
	used   []uint32
}

func newTally(groups int) *tally { return &tally{totals: make([]Totals, groups)} }

func (t *tally) add(key uint32, l *line) {
	if t.totals[key].Lines == 0 {
		t.used = append(t.used, key)
	}
	t.totals[key].AddLine(l.typ, l.minor)
}

func (t *tally) merge(key uint32, u *Totals) {
	if t.totals[key].Lines == 0 {
		t.used = append(t.used, key)
	}
	t.totals[key].Merge(*u)
}

// take empties the tally.
func (t *tally) take() []numbered {
	if len(t.used) == 0 {
		return nil
	}
	groups := make([]numbered, len(t.used))
	for i, n := range t.used {
		groups[i] = numbered{n, t.totals[n]}
		t.totals[n] = Totals{}
	}
	t.used = t.used[:0]
	return groups
}

func groupsOf(groups []numbered, names []string) []Group {
	list := make([]Group, len(groups))
	for i, g := range groups {
		list[i] = Group{names[g.number], g.Totals}
	}
	slices.SortFunc(list, CompareGroups)
	return list
}

// CompareGroups puts the most spent first, then goes by name.
func CompareGroups(a, b Group) int {
	return cmp.Or(cmp.Compare(b.Spent, a.Spent), cmp.Compare(a.Name, b.Name))
}

// Weeks gives every week from..to, oldest first, with its groups by a dimension.
func (b *Book) Weeks(ctx context.Context, from, to Week, by Dimension) ([]WeekTotal, error) {
	if to.Monday < from.Monday {
		return nil, nil
	}
	r := b.rollup(by)
	list := make([]WeekTotal, from.Until(to)+1)
	i := sort.Search(len(r.weeks), func(i int) bool { return r.weeks[i].week.Monday >= from.Monday })
	for n := range list {
		w := &list[n]
		w.Week = from.Add(n)
		if i == len(r.weeks) || r.weeks[i].week != w.Week {
			continue
		}
		for _, g := range r.weeks[i].groups {
			w.Merge(g.Totals)
		}
		if by != ByNothing {
			w.By = groupsOf(r.weeks[i].groups, r.names)
		}
		i++
	}
	return list, ctx.Err()
}

// Days gives every day from..to, oldest first.
func (b *Book) Days(ctx context.Context, from, to Day) ([]DayTotal, error) {
	if to < from {
		return nil, nil
	}
	list := make([]DayTotal, to-from+1)
	for n := range list {
		list[n].Day = from + Day(n)
	}
	b.scan(from, to, func(l *line) { list[l.day-from].AddLine(l.typ, l.minor) })
	return list, ctx.Err()
}

// Groups gives the totals of the days from..to by a dimension, most spent
// first. Whole weeks come from the rollups, so only the ends are read.
func (b *Book) Groups(ctx context.Context, from, to Day, by Dimension) ([]Group, error) {
	r := b.rollup(by)
	t := newTally(len(r.names))
	first, last := WeekOf(from+6), WeekOf(to-6) // whole weeks within from..to
	if last.Monday < first.Monday {
		b.scan(from, to, func(l *line) { t.add(b.key(l, by), l) })
		return groupsOf(t.take(), r.names), ctx.Err()
	}
	b.scan(from, first.Monday-1, func(l *line) { t.add(b.key(l, by), l) })
	b.scan(last.Sunday()+1, to, func(l *line) { t.add(b.key(l, by), l) })
	i := sort.Search(len(r.weeks), func(i int) bool { return r.weeks[i].week.Monday >= first.Monday })
	for ; i < len(r.weeks) && r.weeks[i].week.Monday <= last.Monday; i++ {
		for _, g := range r.weeks[i].groups {
			t.merge(g.number, &g.Totals)
		}
	}
	return groupsOf(t.take(), r.names), ctx.Err()
}

// scan visits the lines of the days from..to that count in totals.
func (b *Book) scan(from, to Day, visit func(*line)) {
	lo, hi := b.reach(from, to)
	for i := lo; i < hi; i++ {
		if l := &b.lines[i]; l.main && l.day >= from && l.day <= to {
			visit(l)
		}
	}
}
