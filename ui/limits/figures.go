package limits

import (
	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/ui/kit"
)

// figures are the columns that all limits of the page stand in: what may go at
// once, what is left today, and what a day takes.
type figures struct {
	w, names        int
	most, left, day int  // widths; most is 0 where there is no room for it
	words           bool // in words, where there is no room for columns and for a screen reader
}

// between is left free between two columns.
const between = 2

// figures measures them for w cells.
func (p *Page) figures(w int) figures {
	e, text := p.env, p.env.Text
	f := figures{
		w: w, names: kit.Width(text.T("limit.all_rails")), words: e.Lines,
		most: kit.Width(text.T("limit.col_most")), left: kit.Width(text.T("limit.col_left")), day: kit.Width(text.T("limit.col_day")),
	}
	for _, l := range append([]act.RailLimit{p.data.Total}, p.data.Rails...) {
		if l.Rail != "" {
			f.names = max(f.names, kit.Width(text.T("rail.name."+l.Rail)))
		}
		f.most, f.left, f.day = max(f.most, kit.Width(e.Amount(l.Act))), max(f.left, kit.Width(e.Amount(rest(&l)))), max(f.day, kit.Width(e.Amount(l.Day)))
	}
	if f.names+f.most+f.left+f.day+3*between > w {
		f.most = -between
	}
	if f.names+f.left+f.day+2*between > w {
		f.words = true
	}
	return f
}

// rest is what is left of a day's limit.
func rest(l *act.RailLimit) money.Amount {
	return money.Of(max(l.Day.Minor-l.UsedToday.Minor, 0), l.Day.Currency)
}

// heading is a heading with the names of the columns.
func (f figures) heading(e *kit.Env, title string) kit.Item {
	if f.words {
		return kit.Heading(e.Theme, title, e.Text.T("limit.left_today"))
	}
	t := e.Theme
	return kit.Item{Draw: func(s *kit.Sheet) {
		end := s.X() + s.Room()
		s.Put(t.Strong, title)
		f.put(s, t.Quiet, t.Quiet, end, e.Text.T("limit.col_most"), e.Text.T("limit.col_left"), e.Text.T("limit.col_day"))
	}}
}

// put draws the columns, which end at a cell; what is left is loud.
func (f figures) put(s *kit.Sheet, loud, quiet kit.Ink, end int, most, left, day string) {
	if f.most > 0 {
		s.Right(quiet, most, end-f.day-f.left-2*between)
	}
	s.Right(loud, left, end-f.day-between)
	s.Right(quiet, day, end)
}

// row is one limit.
func (f figures) row(e *kit.Env, name string, l *act.RailLimit, ink kit.Ink) kit.Lines {
	t := e.Theme
	most, left, day := e.Amount(l.Act), e.Amount(rest(l)), e.Amount(l.Day)
	if f.words {
		figure := e.Text.F("limit.left_of", "Left", left, "Day", day)
		if e.Lines {
			figure += "  " + e.Text.F("limit.at_once", "Act", most)
		}
		if kit.Width(name)+kit.Width(figure)+between > f.w {
			return append(kit.Paragraph(ink, name, f.w), kit.Item{Draw: func(s *kit.Sheet) { s.Right(t.Text, figure, s.X()+s.Room()) }})
		}
		return kit.Lines{{Draw: func(s *kit.Sheet) {
			end := s.X() + s.Room()
			s.Put(ink, name)
			s.Right(t.Text, figure, end)
		}}}
	}
	room := f.w - f.names - f.most - f.left - f.day - 4*between // for how much of it is used
	return kit.Lines{{Draw: func(s *kit.Sheet) {
		from, end := s.X(), s.X()+s.Room()
		s.PutIn(ink, name, f.names)
		if room >= leastMeter && l.UsedToday.Minor > 0 && !e.Hidden { // its length would tell the amount
			s.To(from + f.names + between)
			s.Meter(t.Bar, t.Faint, l.UsedToday.Minor, l.Day.Minor, min(room, 16))
		}
		f.put(s, t.Text, t.Quiet, end, most, left, day)
	}}}
}
