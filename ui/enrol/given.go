package enrol

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"jandon/ui/kit"
)

// keep notes what was given until now, if it is new. Once a registration is
// begun, there is more to it than what was typed, and it is kept elsewhere.
func (p *Page) keep(ctx context.Context) tea.Cmd {
	given := p.given
	given.Step = p.step
	if p.step > StepPerson || given.URL == "" || given == p.kept {
		return nil
	}
	p.kept = given
	source := p.source
	return kit.Ask(ctx, &p.keeps, func(ctx context.Context) (Kept, error) { return Kept{}, source.Keep(ctx, given) })
}

// fill puts what was given before into the fields.
func (p *Page) fill() {
	l := p.left
	p.given = Left{URL: l.URL, Handle: l.Handle, Device: l.Device}
	if l.Step != StepTrust { // else nobody has compared it
		p.given.Platform.Fingerprint = l.Platform.Fingerprint
	}
	p.kept = p.given
	p.kept.Step = l.Step
	p.url.Set(l.URL)
	p.handle.Set(l.Handle)
	if l.Device != "" {
		p.device.Set(l.Device)
		p.own = l.Device
	}
}

// give takes what stands in the fields of a person as given; a device without a
// name has the computer's.
func (p *Page) give() {
	if p.step == StepPerson {
		if p.at == 1 && strings.TrimSpace(p.device.Value()) == "" {
			p.device.Set(p.own)
		}
		p.given.Handle, p.given.Device = strings.TrimSpace(p.handle.Value()), strings.TrimSpace(p.device.Value())
	}
}
