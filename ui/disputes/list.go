package disputes

import (
	"context"
	"net/url"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// listPage is all disputes, those under way first.
type listPage struct {
	kit.Body
	env     *kit.Env
	source  Source
	reading kit.Latest
	list    []wallet.Dispute
	read    bool
	err     *fault.Error
}

func newList(env *kit.Env, source Source) *listPage {
	return &listPage{env: env, source: source, reading: kit.Latest{Name: "disputes all"}}
}

// Init reads for a visit.
func (p *listPage) Init(ctx context.Context) tea.Cmd { return p.again(ctx) }

func (p *listPage) again(ctx context.Context) tea.Cmd {
	return kit.Ask(ctx, &p.reading, p.source.Disputes)
}

// Update takes a message.
func (p *listPage) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	p.Stale()
	switch msg := msg.(type) {
	case kit.Do:
		if msg.Intent == kit.Retry {
			return p.again(ctx)
		}
		cmd, _ := p.Cols.Do(msg.Intent)
		return cmd
	case kit.Click:
		return p.Cols.Click(msg.X, msg.Y)
	case kit.Answer[[]wallet.Dispute]:
		if kit.Take(&p.reading, msg) {
			if p.err = msg.Err; msg.Err == nil {
				p.list, p.read = msg.Value, true
			}
			p.arrange()
		}
	case kit.Slow:
		p.reading.Late(msg)
	case kit.Changed:
		return p.again(ctx)
	case kit.Redraw:
		p.arrange()
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
	if len(p.list) == 0 && p.err == nil {
		empty = func(w, h int) []string {
			return kit.Empty(p.env, p.env.Text.T("disputes.empty"), p.env.Text.T("disputes.empty_hint"), w, h)
		}
	}
	return p.Body.View(p.env, &p.reading, p.read, p.err, empty)
}

// Keys lists what can be done now.
func (p *listPage) Keys() []kit.Binding {
	return append([]kit.Binding{
		p.Cols.Enter("disputes.key.see", "disputes.key.nothing_chosen"),
		{Intent: kit.Retry, Keys: []string{"r"}, Label: "disputes.key.read", Quiet: p.err == nil},
	}, p.Cols.Moves(false)...)
}

// arrange works the lines out anew.
func (p *listPage) arrange() {
	if !p.read {
		p.Set()
		return
	}
	t, text := p.env.Theme, p.env.Text
	col := p.Column(0)
	col.Add(kit.Trouble(p.env, p.err, col.W))
	var open, over kit.Lines
	states := 0 // the widest: names stand in a column
	for i := range p.list {
		state, _ := (Words{p.env}).State(p.list[i].State)
		states = max(states, kit.Width(state))
	}
	for i := range p.list {
		if d := &p.list[i]; d.Over() {
			over = append(over, p.row(d, states, col.W)...)
		} else {
			open = append(open, p.row(d, states, col.W)...)
		}
	}
	if len(open) > 0 {
		col.Add(append(kit.Lines{kit.Heading(t, text.T("disputes.open"), "")}, open...))
	}
	if len(over) > 0 {
		col.Add(append(kit.Lines{kit.Heading(t, text.T("disputes.over"), "")}, over...))
	}
	p.Set(col)
	p.Cols.Begin()
}

// row is one dispute: whose charge, how much, how far, and who has to act by when.
func (p *listPage) row(d *wallet.Dispute, states, w int) kit.Lines {
	t, words := p.env.Theme, Words{p.env}
	amount := p.env.Amount(d.Amount)
	state, ink := words.State(d.State)
	when := words.Next(d)
	if d.Over() {
		when = p.env.DayYear(history.DayOf(d.Ended, p.env.Zone))
	}
	id := d.ID
	list := kit.Lines{{
		Key: id, Open: func() tea.Cmd { return kit.Request(kit.Visit{Page: "disputes", Arg: url.Values{"id": {id}}.Encode()}) },
		Draw: func(s *kit.Sheet) {
			end := s.X() + s.Room()
			s.PutIn(ink, state, states+2)
			s.PutIn(t.Text, d.Merchant, end-kit.Width(amount)-2-s.X())
			s.Right(t.Strong, amount, end)
		},
	}}
	return append(list, kit.Tails(kit.Paragraph(t.Quiet, when, w))...)
}
