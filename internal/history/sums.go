package history

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"jandon/internal/wallet"
)

// Sums is a history of which only sums are kept, of each day by one dimension.
// Its size hangs on the days and the groups, not on the lines. The groups have
// numbers from 0 on.
type Sums struct {
	days map[Day]*daySums
	last *daySums
}

type daySums struct {
	day    Day
	slots  []int32 // by group below denseGroups: where its totals are, from 1
	others map[int]int32
	groups []int
	totals []Totals
}

// denseGroups is up to which number groups are found without a search; a
// person has about as many categories.
const denseGroups = 64

// Add counts a line in.
func (s *Sums) Add(day Day, group int, typ wallet.Type, minor int64) {
	s.at(day, group).AddLine(typ, minor)
}

// Merge adds the sums of other lines, whose groups have other numbers here.
func (s *Sums) Merge(o *Sums, numbers []int) {
	for day, d := range o.days {
		for i, g := range d.groups {
			s.at(day, numbers[g]).Merge(d.totals[i])
		}
	}
}

// Total is the sum of all days.
func (s *Sums) Total() (t Totals) {
	for _, d := range s.days {
		for i := range d.totals {
			t.Merge(d.totals[i])
		}
	}
	return t
}

// at is where a group of a day is summed.
func (s *Sums) at(day Day, group int) *Totals {
	d := s.last
	if d == nil || d.day != day {
		if d = s.days[day]; d == nil {
			if s.days == nil {
				s.days = map[Day]*daySums{}
			}
			d = &daySums{day: day}
			s.days[day] = d
		}
		s.last = d
	}
	var at int32
	switch {
	case group < len(d.slots):
		at = d.slots[group]
	case group >= denseGroups:
		at = d.others[group]
	}
	if at == 0 {
		d.groups, d.totals = append(d.groups, group), append(d.totals, Totals{})
		at = int32(len(d.totals))
		if group < denseGroups {
			for len(d.slots) <= group {
				d.slots = append(d.slots, 0)
			}
			d.slots[group] = at
		} else {
			if d.others == nil {
				d.others = map[int]int32{}
			}
			d.others[group] = at
		}
	}
	return &d.totals[at-1]
}

// Summed answers what can be said of a history from sums alone, as a Book
// does of the same lines.
type Summed struct {
	span  Span
	names []string // of the groups
	days  []*daySums
}

// NewSummed takes sums over, with the names of the groups and the span of the
// lines, of which the sums hold those in its currency.
func NewSummed(s *Sums, names []string, span Span) *Summed {
	days := slices.SortedFunc(maps.Values(s.days), func(a, b *daySums) int { return cmp.Compare(a.day, b.day) })
	return &Summed{span: span, names: names, days: days}
}

// Span says how far the history reaches.
func (s *Summed) Span(context.Context) (Span, error) { return s.span, nil }

// Wallet is empty: sums come from files, which tell of none.
func (s *Summed) Wallet(context.Context) (wallet.Wallet, error) { return wallet.Wallet{}, nil }

// visit goes through the sums of the days from..to, oldest first.
func (s *Summed) visit(from, to Day, do func(d *daySums)) {
	i, _ := slices.BinarySearchFunc(s.days, from, func(d *daySums, day Day) int { return cmp.Compare(d.day, day) })
	for ; i < len(s.days) && s.days[i].day <= to; i++ {
		do(s.days[i])
	}
}

// Weeks gives every week from..to, oldest first, with its groups; by is the
// dimension of the sums, or ByNothing.
func (s *Summed) Weeks(ctx context.Context, from, to Week, by Dimension) ([]WeekTotal, error) {
	if to.Monday < from.Monday {
		return nil, nil
	}
	list := make([]WeekTotal, from.Until(to)+1)
	for n := range list {
		w := &list[n]
		w.Week = from.Add(n)
		t := newTally(len(s.names))
		s.visit(w.Week.Monday, w.Week.Sunday(), func(d *daySums) { d.into(t) })
		groups := t.take()
		for _, g := range groups {
			w.Merge(g.Totals)
		}
		if by != ByNothing && groups != nil {
			w.By = groupsOf(groups, s.names)
		}
	}
	return list, ctx.Err()
}

func (d *daySums) into(t *tally) {
	for i, g := range d.groups {
		t.merge(uint32(g), &d.totals[i])
	}
}

// Days gives every day from..to, oldest first.
func (s *Summed) Days(ctx context.Context, from, to Day) ([]DayTotal, error) {
	if to < from {
		return nil, nil
	}
	list := make([]DayTotal, to-from+1)
	for n := range list {
		list[n].Day = from + Day(n)
	}
	s.visit(from, to, func(d *daySums) {
		for i := range d.totals {
			list[d.day-from].Merge(d.totals[i])
		}
	})
	return list, ctx.Err()
}

// Groups gives the totals of the days from..to, most spent first.
func (s *Summed) Groups(ctx context.Context, from, to Day, _ Dimension) ([]Group, error) {
	t := newTally(len(s.names))
	s.visit(from, to, func(d *daySums) { d.into(t) })
	return groupsOf(t.take(), s.names), ctx.Err()
}
