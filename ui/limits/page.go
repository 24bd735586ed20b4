package limits

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/ui/kit"
	"jandon/ui/kit/acting"
)

// Page shows limits.
type Page struct {
	kit.Body
	env      *kit.Env
	source   Source
	reading  kit.Latest
	changing kit.Change
	data     *act.Limits
	err      *fault.Error
	asking   bool   // whether to stop everything
	chosen   string // what was chosen before that was asked,
	top      int    // and how far the page was scrolled
	guard    kit.Guard
}

// New makes the page; nothing is read before Init.
func New(env *kit.Env, source Source) *Page {
	return &Page{
		env: env, source: source, reading: kit.Latest{Name: "limits read"}, changing: kit.Change{Name: "limits change"}, guard: kit.Guard{Name: "limits question"},
	}
}

// Init reads for a visit.
func (p *Page) Init(ctx context.Context) tea.Cmd { return kit.Ask(ctx, &p.reading, p.source.Limits) }

// Update takes a message.
func (p *Page) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	p.Stale()
	switch msg := msg.(type) {
	case kit.Do:
		return p.do(ctx, msg.Intent)
	case kit.Click:
		if !p.asking {
			return p.Cols.Click(msg.X, msg.Y)
		}
	case kit.Answer[act.Limits]:
		if kit.Take(&p.reading, msg) {
			if p.err = msg.Err; msg.Err == nil || p.data == nil && !msg.Value.At.IsZero() { // as last told
				p.data = &msg.Value
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
	case kit.StayedLocked:
		p.changing.Forget()
	case kit.Locked:
		p.ask(false) // has to be asked anew
		p.changing.Forget()
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
	pause  kit.Intent = "limits_pause"
	resume kit.Intent = "limits_resume"
	yes    kit.Intent = "limits_yes"
	no     kit.Intent = "limits_no"
)

// levels are the intents that choose how careful the platform is.
var levels = map[kit.Intent]act.Level{
	"limits_standard": act.LevelStandard, "limits_careful": act.LevelCareful, "limits_strict": act.LevelStrict,
}

// paused reports whether everything stands still.
func (p *Page) paused() bool { return p.data != nil && p.env.Now.Before(p.data.Paused) }

// Keys lists what can be done now.
func (p *Page) Keys() []kit.Binding {
	if p.asking {
		return p.guard.Answers(kit.Binding{Intent: yes, Label: "limit.key.yes"}, kit.Binding{Intent: no, Label: "limit.key.no"})
	}
	open, off := "limit.key.choose_level", ""
	if it := p.Cols.Chosen(); it == nil || it.Open == nil {
		open = ""
	}
	switch {
	case p.data == nil:
		off = "limit.key.not_read"
	case p.changing.Busy():
		off = "limit.key.busy"
	}
	stop := kit.Binding{Intent: pause, Keys: []string{"p"}, Label: "limit.key.pause", Off: off}
	if p.paused() {
		stop = kit.Binding{Intent: resume, Keys: []string{"p"}, Label: "limit.key.resume", Off: off}
	}
	list := []kit.Binding{stop, {Intent: kit.Retry, Keys: []string{"r"}, Label: "limit.key.read", Quiet: p.err == nil}}
	if open != "" {
		list = append([]kit.Binding{{Intent: kit.Open, Keys: []string{"enter"}, Label: open, Off: off}}, list...)
	}
	return append(list, p.Cols.Moves(true)...)
}

func (p *Page) do(ctx context.Context, what kit.Intent) tea.Cmd {
	if l, ok := levels[what]; ok {
		return p.level(ctx, l)
	}
	source := p.source
	switch what {
	case pause:
		if p.data == nil || p.paused() || p.changing.Busy() {
			return nil
		}
		p.ask(true)
		return p.guard.Show()
	case yes:
		if !p.asking || !p.guard.Armed() {
			return nil
		}
		p.ask(false)
		return kit.Make(ctx, &p.changing, p.env, func(ctx context.Context) (Changed, error) {
			_, err := source.Pause(ctx)
			return Changed{Paused: true}, err
		}, said)
	case no:
		p.ask(false)
		return nil
	case resume:
		return kit.Make(ctx, &p.changing, p.env, func(ctx context.Context) (Changed, error) {
			a, err := source.Resume(ctx)
			return Changed{Act: a}, err
		}, said)
	case kit.Retry:
		return p.Init(ctx)
	}
	cmd, _ := p.Cols.Do(what)
	return cmd
}

// ask shows the question whether everything is to stop, or takes it away and
// leaves the page as it was. One key beside those that move would end what goes
// by itself and cost a tier.
func (p *Page) ask(on bool) {
	p.guard.Drop()
	if on == p.asking || len(p.Cols.List) == 0 {
		return
	}
	col := &p.Cols.List[0]
	if p.asking = on; on {
		p.chosen, p.top = p.Cols.Key, col.Top
	} else {
		p.Cols.Key, col.Top = p.chosen, p.top
	}
	p.arrange()
}

func (p *Page) level(ctx context.Context, l act.Level) tea.Cmd {
	if p.data == nil || p.data.Level == l {
		return nil
	}
	source := p.source
	return kit.Make(ctx, &p.changing, p.env, func(ctx context.Context) (Changed, error) {
		a, err := source.SetLevel(ctx, l)
		return Changed{Act: a}, err
	}, said)
}

// said is what a change came to, in a sentence.
func said(env *kit.Env, c Changed) string {
	switch {
	case c.Act.ID != "" && c.Act.State == act.Waiting:
		return acting.Words{Env: env}.Waits(&c.Act)
	case c.Paused:
		return env.Text.T("limit.paused_now")
	}
	return env.Text.T("limit.applies")
}

// heard leads to the confirmation of what has to be confirmed.
func (p *Page) heard(a kit.Answer[Changed]) tea.Cmd {
	switch {
	case !kit.Made(&p.changing, a):
		return nil
	case a.Err != nil:
		return kit.Request(kit.Notice{Level: kit.Failure, Err: a.Err})
	case a.Value.Act.ID != "" && a.Value.Act.State == act.Waiting:
		return kit.Request(kit.Visit{Page: "confirm", Arg: a.Value.Act.ID})
	}
	return tea.Batch(kit.Request(kit.Changed{}), kit.Request(kit.Notice{Level: kit.Good, Text: said(p.env, a.Value)}))
}

// Resize sets the size of the body.
func (p *Page) Resize(w, h int) {
	p.Body.Resize(w, h)
	p.arrange()
}

// View is the body.
func (p *Page) View() string { return p.Body.View(p.env, &p.reading, p.data != nil, p.err, nil) }

var _ kit.Page = (*Page)(nil)
