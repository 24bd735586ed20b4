package enrol

import (
	"slices"
	"strings"

	"jandon/internal/fault"
	"jandon/ui/kit"
)

// widest is how wide sentences grow: a step is read at one glance.
const widest = 72

// arrange works the lines out anew.
func (p *Page) arrange() {
	col := p.Column(widest)
	col.Add(p.path(col.W), p.head(col.W))
	top := len(col.Items) + 1
	fields := p.shown(col.W, top)
	if p.step == StepLeft {
		fields = p.waiting(col.W)
	}
	col.Add(fields, p.remarks(col.W), p.foot(col.W))
	p.Set(col)
}

// stations are the steps as a person sees them; seldom ones belong to the one before.
var stations = []struct {
	first Step
	id    string
}{
	{StepPlatform, "enrol.station.platform"}, {StepPerson, "enrol.station.person"}, {StepCode, "enrol.station.code"},
	{StepPIN, "enrol.station.pin"}, {StepDone, "enrol.station.done"},
}

// path shows where in the steps a person is.
func (p *Page) path(w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	here, whole := 0, 0
	for _, station := range stations {
		whole += kit.Width("› " + text.T(station.id))
	}
	gap := strings.Repeat(" ", min(max((w-whole)/(len(stations)-1), 1), 3))
	at := p.step
	if at == StepLeft {
		at = p.left.Step
	}
	for i, s := range stations {
		if at >= s.first {
			here = i
		}
	}
	return kit.Lines{{Draw: func(s *kit.Sheet) {
		for i, station := range stations {
			ink, mark := t.Quiet, "  "
			switch {
			case i < here:
				mark = "✓ "
			case i == here:
				ink, mark = t.Accent, "› "
			}
			s.Put(ink, mark+text.T(station.id))
			s.Put(t.Faint, gap)
		}
	}}}
}

// head says what the step is for.
func (p *Page) head(w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	title, say := "", ""
	switch p.step {
	case StepPlatform:
		title, say = text.T("enrol.platform"), text.T("enrol.platform_say")
	case StepTrust:
		title, say = text.F("enrol.trust", "Host", p.platform.Host), text.T("enrol.trust_say")
	case StepPerson:
		title, say = text.F("enrol.person", "Host", p.platform.Host), text.T("enrol.person_say")
	case StepCode:
		title, say = text.T("enrol.code"), text.F("enrol.code_say", "Until", p.env.Clock(p.left.Until))
		if p.left.Again {
			say = text.T("enrol.code_again")
		}
	case StepPIN:
		title, say = text.T("enrol.pin"), text.F("enrol.pin_say", "Least", kit.PINLeast, "Most", kit.PINMost)
	case StepProof:
		title, say = text.T("enrol.proof"), text.T("enrol.proof_say")
	case StepLeft:
		title, say = text.T("enrol.left"), text.T("enrol.left_say")
		if !p.left.Begun() {
			say = text.T("enrol.draft_say")
		}
		if p.left.Over {
			title, say = text.T("enrol.over"), text.T("enrol.over_say")
		}
	case StepDone:
		title, say = text.T("enrol.done"), text.F("enrol.done_say", "Device", p.device.Value(), "Host", p.platform.Host)
	}
	return append(kit.Paragraph(t.Strong, title, w), kit.Paragraph(t.Text, say, w)...)
}

// shown are the fields of the step, from line top on.
func (p *Page) shown(w, top int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	if p.step == StepTrust {
		return kit.Paragraph(t.Accent, p.platform.Fingerprint, w)
	}
	labels := map[Step][]string{
		StepPlatform: {"enrol.field.url"}, StepPerson: {"enrol.field.handle", "enrol.field.device"}, StepCode: {"enrol.field.code"},
		StepPIN: {"enrol.field.pin", "enrol.field.again"}, StepProof: {"enrol.field.pin"},
	}[p.step]
	p.column = 0
	for _, l := range labels {
		p.column = max(p.column, kit.Width(text.T(l))+3)
	}
	p.column = min(p.column, w/2)
	p.line = top + p.at
	var list kit.Lines
	for i, l := range labels {
		label, value, wanted := text.T(l), "", ""
		if p.Hiding() {
			value, wanted = p.pins[i].Dots()
		} else {
			f := map[Step][]*kit.Field{StepPlatform: {&p.url}, StepPerson: {&p.handle, &p.device}, StepCode: {&p.code}}[p.step][i]
			f.Resize(max(w-p.column, 1))
			value = f.View()
		}
		ink := t.Quiet
		if i == p.at {
			ink = t.Accent
		}
		list = append(list, kit.Item{Draw: func(s *kit.Sheet) {
			s.PutIn(ink, label, p.column)
			s.Put(t.Strong, value)
			s.Put(t.Faint, wanted)
		}})
	}
	if p.env.Lines && p.step == StepPerson { // where no cursor shows which field it is
		id := "enrol.lines.handle"
		if p.at == 1 {
			id = "enrol.lines.device"
		}
		list = append(list, kit.Paragraph(t.Text, text.F(id, "Name", p.own), w)...)
	}
	return list
}

