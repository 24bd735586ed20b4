package replay

import tea "charm.land/bubbletea/v2"

// Light reports whether a frame was drawn for a light background.
func (p *Player) Light(n int) bool {
	theme := ""
	if msg, err := p.reg.Decode("screen", p.rec.Screen); err == nil {
		theme = msg.(screen).Theme
	}
	if theme == "dark" || theme == "light" {
		return theme == "light"
	}
	light := false
	for i := range p.rec.Steps[:p.clamp(n)] {
		s := &p.rec.Steps[i]
		if s.Kind != "background" {
			continue
		}
		if msg, err := unpack(p.reg, s.Kind, s.Body); err == nil {
			light = !msg.(tea.BackgroundColorMsg).IsDark()
		}
	}
	return light
}
