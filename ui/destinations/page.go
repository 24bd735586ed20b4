package destinations

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/ui/kit"
	"jandon/ui/kit/acting"
)

// Page lists destinations.
type Page struct {
	kit.Roll[act.Destination, Changed]
	env    *kit.Env
	source Source
	rails  []string

	form *form // a new one that is being described; nil if none is
}

// New makes the page. rails are those that take a destination, by
// valuepath.Rail.ID; a visit for one of them begins with the form. Nothing is
// read before Init.
func New(env *kit.Env, source Source, rails []string, arg string) *Page {
	p := &Page{env: env, source: source, rails: rails}
	p.Start(env, kit.Rolled[act.Destination, Changed]{
		Name: "destinations", Prefix: "destination/", Read: source.Destinations, ID: func(d *act.Destination) string { return d.ID },
		Lay: p.arrange, Said: said, After: p.begun,
	})
	if slices.Contains(rails, arg) {
		p.form = newForm(env, rails, arg)
	}
	return p
}

// Update takes a message.
func (p *Page) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	p.Stale()
	switch msg := msg.(type) {
	case kit.Do:
		return p.do(ctx, msg.Intent)
	case tea.KeyPressMsg, tea.PasteMsg:
		return p.typed(ctx, msg)
	}
	return p.Hear(ctx, msg, p.form == nil)
}

// The page's own intents.
const (
	add    kit.Intent = "destinations_add"
	unlink kit.Intent = "destinations_unlink"
	yes    kit.Intent = "destinations_yes"
	no     kit.Intent = "destinations_no"
)

// Keys lists what can be done now.
func (p *Page) Keys() []kit.Binding {
	if p.Asked() != nil {
		return p.Answers(kit.Binding{Intent: yes, Label: "destination.key.yes"}, kit.Binding{Intent: no, Label: "destination.key.no"})
	}
	if p.Typing() {
		return p.form.Keys(formKeys)
	}
	more, less := "", ""
	switch {
	case p.Busy():
		more, less = "destination.key.busy", "destination.key.busy"
	case p.Chosen() == nil:
		less = "destination.key.none"
	}
	return append([]kit.Binding{
		{Intent: add, Keys: []string{"a"}, Label: "destination.key.add", Off: more},
		{Intent: unlink, Keys: []string{"x"}, Label: "destination.key.unlink", Off: less},
	}, p.Reads("destination.key.read")...)
}

func (p *Page) do(ctx context.Context, what kit.Intent) tea.Cmd {
	switch what {
	case add:
		if !p.Busy() {
			p.form = newForm(p.env, p.rails, "")
			p.arrange()
		}
		return nil
	case unlink:
		if d := p.Chosen(); d != nil {
			return p.Ask(d)
		}
		return nil
	case yes:
		source := p.source
		return p.Take(ctx, func(ctx context.Context, d act.Destination) (Changed, error) {
			return Changed{Name: d.Name}, source.UnlinkDestination(ctx, d.ID)
		})
	case no:
		p.Leave()
		return nil
	case kit.Retry:
		return p.Init(ctx)
	}
	cmd, _ := p.Cols.Do(what)
	return cmd
}

// Typing reports whether the form has the keys.
func (p *Page) Typing() bool { return p.form != nil && !p.Busy() }

// Caret is where the terminal's cursor belongs.
func (p *Page) Caret() (x, y int) {
	if p.form == nil {
		return 0, 0
	}
	return p.form.Caret(&p.Cols)
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
	send := f.press(p.env, msg)
	p.arrange()
	if !send {
		return nil
	}
	source, rail, name, number := p.source, f.rails[f.rail.At], strings.TrimSpace(f.name.Value()), f.digits()
	return p.Change(ctx, func(ctx context.Context) (Changed, error) {
		a, err := source.LinkDestination(ctx, rail, name, number)
		return Changed{Act: a}, err
	})
}

// begun leads to the confirmation. A form that failed stays as it was typed.
func (p *Page) begun(c Changed) tea.Cmd {
	if c.Act.ID == "" {
		return nil
	}
	p.form = nil
	p.arrange()
	return kit.Request(kit.Visit{Page: "confirm", Arg: c.Act.ID})
}

// said is what a change came to, in a sentence.
func said(env *kit.Env, c Changed) string {
	if c.Act.ID != "" {
		return acting.Words{Env: env}.Waits(&c.Act)
	}
	return env.Text.F("destination.unlinked", "Name", c.Name)
}

// View is the body.
func (p *Page) View() string { return p.Frame(p.form != nil) }

var (
	_ kit.Page   = (*Page)(nil)
	_ kit.Typist = (*Page)(nil)
)
