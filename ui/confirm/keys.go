package confirm

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/act"
	"jandon/ui/kit"
)

// The page's own intents.
const (
	sayYes   kit.Intent = "confirm"
	askAgain kit.Intent = "ask_again"
	giveUp   kit.Intent = "cancel"
	doGiveUp kit.Intent = "cancel_yes"
	keepIt   kit.Intent = "cancel_no"
	reveal   kit.Intent = "reveal"
	showCode kit.Intent = "code"
)

// Keys lists what can be done now.
func (p *page) Keys() []kit.Binding {
	var list []kit.Binding
	add := func(what kit.Intent, off, label string, keys ...string) {
		list = append(list, kit.Binding{Intent: what, Keys: keys, Label: label, Off: off})
	}
	waiting := p.act != nil && p.act.State == act.Waiting
	if p.dropping {
		add(doGiveUp, "", "confirm.key.drop", "y")
		add(keepIt, "", "confirm.key.no", "n", "enter", "esc")
		return append(list, moves...)
	}
	switch p.stage {
	case asked:
		off := ""
		switch {
		case p.env.Hidden:
			off = "confirm.key.hidden"
			add(reveal, "", "confirm.key.show", "H")
		case !p.seen:
			off = "confirm.key.unseen"
		}
		if p.touch.Asking() {
			add(kit.Back, "", "lock.touch.skip", "esc")
			break
		}
		if p.wantsPIN() {
			add(sayYes, off, "confirm.key.pin", "enter")
			add(kit.Back, "", "confirm.key.no", "esc")
		} else {
			add(sayYes, off, "confirm.key.yes", "y")
			add(kit.Back, "", "confirm.key.no", "n", "enter", "esc")
		}
		add(giveUp, "", "confirm.key.cancel", "x")
	case again, unheard, refused:
		if waiting || p.act == nil {
			add(askAgain, "", "confirm.key.ask", "a")
		}
		if waiting {
			add(giveUp, "", "confirm.key.cancel", "x")
		}
	case reviewed:
		add(giveUp, "", "confirm.key.cancel", "x")
		add(kit.Retry, "", "confirm.key.read", "r")
	case followed:
		if p.tells() {
			label := "confirm.key.code"
			if p.open {
				label = "confirm.key.cover"
			}
			add(showCode, "", label, "c")
		}
		list = append(list, kit.Binding{Intent: kit.Retry, Keys: []string{"r"}, Label: "confirm.key.read", Quiet: true})
	case reading, writing, unknown:
	}
	return append(list, moves...)
}

// moves are the keys of a page in one column.
var moves = new(kit.Columns).Moves(false)

func (p *page) do(ctx context.Context, what kit.Intent) tea.Cmd {
	switch what {
	case sayYes:
		if p.ready() && !p.wantsPIN() {
			return p.confirm(ctx, kit.PIN{})
		}
	case kit.Back:
		if p.stage == asked {
			return p.no()
		}
	case askAgain:
		switch {
		case p.stage != again && p.stage != unheard && p.stage != refused:
		case p.act == nil:
			p.stage, p.err = reading, nil
			return p.read(ctx)
		default:
			return p.ask(ctx)
		}
	case giveUp:
		return p.doubt()
	case doGiveUp:
		if p.dropping {
			return p.give(ctx)
		}
	case keepIt:
		return p.stay()
	case showCode:
		return p.uncover()
	case reveal:
		return kit.Request(kit.Show{})
	case kit.Retry:
		return p.read(ctx)
	default:
		page := max(p.h-4, 1)
		p.scrollBy(map[kit.Intent]int{kit.Up: -1, kit.Down: 1, kit.PageUp: -page, kit.PageDown: page, kit.Top: -1 << 20, kit.Bottom: 1 << 20}[what])
	}
	return nil
}
