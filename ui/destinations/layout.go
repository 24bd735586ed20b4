package destinations

import (
	"jandon/internal/act"
	"jandon/internal/history"
	"jandon/ui/kit"
)

// arrange works the lines out anew.
func (p *Page) arrange() {
	if !p.Have && p.form == nil {
		p.Set()
		return
	}
	col := p.Column(0)
	col.Add(kit.Trouble(p.env, p.Err, col.W))
	if p.form != nil {
		col.Add(p.described(&col))
		p.Set(col)
		return
	}
	col.Add(p.question(col.W), p.list(col.W), kit.Paragraph(p.env.Theme.Quiet, p.env.Text.T("destination.note"), col.W))
	p.Set(col)
	p.Cols.Begin()
}

func (p *Page) question(w int) kit.Lines {
	d := p.Asked()
	if d == nil {
		return nil
	}
	say := p.env.Text.F("destination.ask", "Name", d.Name, "Number", d.Number)
	list := append(p.Doubt(say, w), kit.Mixed(p.env, w, d.Name)...)
	return append(list, kit.Paragraph(p.env.Theme.Text, p.env.Text.T("destination.ask_hint"), w)...)
}

// list is each destination in two lines.
func (p *Page) list(w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	if len(p.Things) == 0 {
		return append(kit.Paragraph(t.Strong, text.T("destination.empty"), w), kit.Paragraph(t.Quiet, text.T("destination.empty_hint"), w)...)
	}
	var list kit.Lines
	for i := range p.Things {
		if i > 0 {
			list = append(list, kit.Gap())
		}
		list = append(list, p.line(&p.Things[i], w)...)
	}
	return list
}

func (p *Page) line(d *act.Destination, w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	state, ink := text.T("destination.ready"), t.Quiet
	if p.env.Now.Before(d.Usable) {
		state, ink = text.F("destination.waits", "Until", p.env.When(d.Usable)), t.Warn
	}
	facts := text.T("rail.name."+d.Rail) + " · " + text.F("destination.added", "Day", p.env.DayYear(history.DayOf(d.Added, p.env.Zone)))
	if d.Used.IsZero() {
		facts += " · " + text.T("destination.never_used")
	} else {
		facts += " · " + text.F("destination.used", "When", p.env.When(d.Used))
	}
	head := kit.Titled("destination/"+d.ID, w, kit.Span{Ink: ink, Text: state}, kit.Span{Ink: t.Strong, Text: d.Name}, kit.Span{Ink: t.Text, Text: d.Number})
	head = append(head, kit.Tails(kit.Mixed(p.env, w, d.Name))...)
	return append(head, kit.Tails(kit.Paragraph(t.Quiet, facts, w))...)
}

// described is the form: the way, whose it is, and its number.
func (p *Page) described(col *kit.Scroll) kit.Lines {
	t, text, f, w := p.env.Theme, p.env.Text, p.form, col.W
	list := append(f.Draw(p.env, text.T("destination.form.title"), col), kit.Gap())
	list = append(list, kit.Mixed(p.env, w, f.name.Value())...)
	if f.wrong != "" {
		list = append(list, kit.Paragraph(t.Warn, text.T(f.wrong), w)...)
	}
	if p.Busy() {
		list = append(list, kit.Paragraph(t.Quiet, text.T("destination.form.sending"), w)...)
	}
	return append(list, kit.Paragraph(t.Quiet, text.T("destination.form.note"), w)...)
}
