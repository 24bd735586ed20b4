package confirm

import (
	"jandon/ui/kit"
)

// footing is what stays below a question however long it is: where it is
// answered, or why it can't be yet.
func (p *page) footing(w int) {
	p.foot = nil
	if p.stage != asked && !p.dropping {
		return
	}
	t, text := p.env.Theme, p.env.Text
	add := func(ink kit.Ink, sentence string) { p.foot = append(p.foot, kit.Paragraph(ink, sentence, w)...) }
	switch {
	case p.h < tiniest:
	case p.short():
		p.foot = append(p.foot, kit.Item{Draw: func(s *kit.Sheet) { s.Repeat(t.Faint, "─", s.Room()) }})
	default:
		p.foot = append(p.foot, kit.Gap(), kit.Gap())
	}
	hint := p.env.Keyed("confirm.code_hint", "confirm.code_hint_lines")
	switch {
	case p.dropping:
		p.doubting(w)
		return
	case p.env.Hidden:
		add(t.Warn, p.env.Keyed("confirm.hidden", "confirm.hidden_lines"))
		return
	case !p.seen:
		add(t.Warn, text.T("confirm.unseen"))
		return
	case p.touch.Asking():
		add(t.Strong, p.touch.Say(p.env))
		hint = text.T("lock.touch.why")
	case p.wantsPIN():
		hint = p.env.Keyed("confirm.pin_hint", "confirm.pin_hint_lines")
		p.pin()
		if say := p.touch.Say(p.env); say != "" && p.err == nil {
			if hint = say; p.short() {
				add(t.Quiet, say)
			}
		}
	default:
		p.foot = append(p.foot, p.guard.Doubt(p.env, text.T("confirm.sure"), w)...)
	}
	if p.err != nil {
		say, what := p.env.Traced(p.err)
		add(t.Bad, say)
		hint = what
	}
	if !p.short() { // there, the keys say enough
		add(t.Quiet, hint)
	}
	for len(p.foot) > max(p.h-4, 1) { // something of the question stays in sight
		p.foot = p.foot[:len(p.foot)-1]
	}
}

// pin is the line where the PIN is typed; faint until it can be.
func (p *page) pin() {
	t, label := p.env.Theme, p.env.Text.T("lock.pin")+"  "
	typed, wanted := p.field.Dots()
	p.caret[0] = p.scroll.X + kit.Width(label) + p.field.Caret()
	ink := t.Faint
	if p.guard.Armed() {
		ink = t.Quiet
	}
	p.digits = len(p.foot)
	p.foot = append(p.foot, kit.Item{Draw: func(s *kit.Sheet) {
		s.Put(t.Strong, label)
		s.Put(t.Accent, typed)
		s.Put(ink, wanted)
	}})
}