// waiting are the facts of a registration that waits.
func (p *Page) waiting(w int) kit.Lines {
	t, text, l := p.env.Theme, p.env.Text, p.left
	wants := map[Step]string{
		StepPlatform: text.T("enrol.wants.platform"), StepTrust: text.T("enrol.wants.trust"), StepPerson: text.T("enrol.wants.person"),
		StepCode: text.F("enrol.wants.code", "Until", p.env.Clock(l.Until)), StepPIN: text.T("enrol.wants.pin"), StepProof: text.T("enrol.wants.proof"),
	}[l.Step]
	if l.Again {
		wants = text.T("enrol.wants.again")
	}
	if l.Over {
		wants = text.T("enrol.wants.nothing")
	}
	if l.Step == StepPerson && l.Handle != "" {
		wants = text.T("enrol.wants.device")
	}
	facts := [][2]string{
		{text.T("enrol.field.platform"), l.Platform.Host}, {text.T("enrol.field.handle"), l.Handle}, {text.T("enrol.field.device"), l.Device},
		{text.T("enrol.field.made"), text.Age(p.env.Now, l.Made)}, {text.T("enrol.field.wants"), wants},
	}
	facts = slices.DeleteFunc(facts, func(f [2]string) bool { return f[1] == "" }) // not given yet
	column := 0
	for _, f := range facts {
		column = max(column, kit.Width(f[0])+3)
	}
	column = min(column, w/2)
	var list kit.Lines
	for _, f := range facts {
		list = append(list, kit.Item{Draw: func(s *kit.Sheet) {
			s.PutIn(t.Quiet, f[0], column)
			s.PutIn(t.Text, f[1], s.Room())
		}})
	}
	return list
}

// remarks are what is under way or went wrong.
func (p *Page) remarks(w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	switch {
	case p.asking.Busy() || p.change.Busy():
		return kit.Paragraph(t.Quiet, text.T("enrol.busy"), w)
	case p.wrong != "":
		return kit.Paragraph(t.Warn, text.F(p.wrong, "Least", kit.PINLeast), w)
	case p.err != nil:
		say, hint := p.env.Fault(p.err)
		if p.err.Code == fault.WrongCode { // there is no PIN yet, or it was chosen a moment ago
			id := "enrol.not_code"
			if hint = text.T("enrol.wrong_code"); p.step == StepProof {
				id, hint = "lock.wrong_pin", text.T("enrol.wrong_pin")
			}
			if say = kit.Wrong(text, id, p.err); p.step == StepCode && p.bare {
				say, hint = text.T("enrol.not_approved"), text.T("enrol.approve")
			}
		}
		list := append(kit.Paragraph(t.Bad, say, w), kit.Paragraph(t.Quiet, hint, w)...)
		if mark := kit.Mark(p.err); mark != "" {
			list = append(list, kit.Paragraph(t.Quiet, mark, w)...)
		}
		return list
	}
	return nil
}

// foot is what is good to know at a step.
func (p *Page) foot(w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	var list kit.Lines
	if p.platform.Simulator && p.step != StepPlatform && (p.step != StepLeft || p.here) {
		list = append(list, kit.Paragraph(t.Warn, text.T("enrol.simulator"), w)...)
	}
	switch p.step {
	case StepPlatform:
		list = append(list, kit.Paragraph(t.Quiet, text.T("enrol.platform_note"), w)...)
	case StepCode:
		if p.left.Again { // its code was taken: there is nothing to compare or approve
			break
		}
		id := "enrol.code_note"
		if p.left.Later {
			id = "enrol.code_later"
		}
		list = append(list, kit.Paragraph(t.Text, text.F("enrol.mark", "Mark", p.left.Mark), w)...)
		list = append(list, kit.Paragraph(t.Quiet, text.T(id), w)...)
	case StepPIN:
		list = append(list, kit.Paragraph(t.Quiet, text.T("enrol.pin_note"), w)...)
	case StepLeft:
		id := "enrol.left_note"
		if !p.left.Begun() {
			id = "enrol.draft_note"
		}
		list = append(list, kit.Paragraph(t.Quiet, text.T(id), w)...)
	case StepDone:
		list = append(list, kit.Paragraph(t.Quiet, text.T("enrol.done_note"), w)...)
	}
	if p.unkept && p.step <= StepPerson {
		list = append(list, kit.Paragraph(t.Quiet, text.T("enrol.unkept"), w)...)
	}
	return list
}
