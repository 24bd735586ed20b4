package auto

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/ui/kit"
	"jandon/ui/kit/acting"
)

// Page shows the automatic cash-out.
type Page struct {
	kit.Body
	env      *kit.Env
	source   Source
	reading  kit.Latest
	trying   kit.Latest
	changing kit.Change
	data     *act.Auto
	going    *Going // what would go now, by the terms shown; nil: not known
	err      *fault.Error

	form   *form // what is asked for; nil if nothing is
	asking bool  // whether to stop
	guard  kit.Guard
}

// New makes the page; nothing is read before Init.
func New(env *kit.Env, source Source) *Page {
	return &Page{
		env: env, source: source, reading: kit.Latest{Name: "auto read"}, trying: kit.Latest{Name: "auto try"},
		changing: kit.Change{Name: "auto change"}, guard: kit.Guard{Name: "auto question"},
	}
}

// Init reads for a visit.
func (p *Page) Init(ctx context.Context) tea.Cmd { return kit.Ask(ctx, &p.reading, p.source.Auto) }

// Update takes a message.
func (p *Page) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	p.Stale()
	switch msg := msg.(type) {
	case kit.Do:
		return p.do(ctx, msg.Intent)
	case tea.KeyPressMsg, tea.PasteMsg:
		return p.typed(ctx, msg)
	case kit.Click:
		if p.form == nil && !p.asking {
			return p.Cols.Click(msg.X, msg.Y)
		}
	case kit.Answer[act.Auto]:
		return p.read(ctx, msg)
	case kit.Answer[Going]:
		if kit.Take(&p.trying, msg) {
			if p.going = nil; msg.Err == nil {
				p.going = &msg.Value
			}
			p.arrange()
		}
	case kit.Answer[Changed]:
		return p.heard(ctx, msg)
	case kit.Armed:
		if p.guard.Take(msg) {
			p.arrange()
		}
	case kit.Unlocked:
		return p.changing.Again(ctx)
	case kit.StayedLocked:
		p.changing.Forget()
	case kit.Locked:
		p.asking = false // has to be asked anew
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

func (p *Page) read(ctx context.Context, a kit.Answer[act.Auto]) tea.Cmd {
	if !kit.Take(&p.reading, a) {
		return nil
	}
	if p.err = a.Err; a.Err != nil {
		p.arrange()
		return nil
	}
	p.data, p.going = &a.Value, nil
	p.arrange()
	if p.form != nil || !p.on() {
		return nil
	}
	return p.try(ctx, *p.data.Terms)
}

// try asks what would go by terms.
func (p *Page) try(ctx context.Context, t act.Terms) tea.Cmd {
	source := p.source
	return kit.Ask(ctx, &p.trying, func(ctx context.Context) (Going, error) { return source.WouldGo(ctx, t) })
}

// The page's own intents.
const (
	set  kit.Intent = "auto_set"
	stop kit.Intent = "auto_stop"
	yes  kit.Intent = "auto_yes"
	no   kit.Intent = "auto_no"
)

// on reports whether something goes. Without terms nothing does, whatever a
// recording says.
func (p *Page) on() bool { return p.data != nil && p.data.State == act.AutoOn && p.data.Terms != nil }

// able reports whether the form can be opened: there is somebody to pay.
func (p *Page) able() bool { return p.data != nil && p.data.Able && len(p.data.Choices) > 0 }

// Keys lists what can be done now.
func (p *Page) Keys() []kit.Binding {
	if p.asking {
		return p.guard.Answers(kit.Binding{Intent: yes, Label: "auto.key.yes"}, kit.Binding{Intent: no, Label: "auto.key.no"})
	}
	if p.Typing() {
		return p.form.Keys(formKeys)
	}
	more, less := "", ""
	switch {
	case p.data == nil:
		more, less = "auto.key.not_read", "auto.key.not_read"
	case p.changing.Busy():
		more, less = "auto.key.busy", "auto.key.busy"
	case !p.able():
		more = "auto.key.missing"
	}
	label := "auto.key.set"
	if p.on() {
		label = "auto.key.change"
	} else if less == "" {
		less = "auto.key.off"
	}
	list := []kit.Binding{
		{Intent: set, Keys: []string{"s"}, Label: label, Off: more},
		{Intent: stop, Keys: []string{"x"}, Label: "auto.key.stop", Off: less},
		{Intent: kit.Retry, Keys: []string{"r"}, Label: "auto.key.read", Quiet: p.err == nil},
	}
	if it := p.Cols.Chosen(); it != nil && it.Open != nil {
		list = append([]kit.Binding{{Intent: kit.Open, Keys: []string{"enter"}, Label: "auto.key.last"}}, list...)
	}
	return append(list, p.Cols.Moves(true)...)
}

func (p *Page) do(ctx context.Context, what kit.Intent) tea.Cmd {
	switch what {
	case set:
		if !p.able() || p.changing.Busy() {
			return nil
		}
		p.form = newForm(p.env, p.data)
		return p.asks(ctx)
	case stop:
		if !p.on() || p.changing.Busy() {
			return nil
		}
		p.asking = true
		p.arrange()
		return p.guard.Show()
	case yes:
		return p.end(ctx)
	case no:
		p.asking = false
		p.arrange()
		return nil
	case kit.Retry:
		return p.Init(ctx)
	}
	cmd, _ := p.Cols.Do(what)
	return cmd
}

// end lets nothing more go, after the question.
func (p *Page) end(ctx context.Context) tea.Cmd {
	if !p.asking || !p.guard.Armed() {
		return nil
	}
	p.asking = false
	p.arrange()
	source := p.source
	return kit.Make(ctx, &p.changing, p.env, func(ctx context.Context) (Changed, error) {
		_, err := source.StopAuto(ctx)
		return Changed{}, err
	}, said)
}

// asks takes what the form asks for now, and asks what would go by it.
func (p *Page) asks(ctx context.Context) tea.Cmd {
	f := p.form
	f.asked = kit.Work(p.env, f.ask)
	p.going = nil
	p.arrange()
	if f.asked.Wrong != "" {
		p.trying.Drop()
		return nil
	}
	return p.try(ctx, f.asked.Terms)
}

// Typing reports whether the form has the keys.
func (p *Page) Typing() bool { return p.form != nil && !p.changing.Busy() }

// Caret is where the terminal's cursor belongs.
func (p *Page) Caret() (x, y int) {
	if p.form == nil {
		return 0, 0
	}
	return p.form.Caret(&p.Cols)
}

func (p *Page) typed(ctx context.Context, msg tea.Msg) tea.Cmd {
	f := p.form
	if f == nil {
		return nil
	}
	if key, ok := msg.(tea.KeyPressMsg); ok && key.Code == tea.KeyEscape {
		p.form, p.going = nil, nil
		p.arrange()
		if p.on() {
			return p.try(ctx, *p.data.Terms)
		}
		return nil
	}
	changed, end := f.Press(p.env, msg)
	switch {
	case end:
		f.tried = true
		p.arrange()
		if f.asked.Wrong == "" {
			return p.send(ctx)
		}
		return nil
	case changed:
		return p.asks(ctx)
	}
	p.arrange()
	return nil
}

func (p *Page) send(ctx context.Context) tea.Cmd {
	source, terms := p.source, p.form.asked.Terms
	return kit.Make(ctx, &p.changing, p.env, func(ctx context.Context) (Changed, error) {
		a, err := source.SetAuto(ctx, terms)
		return Changed{Act: a}, err
	}, said)
}

// heard leads to the confirmation. A form that failed stays as it was typed.
func (p *Page) heard(ctx context.Context, a kit.Answer[Changed]) tea.Cmd {
	switch {
	case !kit.Made(&p.changing, a):
		p.arrange()
		return nil
	case a.Err != nil:
		p.arrange()
		return kit.Request(kit.Notice{Level: kit.Failure, Err: a.Err})
	case a.Value.Act.ID != "":
		p.form = nil
		p.arrange()
		return kit.Request(kit.Visit{Page: "confirm", Arg: a.Value.Act.ID})
	}
	return tea.Batch(p.Init(ctx), kit.Request(kit.Notice{Level: kit.Good, Text: said(p.env, a.Value)}))
}

// said is what a change came to, in a sentence.
func said(env *kit.Env, c Changed) string {
	if c.Act.ID != "" {
		return acting.Words{Env: env}.Waits(&c.Act)
	}
	return env.Text.T("auto.stopped_now")
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

var (
	_ kit.Page   = (*Page)(nil)
	_ kit.Typist = (*Page)(nil)
)
