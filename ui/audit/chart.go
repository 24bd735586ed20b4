package audit

import (
	"jandon/internal/history"
	"jandon/ui/kit"
)

// creepMonths is how many months the course of the whole is drawn for: this
// one, and the same a year ago beside it.
const creepMonths = 13

// creepLines is what all series together cost month by month, as upright bars
// in some rows, with the first and the last month below.
func (p *listPage) creepLines(rows, w int) kit.Lines {
	months := p.data.Creep.Months
	months = months[max(len(months)-creepMonths, 0):]
	if len(months) < 2 || w < 20 {
		return nil
	}
	t, n := p.env.Theme, len(months)
	var most int64
	for _, m := range months {
		most = max(most, m.Cost)
	}
	if most == 0 {
		return nil
	}
	cell := max(min(w/n, 6), 2)
	var list kit.Lines
	for row := rows - 1; row >= 0; row-- {
		list = append(list, kit.Item{Draw: func(s *kit.Sheet) {
			for i, m := range months {
				ink := t.BarOld
				if i == n-1 {
					ink = t.Bar
				}
				s.Column(ink, m.Cost, most, row, rows, cell-1)
				s.To(s.X() + 1)
			}
		}})
	}
	first, last := months[0], months[n-1]
	from, until := p.month(first.Month)+" "+p.words().Amount(first.Cost), p.month(last.Month)+" "+p.words().Amount(last.Cost)
	wide := max(min(n*cell-1, w), kit.Width(from)+2+kit.Width(until))
	return append(append(list, kit.Item{Draw: func(s *kit.Sheet) {
		left := s.X()
		s.Put(t.Quiet, from)
		s.Right(t.Text, until, left+wide)
	}}), p.creepWords(w)...)
}

func (p *listPage) month(d history.Day) string {
	y, m, _ := d.Date()
	return p.env.Text.F("subscriptions.month", "Month", p.env.Text.Month(m), "Year", y)
}

// creepWords sets what a month costs against a year ago, and says what made it
// so: dearer prices, or more series.
func (p *listPage) creepWords(w int) kit.Lines {
	t, text, c := p.env.Theme, p.env.Text, p.data.Creep
	if c.YearAgo <= 0 || c.Now == c.YearAgo {
		return nil
	}
	id, ink := "subscriptions.creep_less", t.Gain
	if c.Now > c.YearAgo {
		id, ink = "subscriptions.creep_more", t.Cost
	}
	size := func(n int64) string { return p.words().Amount(max(n, -n)) }
	say := text.F(id, "Amount", size(c.Now-c.YearAgo), "Risen", size(c.Risen), "New", size(c.New))
	return kit.Paragraph(ink, say, w)
}
