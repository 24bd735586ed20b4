package acts

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/ui/kit"
	"jandon/ui/kit/acting"
)

// listPage is the list of all acts.
type listPage struct {
	kit.Body
	env     *kit.Env
	source  Source
	reading kit.Latest
	further kit.Latest // older ones
	acts    []act.Act
	next    string // cursor of older ones
	read    bool
	err     *fault.Error
}

func newList(env *kit.Env, source Source) *listPage {
	return &listPage{env: env, source: source, reading: kit.Latest{Name: "acts newest"}, further: kit.Latest{Name: "acts older"}}
}

// Init reads for a visit.
func (p *listPage) Init(ctx context.Context) tea.Cmd { return p.again(ctx) }

func (p *listPage) again(ctx context.Context) tea.Cmd { return p.ask(ctx, &p.reading, "") }

func (p *listPage) ask(ctx context.Context, l *kit.Latest, cursor string) tea.Cmd {
	source := p.source
	return kit.Ask(ctx, l, func(ctx context.Context) (act.Page, error) { return source.Acts(ctx, cursor) })
}

// older reads on where the list ends.
func (p *listPage) older(ctx context.Context) tea.Cmd {
	if p.next == "" || p.further.Busy() {
		return nil
	}
	return p.ask(ctx, &p.further, p.next)
}

// Update takes a message.
func (p *listPage) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	p.Stale()
	switch msg := msg.(type) {
	case kit.Do:
		return p.do(ctx, msg.Intent)
	case kit.Click:
		return p.Cols.Click(msg.X, msg.Y)
	case kit.Answer[act.Page]:
		p.take(msg)
		p.arrange()
	case kit.Slow:
		p.reading.Late(msg)
	case kit.Changed, kit.Unlocked:
		return p.again(ctx)
	case kit.Redraw:
		p.arrange()
		return p.follow(ctx)
	}
	return nil
}

// take puts a page of acts where it belongs: the newest in front of those that
// are known, each as it is now, and older ones behind them.
func (p *listPage) take(a kit.Answer[act.Page]) {
	newest := kit.Take(&p.reading, a)
	if !newest && !kit.Take(&p.further, a) {
		return
	}
	if p.err = a.Err; a.Err != nil {
		return
	}
	list, rest := p.acts, a.Value.Acts
	if newest {
		list, rest = a.Value.Acts, p.acts
	}
	known := make(map[string]bool, len(list))
	for i := range list {
		known[list[i].ID] = true
	}
	list = list[:len(list):len(list)]
	for i := range rest {
		if !known[rest[i].ID] {
			list = append(list, rest[i])
		}
	}
	if !newest || !p.read {
		p.next = a.Value.Next
	}
	p.acts, p.read = list, true
}

