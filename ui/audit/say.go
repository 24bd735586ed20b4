package audit

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/review"
	"jandon/ui/kit"
)

// The pages' messages are kit.Answer of review.Findings, of Contact and of Said.

// Said is what became of a decision.
type Said struct {
	Undone bool // a decision was taken back
	Keys   []string
}

// undoable is how long a decision can be taken back with a key: as long as a
// person remembers having pressed one.
const undoable = 24 * time.Hour

// speaker writes decisions for a page, one at a time.
type speaker struct {
	env    *kit.Env
	source Source
	saying kit.Latest
}

// say keeps a decision. Leaving the page does not cancel it.
func (p *speaker) say(ctx context.Context, d review.Decision) tea.Cmd {
	if p.saying.Busy() {
		return nil
	}
	source, now := p.source, p.env.Now
	return kit.Ask(context.WithoutCancel(ctx), &p.saying, func(ctx context.Context) (Said, error) {
		return Said{Keys: []string{d.Key}}, review.Say(ctx, source, now, &d, nil)
	})
}

// undo takes the last decision back.
func (p *speaker) undo(ctx context.Context) tea.Cmd {
	if p.saying.Busy() {
		return nil
	}
	source, since := p.source, p.env.Now.Add(-undoable)
	return kit.Ask(context.WithoutCancel(ctx), &p.saying, func(ctx context.Context) (Said, error) {
		keys, err := review.Undo(ctx, source, since)
		return Said{Undone: true, Keys: keys}, err
	})
}

// heard says what became of a decision, and has every page read again.
func (p *speaker) heard(a kit.Answer[Said], done string) tea.Cmd {
	if !kit.Take(&p.saying, a) {
		return nil
	}
	text := p.env.Text
	switch {
	case a.Err != nil:
		return kit.Request(kit.Notice{Level: kit.Failure, Err: a.Err})
	case a.Value.Undone && len(a.Value.Keys) == 0:
		return kit.Request(kit.Notice{Level: kit.Warning, Text: text.T("subscriptions.nothing_undone")})
	case a.Value.Undone:
		done = text.T("subscriptions.undone")
	}
	return tea.Batch(kit.Request(kit.Changed{}), kit.Request(kit.Notice{Level: kit.Good, Text: done}))
}
