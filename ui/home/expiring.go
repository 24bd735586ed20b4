package home

import (
	tea "charm.land/bubbletea/v2"

	"jandon/internal/history"
	"jandon/ui/kit"
)

const (
	soon  = 7  // days: needs doing this week
	ahead = 30 // days: worth knowing
)

// expiring lists what lapses within a month, the earliest first.
func (p *Page) expiring(d density) kit.Lines {
	if p.held == nil || p.statement() {
		return nil
	}
	t, env := p.env.Theme, p.env
	lots, in7, in30 := p.lapsing()
	if len(lots) == 0 {
		return append(p.heading("home.expiring", ""), kit.Paragraph(t.Quiet, env.Text.T("home.nothing_expires"), p.narrowest())...)
	}
	fact := env.Text.F("home.in_30", "Amount", p.amount(in30))
	if in7 > 0 {
		fact = env.Text.F("home.in_7_and_30", "Week", p.amount(in7), "Month", p.amount(in30))
	}
	sec := p.heading("home.expiring", fact)
	show := map[density]int{tiny: 1, compact: 3, roomy: 4}[d]
	if p.expanded || len(lots) <= show+1 && d != tiny {
		show = len(lots)
	}
	show = min(show, len(lots))
	texts, whens, width, wide, longest := make([]string, show), make([]string, show), 0, 0, 0
	for i, l := range lots[:show] {
		longest = max(longest, kit.Width(p.figures.name(l.Lot.Issuer)))
		texts[i] = env.Amount(l.Lot.Amount)
		width = max(width, kit.Width(texts[i]))
		whens[i] = env.Until(l.LastDay)
		wide = max(wide, kit.Width(whens[i]))
	}
	for i, l := range lots[:show] {
		ink := t.Quiet
		if l.DaysLeft <= soon {
			ink = t.Warn
		}
		name, kind := p.figures.name(l.Lot.Issuer), env.Kind(l.Lot.Kind)
		sec = append(sec, kit.Item{
			Key:  "lot/" + l.Lot.ID,
			Open: func() tea.Cmd { p.openLot(l.Lot.ID); return nil },
			Draw: func(s *kit.Sheet) {
				end := s.X() + s.Room()
				s.PutIn(ink, whens[i], wide+2)
				names := end - width - 2 - s.X()
				x := s.X()
				s.PutIn(t.Text, name, min(kit.Width(name), names))
				if longest+2+kit.Width(kind) <= names {
					s.To(x + longest) // kinds stand in a column
				}
				if x+names-s.X() >= kit.Width(kind)+2 {
					s.Put(t.Quiet, "  "+kind)
				}
				s.Right(t.Text, texts[i], end)
			},
		})
	}
	if rest := len(lots) - show; rest > 0 {
		more := env.Text.N("home.more_lots", rest)
		sec = append(sec, kit.Item{
			Key:  "lots/more",
			Open: func() tea.Cmd { p.expand(); return nil },
			Draw: func(s *kit.Sheet) { s.Put(t.Quiet, more) },
		})
	}
	return sec
}

// expand lists all lots in place of the line that counted the rest.
func (p *Page) expand() {
	lots, _, _ := p.lapsing()
	p.expanded = true
	p.Cols.Key = ""
	p.arrange()
	for _, l := range lots {
		if p.Cols.Choose("lot/" + l.Lot.ID) {
			return
		}
	}
}

// lapsing is what expires within a month, the earliest first, and what lapses
// in the next 7 and 30 days.
func (p *Page) lapsing() (lots []history.Lapse, in7, in30 int64) {
	held, env := p.held.Wallet.Lots, p.env
	_, week := history.Expiring(held, env.Now, env.Zone, soon, p.figures.currency)
	lots, month := history.Expiring(held, env.Now, env.Zone, ahead, p.figures.currency)
	return lots, week.Minor, month.Minor
}
