package home

import (
	"slices"

	"jandon/internal/history"
	"jandon/ui/kit"
)

// total is what is held in all.
func (p *Page) total(d density) kit.Lines {
	t, env := p.env.Theme, p.env
	if p.statement() {
		return kit.Paragraph(t.Quiet, env.Text.T("home.no_balances"), p.narrowest())
	}
	label := env.Text.T("home.total")
	if p.held == nil {
		return append(p.heading("home.total", ""), p.trouble(p.heldErr, p.narrowest())...)
	}
	amount := p.amount(p.figures.total)
	for _, a := range p.figures.others {
		amount += " + " + env.Amount(a)
	}
	if d != roomy {
		line := kit.Item{Draw: func(s *kit.Sheet) {
			end := s.X() + s.Room()
			s.Put(t.Quiet, label)
			s.Right(t.Strong, amount, end)
		}}
		return append(kit.Lines{line}, p.trouble(p.heldErr, p.narrowest())...)
	}
	facts := env.Text.N("home.issuers_count", len(p.figures.issuers))
	sec := kit.Lines{
		{Draw: func(s *kit.Sheet) { s.Put(t.Quiet, label) }},
		{Draw: func(s *kit.Sheet) { s.Put(t.Strong, amount) }},
		{Draw: func(s *kit.Sheet) { s.Put(t.Quiet, facts) }},
	}
	return append(sec, p.trouble(p.heldErr, p.narrowest())...)
}

// narrowest is a width that every column has.
func (p *Page) narrowest() int {
	if p.W >= twoFrom {
		return 40
	}
	return max(p.W-4, 1)
}

// issuers lists what each issuer holds, and of which kinds.
func (p *Page) issuers(w int) kit.Lines {
	if len(p.figures.issuers) == 0 {
		return nil
	}
	sec := p.heading("home.by_issuer", "")
	width := 0
	for _, i := range p.figures.issuers {
		width = max(width, kit.Width(p.amount(i.minor)))
	}
	for _, i := range p.figures.issuers {
		beside := ""
		if len(i.kinds) == 1 {
			beside = p.env.Kind(i.kinds[0].Kind)
		}
		sec = append(sec, p.sumRow("issuer/"+i.issuer, i.name, beside, i.minor, width, history.ByIssuer, i.issuer))
		for _, k := range i.kinds {
			if len(i.kinds) > 1 {
				sec = append(sec, p.part(p.env.Kind(k.Kind), p.env.Amount(k.Amount)))
			}
		}
	}
	return append(sec, p.concentrated(w)...)
}

// kinds totals what is held by kind of value.
func (p *Page) kinds() kit.Lines {
	if len(p.figures.kinds) == 0 {
		return nil
	}
	sec := p.heading("home.by_kind", "")
	width := 0
	for _, k := range p.figures.kinds {
		width = max(width, kit.Width(p.env.Amount(k.Amount)))
	}
	for _, k := range p.figures.kinds {
		sec = append(sec, p.sumRow("kind/"+k.Kind.String(), p.env.Kind(k.Kind), "", k.Amount.Minor, width, history.ByKind, k.Kind.String()))
	}
	return sec
}

// sumRow is a name, its share of the total as a meter and in words, and the amount.
func (p *Page) sumRow(key, name, beside string, minor int64, width int, by history.Dimension, value string) kit.Item {
	t, amount := p.env.Theme, p.amount(minor)
	total := p.figures.total
	share := kit.Percent(minor, total)
	return kit.Item{
		Key:  key,
		Open: to("history", "find", p.filter(by, value)),
		Draw: func(s *kit.Sheet) {
			end := s.X() + s.Room()
			edge := end - width - 2 // where the share ends
			meter := 0
			if s.Room() >= 50 {
				meter = min(s.Room()/4, 20)
			}
			names := edge - 6 - meter - s.X()
			x := s.X()
			s.PutIn(t.Text, name, min(kit.Width(name), names))
			if rest := x + names - s.X() - 2; beside != "" && rest >= kit.Width(beside) {
				s.Put(t.Quiet, "  "+beside)
			}
			s.To(x + names + 1)
			s.Meter(t.Bar, t.Faint, minor, total, meter)
			s.Right(t.Quiet, share, edge)
			s.Right(t.Text, amount, end)
		},
	}
}

// part is a kind of an issuer's value, under the issuer.
func (p *Page) part(name, amount string) kit.Item {
	t := p.env.Theme
	return kit.Item{Draw: func(s *kit.Sheet) {
		end := s.X() + s.Room()
		s.Put(t.Quiet, "  "+name)
		s.Right(t.Quiet, amount, end)
	}}
}

// concentrated warns when one issuer holds more than the share that was set (V3).
func (p *Page) concentrated(w int) kit.Lines {
	if len(p.figures.issuers) < 2 || p.figures.total <= 0 {
		return nil
	}
	t, env := p.env.Theme, p.env
	mark := history.Whole * history.BasisPoints(p.opts.Concentration) / 100
	top := history.Concentration(p.figures.balances, p.figures.currency, mark)[0]
	if top.Excess.Minor <= 0 {
		return nil
	}
	say := env.Text.F("home.concentrated", "Issuer", p.figures.name(top.Issuer), "Percent", (int(top.Part)+50)/100, "Limit", p.opts.Concentration)
	spread := env.Text.F("home.spread", "Amount", env.Amount(top.Excess))
	return slices.Concat(kit.Lines{kit.Gap()}, kit.Paragraph(t.Warn, say, w), kit.Paragraph(t.Quiet, spread, w))
}

// filter is a search for one group, as the history's search reads it.
func (p *Page) filter(by history.Dimension, name string) string {
	return history.Query{}.In(by, name).Format(p.currency())
}
