package home

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"jandon/ui/kit"
)

const stripRows = 3

// strip is the last weeks as upright bars; left and right choose one.
func (p *Page) strip(w int) kit.Lines {
	if p.spent == nil || len(p.spent.Weeks) == 0 {
		return nil
	}
	t, weeks := p.env.Theme, p.spent.Weeks
	var most int64
	for _, x := range weeks {
		most = max(most, x.Spent)
	}
	p.bar = max(min(p.bar, len(weeks)-1), 0)
	n := min(len(weeks), max(w/2, 1))
	weeks = weeks[len(weeks)-n:]
	first := len(p.spent.Weeks) - n
	cell := min(max(w/n, 2), 6)
	sec := p.heading("home.last_weeks", "")
	for row := stripRows - 1; row >= 0; row-- {
		sec = append(sec, kit.Item{Draw: func(s *kit.Sheet) {
			for i, x := range weeks {
				ink := t.BarOld
				if first+i == p.bar {
					ink = t.Bar
				}
				s.Column(ink, x.Spent, most, row, stripRows, cell-1)
				s.To(s.X() + 1)
			}
		}})
	}
	return append(sec, kit.Item{
		Key:  "strip",
		Step: func(by int) bool { return p.stepBar(by, first) },
		Open: func() tea.Cmd { return to("history", "week", p.spent.Weeks[p.bar].Week.String())() },
		Draw: func(s *kit.Sheet) {
			x := p.spent.Weeks[p.bar]
			dates, amount := p.env.Range(x.Week.Monday, x.Week.Sunday()), p.amount(x.Spent)
			bar := s.X() + (p.bar-first+1)*cell - 1 // where its bar ends
			s.To(bar - kit.Width(dates) - 2 - kit.Width(amount))
			s.Put(t.Quiet, dates)
			s.Put(t.Text, "  "+amount)
		},
	})
}

// weekRows is the last weeks, a row each, the latest first.
func (p *Page) weekRows() kit.Lines {
	if p.spent == nil || len(p.spent.Weeks) == 0 {
		return nil
	}
	t, env := p.env.Theme, p.env
	var most int64
	width, dates := 0, 0
	for _, x := range p.spent.Weeks {
		most = max(most, x.Spent)
		width = max(width, kit.Width(p.amount(x.Spent)))
		dates = max(dates, kit.Width(env.Range(x.Week.Monday, x.Week.Sunday())))
	}
	sec := p.heading("home.last_weeks", "")
	for _, x := range slices.Backward(p.spent.Weeks) {
		date, amount, count := env.Range(x.Week.Monday, x.Week.Sunday()), p.amount(x.Spent), strconv.Itoa(x.Count)
		label, bar := t.Quiet, t.BarOld
		if x.Week == p.spent.Week {
			label, bar = t.Accent, t.Bar
		}
		sec = append(sec, kit.Item{
			Key:  "week/" + x.Week.String(),
			Open: to("history", "week", x.Week.String()),
			Draw: func(s *kit.Sheet) {
				end := s.X() + s.Room()
				s.PutIn(label, date, dates+2)
				s.Meter(bar, t.Faint, x.Spent, most, end-width-7-s.X())
				s.Right(t.Quiet, count, end-width-2)
				s.Right(t.Text, amount, end)
			},
		})
	}
	return sec
}

func (p *Page) stepBar(by, first int) bool {
	to := p.bar + by
	if to < first || to >= len(p.spent.Weeks) {
		return false
	}
	p.bar = to
	return true
}
