package home

import (
	"jandon/internal/history"
	"jandon/ui/kit"
)

// week is what this week cost, day by day, and how that compares.
func (p *Page) week(d density, w int) kit.Lines {
	if p.spent == nil {
		if p.spentErr == nil {
			return nil
		}
		return append(p.heading("week.this", ""), p.trouble(p.spentErr, p.narrowest())...)
	}
	if len(p.spent.Days) == 0 {
		return append(p.heading("week.this", p.env.Range(p.spent.Week.Monday, p.spent.Week.Sunday())),
			kit.Paragraph(p.env.Theme.Quiet, p.env.Text.T("week.nothing"), p.narrowest())...)
	}
	sec := p.weekHead(d)
	sec = append(sec, p.compare(d, w)...)
	for _, other := range p.spent.Span.Apart() { // in other currencies, so in no sum here
		say := p.env.Text.N("history.apart", other.Lines, "Currency", string(other.Currency))
		sec = append(sec, kit.Paragraph(p.env.Theme.Quiet, say, p.narrowest())...)
	}
	sec = append(sec, p.trouble(p.spentErr, p.narrowest())...)
	if d == roomy {
		return append(append(sec, kit.Gap()), p.dayRows()...)
	}
	if d == compact {
		sec = append(sec, kit.Gap())
	}
	return append(sec, p.chart().Strip(p.env, int(d)+1, w)...)
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
		return p.env.Text.T("week.this")
	}
	return p.env.Text.T("week.last_entries")
}

func (p *Page) weekHead(d density) kit.Lines {
	t, now, title := p.env.Theme, p.now(), p.weekTitle()
	dates := p.env.Range(p.spent.Week.Monday, p.spent.Week.Sunday())
	spent, count := p.amount(now.Spent), p.env.Text.N("week.charges", now.Count)
	open := to("history", "week", p.spent.Week.String())
	if d == roomy {
		return kit.Lines{
			{Key: "week", Open: open, Draw: func(s *kit.Sheet) {
				end := s.X() + s.Room()
				s.Put(t.Strong, title)
				s.Right(t.Quiet, dates, end)
			}},
			{Tail: true, Draw: func(s *kit.Sheet) {
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

// compare sets the week against the last one and the usual one.
func (p *Page) compare(d density, w int) kit.Lines {
	x := p.spent
	list := p.env.Comparisons(history.Compare(x.Week, x.Today, x.Span, x.Weeks, x.Days), p.currency())
	if d == tiny {
		list = list[:min(len(list), 1)]
	}
	return kit.VersusLines(p.env.Theme, list, w, d == compact)
}

// chart is the days of the week shown.
func (p *Page) chart() kit.Days {
	days := p.spent.Days
	return kit.Days{List: days[len(days)-7:], Today: p.spent.Today, Mark: p.spent.Today, Currency: p.currency()}
}

// dayRows is a row for each day, which leads to that day in the history.
func (p *Page) dayRows() kit.Lines {
	chart := p.chart()
	rows := chart.Rows(p.env)
	for i, d := range chart.List {
		if d.Day <= p.spent.Today {
			rows[i].Key, rows[i].Open = "day/"+d.Day.String(), to("history", "day", d.Day.String())
		}
	}
	return rows
}
