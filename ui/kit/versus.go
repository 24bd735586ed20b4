package kit

import (
	"jandon/internal/history"
	"jandon/internal/money"
)

// Versus sets a sum against another, by sign and in words.
type Versus struct {
	Sign, Words string
	Ink         Ink
}

// Versus compares two sums in minor units. The catalogue has the words under
// id_more, id_less and id_same.
func (e *Env) Versus(now, then int64, c money.Currency, id string, args ...any) Versus {
	size := e.Amount(money.Of(max(now-then, then-now), c))
	switch {
	case now > then:
		return Versus{"+" + size, e.Text.F(id+"_more", args...), e.Theme.Cost}
	case now < then:
		return Versus{"-" + size, e.Text.F(id+"_less", args...), e.Theme.Gain}
	default:
		return Versus{"=", e.Text.F(id+"_same", args...), e.Theme.Quiet}
	}
}

// Comparisons sets a week against the one before, by the same weekday while it
// runs, and against the usual one.
func (e *Env) Comparisons(c history.Comparison, currency money.Currency) []Versus {
	var list []Versus
	switch {
	case c.HasLast && c.Running:
		list = append(list, e.Versus(c.This.Spent, c.SameDays, currency, "week.last", "Day", e.Weekday(e.Today().Weekday())))
	case c.HasLast && c.Week == history.WeekOf(e.Today()):
		list = append(list, e.Versus(c.This.Spent, c.Last.Spent, currency, "week.whole"))
	case c.HasLast:
		list = append(list, e.Versus(c.This.Spent, c.Last.Spent, currency, "week.before"))
	}
	if c.Weeks > 0 {
		list = append(list, e.Versus(c.This.Spent, c.Usual, currency, "week.usual", "Usual", e.Amount(money.Of(c.Usual, currency))))
	}
	return list
}

// VersusLines sets comparisons one below the other, signs in a column; on one
// line if there is room for that and it is wanted.
func VersusLines(t *Theme, list []Versus, w int, one bool) Lines {
	signs, together := 0, -3
	for _, v := range list {
		signs = max(signs, Width(v.Sign))
		together += Width(v.Sign) + 1 + Width(v.Words) + 3
	}
	if one && together <= w && len(list) > 0 {
		return Lines{{Draw: func(s *Sheet) {
			for i, v := range list {
				if i > 0 {
					s.Put(t.Faint, " · ")
				}
				s.Put(v.Ink, v.Sign)
				s.Put(t.Quiet, " "+v.Words)
			}
		}}}
	}
	lines := make(Lines, len(list))
	for i, v := range list {
		lines[i].Draw = func(s *Sheet) {
			left := s.X()
			s.Right(v.Ink, v.Sign, left+signs)
			s.To(left + signs + 2)
			s.Put(t.Quiet, v.Words)
		}
	}
	return lines
}
