package limits

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
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
	col.Add(kit.Trouble(p.env, p.err, col.W), p.pause(col.W), p.tier(col.W), p.today(col.W), p.rails(col.W), p.levels(col.W))
	if p.asking {
		col = kit.Scroll{X: col.X, W: col.W, Items: p.beneath(col.Items, col.W)}
	}
	p.Set(col)
}

// beneath is the page as far as it was in sight, with the question whether to
// stop everything at its foot, above the keys that answer it: that is where
// somebody looks who has just pressed one.
func (p *Page) beneath(page kit.Lines, w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	foot := kit.Lines{{Draw: func(s *kit.Sheet) { s.Repeat(t.Faint, "─", s.Room()) }}}
	foot = append(foot, p.guard.Doubt(p.env, text.T("limit.ask"), w)...)
	foot = append(foot, kit.Paragraph(t.Text, text.T("limit.ask_hint"), w)...)
	room := max(p.H-len(foot), 0)
	top := min(p.top, max(len(page)-room, 0))
	list := make(kit.Lines, 0, p.H)
	for _, it := range page[top:min(top+room, len(page))] {
		list = append(list, kit.Item{Draw: it.Draw}) // nothing of it can be chosen meanwhile
	}
	for len(list) < room {
		list = append(list, kit.Gap())
	}
	return append(list, foot...)
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
		figures := p.figures(w)
		list[0] = figures.heading(p.env, text.T("limit.today"))
		list = append(list, figures.row(p.env, text.T("limit.all_rails"), &d.Total, t.Strong)...)
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

// rails is each way with its own limits.
func (p *Page) rails(w int) kit.Lines {
	t, text, d, figures := p.env.Theme, p.env.Text, p.data, p.figures(w)
	list := kit.Lines{figures.heading(p.env, text.T("limit.by_rail"))}
	for i := range d.Rails {
		list = append(list, figures.row(p.env, text.T("rail.name."+d.Rails[i].Rail), &d.Rails[i], t.Text)...)
	}
	list = append(list, kit.Gap())
	list = append(list, kit.Paragraph(t.Quiet, text.T("limit.protects"), w)...)
	if d.Total.Day.Minor > 0 { // else it stands beside the heading
		list = append(list, kit.Paragraph(t.Quiet, text.T("limit.zone_say"), w)...)
	}
	return list
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
