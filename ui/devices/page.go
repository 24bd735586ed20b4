package devices

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/ui/kit"
)

// Page lists devices.
type Page struct {
	kit.Body
	env      *kit.Env
	source   Source
	reading  kit.Latest
	changing kit.Change
	data     []act.Device
	have     bool
	err      *fault.Error

	renaming string // id of the device whose name is being typed
	field    kit.Field
	revoking string // id of the device that was asked about
	guard    kit.Guard
	row      int // of the field, for the caret
}

// New makes the page; nothing is read before Init.
func New(env *kit.Env, source Source) *Page {
	return &Page{
		env: env, source: source, field: kit.Field{Limit: longestName},
		reading: kit.Latest{Name: "devices read"}, changing: kit.Change{Name: "devices change"}, guard: kit.Guard{Name: "devices question"},
	}
}

// longestName is the contract's limit, in letters.
const longestName = 40

// Init reads for a visit.
func (p *Page) Init(ctx context.Context) tea.Cmd { return kit.Ask(ctx, &p.reading, p.source.Devices) }

// Update takes a message.
func (p *Page) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	p.Stale()
	switch msg := msg.(type) {
	case kit.Do:
		return p.do(ctx, msg.Intent)
	case tea.KeyPressMsg, tea.PasteMsg:
		return p.typed(ctx, msg)
	case kit.Click:
		if p.renaming == "" && p.revoking == "" {
			return p.Cols.Click(msg.X, msg.Y)
		}
	case kit.Answer[[]act.Device]:
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
		p.revoking = "" // has to be asked anew
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
	rename kit.Intent = "devices_rename"
	revoke kit.Intent = "devices_revoke"
	yes    kit.Intent = "devices_yes"
	no     kit.Intent = "devices_no"
)

// chosen is the device that a line stands for; nil if none is chosen.
func (p *Page) chosen() *act.Device {
	it := p.Cols.Chosen()
	if it == nil {
		return nil
	}
	return p.device(strings.TrimPrefix(it.Key, "device/"))
}

func (p *Page) device(id string) *act.Device {
	if i := slices.IndexFunc(p.data, func(d act.Device) bool { return d.ID == id }); i >= 0 {
		return &p.data[i]
	}
	return nil
}

// Keys lists what can be done now.
func (p *Page) Keys() []kit.Binding {
	if p.revoking != "" {
		off := ""
		if !p.guard.Armed() {
			off = "device.key.wait"
		}
		return []kit.Binding{
			{Intent: yes, Keys: []string{"y"}, Label: "device.key.yes", Off: off},
			{Intent: no, Keys: []string{"n", "esc", "enter"}, Label: "device.key.no"},
		}
	}
	d := p.chosen()
	name, take := "", ""
	switch {
	case p.changing.Busy():
		name, take = "device.key.busy", "device.key.busy"
	case d == nil:
		name, take = "device.key.none", "device.key.none"
	case gone(d.State):
		name, take = "device.key.gone", "device.key.gone"
	case d.Current:
		take = "device.key.this"
	}
	return append([]kit.Binding{
		{Intent: rename, Keys: []string{"n"}, Label: "device.key.rename", Off: name},
		{Intent: revoke, Keys: []string{"x"}, Label: "device.key.revoke", Off: take},
		{Intent: kit.Retry, Keys: []string{"r"}, Label: "device.key.read", Quiet: p.err == nil},
	}, kit.Moves(true)...)
}

// gone reports whether a device can do nothing any more.
func gone(s act.DeviceState) bool { return s == act.DeviceRevoked }

func (p *Page) do(ctx context.Context, what kit.Intent) tea.Cmd {
	d := p.chosen()
	switch what {
	case rename:
		if d != nil {
			p.renaming = d.ID
			p.field.Set(d.Name)
			p.arrange()
		}
		return nil
	case revoke:
		if d == nil || d.Current || gone(d.State) {
			return nil
		}
		p.revoking = d.ID
		p.arrange()
		return p.guard.Show()
	case yes:
		return p.take(ctx)
	case no:
		p.revoking = ""
		p.arrange()
		return nil
	case kit.Retry:
		return p.Init(ctx)
	}
	cmd, _ := p.Cols.Do(what)
	return cmd
}

// take revokes the device that was asked about.
func (p *Page) take(ctx context.Context) tea.Cmd {
	d := p.device(p.revoking)
	if d == nil || !p.guard.Armed() {
		return nil
	}
	p.revoking = ""
	p.arrange()
	source, id, name := p.source, d.ID, d.Name
	return kit.Make(ctx, &p.changing, p.env, func(ctx context.Context) (Changed, error) {
		return Changed{Name: name, Revoked: true}, source.RevokeDevice(ctx, id)
	}, said)
}

// Typing reports whether a name is being typed.
func (p *Page) Typing() bool { return p.renaming != "" }

// Caret is where the terminal's cursor belongs.
func (p *Page) Caret() (x, y int) {
	if len(p.Cols.List) == 0 {
		return 0, 0
	}
	return p.Cols.List[0].X + p.field.Caret(), p.row - p.Cols.List[0].Top
}

// typed edits the name: Enter keeps it, Esc leaves it as it was.
func (p *Page) typed(ctx context.Context, msg tea.Msg) tea.Cmd {
	key, pressed := msg.(tea.KeyPressMsg)
	switch {
	case pressed && key.Code == tea.KeyEscape:
		p.renaming = ""
	case pressed && key.Code == tea.KeyEnter:
		id, name := p.renaming, strings.TrimSpace(p.field.Value())
		d := p.device(id)
		p.renaming = ""
		p.arrange()
		if name == "" || d == nil || name == d.Name {
			return nil
		}
		source := p.source
		return kit.Make(ctx, &p.changing, p.env, func(ctx context.Context) (Changed, error) {
			return Changed{Name: name}, source.RenameDevice(ctx, id, name)
		}, said)
	default:
		p.field.Update(msg)
	}
	p.arrange()
	return nil
}

func (p *Page) heard(a kit.Answer[Changed]) tea.Cmd {
	if !kit.Made(&p.changing, a) {
		return nil
	}
	if a.Err != nil {
		return kit.Request(kit.Notice{Level: kit.Failure, Err: a.Err})
	}
	return tea.Batch(kit.Request(kit.Changed{}), kit.Request(kit.Notice{Level: kit.Good, Text: said(p.env, a.Value)}))
}

// said is what a change came to, in a sentence.
func said(env *kit.Env, c Changed) string {
	if c.Revoked {
		return env.Text.F("device.revoked", "Name", c.Name)
	}
	return env.Text.F("device.renamed", "Name", c.Name)
}

// Resize sets the size of the body.
func (p *Page) Resize(w, h int) {
	p.Body.Resize(w, h)
	p.arrange()
}

// View is the body.
func (p *Page) View() string { return p.Body.View(p.env, &p.reading, p.have, p.err, nil) }

var (
	_ kit.Page   = (*Page)(nil)
	_ kit.Typist = (*Page)(nil)
)