// follow reads anew, once a minute, while something moves.
func (p *listPage) follow(ctx context.Context) tea.Cmd {
	for i := range p.acts {
		if _, moves := acting.Moves(&p.acts[i], p.env.Now); moves && !p.reading.Busy() {
			return p.again(ctx)
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
	if len(p.acts) == 0 && p.err == nil {
		empty = func(w, h int) []string {
			return kit.Empty(p.env, p.env.Text.T("acts.empty"), p.env.Text.T("acts.empty_hint"), w, h)
		}
	}
	return p.Body.View(p.env, &p.reading, p.read, p.err, empty)
}

// Keys lists what can be done now.
func (p *listPage) Keys() []kit.Binding {
	label := "acts.key.open"
	if a := p.chosen(); a != nil && a.State == act.Waiting {
		label = "acts.key.confirm"
	}
	return append([]kit.Binding{
		p.Cols.Enter(label, "acts.key.nothing_chosen"),
		{Intent: kit.Next, Keys: []string{"]"}, Show: "[ ]", Label: "acts.key.section", Quiet: true},
		{Intent: kit.Previous, Keys: []string{"["}, Label: "acts.key.section_back", Quiet: true},
		{Intent: kit.Retry, Keys: []string{"r"}, Label: "acts.key.read", Quiet: p.err == nil},
	}, p.Cols.Moves(true)...)
}

func (p *listPage) chosen() *act.Act {
	for i := range p.acts {
		if p.acts[i].ID == p.Cols.Key {
			return &p.acts[i]
		}
	}
	return nil
}

func (p *listPage) do(ctx context.Context, what kit.Intent) tea.Cmd {
	if what == kit.Retry {
		return p.again(ctx)
	}
	before := p.Cols.Key
	cmd, _ := p.Cols.Do(what)
	if n := len(p.acts); n > 0 && p.Cols.Key != before && p.Cols.Key == p.acts[n-1].ID {
		return tea.Batch(cmd, p.older(ctx))
	}
	return cmd
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
	var waiting, all kit.Lines
	widths := p.widths(col.W)
	last := history.Day(0)
	for i := range p.acts {
		a := &p.acts[i]
		if a.State == act.Waiting {
			waiting = append(waiting, p.row(a, p.day(a), widths))
			continue
		}
		day := p.day(a)
		if on := history.DayOf(a.Made, p.env.Zone); on == last {
			day = "" // it stands above
		} else {
			last = on
		}
		all = append(all, p.row(a, day, widths))
	}
	if len(waiting) > 0 {
		col.Add(append(kit.Lines{kit.Heading(t, text.T("acts.waiting"), "")}, waiting...))
	}
	if p.next != "" {
		say := text.T("acts.older")
		all = append(all, kit.Item{Draw: func(s *kit.Sheet) { s.Put(t.Quiet, say+" …") }})
	}
	if len(all) > 0 {
		col.Add(append(kit.Lines{kit.Heading(t, text.T("acts.history"), "")}, all...))
	}
	p.Set(col)
	p.Cols.Begin()
}

// tight is below which width names are cut rather than the state left out.
const tight = 60

// columns are the widths of the list's columns; one without room is 0.
type columns struct{ day, action, state, amount int }

func (p *listPage) widths(w int) columns {
	words, c := acting.Words{Env: p.env}, columns{}
	for i := range p.acts {
		a := &p.acts[i]
		state, _ := words.State(a.State)
		c.day = max(c.day, kit.Width(p.day(a)))
		c.action = max(c.action, kit.Width(words.Action(a.Action)))
		c.state = max(c.state, kit.Width(state))
		c.amount = max(c.amount, kit.Width(p.amount(a)))
	}
	const way = 30 // the least room for what tells acts apart
	room := w - c.amount - way
	if w < tight {
		room += way / 2
	}
	for _, width := range []*int{&c.state, &c.day, &c.action} { // the most telling first
		if room >= *width+2 {
			room -= *width + 2
		} else {
			*width = 0
		}
	}
	return c
}

func (p *listPage) day(a *act.Act) string { return p.env.DayRow(history.DayOf(a.Made, p.env.Zone)) }

func (p *listPage) amount(a *act.Act) string {
	if a.Amount.Currency == "" {
		return ""
	}
	return p.env.Amount(a.Amount)
}

// row is one act: when, what, over which way, how far, and how much.
func (p *listPage) row(a *act.Act, day string, c columns) kit.Item {
	t, words := p.env.Theme, acting.Words{Env: p.env}
	action, way, amount := words.Action(a.Action), words.Way(a), p.amount(a)
	state, ink := words.State(a.State)
	text := t.Quiet
	if c.action == 0 {
		text = t.Text
		if a.Action != act.Cashout || way == "" {
			way = strings.TrimSpace(action + "  " + way)
		}
	}
	page := "acts"
	if a.State == act.Waiting {
		page = "confirm"
	}
	id := a.ID
	return kit.Item{
		Key: id, Open: func() tea.Cmd { return kit.Request(kit.Visit{Page: page, Arg: id}) },
		Draw: func(s *kit.Sheet) {
			end := s.X() + s.Room()
			if c.day > 0 {
				s.PutIn(t.Quiet, day, c.day+2)
			}
			if c.action > 0 {
				s.PutIn(t.Text, action, c.action+2)
			}
			edge := end
			if c.amount > 0 {
				edge -= c.amount + 2
			}
			if c.state > 0 {
				edge -= c.state + 2
			}
			s.PutIn(text, way, edge-s.X())
			if c.state > 0 {
				s.To(edge + 2)
				s.PutIn(ink, state, c.state)
			}
			s.Right(t.Strong, amount, end)
		},
	}
}
