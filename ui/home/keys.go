package home

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"jandon/ui/kit"
)

// Keys lists what can be done now.
func (p *Page) Keys() []kit.Binding {
	open := p.Cols.Enter("home.key.open", "home.key.nothing_chosen")
	open.Quiet = false // there is little else to begin with
	if p.empty() {
		open.Off = "home.key.nothing_chosen"
	}
	keys := []kit.Binding{
		{Intent: kit.Down, Keys: []string{"down", "j"}, Label: "home.key.down", Quiet: true},
		{Intent: kit.Up, Keys: []string{"up", "k"}, Label: "home.key.up", Quiet: true},
		{Intent: kit.Left, Keys: []string{"left", "h"}, Label: "home.key.left", Quiet: true},
		{Intent: kit.Right, Keys: []string{"right", "l"}, Label: "home.key.right", Quiet: true},
		{Intent: kit.Next, Keys: []string{"]"}, Show: "[ ]", Label: "home.key.section", Quiet: p.empty()},
		{Intent: kit.Previous, Keys: []string{"["}, Label: "home.key.section_back", Quiet: true},
		open,
		{Intent: kit.PageDown, Keys: []string{"pgdown", "space"}, Label: "home.key.page_down", Quiet: true},
		{Intent: kit.PageUp, Keys: []string{"pgup"}, Label: "home.key.page_up", Quiet: true},
		{Intent: kit.Top, Keys: []string{"home"}, Label: "home.key.top", Quiet: true},
		{Intent: kit.Bottom, Keys: []string{"end"}, Label: "home.key.bottom", Quiet: true},
		{Intent: kit.Retry, Keys: []string{"r"}, Label: "home.key.read", Quiet: p.heldErr == nil && p.spentErr == nil},
	}
	if p.lot != "" { // else there is nothing to leave, nor to say about it
		keys = append(keys, kit.Binding{Intent: kit.Back, Keys: []string{"esc"}, Label: "home.key.back"})
	}
	if p.waits > 0 {
		keys = append(keys, kit.Binding{Intent: confirms, Keys: []string{"c"}, Label: "home.key.confirm"})
	}
	return keys
}

func (p *Page) do(ctx context.Context, what kit.Intent) tea.Cmd {
	p.Stale()
	switch what {
	case kit.Back:
		p.closeLot()
	case kit.Retry:
		return p.read(ctx)
	case confirms:
		return p.toActs()
	default:
		cmd, _ := p.Cols.Do(what)
		return cmd
	}
	return nil
}

// click chooses a line; a click on the chosen line opens it.
func (p *Page) click(x, y int) tea.Cmd {
	p.Stale()
	return p.Cols.Click(x, y)
}
