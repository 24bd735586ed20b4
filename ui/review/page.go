package review

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/audit"
	"jandon/internal/fault"
	"jandon/internal/history"
	past "jandon/internal/review"
	"jandon/internal/wallet"
	"jandon/ui/kit"
	"jandon/ui/kit/finding"
)

// undoable is how long an answer can be taken back with a key.
const undoable = 24 * time.Hour

// Page is the weekly review.
type Page struct {
	kit.Body
	env     *kit.Env
	source  Source
	reading kit.Latest
	saying  kit.Latest
	data    *Review
	queue   []past.Card
	err     *fault.Error
	asked   history.Day

	answered bool // what is read next follows an answer
}

// New makes the page; nothing is read before Init.
func New(env *kit.Env, source Source) *Page {
	return &Page{env: env, source: source, reading: kit.Latest{Name: "review found"}, saying: kit.Latest{Name: "review said"}}
}

// Init reads for a visit.
func (p *Page) Init(ctx context.Context) tea.Cmd { return p.read(ctx) }

func (p *Page) read(ctx context.Context) tea.Cmd {
	source, today := p.source, p.env.Today()
	p.asked = today
	return kit.Ask(ctx, &p.reading, func(ctx context.Context) (r Review, err error) {
		if r.Findings, err = source.Findings(ctx); err != nil {
			return r, err
		}
		if r.Progress, err = source.Progress(ctx); err != nil {
			return r, err
		}
		if d, ok := source.(Disputer); ok {
			disputes, err := d.Disputes(ctx)
			if err != nil {
				return r, err
			}
			r.Disputed = wallet.Disputed(disputes)
		}
		week := history.WeekOf(today)
		weeks, err := source.Weeks(ctx, week, week, history.ByNothing)
		if err == nil && len(weeks) > 0 {
			r.Spent = weeks[0].Spent
		}
		return r, err
	})
}

// Update takes a message.
func (p *Page) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	p.Stale()
	switch msg := msg.(type) {
	case kit.Do:
		return p.do(ctx, msg.Intent)
	case kit.Click:
		return p.Cols.Click(msg.X, msg.Y)
	case kit.Answer[Review]:
		if kit.Take(&p.reading, msg) {
			return p.take(ctx, msg)
		}
	case kit.Answer[Said]:
		return p.heard(msg)
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

// take shows what was read. A review whose last thing was answered ends by itself.
func (p *Page) take(ctx context.Context, a kit.Answer[Review]) tea.Cmd {
	before := p.card()
	if p.err = a.Err; a.Err == nil {
		p.data = &a.Value
		p.queue = p.data.Progress.Queue(&p.data.Findings)
		p.stay(before)
	}
	if now := p.card(); before == nil || now == nil || before.Key != now.Key {
		p.Cols.Reset()
	}
	p.arrange()
	if p.data != nil && a.Err == nil && len(p.queue) == 0 && !p.data.Progress.Begun.IsZero() {
		return p.end(ctx)
	}
	return nil
}

// stay keeps what is being asked in front when the data changed by itself: the
// next key must not answer another question.
func (p *Page) stay(before *past.Card) {
	if before == nil || p.answered {
		p.answered = false
		return
	}
	if i := slices.IndexFunc(p.queue, func(c past.Card) bool { return c.Key == before.Key }); i > 0 {
		card := p.queue[i]
		p.queue = slices.Insert(slices.Delete(p.queue, i, i+1), 0, card)
	}
}

// card is the thing that is being looked at; nil if nothing is left.
func (p *Page) card() *past.Card {
	if p.data == nil || len(p.queue) == 0 {
		return nil
	}
	return &p.queue[0]
}

// answer keeps an answer to the card; an empty verdict is that it was looked at.
func (p *Page) answer(ctx context.Context, verdict audit.Verdict) tea.Cmd {
	c := p.card()
	if c == nil || p.saying.Busy() || p.reading.Busy() {
		return nil
	}
	var d *past.Decision
	if verdict != "" {
		var one past.Decision
		if c.Series != nil {
			one = c.Series.Decide(verdict)
		} else {
			one = c.Double.Decide(verdict)
		}
		one.Made = p.data.Findings.Today
		one.Until = one.Made + past.SnoozeLeast
		d = &one
	}
	card, source, now := *c, p.source, p.env.Now
	return p.keep(ctx, func(ctx context.Context) (Said, error) { return Said{}, past.Say(ctx, source, now, d, &card) })
}

// end keeps that the review was done.
func (p *Page) end(ctx context.Context) tea.Cmd {
	source, now := p.source, p.env.Now
	return p.keep(ctx, func(ctx context.Context) (Said, error) { return Said{}, past.End(ctx, source, now) })
}

func (p *Page) undo(ctx context.Context) tea.Cmd {
	source, since := p.source, p.env.Now.Add(-undoable)
	return p.keep(ctx, func(ctx context.Context) (Said, error) {
		keys, err := past.Undo(ctx, source, since)
		return Said{Undone: true, Keys: keys}, err
	})
}

// keep writes, one thing at a time. Leaving the page does not cancel it.
func (p *Page) keep(ctx context.Context, write func(context.Context) (Said, error)) tea.Cmd {
	if p.saying.Busy() {
		return nil
	}
	return kit.Ask(context.WithoutCancel(ctx), &p.saying, write)
}

// heard has every page read again after something was kept.
func (p *Page) heard(a kit.Answer[Said]) tea.Cmd {
	if !kit.Take(&p.saying, a) {
		return nil
	}
	text := p.env.Text
	p.answered = a.Err == nil
	switch {
	case a.Err != nil:
		return kit.Request(kit.Notice{Level: kit.Failure, Err: a.Err})
	case a.Value.Undone && len(a.Value.Keys) == 0:
		return kit.Request(kit.Notice{Level: kit.Warning, Text: text.T("review.key.nothing_said")})
	case a.Value.Undone:
		return tea.Batch(kit.Request(kit.Changed{}), kit.Request(kit.Notice{Level: kit.Good, Text: text.T("review.undone")}))
	}
	return kit.Request(kit.Changed{})
}

// Resize sets the size of the body.
func (p *Page) Resize(w, h int) {
	p.Body.Resize(w, h)
	p.arrange()
}

// View is the body.
func (p *Page) View() string {
	return p.Body.View(p.env, &p.reading, p.data != nil, p.err, nil)
}

func (p *Page) words() finding.Words {
	return finding.Words{Env: p.env, Currency: p.data.Findings.Currency}
}

var _ kit.Page = (*Page)(nil)
