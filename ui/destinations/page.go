package destinations

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/ui/kit"
	"jandon/ui/kit/acting"
)

// Page lists destinations.
type Page struct {
	kit.Body
	env      *kit.Env
	source   Source
	rails    []string
	reading  kit.Latest
	changing kit.Change
	data     []act.Destination
	have     bool
	err      *fault.Error

	form   *form  // a new one that is being described; nil if none is
	asking string // id of the one that a question about unlinking is on
	guard  kit.Guard
	row    int // of the field, for the caret
	column int
}

// New makes the page. rails are those that take a destination, by
// valuepath.Rail.ID; a visit for one of them begins with the form. Nothing is
// read before Init.
func New(env *kit.Env, source Source, rails []string, arg string) *Page {
	p := &Page{env: env, source: source, rails: rails, reading: kit.Latest{Name: "destinations read"}, changing: kit.Change{Name: "destinations change"}, guard: kit.Guard{Name: "destinations question"}}
	if slices.Contains(rails, arg) {
		f := newForm(rails, arg)
		f.at = lineName
		p.form = &f
	}
	return p
}

// Init reads for a visit.
func (p *Page) Init(ctx context.Context) tea.Cmd {
	return kit.Ask(ctx, &p.reading, p.source.Destinations)
}

// Update takes a message.
func (p *Page) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	p.Stale()
	switch msg := msg.(type) {
	case kit.Do:
		return p.do(ctx, msg.Intent)
	case tea.KeyPressMsg, tea.PasteMsg:
		return p.typed(ctx, msg)
	case kit.Click:
		if p.form == nil && p.asking == "" {
			return p.Cols.Click(msg.X, msg.Y)
		}
	case kit.Answer[[]act.Destination]:
		if kit.Take(&p.reading, msg) {
			if p.err = msg.Err; msg.Err == nil {
				p.data, p.have = msg.Value, true
			}
			p.arrange()
		}
	case kit.Answer[Changed]:
		return p.heard(msg)
	case kit.Armed:
		if p.guard.Take(msg) {
			p.arrange()
		}
	case kit.Unlocked:
		return p.changing.Again(ctx)
	case kit.Locked:
		p.asking = "" // has to be asked anew
		p.changing.Forget()
		p.arrange()
	case kit.Slow:
		p.reading.Late(msg)
	case kit.Changed:
		return p.Init(ctx)
	case kit.Redraw:
		p.arrange()
	}
	return nil
}

// The page's own intents.
const (
	add    kit.Intent = "destinations_add"
	unlink kit.Intent = "destinations_unlink"
	yes    kit.Intent = "destinations_yes"
	no     kit.Intent = "destinations_no"
)

func (p *Page) find(id string) *act.Destination {
	if i := slices.IndexFunc(p.data, func(d act.Destination) bool { return d.ID == id }); i >= 0 {
		return &p.data[i]
	}
	return nil
}

func (p *Page) chosen() *act.Destination {
	if it := p.Cols.Chosen(); it != nil {
		return p.find(strings.TrimPrefix(it.Key, "destination/"))
	}
	return nil
}

// Keys lists what can be done now.
func (p *Page) Keys() []kit.Binding {
	if p.asking != "" {
		off := ""
		if !p.guard.Armed() {
			off = "device.key.wait"
		}
		return []kit.Binding{
			{Intent: yes, Keys: []string{"y"}, Label: "destination.key.yes", Off: off},
			{Intent: no, Keys: []string{"n", "esc", "enter"}, Label: "destination.key.no"},
		}
	}
	if p.Typing() {
		return p.form.keys()
	}
	more, less := "", ""
	switch {
	case p.changing.Busy():
		more, less = "destination.key.busy", "destination.key.busy"
	case p.chosen() == nil:
		less = "destination.key.none"
	}
	return append([]kit.Binding{
		{Intent: add, Keys: []string{"a"}, Label: "destination.key.add", Off: more},
		{Intent: unlink, Keys: []string{"x"}, Label: "destination.key.unlink", Off: less},
		{Intent: kit.Retry, Keys: []string{"r"}, Label: "destination.key.read", Quiet: p.err == nil},
	}, kit.Moves(true)...)
}

