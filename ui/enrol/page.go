package enrol

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	"jandon/ui/kit"
)

// Page is the registration of this device.
type Page struct {
	kit.Body
	env    *kit.Env
	source Source
	asking kit.Latest
	keeps  kit.Latest // each cancels the one before, so that the last one counts
	change kit.Change
	guard  kit.Guard // over the question about a certificate

	step     Step
	left     Left   // what StepLeft tells of
	here     bool   // it was begun in this run, or gone on with after it was begun
	given    Left   // what Keep is told, but for the step
	kept     Left   // what it was told last
	unkept   bool   // it failed
	gone     bool   // the person left the page, or is done
	own      string // the computer's name, where a device is given none
	platform Platform
	err      *fault.Error
	wrong    string // catalogue id of what was typed wrong
	bare     bool   // the last answer about a code is to none: whether another device has approved

	url, handle, device, code kit.Field
	at                        int // which field of a step
	pins                      [2]kit.PINField
	line                      int // of the caret within the lines
	column                    int
}

// The contract's limits, in letters.
const (
	longestURL    = 200
	longestHandle = 100
	longestDevice = 40
	longestCode   = 20
)

// New makes the page; nothing is asked before Init.
func New(env *kit.Env, source Source, o Options) *Page {
	p := &Page{
		env: env, source: source, asking: kit.Latest{Name: "enrol ask"}, keeps: kit.Latest{Name: "enrol keep"}, change: kit.Change{Name: "enrol step"},
		guard: kit.Guard{Name: "enrol trust"},
		url:   kit.Field{Limit: longestURL}, handle: kit.Field{Limit: longestHandle}, device: kit.Field{Limit: longestDevice}, code: kit.Field{Limit: longestCode},
	}
	p.url.Set(o.URL)
	p.device.Set(o.Device)
	p.own = o.Device
	return p
}

// Init looks for what an earlier run left.
func (p *Page) Init(ctx context.Context) tea.Cmd {
	defer p.arrange()
	if p.step != StepPlatform {
		return nil
	}
	return kit.Ask(ctx, &p.asking, p.source.Left)
}

// Update takes a message, and notes what it made of what was given.
func (p *Page) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	p.Stale()
	defer p.arrange()
	cmd := p.take(ctx, msg)
	return tea.Batch(cmd, p.keep(ctx))
}

func (p *Page) take(ctx context.Context, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case kit.Do:
		return p.do(ctx, msg.Intent)
	case tea.KeyPressMsg, tea.PasteMsg:
		return p.typed(ctx, msg)
	case kit.Answer[Platform]:
		if kit.Take(&p.asking, msg) {
			return p.reached(msg)
		}
	case kit.Answer[Left]:
		return p.found(msg)
	case kit.Answer[Kept]:
		if kit.Take(&p.keeps, msg) {
			p.unkept = msg.Err != nil
		}
	case kit.Answer[Done]:
		return p.done(msg)
	case kit.Armed:
		p.guard.Take(msg)
	case kit.Slow:
		p.asking.Late(msg)
	case kit.Locked:
		p.forget()
	case kit.Redraw, kit.Changed:
	}
	return nil
}

// enter goes to a step.
func (p *Page) enter(s Step) tea.Cmd {
	p.step, p.at, p.wrong = s, 0, ""
	p.forget()
	if s == StepTrust {
		return p.guard.Show()
	}
	return nil
}

// forget drops the digits that were typed.
func (p *Page) forget() {
	for i := range p.pins {
		p.pins[i].Wipe()
	}
	if p.step == StepPIN {
		p.at = 0
	}
}

// reached is the platform's first word.
func (p *Page) reached(a kit.Answer[Platform]) tea.Cmd {
	if p.err = a.Err; a.Err != nil {
		return nil
	}
	p.platform = a.Value
	if seen := &p.given.Platform.Fingerprint; a.Value.Fingerprint != *seen {
		if *seen = ""; a.Value.Fingerprint != "" {
			return p.enter(StepTrust)
		}
	}
	return p.enter(StepPerson)
}

