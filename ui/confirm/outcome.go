package confirm

import (
	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/ui/kit"
)

// outcome is how far the act has come, and its receipt.
func (p *page) outcome(w int) kit.Lines {
	t, text, a := p.env.Theme, p.env.Text, p.act
	state, ink := p.words().State(a.State)
	if a.Receipt != "" {
		state = text.F("confirm.receipt", "State", state, "Receipt", a.Receipt)
	}
	list := append(kit.Paragraph(ink, state, w), p.about()...)
	if id := "confirm.after." + string(a.State); text.Has(id) {
		arrived, back := a.Arrived()
		list = append(list, kit.Paragraph(t.Quiet, text.F(id, "Arrived", p.env.Amount(arrived), "Back", p.env.Amount(back)), w)...)
	}
	if say := p.holds(); say != "" {
		list = append(list, kit.Paragraph(t.Text, say, w)...)
	}
	return list
}

// holds is what holds now by an act that changed how the platform takes others.
func (p *page) holds() string {
	text, a := p.env.Text, p.act
	switch {
	case a.State != act.Done:
	case a.Action == act.Resume:
		return text.T("confirm.now.resume")
	case a.Action == act.LowerLevel && text.Has("limit.level."+a.Subject.ID):
		return text.F("confirm.now.level_lower", "Level", text.T("limit.level."+a.Subject.ID), "Say", text.T("limit.level."+a.Subject.ID+"_say"))
	}
	return ""
}

// about is which act it is, where the question itself is not on the screen.
func (p *page) about() kit.Lines {
	a := p.act
	if a == nil {
		return nil
	}
	t, title, way, amount := p.env.Theme, p.words().Action(a.Action), p.words().Way(a), ""
	if a.Amount.Currency != "" {
		amount = p.env.Amount(a.Amount)
	}
	return kit.Lines{{Draw: func(s *kit.Sheet) {
		end := s.X() + s.Room()
		edge := end - kit.Width(amount) - 2
		s.PutIn(t.Strong, title, min(kit.Width(title), edge-s.X()))
		if way != "" && edge-s.X() > 6 {
			s.To(s.X() + 2)
			s.PutIn(t.Quiet, way, edge-s.X())
		}
		s.Right(t.Strong, amount, end)
	}}}
}

// ahead is that the person need not stay.
func (p *page) ahead(w int) kit.Lines {
	if p.act.State != act.Going {
		return nil
	}
	return kit.Paragraph(p.env.Theme.Quiet, p.env.Text.T("confirm.goes_on"), w)
}

// review is an act that is looked at before anything moves.
func (p *page) review(w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	list := kit.Paragraph(t.Warn, text.T("confirm.review"), w)
	if !p.act.Until.IsZero() {
		list = append(list, kit.Paragraph(t.Text, text.F("confirm.review_until", "Until", p.env.When(p.act.Until),
			"In", p.words().In(p.act.Until.Sub(p.env.Now))), w)...)
	}
	return append(list, kit.Paragraph(t.Quiet, text.T("confirm.review_hint"), w)...)
}

// refusal is what the platform or this device says no to, and what to do.
func (p *page) refusal(w int) kit.Lines {
	t := p.env.Theme
	say, hint := p.env.Fault(p.err)
	if p.err.Code == fault.StepUpRequired { // nothing is wrong: the PIN is being asked for
		return p.said(w, t.Warn, say, hint)
	}
	list := append(kit.Lines{kit.Heading(t, p.env.Text.T("confirm.refused"), "")}, kit.Paragraph(t.Bad, say, w)...)
	list = append(list, kit.Paragraph(t.Quiet, hint, w)...)
	if mark := kit.Mark(p.err); mark != "" {
		list = append(list, kit.Gap())
		list = append(list, kit.Paragraph(t.Quiet, mark, w)...)
	}
	return list
}

// ended is why the question has to be asked again.
func (p *page) ended() string { return p.env.Text.T(p.why) }
