package cashout

import (
	"strings"
	"time"

	"jandon/internal/valuepath"
	"jandon/ui/kit"
)

// offer is a quote as it will be carried out; the question about it stands below.
func (p *Page) offer(w int) []kit.Lines {
	b := p.bid
	return []kit.Lines{p.differs(w), p.route(b.plan(), b.quote.Offers[b.offer].Payees, w), p.stays(b.plan(), w)}
}

// validity is how long the quote is good for.
func (p *Page) validity() kit.Lines {
	t, text, b := p.env.Theme, p.env.Text, p.bid
	fact, ink := "", t.Quiet
	left := p.remains()
	switch b.stage {
	case expired:
		fact, ink, left = text.T("cashout.expired"), t.Warn, 0
		if b.outdated() {
			fact = text.T("cashout.outdated")
		}
	case offered:
		fact = text.F("cashout.good_for", "Time", clock(left))
		if left <= hurry {
			ink = t.Warn
		}
	}
	title := text.T("cashout.quote")
	list := kit.Lines{{Draw: func(s *kit.Sheet) {
		end := s.X() + s.Room()
		s.Put(t.Strong, title)
		s.Right(ink, fact, end)
	}}}
	list = append(list, kit.Item{Draw: func(s *kit.Sheet) {
		s.Meter(t.Bar, t.Faint, int64(left), int64(max(b.left, 1)), s.Room())
	}})
	if p.h >= airyFrom {
		list = append(list, kit.Gap())
	}
	return list
}

// hurry is when the time that is left is worth a warning.
const hurry = 15 * time.Second

// clock writes a time that is left: 1:27. What has begun counts as a second.
func clock(d time.Duration) string {
	s := int((d + time.Second - 1) / time.Second)
	two := func(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
	if s >= 6000 {
		return "99:59"
	}
	return strings.TrimPrefix(two(s/60), "0") + ":" + two(s%60)
}

// sums are what leaves, and what it comes to.
func (p *Page) sums(w int) kit.Lines {
	t, text, plan := p.env.Theme, p.env.Text, p.bid.plan()
	leaves := plan.Amount.Minor - plan.Rest.Minor
	parts := [...]struct {
		say, amount string
		ink         kit.Ink
	}{
		{text.T("cashout.sum_leaves"), p.money(leaves), t.Strong}, {text.T("cashout.sum_fees"), p.money(plan.Fees.Minor), p.figureInks(plan)[2]},
		{text.T("cashout.sum_arrives"), p.money(leaves - plan.Fees.Minor), t.Strong},
	}
	whole := ""
	for i, x := range parts {
		if i > 0 {
			whole += " · "
		}
		whole += x.say + " " + x.amount
	}
	if kit.Width(whole) > w {
		return kit.Paragraph(t.Strong, whole, w)
	}
	return kit.Lines{{Draw: func(s *kit.Sheet) {
		for i, x := range parts {
			if i > 0 {
				s.Put(t.Faint, " · ")
			}
			s.Put(t.Quiet, x.say+" ")
			s.Put(x.ink, x.amount)
		}
	}}}
}

// question is what is asked about a quote, or what became of the answer.
func (p *Page) question(w int) (list kit.Lines) {
	t, text, b := p.env.Theme, p.env.Text, p.bid
	if p.h >= airyFrom {
		list = append(list, kit.Gap())
	}
	list = append(list, p.sums(w)...)
	w = min(w, readable)
	if b.err != nil && b.stage != unknown {
		say, hint := p.fault(b.err)
		list = append(list, kit.Paragraph(t.Bad, say, w)...)
		list = append(list, kit.Paragraph(t.Quiet, hint, w)...)
	}
	switch b.stage {
	case offered:
		switch {
		case p.env.Hidden:
			list = append(list, kit.Paragraph(t.Warn, p.env.Keyed("cashout.ask_hidden", "cashout.ask_hidden_lines"), w)...)
		default:
			if p.h >= roomyH {
				list = append(list, kit.Gap())
			}
			list = append(list, p.guard.Doubt(p.env, text.T("cashout.ask"), w)...)
			if p.h >= airyFrom {
				list = append(list, kit.Paragraph(t.Quiet, text.T("cashout.ask_say"), w)...)
			}
		}
	case expired:
		if !b.outdated() { // of which all has been said
			list = append(list, kit.Paragraph(t.Warn, text.T("cashout.expired_say"), w)...)
		}
	case starting:
		list = append(list, kit.Paragraph(t.Text, text.T("cashout.starting"), w)...)
	case unknown:
		list = append(list, kit.Paragraph(t.Warn, text.T("cashout.unknown"), w)...)
		list = append(list, kit.Paragraph(t.Quiet, text.T("cashout.unknown_say"), w)...)
		if b.tries > 0 {
			say, _ := p.fault(b.err)
			list = append(list, kit.Paragraph(t.Quiet, text.N("cashout.tried", b.tries, "Say", say), w)...)
		}
	}
	return list
}

// differs names what is not as it was shown before.
func (p *Page) differs(w int) kit.Lines {
	b := p.bid
	was, is := b.before, b.plan()
	t, text := p.env.Theme, p.env.Text
	var says []string
	before, now := p.figures(was), p.figures(is)
	for i, id := range figureIDs {
		if weighed(was)[i] != weighed(is)[i] {
			says = append(says, text.F("cashout.differs", "What", capital(text.T(id)), "Was", before[i], "Is", now[i]))
		}
	}
	says = append(says, p.rerouted(was, is)...)
	if len(says) == 0 {
		return nil
	}
	title := text.T("cashout.differs_preview")
	if b.anew {
		title = text.T("cashout.differs_quote")
	}
	list := kit.Paragraph(t.Warn, title, min(w, readable))
	for _, say := range says {
		list = append(list, bullet("·", t.Warn, t.Text, say, min(w, readable))...)
	}
	return list
}

// rerouted names the rails that carry another amount than before.
func (p *Page) rerouted(was, is *valuepath.Plan) (says []string) {
	before, now := was.Amounts(), is.Amounts()
	for i := range p.book.Rails {
		id := p.book.Rails[i].ID
		if before[id] != now[id] {
			says = append(says, p.env.Text.F("cashout.differs", "What", capital(p.rail(id)), "Was", p.money(before[id]), "Is", p.money(now[id])))
		}
	}
	return says
}