func (p *Page) do(ctx context.Context, what kit.Intent) tea.Cmd {
	switch what {
	case add:
		if !p.changing.Busy() {
			f := newForm(p.rails, "")
			p.form = &f
			p.arrange()
		}
		return nil
	case unlink:
		if d := p.chosen(); d != nil {
			p.asking = d.ID
			p.arrange()
			return p.guard.Show()
		}
		return nil
	case yes:
		return p.take(ctx)
	case no:
		p.asking = ""
		p.arrange()
		return nil
	case kit.Retry:
		return p.Init(ctx)
	}
	cmd, _ := p.Cols.Do(what)
	return cmd
}

func (p *Page) take(ctx context.Context) tea.Cmd {
	d := p.find(p.asking)
	if d == nil || !p.guard.Armed() {
		return nil
	}
	p.asking = ""
	p.arrange()
	source, id, name := p.source, d.ID, d.Name
	return kit.Make(ctx, &p.changing, p.env, func(ctx context.Context) (Changed, error) {
		return Changed{Name: name}, source.UnlinkDestination(ctx, id)
	}, said)
}

// Typing reports whether the form has the keys.
func (p *Page) Typing() bool { return p.form != nil && !p.changing.Busy() }

// Caret is where the terminal's cursor belongs.
func (p *Page) Caret() (x, y int) {
	if p.form == nil || len(p.Cols.List) == 0 {
		return 0, 0
	}
	if f := p.form.field(); f != nil {
		x = f.Caret()
	}
	return p.Cols.List[0].X + p.column + x, p.row - p.Cols.List[0].Top
}

func (p *Page) typed(ctx context.Context, msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok && key.Code == tea.KeyEscape {
		p.form = nil
		p.arrange()
		return nil
	}
	f := p.form
	if f == nil {
		return nil
	}
	send := f.press(msg)
	p.arrange()
	if !send {
		return nil
	}
	source, rail, name, number := p.source, f.rails[f.rail], strings.TrimSpace(f.name.Value()), f.digits()
	return kit.Make(ctx, &p.changing, p.env, func(ctx context.Context) (Changed, error) {
		a, err := source.LinkDestination(ctx, rail, name, number)
		return Changed{Act: a}, err
	}, said)
}

// heard leads to the confirmation. A form that failed stays as it was typed.
func (p *Page) heard(a kit.Answer[Changed]) tea.Cmd {
	if !kit.Made(&p.changing, a) {
		return nil
	}
	if a.Err != nil {
		return kit.Request(kit.Notice{Level: kit.Failure, Err: a.Err})
	}
	if a.Value.Act.ID != "" {
		p.form = nil
		p.arrange()
		return kit.Request(kit.Visit{Page: "confirm", Arg: a.Value.Act.ID})
	}
	return tea.Batch(kit.Request(kit.Changed{}), kit.Request(kit.Notice{Level: kit.Good, Text: said(p.env, a.Value)}))
}

// said is what a change came to, in a sentence.
func said(env *kit.Env, c Changed) string {
	if c.Act.ID != "" {
		return acting.Words{Env: env}.Waits(&c.Act)
	}
	return env.Text.F("destination.unlinked", "Name", c.Name)
}

// Resize sets the size of the body.
func (p *Page) Resize(w, h int) {
	p.Body.Resize(w, h)
	p.arrange()
}

// View is the body.
func (p *Page) View() string {
	return p.Body.View(p.env, &p.reading, p.have || p.form != nil, p.err, nil)
}

var (
	_ kit.Page   = (*Page)(nil)
	_ kit.Typist = (*Page)(nil)
)
