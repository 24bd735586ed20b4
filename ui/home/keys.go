package home

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"jandon/ui/kit"
)

// The page's own intents.
const (
	left  kit.Intent = "left"
	right kit.Intent = "right"
)

// Keys lists what can be done now.
func (p *Page) Keys() []kit.Binding {
	open, back := "", ""
	if at, ok := p.chosen(); !ok || p.at(at).Open == nil {
		open = "home.key.nothing_chosen"
	}
	if p.lot == "" {
		back = "home.key.nothing_open"
	}
	keys := []kit.Binding{
		{Intent: kit.Down, Keys: []string{"down", "j"}, Label: "home.key.down", Quiet: true},
		{Intent: kit.Up, Keys: []string{"up", "k"}, Label: "home.key.up", Quiet: true},
		{Intent: left, Keys: []string{"left", "h"}, Label: "home.key.left", Quiet: true},
		{Intent: right, Keys: []string{"right", "l"}, Label: "home.key.right", Quiet: true},
		{Intent: kit.Next, Keys: []string{"]"}, Show: "[ ]", Label: "home.key.section", Quiet: p.empty()},
		{Intent: kit.Previous, Keys: []string{"["}, Label: "home.key.section_back", Quiet: true},
		{Intent: kit.Open, Keys: []string{"enter"}, Label: "home.key.open", Off: open},
		{Intent: kit.PageDown, Keys: []string{"pgdown", "space"}, Label: "home.key.page_down", Quiet: true},
		{Intent: kit.PageUp, Keys: []string{"pgup"}, Label: "home.key.page_up", Quiet: true},
		{Intent: kit.Top, Keys: []string{"home"}, Label: "home.key.top", Quiet: true},
		{Intent: kit.Bottom, Keys: []string{"end"}, Label: "home.key.bottom", Quiet: true},
		{Intent: kit.Back, Keys: []string{"esc"}, Label: "home.key.back", Off: back, Quiet: back != ""},
		{Intent: kit.Retry, Keys: []string{"r"}, Label: "home.key.read", Quiet: p.heldErr == nil && p.spentErr == nil},
	}
	return keys
}

func (p *Page) do(ctx context.Context, what kit.Intent) tea.Cmd {
	p.fresh = false
	switch what {
	case kit.Down:
		p.vertical(1)
	case kit.Up:
		p.vertical(-1)
	case left:
		p.sideways(-1)
	case right:
		p.sideways(1)
	case kit.Next:
		p.section(1)
	case kit.Previous:
		p.section(-1)
	case kit.PageDown:
		p.vertical(max(p.h/2, 1))
	case kit.PageUp:
		p.vertical(-max(p.h/2, 1))
	case kit.Top:
		p.vertical(-1 << 20)
	case kit.Bottom:
		p.vertical(1 << 20)
	case kit.Open:
		if at, ok := p.chosen(); ok && p.at(at).Open != nil {
			return p.at(at).Open()
		}
	case kit.Back:
		p.closeLot()
	case kit.Retry:
		return p.read(ctx)
	}
	return nil
}

// click chooses a line; a click on the chosen line opens it.
func (p *Page) click(x, y int) tea.Cmd {
	p.fresh = false
	for c := range p.cols {
		col := &p.cols[c]
		line := col.Top + y
		if x < col.X-1 || x > col.X+col.W || line < 0 || line >= len(col.Items) || !col.Items[line].Pick() {
			continue
		}
		it := &col.Items[line]
		if p.key == it.Key && it.Open != nil {
			return it.Open()
		}
		p.choose(place{c, line})
	}
	return nil
}
