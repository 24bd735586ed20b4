package home

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/history"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// leaving are the kinds of value that can go anywhere but to a seller or back.
var leaving = []wallet.Kind{wallet.Prepaid, wallet.Earned, wallet.Promotional}

func (p *Page) lotOf(id string) (wallet.Lot, bool) {
	if p.held == nil {
		return wallet.Lot{}, false
	}
	i := slices.IndexFunc(p.held.Wallet.Lots, func(l wallet.Lot) bool { return l.ID == id })
	if i < 0 {
		return wallet.Lot{}, false
	}
	return p.held.Wallet.Lots[i], true
}

func (p *Page) hasLot(id string) bool { _, ok := p.lotOf(id); return ok }

// openLot shows a lot in place of the overview.
func (p *Page) openLot(id string) {
	p.before, p.lot = p.Cols.Key, id
	p.Cols.Key = ""
	p.arrange()
	p.Cols.Begin()
}

// closeLot goes back to the line that it was opened from.
func (p *Page) closeLot() {
	if p.lot == "" {
		return
	}
	p.lot, p.Cols.Key = "", p.before
	p.arrange()
}

// detail is all that is known of a lot, and what can still be done with it.
func (p *Page) detail(w int) []kit.Lines {
	t, env := p.env.Theme, p.env
	l, ok := p.lotOf(p.lot)
	if !ok { // spent or lapsed since
		return []kit.Lines{kit.Paragraph(t.Quiet, env.Text.T("home.lot_gone"), w)}
	}
	name, kind, left := p.figures.name(l.Issuer), env.Kind(l.Kind), env.Amount(l.Amount)
	head := kit.Lines{
		{Draw: func(s *kit.Sheet) {
			end := s.X() + s.Room()
			s.PutIn(t.Strong, name, s.Room()-kit.Width(left)-2)
			s.Right(t.Strong, left, end)
		}},
		{Draw: func(s *kit.Sheet) { s.Put(t.Quiet, kind) }},
	}
	age := int(env.Today() - history.DayOf(l.Received, env.Zone))
	expires := env.Text.T("home.lot_never")
	if !l.Expires.IsZero() {
		last := history.LastDay(l.Expires, env.Zone)
		expires = env.Text.DayYear(last) + "  " + env.Until(last)
	}
	origin := l.Origin
	if env.Text.Has("origin." + l.Origin) {
		origin = env.Text.T("origin." + l.Origin)
	}
	facts := kit.Facts(t, w,
		env.Text.T("home.lot_granted"), env.Amount(l.Granted),
		env.Text.T("home.lot_origin"), origin,
		env.Text.T("home.lot_received"), env.Moment(l.Received)+"  "+env.Text.N("home.lot_age", age),
		env.Text.T("home.lot_expires"), expires,
		env.Text.T("home.lot_contact"), p.figures.names[l.Issuer].Contact,
		env.Text.T("home.lot_id"), l.ID,
	)
	can := append(p.heading("home.lot_can", ""), kit.Paragraph(t.Text, env.Text.F("home.can_"+l.Kind.String(), "Issuer", name), w)...)
	way := kit.Lines{}
	if l.Source != "" {
		say := env.Text.T("home.lot_trail")
		way = kit.Lines{{
			Key:  "lot/trail",
			Open: func() tea.Cmd { return to("history", "tx", l.Source)() },
			Draw: func(s *kit.Sheet) { s.Put(t.Accent, say) },
		}}
	}
	become := kit.Visit{Page: "cashout", Arg: l.ID}
	say := env.Text.F("home.lot_become", "Amount", left)
	if !slices.Contains(leaving, l.Kind) {
		become.Arg, say = "", env.Text.T("home.lot_stays")
	}
	can = append(can, kit.Item{
		Key:  "lot/cashout",
		Open: func() tea.Cmd { return kit.Request(become) },
		Draw: func(s *kit.Sheet) { s.Put(t.Accent, say) },
	})
	return []kit.Lines{head, facts, can, way}
}
