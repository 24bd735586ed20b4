package confirm

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"jandon/ui/kit"
)

// reach asks for a touch once a question that wants the PIN was read to its
// end. The PIN is asked for next, whatever comes of it.
func (p *page) reach(ctx context.Context) tea.Cmd {
	if p.env.Touch == nil || p.stage != asked || !p.wantsPIN() || !p.seen || p.env.Hidden || p.touch.Begun() {
		return nil
	}
	p.guard.Drop()
	cmd := p.touch.Begin(ctx, p.env.Touch)
	p.arrange()
	return cmd
}

// touched goes on to the PIN; keys that were typed meanwhile were for something else.
func (p *page) touched(ctx context.Context, m kit.Touched) tea.Cmd {
	again, over := p.touch.Take(ctx, m, p.env.Touch)
	if over {
		return p.guard.Show()
	}
	return again
}
