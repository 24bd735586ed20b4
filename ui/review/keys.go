package review

import (
	"context"
	"net/url"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/audit"
	past "jandon/internal/review"
	"jandon/ui/kit"
)

// The page's own intents.
const (
	doKeep    kit.Intent = "keep"
	doNot     kit.Intent = "not"
	doMine    kit.Intent = "mine"
	doSnooze  kit.Intent = "snooze"
	doDetails kit.Intent = "details"
	doSeen    kit.Intent = "seen"
	doUndo    kit.Intent = "undo"
	goList    kit.Intent = "subscriptions"
)

// Keys lists what can be done now. Arrows alone scroll: letters are answers.
func (p *Page) Keys() []kit.Binding {
	c, off := p.card(), ""
	if c == nil {
		off = "review.key.nothing_open"
	}
	undo := "review.key.nothing_said"
	if p.data != nil && !p.data.Progress.Said().Before(p.env.Now.Add(-undoable)) {
		undo = ""
	}
	var list []kit.Binding
	add := func(what kit.Intent, key, label string) {
		list = append(list, kit.Binding{Intent: what, Keys: []string{key}, Label: label, Off: off})
	}
	if c != nil && c.Double != nil {
		add(doMine, "b", "review.key.mine")
	} else {
		add(doKeep, "k", "review.key.keep")
		add(doNot, "n", "review.key.not")
	}
	add(doSnooze, "s", "review.key.snooze")
	add(doSeen, "enter", "review.key.next")
	add(doDetails, "d", "review.key.details")
	return append(append(list,
		kit.Binding{Intent: doUndo, Keys: []string{"u"}, Label: "review.key.undo", Off: undo},
		kit.Binding{Intent: goList, Keys: []string{"a"}, Label: "review.key.subscriptions", Quiet: c != nil},
		kit.Binding{Intent: kit.Retry, Keys: []string{"r"}, Label: "review.key.read", Quiet: p.err == nil},
	), kit.Moves(false)...)
}

func (p *Page) do(ctx context.Context, what kit.Intent) tea.Cmd {
	c := p.card()
	switch what {
	case doKeep:
		if c != nil && c.Series != nil {
			return p.answer(ctx, audit.Keep)
		}
	case doNot:
		if c != nil && c.Series != nil {
			return p.answer(ctx, audit.NotSubscription)
		}
	case doMine:
		if c != nil && c.Double != nil {
			return p.answer(ctx, audit.BothMine)
		}
	case doSnooze:
		return p.answer(ctx, audit.Snooze)
	case doSeen:
		return p.answer(ctx, "")
	case doDetails:
		return p.details(c)
	case doUndo:
		return p.undo(ctx)
	case goList:
		return kit.Request(kit.Visit{Page: "audit"})
	case kit.Retry:
		return p.read(ctx)
	default:
		cmd, _ := p.Cols.Do(what)
		return cmd
	}
	return nil
}

// details goes to all that is known of the card.
func (p *Page) details(c *past.Card) tea.Cmd {
	if c == nil {
		return nil
	}
	arg := url.Values{}
	if c.Series != nil {
		arg.Set("series", c.Series.Key)
	} else {
		arg.Set("double", c.Double.Key)
	}
	return kit.Request(kit.Visit{Page: "audit", Arg: arg.Encode()})
}
