package audit

import (
	"jandon/internal/history"
	"jandon/internal/review"
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
	from, until := p.month(first.Month)+" "+p.amounts().of(first.Cost), p.month(last.Month)+" "+p.amounts().of(last.Cost)
	wide := max(min(n*cell-1, w), kit.Width(from)+2+kit.Width(until))
	return append(append(list, kit.Item{Draw: func(s *kit.Sheet) {
		left := s.X()
		s.Put(t.Quiet, from)
		s.Right(t.Text, until, left+wide)
	}}), p.creepWords(w)...)
}

func (p *listPage) month(d history.Day) string {
	_, m, _ := d.Date()
	return p.env.Text.Month(m)
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
	size := func(n int64) string { return p.amounts().of(max(n, -n)) }
	say := text.F(id, "Amount", size(c.Now-c.YearAgo), "Risen", size(c.Risen), "New", size(c.New))
	return kit.Paragraph(ink, say, w)
}

// steps is the price of a series over its time: a bar for each stretch, as
// high as the price was, from nothing, so that a rise is as large as it was.
func steps(t *kit.Theme, s *review.Series, rows, w int) kit.Lines {
	if len(s.Charges) < 2 || w < 8 {
		return nil
	}
	first, last := s.Charges[0].Day, s.Charges[len(s.Charges)-1].Day
	columns := max(min(w, 60), 1)
	prices := make([]int64, columns)
	var most int64
	at := 0
	for i := range prices {
		day := first + history.Day(int64(last-first)*int64(i)/int64(max(columns-1, 1)))
		for at+1 < len(s.Charges) && s.Charges[at+1].Day <= day {
			at++
		}
		prices[i] = s.Charges[at].Minor
		most = max(most, prices[i])
	}
	now := prices[columns-1]
	var list kit.Lines
	for row := rows - 1; row >= 0; row-- {
		list = append(list, kit.Item{Draw: func(sh *kit.Sheet) {
			for from := 0; from < columns; {
				end := from + 1
				for end < columns && prices[end] == prices[from] {
					end++
				}
				ink := t.BarOld
				if prices[from] == now {
					ink = t.Bar
				}
				sh.Column(ink, prices[from], most, row, rows, end-from)
				from = end
			}
		}})
	}
	return list
}
