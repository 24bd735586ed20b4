package confirm

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/ui/kit"
)

// droppable reports whether the act can be given up from here.
func (p *page) droppable() bool {
	if p.act == nil || p.act.State != act.Waiting && p.act.State != act.Review {
		return false
	}
	switch p.stage {
	case asked, again, unheard, refused, reviewed:
		return true
	default:
		return false
	}
}

// doubt asks whether the act is really to be given up: what was quoted and
// waited for can't be had back.
func (p *page) doubt() tea.Cmd {
	if !p.droppable() {
		return nil
	}
	p.field.Wipe()
	p.touch.Reset()
	p.dropping = true
	return p.drops.Show()
}

// stay answers No: what was asked before is asked again, and armed anew.
func (p *page) stay() tea.Cmd {
	p.dropping = false
	p.drops.Drop()
	if p.stage == asked {
		return p.guard.Show()
	}
	return nil
}

// doubted takes the keys of that question where they come raw.
func (p *page) doubted(ctx context.Context, k kit.Stroke) tea.Cmd {
	switch k {
	case "y":
		return p.give(ctx)
	case "n", "enter", "esc":
		return p.stay()
	}
	if !p.drops.Armed() {
		return p.drops.Show()
	}
	return nil
}

// give gives the act up once the question has stood there for a moment.
func (p *page) give(ctx context.Context) tea.Cmd {
	if !p.drops.Armed() {
		return p.drops.Show()
	}
	return p.cancel(ctx)
}

// doubting is that question. It starts on No.
func (p *page) doubting(w int) {
	t, text := p.env.Theme, p.env.Text
	p.foot = append(p.foot, kit.Doubt(p.env, text.T("confirm.drop.ask"), text.T("confirm.no"), text.T("confirm.drop.yes"), p.drops.Armed(), w)...)
	if !p.short() {
		p.foot = append(p.foot, kit.Paragraph(t.Quiet, text.T("confirm.drop.hint"), w)...)
	}
}
