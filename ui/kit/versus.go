package kit

import (
	"strings"

	"jandon/internal/history"
	"jandon/internal/money"
)

// Versus sets a sum against another: the difference, and the words of the
// sentence on either side of it. They say more or less, so it has no sign.
type Versus struct {
	Before, Size, After string
	Ink                 Ink // of the difference
}

// Versus compares two sums in minor units. The catalogue has the sentences
// under id_more and id_less, with a Size each, and id_same.
func (e *Env) Versus(now, then int64, c money.Currency, id string, args ...any) Versus {
	size := e.Amount(money.Of(max(now-then, then-now), c))
	ink := e.Theme.Cost
	switch {
	case now > then:
		id += "_more"
	case now < then:
		id, ink = id+"_less", e.Theme.Gain
	default:
		return Versus{After: e.Text.F(id+"_same", args...)}
	}
	const here = "\x1f" // stands for the size, which another amount of the sentence may equal
	before, after, _ := strings.Cut(e.Text.F(id, append(args, "Size", here)...), here)
	return Versus{before, size, after, ink}
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

// VersusLines sets comparisons one below the other; on one line if there is
// room for that and it is wanted.
func VersusLines(t *Theme, list []Versus, w int, one bool) Lines {
	const between = " · "
	sizes, together := 0, -Width(between)
	for _, v := range list {
		if v.Before == "" {
			sizes = max(sizes, Width(v.Size))
		}
		together += v.width() + Width(between)
	}
	if one && together <= w && len(list) > 0 {
		return Lines{{Draw: func(s *Sheet) {
			for i, v := range list {
				if i > 0 {
					s.Put(t.Faint, between)
				}
				v.draw(t, s)
			}
		}}}
	}
	lines := make(Lines, len(list))
	for i, v := range list {
		lines[i].Draw = func(s *Sheet) {
			if v.Before == "" && v.Size != "" { // amounts that begin sentences stand in a column
				s.To(s.X() + sizes - Width(v.Size))
			}
			v.draw(t, s)
		}
	}
	return lines
}

func (v *Versus) width() int { return Width(v.Before) + Width(v.Size) + Width(v.After) }

func (v *Versus) draw(t *Theme, s *Sheet) {
	s.Put(t.Quiet, v.Before)
	s.Put(v.Ink, v.Size)
	s.Put(t.Quiet, v.After)
}
