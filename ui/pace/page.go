package pace

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/ui/kit"
)

// Page shows what accumulates.
type Page struct {
	kit.Body
	env     *kit.Env
	source  Source
	opts    Options
	reading kit.Latest
	data    *Paced
	err     *fault.Error
	asked   history.Day

	by    history.Dimension
	weeks int
}

// windows are the weeks that a pace can be taken from: a month, as everywhere
// else, and half a year.
var windows = []int{4, history.UsualWeeks, 26}

// New makes the page; nothing is read before Init.
func New(env *kit.Env, source Source, opts Options) *Page {
	return &Page{
		env: env, source: source, opts: opts, reading: kit.Latest{Name: "pace read"}, by: history.ByMerchant, weeks: history.UsualWeeks,
	}
}

// Init reads for a visit.
func (p *Page) Init(ctx context.Context) tea.Cmd { return p.read(ctx) }

func (p *Page) read(ctx context.Context) tea.Cmd {
	source, today, weeks, by, limit := p.source, p.env.Today(), p.weeks, p.by, p.opts.PhoneBill
	p.asked = today
	opens := func(s history.Span) history.Week { return kit.OpensOn(today, s) }
	return kit.Ask(ctx, &p.reading, func(ctx context.Context) (Paced, error) {
		return read(ctx, source, today, opens, weeks, by, limit)
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
	case kit.Answer[Paced]:
		if kit.Take(&p.reading, msg) {
			if p.err = msg.Err; msg.Err == nil {
				p.data = &msg.Value
			}
			p.arrange()
		}
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

// The page's own intents.
const (
	nextWindow kit.Intent = "next_window"
	nextBy     kit.Intent = "next_by"
)

// Keys lists what can be done now.
func (p *Page) Keys() []kit.Binding {
	list := ""
	if p.data == nil || p.data.Span.Lines == 0 {
		list = "pace.key.nothing_listed"
	}
	return append([]kit.Binding{
		p.Cols.Enter("pace.key.open", "pace.key.nothing_chosen"),
		{Intent: nextBy, Keys: []string{"b"}, Label: "pace.key.by", Off: list},
		{Intent: nextWindow, Keys: []string{"w"}, Label: "pace.key.window", Off: list},
		{Intent: kit.Retry, Keys: []string{"r"}, Label: "pace.key.read", Quiet: p.err == nil},
	}, kit.Moves(true)...)
}

func (p *Page) do(ctx context.Context, what kit.Intent) tea.Cmd {
	switch what {
	case nextWindow:
		p.weeks = windows[(slices.Index(windows, p.weeks)+1)%len(windows)]
		return p.read(ctx)
	case nextBy:
		if p.by == history.ByMerchant {
			p.by = history.ByCategory
		} else {
			p.by = history.ByMerchant
		}
		p.Cols.Reset()
		return p.read(ctx)
	case kit.Retry:
		return p.read(ctx)
	}
	cmd, _ := p.Cols.Do(what)
	return cmd
}

// Resize sets the size of the body.
func (p *Page) Resize(w, h int) {
	p.Body.Resize(w, h)
	p.arrange()
}

// View is the body.
func (p *Page) View() string {
	var empty func(w, h int) []string
	if d := p.data; d != nil && d.Weeks == 0 && p.err == nil && d.Pile.All.Count == 0 {
		empty = func(w, h int) []string {
			return kit.Empty(p.env, p.env.Text.T("pace.young"), p.env.Text.T("pace.young_hint"), w, h)
		}
	}
	return p.Body.View(p.env, &p.reading, p.data != nil, p.err, empty)
}

func (p *Page) amount(minor int64) string {
	return p.env.Amount(money.Of(minor, p.data.Span.Currency))
}

var _ kit.Page = (*Page)(nil)