// found takes what an earlier run left, or what is begun or gone on with.
func (p *Page) found(a kit.Answer[Left]) tea.Cmd {
	switch {
	case kit.Take(&p.asking, a):
		if p.err = a.Err; a.Err == nil && a.Value.URL != "" {
			p.left = a.Value
			p.enter(StepLeft)
		}
	case kit.Made(&p.change, a):
		p.err = a.Err
		switch {
		case a.Err == nil:
			p.left, p.platform, p.here = a.Value, a.Value.Platform, a.Value.Begun()
			p.fill()
			p.code.Set("")
			cmd := p.enter(a.Value.Step)
			if p.step == StepPerson && p.given.Handle != "" {
				p.at = 1
			}
			return cmd
		case a.Err.Code == fault.EnrolmentOver && p.step == StepLeft:
			p.err, p.left.Over = nil, true
		case a.Err.Code == fault.EnrolmentTaken:
			p.anew()
		}
	}
	return nil
}

// done goes on after a step that was carried out.
func (p *Page) done(a kit.Answer[Done]) tea.Cmd {
	if !kit.Made(&p.change, a) {
		return nil
	}
	p.err = a.Err
	switch {
	case a.Err == nil && a.Value.Step == StepLeft:
		p.anew()
		p.kept = p.given // which is forgotten, until more is given
		p.kept.Step = p.step
	case a.Err == nil:
		p.left.Again = false
		p.enter(a.Value.Step + 1)
	case p.err.Code == fault.EnrolmentOver || p.err.Code == fault.EnrolmentTaken: // a new code is needed
		p.anew()
	case p.step < a.Value.Step: // the keys are kept, and the session did not open
		p.enter(a.Value.Step)
	}
	return nil
}

// anew is where a person begins again: at their name, if it is known who
// answers. What was typed stays.
func (p *Page) anew() {
	p.fill()
	if p.left = (Left{}); p.here {
		p.here = false
		p.enter(StepPerson)
		return
	}
	p.enter(StepPlatform)
}

// The page's own intents.
const (
	trust kit.Intent = "enrol_trust"
	leave kit.Intent = "enrol_back"
	begin kit.Intent = "enrol_open"
	goOn  kit.Intent = "enrol_go_on"
	again kit.Intent = "enrol_anew"
)

// Keys lists what can be done now. While a field has the keys, Enter goes on
// and Esc goes back.
func (p *Page) Keys() []kit.Binding {
	switch p.step {
	case StepTrust:
		off := ""
		if !p.guard.Armed() {
			off = "enrol.key.wait"
		}
		return []kit.Binding{
			{Intent: trust, Keys: []string{"y"}, Label: "enrol.key.trust", Off: off},
			{Intent: leave, Keys: []string{"n", "esc", "enter"}, Label: "enrol.key.distrust"},
		}
	case StepDone:
		return []kit.Binding{{Intent: begin, Keys: []string{"enter"}, Label: "enrol.key.open"}}
	case StepLeft:
		anew := kit.Binding{Intent: again, Keys: []string{"n"}, Label: "enrol.key.anew"}
		away := kit.Binding{Intent: leave, Keys: []string{"esc"}, Label: "enrol.key.leave"}
		if p.left.Over {
			anew.Keys = []string{"enter", "n"}
			return []kit.Binding{anew, away}
		}
		return []kit.Binding{{Intent: goOn, Keys: []string{"enter"}, Label: "enrol.key.go_on"}, anew, away}
	}
	back := "enrol.key.back"
	if p.pausing() {
		back = "enrol.key.pause"
	}
	return []kit.Binding{
		{Intent: kit.Open, Keys: []string{"enter"}, Label: "enrol.key.next"},
		{Intent: leave, Keys: []string{"esc"}, Label: back},
	}
}

// pausing reports a step with something begun behind it, which Esc leaves to
// wait; a second Esc leaves the page.
func (p *Page) pausing() bool { return p.step == StepCode || p.step == StepPIN || p.step == StepProof }

func (p *Page) do(ctx context.Context, what kit.Intent) tea.Cmd {
	if p.step == StepLeft {
		return p.decided(ctx, what)
	}
	switch what {
	case trust:
		if p.step == StepTrust && p.guard.Armed() {
			p.given.Platform.Fingerprint = p.platform.Fingerprint
			p.enter(StepPerson)
		}
	case leave:
		return p.back()
	case begin:
		if p.step == StepDone {
			return p.exit()
		}
	}
	return nil
}

