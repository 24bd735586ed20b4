package limits

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/ui/kit"
	"jandon/ui/kit/acting"
)

// arrange works the lines out anew.
func (p *Page) arrange() {
	if p.data == nil {
		p.Set()
		return
	}
	col := p.Column(0)
	if p.asking {
		col.Add(p.question(col.W))
		p.Set(col)
		return
	}
	col.Add(kit.Trouble(p.env, p.err, col.W), p.pause(col.W), p.tier(col.W), p.today(col.W), p.rails(col.W), p.levels(col.W))
	p.Set(col)
}

// question is whether to stop everything. It stands alone and at the foot of
// the page, above the keys that answer it: that is where somebody looks who has
// just pressed one.
func (p *Page) question(w int) kit.Lines {
	list := append(kit.Paragraph(p.env.Theme.Warn, p.env.Text.T("limit.ask"), w), kit.Paragraph(p.env.Theme.Text, p.env.Text.T("limit.ask_hint"), w)...)
	var fill kit.Lines
	for range p.H - len(list) - 1 { // a line stays free above the keys
		fill = append(fill, kit.Gap())
	}
	return append(fill, list...)
}

// pause says that everything stands still, why and until when.
func (p *Page) pause(w int) kit.Lines {
	if !p.paused() {
		return nil
	}
	e := p.env
	list := kit.Paragraph(e.Theme.Warn, e.Text.F("limit.stands_still", "Until", e.Moment(p.data.Paused)), w)
	if why := "pause." + p.data.PausedWhy; e.Text.Has(why) { // a newer platform may have others
		list = append(list, kit.Paragraph(e.Theme.Text, e.Text.T(why), w)...)
	}
	return append(list, kit.Paragraph(e.Theme.Quiet, e.Text.T("limit.stands_still_hint"), w)...)
}

// tier is how well the platform knows the person, and what the next one takes.
func (p *Page) tier(w int) kit.Lines {
	t, text, d := p.env.Theme, p.env.Text, p.data
	known := "limit.not_verified"
	if d.Verified {
		known = "limit.verified"
	}
	list := kit.Lines{kit.Heading(t, text.F("limit.tier", "Tier", text.T("rail.tier."+d.Tier.String())), text.T(known))}
	next := d.Next
	if next == nil {
		return append(list, kit.Paragraph(t.Quiet, text.T("limit.highest"), w)...)
	}
	list = append(list, kit.Paragraph(t.Quiet, text.F("limit.next", "Tier", text.T("rail.tier."+next.Tier.String())), w)...)
	if next.Days > 0 {
		list = append(list, p.step(text.T("limit.need.days"), next.HaveDays, next.Days))
	}
	if next.Acts > 0 {
		list = append(list, p.step(text.T("limit.need.acts"), next.HaveActs, next.Acts))
	}
	if next.Verified && !d.Verified {
		list = append(list, kit.Paragraph(t.Text, text.T("limit.need.verified"), w)...)
	}
	return list
}

// step is how far one condition of the next tier is met.
func (p *Page) step(label string, have, want int) kit.Item {
	t := p.env.Theme
	figure := p.env.Text.F("limit.of", "Have", strconv.Itoa(min(have, want)), "Want", strconv.Itoa(want))
	return kit.Item{Draw: func(s *kit.Sheet) {
		left, end := s.X(), s.X()+s.Room()
		names := max(min(s.Room()/2, 34), kit.Width(label)+2)
		s.PutIn(t.Text, label, names)
		s.To(left + names)
		if room := s.Room() - kit.Width(figure) - 2; room >= leastMeter {
			s.Meter(t.Bar, t.Faint, int64(have), int64(want), room)
		}
		s.Right(t.Text, figure, end)
	}}
}

// leastMeter is the fewest cells in which a meter still says anything.
const leastMeter = 8

// today is what has been moved, over all rails, and what small acts are left.
func (p *Page) today(w int) kit.Lines {
	t, text, d := p.env.Theme, p.env.Text, p.data
	list := kit.Lines{kit.Heading(t, text.T("limit.today"), text.T("limit.zone_note"))}
	if d.Total.Day.Minor > 0 {
		list = append(list, p.used(text.T("limit.all_rails"), d.Total, t.Strong, w)...)
		if why := (acting.Words{Env: p.env}).Less(d); why != "" {
			list = append(list, kit.Paragraph(t.Warn, why, w)...)
		}
	}
	small := text.F("limit.small", "Most", p.env.Amount(d.Small), "Left", p.env.Amount(d.SmallLeft))
	switch {
	case d.Level == act.LevelStrict:
		small = text.T("limit.small_pin")
	case d.Small.Minor == 0 || d.Level != act.LevelStandard:
		small = text.T("limit.small_none")
	}
	return append(list, kit.Paragraph(t.Quiet, small, w)...)
}

