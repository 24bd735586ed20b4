package home

import (
	"strconv"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/ui/kit"
)

// week is what this week cost, day by day, and how that compares.
func (p *Page) week(d density, w int) kit.Lines {
	if p.spent == nil {
		if p.spentErr == nil {
			return nil
		}
		return append(p.heading("home.this_week", ""), p.trouble(p.spentErr, p.narrowest())...)
	}
	if len(p.spent.Days) == 0 {
		return append(p.heading("home.this_week", p.env.Range(p.spent.Week.Monday, p.spent.Week.Sunday())),
			kit.Paragraph(p.env.Theme.Quiet, p.env.Text.T("home.nothing_spent"), p.narrowest())...)
	}
	sec := p.weekHead(d)
	sec = append(sec, p.compare(d, w)...)
	sec = append(sec, p.trouble(p.spentErr, p.narrowest())...)
	if d == roomy {
		return append(append(sec, kit.Gap()), p.dayRows()...)
	}
	return append(sec, p.dayStrip(d)...)
}

// now is the sum of the week shown.
func (p *Page) now() history.Totals {
	if n := len(p.spent.Weeks); n > 0 {
		return p.spent.Weeks[n-1].Totals
	}
	return history.Totals{}
}

func (p *Page) weekTitle() string {
	if p.spent.Week == history.WeekOf(p.spent.Today) {
		return p.env.Text.T("home.this_week")
	}
	return p.env.Text.T("home.last_entries")
}

func (p *Page) weekHead(d density) kit.Lines {
	t, now, title := p.env.Theme, p.now(), p.weekTitle()
	dates := p.env.Range(p.spent.Week.Monday, p.spent.Week.Sunday())
	spent, count := p.amount(now.Spent), p.env.Text.N("home.charges", now.Count)
	open := to("history", "week", p.spent.Week.String())
	if d == roomy {
		return kit.Lines{
			{Key: "week", Open: open, Draw: func(s *kit.Sheet) {
				end := s.X() + s.Room()
				s.Put(t.Strong, title)
				s.Right(t.Quiet, dates, end)
			}},
			{Draw: func(s *kit.Sheet) {
				end := s.X() + s.Room()
				s.Put(t.Strong, spent)
				s.Right(t.Quiet, count, end)
			}},
		}
	}
	return kit.Lines{{Key: "week", Open: open, Draw: func(s *kit.Sheet) {
		end := s.X() + s.Room()
		s.Put(t.Strong, title)
		edge := end - kit.Width(spent) - 2
		if s.X()+2+kit.Width(dates) < edge {
			s.Put(t.Quiet, "  "+dates)
		}
		if s.X()+2+kit.Width(count) < edge {
			s.Right(t.Quiet, count, edge)
		}
		s.Right(t.Strong, spent, end)
	}}}
}

// compare sets the week against the last one and the usual one, by sign and in words.
func (p *Page) compare(d density, w int) kit.Lines {
	t, c := p.env.Theme, p.comparison()
	type line struct {
		sign, words string
		ink         kit.Ink
	}
	var lines []line
	add := func(then int64, id string, args ...any) {
		sign, words, ink := p.difference(c.spent, then, id, args...)
		lines = append(lines, line{sign, words, ink})
	}
	switch {
	case !c.hasLast:
	case c.partial:
		add(c.last, "home.last_week", "Day", p.env.Weekday(p.spent.Today.Weekday()))
	default:
		add(c.last, "home.week_before")
	}
	if c.hasUsual {
		add(c.usual, "home.usual", "Usual", p.amount(c.usual))
	}
	if d == tiny {
		lines = lines[:min(len(lines), 1)]
	}
	signs, both := 0, 0
	for _, l := range lines {
		signs = max(signs, kit.Width(l.sign))
		both += kit.Width(l.sign) + 1 + kit.Width(l.words)
	}
	var sec kit.Lines
	if d == compact && len(lines) == 2 && both+3 <= w {
		return kit.Lines{{Draw: func(s *kit.Sheet) {
			for i, l := range lines {
				if i > 0 {
					s.Put(t.Faint, " · ")
				}
				s.Put(l.ink, l.sign)
				s.Put(t.Quiet, " "+l.words)
			}
		}}}
	}
	for _, l := range lines {
		sec = append(sec, kit.Item{Draw: func(s *kit.Sheet) {
			x := s.X()
			s.Right(l.ink, l.sign, x+signs)
			s.To(x + signs + 2)
			s.Put(t.Quiet, l.words)
		}})
	}
	return sec
}

