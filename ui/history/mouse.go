package history

import (
	"context"

	tea "charm.land/bubbletea/v2"
)

// click chooses a row; a click on the chosen row opens it. In the head it
// chooses a day or a group.
func (p *weeksPage) click(ctx context.Context, x, y int) tea.Cmd {
	if at := y - len(p.head); at >= 0 {
		was, ok := p.list.Selected()
		id := ""
		if ok {
			id = was.ID
		}
		if !p.list.Click(at) {
			return nil
		}
		now, _ := p.list.Selected()
		if now.ID == id && p.focus == onList {
			return p.open(ctx)
		}
		p.focus = onList
		return nil
	}
	at := y - p.band
	if p.band < 0 || at < 0 || at >= bandRows {
		return nil
	}
	switch {
	case p.roomy() && x < p.margin()+p.inner()*48/100:
		p.focus, p.dayAt = onDays, at
	case p.roomy() || p.focus == onGroups:
		if at+p.groupTop >= len(p.groups()) {
			return nil
		}
		p.focus, p.groupAt = onGroups, at+p.groupTop
	default:
		p.focus, p.dayAt = onDays, min(max(x-p.margin(), 0)*7/max(p.inner(), 1), 6)
	}
	return p.open(ctx)
}
