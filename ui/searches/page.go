package searches

import (
	"cmp"
	"context"
	"net/url"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/history"
	"jandon/internal/saved"
	"jandon/ui/kit"
)

// Page lists saved searches.
type Page struct {
	kit.Roll[saved.Search, Changed]
	env    *kit.Env
	source Source

	naming naming
	field  kit.Field
	row    int    // of the field, for the caret
	indent int    // of the field in its line
	back   string // the one that got its name last, which is chosen again
	gone   *kit.Notice
}

// naming is what a name is being typed for.
type naming struct {
	saving  bool   // of a search that is to be saved
	query   string // that one
	from    string // or of this one, which has a name; "" if none
	suggest string // what it is called if nothing is typed
}

func (n naming) open() bool { return n.saving || n.from != "" }

// New makes the page; nothing is read before Init. arg is empty, or asks as a
// URL query for a name: find=QUERY.
func New(env *kit.Env, source Source, arg string) *Page {
	p := &Page{env: env, source: source, field: kit.Field{Limit: saved.Longest}}
	p.Start(env, kit.Rolled[saved.Search, Changed]{
		Name: "searches", Prefix: "search/", Read: source.Searches, ID: func(x *saved.Search) string { return x.Name },
		Lay: p.arrange, Said: said, After: p.kept,
	})
	want, _ := url.ParseQuery(arg) // what can't be read asks for nothing: the list
	if q := want.Get("find"); q != "" {
		p.naming = naming{saving: true, query: q, suggest: saved.Clean(history.Brief(q))}
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
	case kit.Changed:
		if p.gone != nil { // back to the search, which everyone knows of by now
			return kit.Request(kit.Leave{Say: *p.gone})
		}
	}
	return p.Hear(ctx, msg, !p.naming.open())
}

// The page's own intents.
const (
	rename kit.Intent = "searches_rename"
	remove kit.Intent = "searches_remove"
	yes    kit.Intent = "searches_yes"
	no     kit.Intent = "searches_no"
	keeps  kit.Intent = "searches_keep"
	leaves kit.Intent = "searches_leave"
)

// Keys lists what can be done now.
func (p *Page) Keys() []kit.Binding {
	if p.Asked() != nil {
		return p.Answers(kit.Binding{Intent: yes, Label: "searches.key.yes"}, kit.Binding{Intent: no, Label: "searches.key.no"})
	}
	if p.Typing() {
		return []kit.Binding{
			{Intent: keeps, Keys: []string{"enter"}, Label: "searches.key.keep"},
			{Intent: leaves, Keys: []string{"esc"}, Label: "searches.key.leave"},
		}
	}
	off := ""
	switch {
	case p.Busy():
		off = "searches.key.busy"
	case p.Chosen() == nil:
		off = "searches.key.none"
	}
	return append([]kit.Binding{
		{Intent: kit.Open, Keys: []string{"enter"}, Label: "searches.key.open", Off: off},
		{Intent: rename, Keys: []string{"n"}, Label: "searches.key.rename", Off: off},
		{Intent: remove, Keys: []string{"x"}, Label: "searches.key.remove", Off: off},
	}, p.Reads("searches.key.read")...)
}

func (p *Page) do(ctx context.Context, what kit.Intent) tea.Cmd {
	source, x := p.source, p.Chosen()
	switch what {
	case rename:
		if x != nil {
			p.naming, p.back = naming{from: x.Name, suggest: x.Name}, x.Name
			p.field.Set(x.Name)
			p.arrange()
		}
		return nil
	case remove:
		if x != nil {
			return p.Ask(x)
		}
		return nil
	case yes:
		return p.Take(ctx, func(ctx context.Context, x saved.Search) (Changed, error) {
			return Changed{Removed, x.Name}, source.RemoveSearch(ctx, x.Name)
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

// Typing reports whether a name is being typed.
func (p *Page) Typing() bool { return p.naming.open() && !p.Busy() }

// Caret is where the terminal's cursor belongs.
func (p *Page) Caret() (x, y int) {
	if len(p.Cols.List) == 0 {
		return 0, 0
	}
	return p.Cols.List[0].X + p.indent + p.field.Caret(), p.row - p.Cols.List[0].Top
}

// name is what the search would be called: what was typed, or else the
// suggestion that stands in its place.
func (p *Page) name() string { return cmp.Or(saved.Clean(p.field.Value()), p.naming.suggest) }

// typed edits the name: Enter keeps it, Esc leaves everything as it was.
func (p *Page) typed(ctx context.Context, msg tea.Msg) tea.Cmd {
	key, pressed := msg.(tea.KeyPressMsg)
	switch {
	case !p.Typing():
	case pressed && key.Code == tea.KeyEscape:
		if p.naming.saving {
			return kit.Request(kit.Leave{})
		}
		p.naming = naming{}
	case pressed && key.Code == tea.KeyEnter:
		return p.keep(ctx)
	default:
		kit.Edit[kit.Named](p.env, &p.field, msg)
	}
	p.arrange()
	return nil
}

func (p *Page) keep(ctx context.Context) tea.Cmd {
	source, n, name := p.source, p.naming, p.name()
	if n.saving {
		return p.Change(ctx, func(ctx context.Context) (Changed, error) {
			kept, err := source.SaveSearch(ctx, saved.Search{Name: name, Query: n.query})
			return Changed{Saved, kept.Name}, err
		})
	}
	if _, taken := saved.Find(p.Things, name); taken && !saved.Same(name, n.from) {
		return nil // the line below the field says so
	}
	p.naming = naming{}
	p.arrange()
	if name == n.from {
		return nil
	}
	return p.Change(ctx, func(ctx context.Context) (Changed, error) {
		return Changed{Renamed, name}, source.RenameSearch(ctx, n.from, name)
	})
}

// kept leads back to the search that was saved, or to the line of the one that has another name.
func (p *Page) kept(c Changed) tea.Cmd {
	if c.Did == Renamed {
		p.back = c.Name
	}
	if c.Did != Saved || !p.naming.saving {
		return nil
	}
	p.gone = &kit.Notice{Level: kit.Good, Text: said(p.env, c)}
	return kit.Request(kit.Changed{})
}

// said is what a change came to, in a sentence.
func said(env *kit.Env, c Changed) string {
	switch c.Did {
	case Renamed:
		return env.Text.F("searches.renamed", "Name", c.Name)
	case Removed:
		return env.Text.F("searches.removed", "Name", c.Name)
	}
	return env.Text.F("searches.saved", "Name", c.Name)
}

// View is the body.
func (p *Page) View() string { return p.Frame(p.naming.saving) }

var (
	_ kit.Page   = (*Page)(nil)
	_ kit.Typist = (*Page)(nil)
)
