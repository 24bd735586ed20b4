package home

import (
	tea "charm.land/bubbletea/v2"

	"jandon/ui/kit"
)

// confirms leads to the acts that wait.
const confirms kit.Intent = "home_confirm"

// waiting is the line about acts that wait to be confirmed, which a restart or
// another page may have made one forget.
func (p *Page) waiting(w int) kit.Lines {
	if p.waits == 0 {
		return nil
	}
	say := p.env.Text.N("home.waiting", p.waits)
	ink := p.env.Theme.Warn
	return kit.Lines{{
		Key:  "waiting",
		Open: p.toActs,
		Draw: func(s *kit.Sheet) { s.PutIn(ink, say, w) },
	}}
}

func (p *Page) toActs() tea.Cmd { return kit.Request(kit.Visit{Page: "acts"}) }
