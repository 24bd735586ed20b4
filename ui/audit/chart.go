package audit

import (
	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/money"
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
	}}), p.creepWords(first, last, n == creepMonths, w)...)
}

func (p *listPage) month(d history.Day) string {
	y, m, _ := d.Date()
	return p.env.Text.F("subscriptions.month", "Month", p.env.Text.Month(m), "Year", y)
}

// creepWords says by how much the last month shown costs more than the first,
// and over a whole year what made it so: prices, what is new, and what ended.
func (p *listPage) creepWords(first, last audit.CreepMonth, year bool, w int) kit.Lines {
	t, text, c := p.env.Theme, p.env.Text, p.data.Creep
	more := last.Cost - first.Cost
	if more == 0 {
		return nil
	}
	id, ink := "subscriptions.creep_less", t.Gain
	if more > 0 {
		id, ink = "subscriptions.creep_more", t.Cost
	}
	list := kit.Paragraph(ink, text.F(id, "Amount", p.words().Amount(max(more, -more)), "Month", p.month(first.Month)), w)
	if !year {
		return list
	}
	signed := func(n int64) string { return p.env.Signed(money.Of(n, p.data.Currency)) }
	say := text.F("subscriptions.creep_parts", "Risen", signed(c.Risen), "New", signed(c.New), "Ended", signed(more-c.Risen-c.New))
	return append(list, kit.Paragraph(t.Quiet, say, w)...)
}
