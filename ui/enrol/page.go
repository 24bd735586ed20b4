package enrol

import (
	"context"
	"strings"
	"time"

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
	change kit.Change
	guard  kit.Guard // over the question about a certificate

	step     Step
	left     Left // what StepLeft tells of
	here     bool // it was begun or gone on with in this run
	platform Platform
	expires  time.Time // of the code
	err      *fault.Error
	wrong    string // catalogue id of what was typed wrong

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
		env: env, source: source, asking: kit.Latest{Name: "enrol ask"}, change: kit.Change{Name: "enrol step"},
		guard: kit.Guard{Name: "enrol trust"},
		url:   kit.Field{Limit: longestURL}, handle: kit.Field{Limit: longestHandle}, device: kit.Field{Limit: longestDevice}, code: kit.Field{Limit: longestCode},
	}
	p.url.Set(o.URL)
	p.device.Set(o.Device)
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

// Update takes a message.
func (p *Page) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	p.Stale()
	defer p.arrange()
	switch msg := msg.(type) {
	case kit.Do:
		return p.do(ctx, msg.Intent)
	case tea.KeyPressMsg, tea.PasteMsg:
		return p.typed(ctx, msg)
	case kit.Answer[Platform]:
		if kit.Take(&p.asking, msg) {
			return p.reached(msg)
		}
	case kit.Answer[time.Time]:
		if kit.Made(&p.change, msg) {
			if p.err = msg.Err; msg.Err == nil {
				p.expires, p.here = msg.Value, true
				p.left = Left{Platform: p.platform, Handle: p.handle.Value(), Device: p.device.Value(), Made: p.env.Now, Until: msg.Value}
				p.code.Set("")
				p.enter(StepCode)
			}
		}
	case kit.Answer[Left]:
		p.found(msg)
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
func (p *Page) enter(s Step) {
	p.step, p.at, p.wrong = s, 0, ""
	p.forget()
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
	if a.Value.Fingerprint != "" {
		p.enter(StepTrust)
		return p.guard.Show()
	}
	p.enter(StepPerson)
	return nil
}

// found takes what an earlier run left, or what it has come to.
func (p *Page) found(a kit.Answer[Left]) {
	switch {
	case kit.Take(&p.asking, a):
		if p.err = a.Err; a.Err == nil && a.Value.Step != StepPlatform {
			p.left = a.Value
			p.enter(StepLeft)
		}
	case kit.Made(&p.change, a):
		p.err = a.Err
		switch {
		case a.Err == nil:
			p.left, p.platform, p.expires, p.here = a.Value, a.Value.Platform, a.Value.Until, true
			p.fill()
			p.enter(a.Value.Step)
		case a.Err.Code == fault.EnrolmentOver:
			p.err, p.left.Over = nil, true
		}
	}
}

// fill puts what was given before into the fields.
func (p *Page) fill() {
	if p.left.URL != "" {
		p.url.Set(p.left.URL)
	}
	p.handle.Set(p.left.Handle)
	p.device.Set(p.left.Device)
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
	case a.Err == nil:
		p.left.Again = false
		p.enter(a.Value.Step + 1)
	case p.step < a.Value.Step && p.err.Code != fault.EnrolmentOver: // the keys are kept, and the session did not open
		p.enter(a.Value.Step)
	case p.err.Code == fault.EnrolmentOver: // a new code is needed
		p.anew()
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
		away := kit.Binding{Intent: leave, Keys: []string{"esc"}, Label: "enrol.key.leave", Quiet: true}
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
			p.enter(StepPerson)
		}
	case leave:
		return p.back()
	case begin:
		if p.step == StepDone {
			return kit.Request(kit.Exit{})
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
	case what == goOn:
		return kit.Make(ctx, &p.change, p.env, source.Continue, unsaid)
	case what == again:
		return kit.Make(ctx, &p.change, p.env, func(ctx context.Context) (Done, error) { return Done{StepLeft}, source.Abandon(ctx) }, unsaid)
	case what == leave:
		return kit.Request(kit.Exit{})
	}
	return nil
}

// back goes one step back. What was begun waits, to be gone on with or given up.
func (p *Page) back() tea.Cmd {
	switch {
	case p.step == StepPlatform:
		p.asking.Drop()
		return kit.Request(kit.Exit{})
	case p.step == StepTrust || p.step == StepPerson:
		p.enter(StepPlatform)
	case p.pausing() && !p.change.Busy():
		p.left.Step = p.step
		p.enter(StepLeft)
	}
	p.err = nil
	return nil
}

// Typing reports whether a field has the keys.
func (p *Page) Typing() bool { return p.step != StepTrust && p.step != StepDone && p.step != StepLeft }

// Hiding reports whether what is typed is secret.
func (p *Page) Hiding() bool { return p.step == StepPIN || p.step == StepProof }

// Asking reports whether a question waits for its answer.
func (p *Page) Asking() bool { return p.step == StepTrust }

// Caret is where the terminal's cursor belongs.
func (p *Page) Caret() (x, y int) {
	if len(p.Cols.List) == 0 {
		return 0, 0
	}
	at := 0
	if f := p.field(); f != nil {
		at = f.Caret()
	} else if d := p.digits(); d != nil {
		at = d.Caret()
	}
	return p.Cols.List[0].X + p.column + at, p.line - p.Cols.List[0].Top
}

// field is the text that is being typed; nil while it is digits.
func (p *Page) field() *kit.Field {
	switch {
	case p.step == StepPlatform:
		return &p.url
	case p.step == StepPerson && p.at == 0:
		return &p.handle
	case p.step == StepPerson:
		return &p.device
	case p.step == StepCode:
		return &p.code
	}
	return nil
}

// digits is the PIN that is being typed.
func (p *Page) digits() *kit.PINField {
	if p.Hiding() {
		return &p.pins[p.at]
	}
	return nil
}

// fields is how many a step has.
func (p *Page) fields() int {
	if p.step == StepPerson || p.step == StepPIN {
		return 2
	}
	return 1
}

func (p *Page) typed(ctx context.Context, msg tea.Msg) tea.Cmd {
	key, pressed := msg.(tea.KeyPressMsg)
	if !p.Typing() {
		return nil
	}
	switch k := key.String(); {
	case pressed && k == "esc":
		return p.back()
	case p.change.Busy() || p.asking.Busy():
	case pressed && k == "enter" && p.at+1 < p.fields():
		p.at++
	case pressed && k == "enter":
		return p.next(ctx)
	case pressed && (k == "tab" || k == "down"):
		p.at = min(p.at+1, p.fields()-1)
	case pressed && (k == "shift+tab" || k == "up"):
		p.at = max(p.at-1, 0)
	case p.step == StepCode: // not a letter of it is kept
		p.code.Update(msg)
		p.wrong = ""
	case p.field() != nil:
		kit.Edit[kit.Named](p.env, p.field(), msg)
		p.wrong = ""
	case pressed && p.digits().Press(key):
		p.wrong = ""
	}
	return nil
}

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
		return kit.Make(ctx, &p.change, p.env, func(ctx context.Context) (time.Time, error) { return source.Begin(ctx, handle, device) }, unsaid)
	case StepCode:
		code := strings.TrimSpace(p.code.Value())
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
	same, short := false, false
	first.Expose(func(a []byte) {
		second.Expose(func(b []byte) { same, short = string(a) == string(b), len(a) < kit.PINLeast })
	})
	switch {
	case short:
		p.wrong = "enrol.wrong_short"
	case !same:
		p.wrong = "enrol.wrong_twice"
	}
	if p.wrong != "" {
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
