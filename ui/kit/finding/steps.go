package finding

import (
	"jandon/internal/history"
	"jandon/internal/review"
	"jandon/ui/kit"
)

// StepsWide is how wide the drawing of a price grows at most.
const StepsWide = 60

// Steps is the price of a series over its time: a bar for each stretch, as
// high as the price was, from nothing, so that a rise is as large as it was.
func Steps(t *kit.Theme, s *review.Series, rows, w int) kit.Lines {
	if len(s.Charges) < 2 || w < 8 {
		return nil
	}
	first, last := s.Charges[0].Day, s.Charges[len(s.Charges)-1].Day
	columns := max(min(w, StepsWide), 1)
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
