package audit

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/review"
	"jandon/ui/kit"
)

// listPage is the list of all series.
type listPage struct {
	kit.Body
	speaker
	env     *kit.Env
	source  Source
	reading kit.Latest
	data    *review.Findings
	err     *fault.Error
	asked   history.Day

	filter   filter
	order    order
	expanded bool // all that is worth a look is listed
}

func newList(env *kit.Env, source Source) *listPage {
	return &listPage{
		env: env, source: source, reading: kit.Latest{Name: "audit found"},
		speaker: speaker{env: env, source: source, saying: kit.Latest{Name: "audit said"}},
	}
}

// Init reads for a visit.
func (p *listPage) Init(ctx context.Context) tea.Cmd { return p.read(ctx) }

func (p *listPage) read(ctx context.Context) tea.Cmd {
	source := p.source
	p.asked = p.env.Today()
	return kit.Ask(ctx, &p.reading, source.Findings)
}

// Update takes a message.
func (p *listPage) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	p.Stale()
	switch msg := msg.(type) {
	case kit.Do:
		return p.do(ctx, msg.Intent)
	case kit.Click:
		return p.Cols.Click(msg.X, msg.Y)
	case kit.Answer[review.Findings]:
		if kit.Take(&p.reading, msg) {
			if p.err = msg.Err; msg.Err == nil {
				p.data = &msg.Value
			}
			p.arrange()
		}
	case kit.Answer[Said]:
		return p.heard(msg, "")
	case kit.Slow:
		p.reading.Late(msg)
	case kit.Changed:
		return p.read(ctx)
	case kit.Redraw:
		p.arrange()
		if p.asked != p.env.Today() {
			return p.read(ctx)
		}
	}
	return nil
}

// Resize sets the size of the body.
func (p *listPage) Resize(w, h int) {
	p.Body.Resize(w, h)
	p.arrange()
}

// View is the body.
func (p *listPage) View() string {
	var empty func(w, h int) []string
	if p.data != nil && p.nothing() && p.err == nil {
		empty = func(w, h int) []string {
			text := p.env.Text
			return kit.Empty(p.env, text.T("subscriptions.empty"), text.N("subscriptions.empty_hint", p.data.Lines), w, h)
		}
	}
	return p.Body.View(p.env, &p.reading, p.data != nil, p.err, empty)
}

// nothing reports whether nothing was found at all.
func (p *listPage) nothing() bool {
	return len(p.data.Series)+len(p.data.Not)+len(p.data.Doubles) == 0
}
