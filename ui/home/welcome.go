package home

import (
	"strings"

	"jandon/ui/kit"
)

// welcome is the page of a wallet that holds nothing and never did.
func (p *Page) welcome(w, h int) []string {
	t, env := p.env.Theme, p.env
	w = min(w-2, 72)
	indent := strings.Repeat(" ", min(2, max(p.W-1, 0)))
	var lines []string
	put := func(ink kit.Ink, text string) {
		for _, line := range kit.Wrap(text, w) {
			lines = append(lines, indent+ink.Render(line))
		}
	}
	lines = append(lines, "")
	put(t.Strong, env.Text.T("home.empty"))
	put(t.Quiet, env.Text.T("home.empty_hint"))
	for _, way := range []struct{ id, command string }{
		{"home.empty_import", "jandon --from statement.csv"},
		{"home.empty_demo", "jandon demo --scenario everyday"},
	} {
		lines = append(lines, "")
		put(t.Text, env.Text.T(way.id))
		put(t.Accent, way.command)
	}
	return lines[:min(len(lines), h)]
}
