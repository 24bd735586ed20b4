package devices

import (
	"jandon/internal/act"
	"jandon/internal/history"
	"jandon/ui/kit"
)

// arrange works the lines out anew.
func (p *Page) arrange() {
	if !p.Have {
		p.Set()
		return
	}
	col := p.Column(0)
	col.Add(kit.Trouble(p.env, p.Err, col.W), p.question(col.W), p.list(col.W), p.notes(col.W))
	p.Set(col)
	p.Cols.Begin()
}

// question asks before a device loses everything. It starts on No.
func (p *Page) question(w int) kit.Lines {
	d := p.Asked()
	if d == nil {
		return nil
	}
	t, text := p.env.Theme, p.env.Text
	list := append(p.Doubt(text.F("device.ask", "Name", d.Name), w), kit.Mixed(p.env, w, d.Name)...)
	list = append(list, kit.Paragraph(t.Text, text.T("device.ask_hint"), w)...)
	if p.env.Little {
		list = append(list, kit.Paragraph(t.Warn, text.T("device.ask_stops"), w)...)
	}
	return list
}

// list is each device in two lines, those that can do nothing any more at the end.
func (p *Page) list(w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	if len(p.Things) == 0 {
		return kit.Paragraph(t.Quiet, text.T("device.empty"), w)
	}
	var list kit.Lines
	for _, revoked := range []bool{false, true} {
		for i := range p.Things {
			if d := &p.Things[i]; gone(d.State) == revoked {
				if len(list) > 0 {
					list = append(list, kit.Gap())
				}
				list = append(list, p.line(d, len(list), w)...)
			}
		}
	}
	return list
}

func (p *Page) line(d *act.Device, at, w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	state, ink := p.state(d)
	name, called := d.Name, d.Name
	this := ""
	if d.Current {
		this = text.T("device.this")
	}
	typing := p.renaming == d.ID
	if typing {
		p.field.Resize(max(w, 1))
		name, called, this, state = p.field.View(), p.field.Value(), "", ""
		p.row = at
		if p.Asked() != nil {
			p.row += len(p.question(w)) + 1
		}
		if p.Err != nil {
			p.row += len(kit.Trouble(p.env, p.Err, w)) + 1
		}
	}
	strong := t.Strong
	if gone(d.State) {
		strong = t.Quiet
	}
	head := kit.Titled("device/"+d.ID, w, kit.Span{Ink: ink, Text: state}, kit.Span{Ink: strong, Text: name}, kit.Span{Ink: t.Accent, Text: this})
	head = append(head, kit.Tails(kit.Mixed(p.env, w, called))...)
	return append(head, kit.Tails(kit.Paragraph(t.Quiet, p.facts(d), w))...)
}

// state is what a device may do, in a few words.
func (p *Page) state(d *act.Device) (string, kit.Ink) {
	t, text := p.env.Theme, p.env.Text
	switch d.State {
	case act.DeviceActive:
		if p.env.Now.Before(d.Limited) {
			return text.F("device.state.limited", "Until", p.env.When(d.Limited)), t.Warn
		}
		return text.T("device.state.active"), t.Quiet
	case act.DevicePaused:
		return text.F("device.state.paused", "Until", p.env.When(d.Until)), t.Warn
	case act.DevicePending:
		return text.T("device.state.pending"), t.Warn
	case act.DeviceBlocked:
		return text.T("device.state.blocked"), t.Bad
	}
	return text.T("device.state.revoked"), t.Quiet
}

// facts are when a device came, when it was last used, and where it keeps its keys.
func (p *Page) facts(d *act.Device) string {
	text := p.env.Text
	day := func(at history.Day) string { return p.env.DayYear(at) }
	say := text.F("device.added", "Day", day(history.DayOf(d.Created, p.env.Zone)))
	if d.LastUsed.IsZero() {
		say += " · " + text.T("device.never_used")
	} else {
		say += " · " + text.F("device.used", "When", p.env.When(d.LastUsed))
	}
	switch d.Store {
	case "keyring":
		say += " · " + text.T("device.in_keyring")
	case "file":
		say += " · " + text.T("device.in_file")
	case "memory":
		say += " · " + text.T("device.in_memory")
	}
	return say
}

func (p *Page) notes(w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	list := kit.Paragraph(t.Quiet, text.T("device.note"), w)
	return append(list, kit.Paragraph(t.Quiet, text.T("device.add_note"), w)...)
}
