package home

import (
	tea "charm.land/bubbletea/v2"

	"jandon/internal/history"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// wholeBP is the whole in basis points.
const wholeBP = 10_000

// claims are what lapsed and can still be asked for.
func (p *Page) claims() (list []wallet.Claim) {
	if p.held == nil {
		return nil
	}
	for _, c := range p.held.Wallet.Lapsed {
		if p.env.Now.Before(c.Until) {
			list = append(list, c)
		}
	}
	return list
}

// lapsed lists what expired and can still be claimed in part, apart from all
// that is held: how much, which share of it, and until when.
func (p *Page) lapsed() kit.Lines {
	claims := p.claims()
	if len(claims) == 0 {
		return nil
	}
	t, env := p.env.Theme, p.env
	sec := p.heading("home.lapsed", "")
	width := 0
	for _, c := range claims {
		width = max(width, kit.Width(env.Amount(c.Lot.Amount)))
	}
	for _, c := range claims {
		name, amount := p.figures.name(c.Lot.Issuer), env.Amount(c.Lot.Amount)
		terms := env.Text.F("home.lapsed_terms", "Percent", kit.Percent(c.ShareBP, wholeBP), "When", env.DayYear(history.LastDay(c.Until, env.Zone)))
		become := kit.Visit{Page: "cashout", Arg: c.Lot.ID}
		sec = append(sec, kit.Item{
			Key: "lapsed/" + c.Lot.ID, Open: func() tea.Cmd { return kit.Request(become) },
			Draw: func(s *kit.Sheet) {
				end := s.X() + s.Room()
				s.PutIn(t.Text, name, min(kit.Width(name), max(1, s.Room()-width-2)))
				s.Right(t.Quiet, amount, end)
			},
		}, kit.Item{
			Tail: true,
			Draw: func(s *kit.Sheet) { s.Put(t.Quiet, "  "+terms) },
		})
	}
	return sec
}
