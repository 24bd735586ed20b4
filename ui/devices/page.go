package devices

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/ui/kit"
)

// Page lists devices.
type Page struct {
	kit.Roll[act.Device, Changed]
	env    *kit.Env
	source Source

	renaming string // id of the device whose name is being typed
	field    kit.Field
	row      int // of the field, for the caret
}

// New makes the page; nothing is read before Init.
func New(env *kit.Env, source Source) *Page {
	p := &Page{env: env, source: source, field: kit.Field{Limit: longestName}}
	p.Start(env, kit.Rolled[act.Device, Changed]{
		Name: "devices", Prefix: "device/", Read: source.Devices, ID: func(d *act.Device) string { return d.ID }, Lay: p.arrange, Said: said,
	})
	return p
}

// longestName is the contract's limit, in letters.
const longestName = 40

// Update takes a message.
func (p *Page) Update(ctx context.Context, msg tea.Msg) tea.Cmd {
	p.Stale()
	switch msg := msg.(type) {
	case kit.Do:
		return p.do(ctx, msg.Intent)
	case tea.KeyPressMsg, tea.PasteMsg:
		return p.typed(ctx, msg)
	}
	return p.Hear(ctx, msg, p.renaming == "")
}

// The page's own intents.
const (
	rename kit.Intent = "devices_rename"
	revoke kit.Intent = "devices_revoke"
	yes    kit.Intent = "devices_yes"
	no     kit.Intent = "devices_no"
)

// Keys lists what can be done now.
func (p *Page) Keys() []kit.Binding {
	if p.Asked() != nil {
		return p.Answers(kit.Binding{Intent: yes, Label: "device.key.yes"}, kit.Binding{Intent: no, Label: "device.key.no"})
	}
	d := p.Chosen()
	name, take := "", ""
	switch {
	case p.Busy():
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
	}, p.Reads("device.key.read")...)
}

// gone reports whether a device can do nothing any more.
func gone(s act.DeviceState) bool { return s == act.DeviceRevoked }

func (p *Page) do(ctx context.Context, what kit.Intent) tea.Cmd {
	d := p.Chosen()
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
		return p.Ask(d)
	case yes:
		source := p.source
		return p.Take(ctx, func(ctx context.Context, d act.Device) (Changed, error) {
			return Changed{Name: d.Name, Revoked: true}, source.RevokeDevice(ctx, d.ID)
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
		d := p.Find(id)
		p.renaming = ""
		p.arrange()
		if name == "" || d == nil || name == d.Name {
			return nil
		}
		source := p.source
		return p.Change(ctx, func(ctx context.Context) (Changed, error) {
			return Changed{Name: name}, source.RenameDevice(ctx, id, name)
		})
	default:
		kit.Edit[kit.Named](p.env, &p.field, msg)
	}
	p.arrange()
	return nil
}

// said is what a change came to, in a sentence.
func said(env *kit.Env, c Changed) string {
	if c.Revoked {
		return env.Text.F("device.revoked", "Name", c.Name)
	}
	return env.Text.F("device.renamed", "Name", c.Name)
}

// View is the body.
func (p *Page) View() string { return p.Frame(false) }

var (
	_ kit.Page   = (*Page)(nil)
	_ kit.Typist = (*Page)(nil)
)
