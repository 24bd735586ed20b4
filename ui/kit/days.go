package kit

import (
	"strconv"

	"github.com/charmbracelet/x/ansi"

	"jandon/internal/history"
	"jandon/internal/money"
)

// Days is a week as a chart: what was spent on each of its days.
type Days struct {
	List     []history.DayTotal
	Today    history.Day // the days after it are blank
	Mark     history.Day // the day in the accent: today, or the one that is chosen
	Currency money.Currency
	Choosing bool // the marked day is being chosen: it shows so without colour too
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

// Strip is upright bars in some rows, with the days below, and their sums
// where all of them have room in w cells.
func (d Days) Strip(e *Env, rows, w int) Lines {
	t, most, n := e.Theme, d.most(), len(d.List)
	names, sums := d.labels(e, w/max(n, 1))
	label := t.Accent
	if d.Choosing {
		label = t.Chosen
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
			s.Put(d.ink(i, label, t.Quiet), names[i])
			if sums != nil && Width(sums[i]) > 0 {
				s.Put(d.ink(i, t.Strong, t.Text), " "+sums[i])
			}
		})
	}})
}

// labels are the names of the days, and their sums if there is room for all of
// them in cells of a width; two cells of a name will do for that.
func (d Days) labels(e *Env, cell int) (names, sums []string) {
	bare := e.Style
	bare.Unit = money.Bare
	long, short := true, !e.Hidden
	for _, x := range d.List {
		name, sum := e.Weekday(x.Day.Weekday()), ""
		if x.Day <= d.Today {
			sum = bare.Format(money.Of(x.Spent, d.Currency))
		}
		names, sums = append(names, name), append(sums, sum)
		long = long && Width(name)+1+Width(sum) < cell
		short = short && 3+Width(sum) < cell
	}
	if !short {
		return names, nil
	}
	for i, name := range names {
		if !long {
			names[i] = ansi.Truncate(name, 2, "")
		}
	}
	return names, sums
}