// difference is how much more or less was spent than at another time.
func (p *Page) difference(now, then int64, id string, args ...any) (sign, words string, ink kit.Ink) {
	t, by := p.env.Theme, now-then
	size := p.amount(max(by, -by))
	switch {
	case by > 0:
		return "+" + size, p.env.Text.F(id+"_more", args...), t.Cost
	case by < 0:
		return "-" + size, p.env.Text.F(id+"_less", args...), t.Gain
	default:
		return "=", p.env.Text.F(id+"_same", args...), t.Quiet
	}
}

// dayRows is a row for each day: its share of the dearest one, and its sum.
func (p *Page) dayRows() kit.Lines {
	t, env := p.env.Theme, p.env
	var sec kit.Lines
	days, most := p.spent.Days[len(p.spent.Days)-7:], p.dearest()
	minors := make([]int64, len(days))
	for i, d := range days {
		minors[i] = d.Spent
	}
	texts, width := p.amounts(minors)
	for i, d := range days {
		_, _, n := d.Day.Date()
		name, number, count := env.Weekday(i), strconv.Itoa(n), strconv.Itoa(d.Count)
		today, ahead := d.Day == p.spent.Today, d.Day > p.spent.Today
		it := kit.Item{Draw: func(s *kit.Sheet) {
			end := s.X() + s.Room()
			label, figure, bar := t.Quiet, t.Text, t.BarOld
			if today {
				label, figure, bar = t.Accent, t.Strong, t.Bar
			}
			x := s.X()
			s.PutIn(label, name, 4)
			s.Right(label, number, x+6)
			s.To(x + 8)
			if ahead {
				return
			}
			s.Meter(bar, t.Faint, d.Spent, most, end-width-6-s.X())
			s.Right(t.Quiet, count, end-width-2)
			s.Right(figure, texts[i], end)
		}}
		if !ahead {
			it.Key, it.Open = "day/"+d.Day.String(), to("history", "week", p.spent.Week.String(), "day", d.Day.String())
		}
		sec = append(sec, it)
	}
	return sec
}

func (p *Page) dearest() (most int64) {
	for _, d := range p.spent.Days[len(p.spent.Days)-7:] {
		most = max(most, d.Spent)
	}
	return most
}

// dayStrip is the days as upright bars with their names below, in two or three lines.
func (p *Page) dayStrip(d density) kit.Lines {
	t, days, most := p.env.Theme, p.spent.Days[len(p.spent.Days)-7:], p.dearest()
	rows := int(d) + 1
	bare := p.env.Style
	bare.Unit = money.Bare
	names, figures := make([]string, len(days)), make([]string, len(days))
	for i, day := range days {
		names[i] = p.env.Weekday(i)
		if day.Day <= p.spent.Today && !p.env.Hidden {
			figures[i] = bare.Format(money.Of(day.Spent, p.currency()))
		}
	}
	cells := func(s *kit.Sheet, draw func(i, w int)) {
		x, room := s.X(), s.Room()
		for i := range days {
			s.To(x + i*room/7)
			draw(i, (i+1)*room/7-i*room/7)
		}
	}
	ink := func(i int, here, other kit.Ink) kit.Ink {
		if days[i].Day == p.spent.Today {
			return here
		}
		return other
	}
	var sec kit.Lines
	for row := rows - 1; row >= 0; row-- {
		sec = append(sec, kit.Item{Draw: func(s *kit.Sheet) {
			cells(s, func(i, w int) { s.Column(ink(i, t.Bar, t.BarOld), days[i].Spent, most, row, rows, w-2) })
		}})
	}
	return append(sec, kit.Item{Draw: func(s *kit.Sheet) {
		cells(s, func(i, w int) {
			name := names[i]
			s.Put(ink(i, t.Accent, t.Quiet), name)
			if kit.Width(name)+1+kit.Width(figures[i]) < w-1 {
				s.Put(ink(i, t.Strong, t.Text), " "+figures[i])
			}
		})
	}})
}