// used is one line of what is used of a day's limit. All such lines of the
// page stand in the same columns.
func (p *Page) used(name string, l act.RailLimit, ink kit.Ink, w int) kit.Lines {
	t := p.env.Theme
	figure, most := p.left(l), p.atOnce(l)
	figures, mosts, names := 0, 0, kit.Width(p.env.Text.T("limit.all_rails"))
	for _, other := range append([]act.RailLimit{p.data.Total}, p.data.Rails...) {
		figures, mosts = max(figures, kit.Width(p.left(other))), max(mosts, kit.Width(p.atOnce(other)))
	}
	for _, other := range p.data.Rails {
		names = max(names, kit.Width(p.env.Text.T("rail.name."+other.Rail)))
	}
	if names+figures+2 > w { // both in full, one below the other
		return append(kit.Paragraph(ink, name, w), kit.Item{Draw: func(s *kit.Sheet) { s.Right(t.Text, figure, s.X()+s.Room()) }})
	}
	room := w - names - mosts - figures - 6 // for how much of it is used
	return kit.Lines{{Draw: func(s *kit.Sheet) {
		left, end := s.X(), s.X()+s.Room()
		s.PutIn(ink, name, names)
		if room >= leastMeter && !p.env.Hidden { // its length would tell the amount
			s.To(left + names + 2)
			s.Meter(t.Bar, t.Faint, l.UsedToday.Minor, l.Day.Minor, min(room, 16))
		}
		if room >= -3 { // without the meter, and a cell after the longest name
			s.Right(t.Quiet, most, end-figures-2)
		}
		s.Right(t.Text, figure, end)
	}}}
}

func (p *Page) left(l act.RailLimit) string {
	left := money.Of(max(l.Day.Minor-l.UsedToday.Minor, 0), l.Day.Currency)
	return p.env.Text.F("limit.left_of", "Left", p.env.Amount(left), "Day", p.env.Amount(l.Day))
}

func (p *Page) atOnce(l act.RailLimit) string {
	return p.env.Text.F("limit.at_once", "Act", p.env.Amount(l.Act))
}

// rails is each way with its own limits.
func (p *Page) rails(w int) kit.Lines {
	t, text, d := p.env.Theme, p.env.Text, p.data
	list := kit.Lines{kit.Heading(t, text.T("limit.by_rail"), text.T("limit.left_today"))}
	for _, l := range d.Rails {
		list = append(list, p.used(text.T("rail.name."+l.Rail), l, t.Text, w)...)
	}
	return append(list, kit.Paragraph(t.Quiet, text.T("limit.protects"), w)...)
}

// levels are how careful the platform is asked to be.
func (p *Page) levels(w int) kit.Lines {
	t, text, d := p.env.Theme, p.env.Text, p.data
	list := kit.Lines{kit.Heading(t, text.T("limit.how_careful"), "")}
	all, names, beside := []act.Level{act.LevelStandard, act.LevelCareful, act.LevelStrict}, 18, true
	for _, l := range all {
		beside = beside && names+kit.Width(text.T("limit.level."+string(l)+"_say")) <= w
	}
	for _, l := range all {
		mark, ink := "  ", t.Text
		if l == d.Level {
			mark, ink = "✓ ", t.Strong
		}
		name := mark + text.T("limit.level."+string(l))
		say := text.T("limit.level." + string(l) + "_say")
		list = append(list, kit.Item{
			Key: "level/" + string(l), Open: func() tea.Cmd { return kit.Request(kit.Do{Intent: kit.Intent("limits_" + string(l))}) },
			Draw: func(s *kit.Sheet) {
				s.PutIn(ink, name, min(names, s.Room()))
				if beside {
					s.Put(t.Quiet, say)
				}
			},
		})
		if beside {
			continue
		}
		for _, line := range kit.Wrap(say, w-2) {
			list = append(list, kit.Item{Tail: true, Draw: func(s *kit.Sheet) {
				s.To(s.X() + 2)
				s.Put(t.Quiet, line)
			}})
		}
	}
	return append(list, kit.Paragraph(t.Quiet, text.T("limit.level_note"), w)...)
}
