package kit

import (
	"strconv"

	"jandon/internal/history"
	"jandon/internal/money"
)

// Days is a week as a chart: what was spent on each of its days.
type Days struct {
	List     []history.DayTotal
	Today    history.Day // the days after it are blank
	Mark     history.Day // the day in the accent: today, or the one that is chosen
	Currency money.Currency
}

func (d *Days) most() (n int64) {
	for _, x := range d.List {
		n = max(n, x.Spent)
	}
	return n
}

func (d *Days) ink(i int, mark, other Ink) Ink {
	if d.List[i].Day == d.Mark {
		return mark
	}
	return other
}

// Rows is a row for each day: its share of the dearest one, its charges and its sum.
func (d Days) Rows(e *Env) Lines {
	t, most := e.Theme, d.most()
	texts, width := make([]string, len(d.List)), 0
	for i, x := range d.List {
		texts[i] = e.Amount(money.Of(x.Spent, d.Currency))
		width = max(width, Width(texts[i]))
	}
	list := make(Lines, len(d.List))
	for i, x := range d.List {
		_, _, n := x.Day.Date()
		name, number, count := e.Weekday(x.Day.Weekday()), strconv.Itoa(n), strconv.Itoa(x.Count)
		list[i].Draw = func(s *Sheet) {
			end, left := s.X()+s.Room(), s.X()
			s.PutIn(d.ink(i, t.Accent, t.Quiet), name, 4)
			s.Right(d.ink(i, t.Accent, t.Quiet), number, left+6)
			s.To(left + 8)
			if x.Day > d.Today {
				return
			}
			s.Meter(d.ink(i, t.Bar, t.BarOld), t.Faint, x.Spent, most, end-width-6-s.X())
			if x.Count > 0 {
				s.Right(t.Quiet, count, end-width-2)
			}
			s.Right(d.ink(i, t.Strong, t.Text), texts[i], end)
		}
	}
	return list
}

// Strip is upright bars in some rows, with the days and their sums below.
func (d Days) Strip(e *Env, rows int) Lines {
	t, most, n := e.Theme, d.most(), len(d.List)
	bare := e.Style
	bare.Unit = money.Bare
	names, sums := make([]string, n), make([]string, n)
	for i, x := range d.List {
		names[i] = e.Weekday(x.Day.Weekday())
		if x.Day <= d.Today && !e.Hidden {
			sums[i] = bare.Format(money.Of(x.Spent, d.Currency))
		}
	}
	each := func(s *Sheet, draw func(i, w int)) {
		left, w := s.X(), s.Room()/max(n, 1)
		for i := range d.List {
			s.To(left + i*w)
			draw(i, w)
		}
	}
	var list Lines
	for row := rows - 1; row >= 0; row-- {
		list = append(list, Item{Draw: func(s *Sheet) {
			each(s, func(i, w int) { s.Column(d.ink(i, t.Bar, t.BarOld), d.List[i].Spent, most, row, rows, w-2) })
		}})
	}
	return append(list, Item{Draw: func(s *Sheet) {
		each(s, func(i, w int) {
			s.Put(d.ink(i, t.Accent, t.Quiet), names[i])
			if Width(names[i])+1+Width(sums[i]) < w {
				s.Put(d.ink(i, t.Strong, t.Text), " "+sums[i])
			}
		})
	}})
}