// decided is what becomes of a registration that waits. One of this run is gone
// on with where it was left; of another the platform may know more.
func (p *Page) decided(ctx context.Context, what kit.Intent) tea.Cmd {
	source := p.source
	switch {
	case p.change.Busy():
	case what == goOn && p.left.Over:
	case what == goOn && p.here:
		p.err = nil
		p.enter(p.left.Step)
	case what == goOn && p.left.Step == StepPlatform:
		p.err = nil
		p.fill()
		p.enter(StepPlatform)
	case what == goOn:
		return kit.Make(ctx, &p.change, p.env, source.Continue, unsaid)
	case what == again:
		return kit.Make(ctx, &p.change, p.env, func(ctx context.Context) (Done, error) { return Done{StepLeft}, source.Abandon(ctx) }, unsaid)
	case what == leave:
		return p.exit()
	}
	return nil
}

// back goes one step back. What was begun waits, to be gone on with or given up.
func (p *Page) back() tea.Cmd {
	switch {
	case p.step == StepPlatform:
		p.asking.Drop()
		return p.exit()
	case p.step == StepTrust || p.step == StepPerson:
		p.enter(StepPlatform)
	case p.pausing() && !p.change.Busy():
		p.left.Step = p.step
		p.enter(StepLeft)
	}
	p.err = nil
	return nil
}

// exit ends the program's screens, from this page.
func (p *Page) exit() tea.Cmd {
	p.gone = true
	return kit.Request(kit.Exit{})
}

// Over reports whether the screens ended from this page; else the person quit.
func (p *Page) Over() bool { return p.gone }

// next carries out the step.
func (p *Page) next(ctx context.Context) tea.Cmd {
	p.err = nil
	source, step := p.source, p.step
	done := func(err error) (Done, error) { return Done{step}, err }
	switch step {
	case StepPlatform:
		url := strings.TrimSpace(p.url.Value())
		if url == "" {
			p.wrong = "enrol.wrong_url"
			return nil
		}
		if url != p.given.URL {
			p.given.URL, p.given.Platform = url, Platform{}
		}
		return kit.Ask(ctx, &p.asking, func(ctx context.Context) (Platform, error) { return source.Reach(ctx, url) })
	case StepPerson:
		handle, device := strings.TrimSpace(p.handle.Value()), strings.TrimSpace(p.device.Value())
		if handle == "" || device == "" {
			p.wrong, p.at = "enrol.wrong_person", 0
			if handle != "" {
				p.at = 1
			}
			return nil
		}
		return kit.Make(ctx, &p.change, p.env, func(ctx context.Context) (Left, error) { return source.Begin(ctx, handle, device) }, unsaid)
	case StepCode:
		code := strings.TrimSpace(p.code.Value())
		if p.bare = code == ""; p.bare && p.left.Later {
			p.wrong = "enrol.wrong_bare"
			return nil
		}
		return kit.Make(ctx, &p.change, p.env, func(ctx context.Context) (Done, error) { return done(source.Activate(ctx, code)) }, unsaid)
	case StepPIN:
		return p.seal(ctx)
	case StepProof:
		pin := p.pins[0].Take()
		return kit.Make(ctx, &p.change, p.env, func(ctx context.Context) (Done, error) {
			defer pin.Wipe()
			return done(source.Finish(ctx, pin))
		}, unsaid)
	}
	return nil
}

// seal hands the PIN over if it was typed twice alike: the keys are kept under
// it, and it opens the first session. It is gone when that has failed, too.
func (p *Page) seal(ctx context.Context) tea.Cmd {
	first, second := p.pins[0].Take(), p.pins[1].Take()
	p.at = 0
	defer second.Wipe()
	same := false
	first.Expose(func(a []byte) {
		second.Expose(func(b []byte) { same = string(a) == string(b) })
	})
	if !same {
		p.wrong = "enrol.wrong_twice"
		first.Wipe()
		return nil
	}
	source := p.source
	return kit.Make(ctx, &p.change, p.env, func(ctx context.Context) (Done, error) {
		defer first.Wipe()
		if err := source.Seal(ctx, first); err != nil {
			return Done{StepPIN}, err
		}
		return Done{StepProof}, source.Finish(ctx, first)
	}, unsaid)
}

// unsaid is what is said of a step where the page was left: nothing, since the
// program ended with it.
func unsaid[T any](*kit.Env, T) string { return "" }

// Resize sets the size of the body.
func (p *Page) Resize(w, h int) {
	p.Body.Resize(w, h)
	p.arrange()
}

// View is the body.
func (p *Page) View() string { return p.Body.View(p.env, &p.asking, true, nil, nil) }

var (
	_ kit.Page   = (*Page)(nil)
	_ kit.Typist = (*Page)(nil)
	_ kit.Hider  = (*Page)(nil)
	_ kit.Asker  = (*Page)(nil)
)
