package auto

import (
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
	col.Add(kit.Trouble(p.env, p.err, col.W))
	if p.form != nil {
		col.Add(p.described(&col), p.would(col.W), kit.Paragraph(p.env.Theme.Quiet, p.env.Text.T("auto.form.note"), col.W))
		p.Set(col)
		return
	}
	col.Add(p.question(col.W), p.state(col.W), p.terms(col.W), p.missing(col.W), p.choices(col.W), kit.Paragraph(p.env.Theme.Quiet, p.env.Text.T("auto.note"), col.W))
	p.Set(col)
	p.Cols.Begin()
}

func (p *Page) question(w int) kit.Lines {
	if !p.asking {
		return nil
	}
	return append(p.guard.Doubt(p.env, p.env.Text.T("auto.ask"), w), kit.Paragraph(p.env.Theme.Text, p.env.Text.T("auto.ask_hint"), w)...)
}

// state is whether anything goes by itself, and what comes next.
func (p *Page) state(w int) kit.Lines {
	t, text, d := p.env.Theme, p.env.Text, p.data
	switch d.State {
	case act.AutoOn:
		list := kit.Paragraph(t.Gain, text.F("auto.on", "When", p.env.Moment(d.Next)), w)
		list = append(list, p.would(w)...)
		if d.Why != "" {
			list = append(list, p.why(t.Warn, w)...)
		}
		return list
	case act.AutoStopped:
		return append(kit.Paragraph(t.Warn, text.T("auto.stopped"), w), p.why(t.Text, w)...)
	default:
		return append(kit.Paragraph(t.Strong, text.T("auto.off"), w), kit.Paragraph(t.Quiet, text.T("auto.off_hint"), w)...)
	}
}

// why is why it stopped, or why nothing went last time.
func (p *Page) why(ink kit.Ink, w int) kit.Lines {
	id := "auto.why." + p.data.Why
	if !p.env.Text.Has(id) { // a newer platform may have others
		return nil
	}
	return kit.Paragraph(ink, p.env.Text.T(id), w)
}

// would is what would go now, by the terms that are there or asked for.
func (p *Page) would(w int) kit.Lines {
	t, text, g := p.env.Theme, p.env.Text, p.going
	switch {
	case g == nil && p.trying.Busy():
		return kit.Paragraph(t.Quiet, text.T("auto.trying"), w)
	case g == nil:
		return nil
	case g.Amount.Currency == "":
		return kit.Paragraph(t.Text, text.T("auto.would_nothing"), w)
	case g.Fee.IsZero():
		return kit.Paragraph(t.Text, text.F("auto.would", "Amount", p.env.Amount(g.Amount)), w)
	}
	return kit.Paragraph(t.Text, text.F("auto.would_fee", "Amount", p.env.Amount(g.Amount), "Fee", p.env.Amount(g.Fee), "Net", p.env.Amount(g.Net)), w)
}

// terms are what was confirmed.
func (p *Page) terms(w int) kit.Lines {
	t, text, d := p.env.Theme, p.env.Text, p.data
	if d.Terms == nil || d.State == act.AutoOff {
		return nil
	}
	words := acting.Words{Env: p.env}
	list := kit.Lines{kit.Heading(t, text.T("auto.terms"), "")}
	list = append(list, kit.Facts(t, w, words.Terms(*d.Terms, d.Payee, d.Until)...)...)
	if d.Last == "" {
		return list
	}
	last := d.Last
	return append(list, kit.Gap(), kit.Item{
		Key: "last", Open: func() tea.Cmd { return kit.Request(kit.Visit{Page: "acts", Arg: last}) },
		Draw: func(s *kit.Sheet) { s.Put(t.Accent, text.T("auto.last")) },
	})
}

// missing is what it takes that is not there, each with the way to it.
func (p *Page) missing(w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	if len(p.data.Missing) == 0 {
		return nil
	}
	list := kit.Lines{kit.Heading(t, text.T("auto.missing"), "")}
	for _, word := range p.data.Missing {
		id := "auto.need." + word
		if !text.Has(id) {
			list = append(list, kit.Paragraph(t.Text, text.F("auto.other_need", "Word", word), w)...)
			continue
		}
		list = append(list, kit.Paragraph(t.Text, "· "+text.T(id), w)...)
		if remedy := "auto.remedy." + word; text.Has(remedy) {
			list = append(list, kit.Paragraph(t.Quiet, "  "+text.T(remedy), w)...)
		}
	}
	return list
}

// choices are the payees to whom it could go.
func (p *Page) choices(w int) kit.Lines {
	t, text, d := p.env.Theme, p.env.Text, p.data
	if len(d.Choices) == 0 || d.State == act.AutoOn {
		return nil
	}
	list := kit.Lines{kit.Heading(t, text.T("auto.could"), text.T("auto.up_to"))}
	for _, c := range d.Choices {
		list = append(list, kit.Titled("", w, kit.Span{Ink: t.Text, Text: p.env.Amount(c.Most)},
			kit.Span{Ink: t.Text, Text: c.Payee.Name}, kit.Span{Ink: t.Quiet, Text: p.short(c)})...)
	}
	return list
}

// short is what tells a payee from another: its number, and its way.
func (p *Page) short(c act.Choice) string {
	way := p.env.Text.T("rail.name." + c.Rail)
	if c.Payee.Destination == "" {
		return way
	}
	return c.Payee.ID + " · " + way
}

// described is the form: the ceiling, what stays, to whom and how often.
func (p *Page) described(col *kit.Scroll) kit.Lines {
	t, text, f, w := p.env.Theme, p.env.Text, p.form, col.W
	c := f.choice()
	list := append(f.Draw(p.env, text.T("auto.form.title"), col), kit.Gap())
	list = append(list, kit.Paragraph(t.Quiet, text.F("auto.form.most", "Most", p.env.Amount(c.Most), "Way", p.short(*c)), w)...)
	if f.asked.Wrong != "" && (f.tried || f.asked.Wrong == "auto.wrong_most") {
		list = append(list, kit.Paragraph(t.Warn, text.F(f.asked.Wrong, "Most", p.env.Amount(c.Most)), w)...)
	}
	if p.changing.Busy() {
		list = append(list, kit.Paragraph(t.Quiet, text.T("auto.form.sending"), w)...)
	}
	return list
}
