package cashout

import (
	"cmp"
	"slices"
	"strings"

	"jandon/internal/act"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// path is the chosen option in full: the sentence, where the amount goes, each
// leg with its fee, time and lots, what stays and why; and what might be better.
func (p *Page) path(w int) []kit.Lines {
	o := p.option()
	if o == nil {
		return []kit.Lines{p.holdings(w), p.others(w)}
	}
	return []kit.Lines{p.route(o.plan, p.payees(o.plan), w), p.stays(o.plan, w), p.others(w)}
}

// route is a plan: its sentence, its shares and its legs.
func (p *Page) route(plan *valuepath.Plan, payees []act.Payee, w int) kit.Lines {
	t := p.env.Theme
	list := kit.Paragraph(t.Strong, p.say(plan.Sentence()), w)
	list = append(list, p.shares(plan, w)...)
	for i := range plan.Legs {
		var to act.Payee
		if i < len(payees) {
			to = payees[i]
		}
		list = append(list, kit.Gap())
		list = append(list, p.leg(&plan.Legs[i], to, w)...)
	}
	return list
}

// shares are the parts of the amount as one line: kept, given, fees, what
// stays, in this order and set apart, so that they need no colour. Whatever is
// more than nothing shows.
func (p *Page) shares(plan *valuepath.Plan, w int) kit.Lines {
	if p.env.Hidden || plan.Amount.Minor <= 0 {
		return nil
	}
	t := p.env.Theme
	parts := [...]struct {
		n   int64
		ink kit.Ink
	}{{plan.Value.Minor, t.Bar}, {plan.Given.Minor, t.Gain}, {plan.Fees.Minor, t.Cost}, {plan.Rest.Minor, t.Faint}}
	w = min(w, readable)
	cells := [len(parts)]int{}
	free, most := w, 0
	for i, x := range parts {
		if x.n > 0 {
			cells[i] = max(int(x.n*int64(w)/plan.Amount.Minor), 1)
			free -= cells[i] + 1
		}
		if cells[i] > cells[most] {
			most = i
		}
	}
	cells[most] += free + 1
	return kit.Lines{{Draw: func(s *kit.Sheet) {
		left := s.X()
		for i, x := range parts {
			if cells[i] > 0 {
				if s.X() > left {
					s.To(s.X() + 1)
				}
				s.Repeat(x.ink, "▄", cells[i])
			}
		}
	}}}
}

// leg is one rail of a plan.
func (p *Page) leg(l *valuepath.Leg, to act.Payee, w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	net, name, when := p.money(l.Net.Minor), p.rail(l.Rail), p.takes(l.Time)
	list := kit.Lines{{Draw: func(s *kit.Sheet) {
		end := s.X() + s.Room()
		s.Put(t.Strong, net)
		s.To(s.X() + 2)
		s.PutIn(t.Text, name, end-kit.Width(when)-2-s.X())
		s.Right(t.Quiet, when, end)
	}}}
	switch { // the rail itself needs no number to tell it from others
	case to.Destination != "":
		list = append(list, bullet(" ", t.Quiet, t.Text, p.toWhom(l.Rail, to), w)...)
	case to.Name != "":
		list = append(list, bullet(" ", t.Quiet, t.Text, text.F("cashout.to", "Payee", to.Name), w)...)
	}
	var says []string
	if l.Nature == valuepath.Gift {
		says = append(says, text.T("cashout.gift"))
	}
	if l.Nature == valuepath.Source {
		says = append(says, text.T("cashout.to_source"))
	}
	if l.Fee.Minor > 0 {
		says = append(says, text.F("cashout.leg_fee", "Fee", p.money(l.Fee.Minor), "Name", text.T("rail.fee."+l.FeeName), "Amount", p.money(l.Amount.Minor)))
	} else {
		says = append(says, text.T("cashout.no_fee"))
	}
	for _, from := range p.sources(l.From) {
		says = append(says, text.F("cashout.from", "Amount", p.money(from.minor), "Lot", from.name))
	}
	for _, say := range says {
		list = append(list, bullet(" ", t.Quiet, t.Quiet, say, w)...)
	}
	return list
}

// source is what lots of one issuer and kind give together.
type source struct {
	name  string
	minor int64
	lots  int
	first wallet.Lot // the first to expire
}

// sources names what is drawn from, lots that look alike as one.
func (p *Page) sources(draws []valuepath.Draw) (list []source) {
	for _, d := range draws {
		l, ok := p.lot(d.Lot)
		if !ok {
			l = wallet.Lot{Issuer: d.Lot}
		}
		i := slices.IndexFunc(list, func(s source) bool { return s.first.Issuer == l.Issuer && s.first.Kind == l.Kind })
		if i < 0 {
			i = len(list)
			list = append(list, source{first: l})
		}
		list[i].minor += d.Amount.Minor
		list[i].lots++
	}
	for i := range list {
		s := &list[i]
		s.name = p.tags(&s.first)
		if s.lots > 1 {
			s.name += " · " + p.env.Text.N("cashout.lots", s.lots)
		}
	}
	return list
}

// tags are issuer, kind and last day of a lot.
func (p *Page) tags(l *wallet.Lot) string {
	name := p.issuer(l.Issuer) + " · " + p.env.Kind(l.Kind)
	if !l.Expires.IsZero() {
		last := history.LastDay(l.Expires, p.env.Zone)
		day := p.env.Day(last)
		if last > p.env.Today()+soon {
			day = p.env.DayYear(last)
		}
		says := "cashout.expires"
		if l.Expired(p.at()) {
			says = "home.lapsed_on"
		}
		name += " · " + p.env.Text.F(says, "Day", day)
	}
	return name
}

// soon is how far ahead a date needs no year: before the same day comes again.
const soon = 330

// lot finds a lot of the wallet.
func (p *Page) lot(id string) (wallet.Lot, bool) {
	lots := p.wallet.Movable()
	if i := slices.IndexFunc(lots, func(l wallet.Lot) bool { return l.ID == id }); i >= 0 {
		return lots[i], true
	}
	return wallet.Lot{}, false
}

// stays says what of the amount stays and why; what can't go at all is told
// with its rule further below.
func (p *Page) stays(plan *valuepath.Plan, w int) kit.Lines {
	if len(plan.Stays) == 0 {
		return nil
	}
	t := p.env.Theme
	type reason struct{ say, remedy string }
	sums := map[reason]int64{}
	var order []reason
	barred := int64(0)
	for _, s := range plan.Stays {
		if slices.ContainsFunc(p.ground.refused, func(r valuepath.Refusal) bool { return r.Lot == s.Lot }) {
			barred += s.Amount.Minor
			continue
		}
		v := p.worded(&s)
		r := reason{p.say(v.Say), p.say(v.Remedy)}
		if r.say == "" {
			r.say = p.env.Text.T(why(s.Code))
		}
		if _, known := sums[r]; !known {
			order = append(order, r)
		}
		sums[r] += s.Amount.Minor
	}
	list := kit.Lines{kit.Heading(t, p.env.Text.T("cashout.what_stays"), p.money(plan.Rest.Minor))}
	for _, r := range order {
		list = append(list, bullet(p.money(sums[r]), t.Text, t.Text, r.say, w)...)
		list = append(list, below(p.money(sums[r]), t.Quiet, r.remedy, w)...)
	}
	if barred > 0 {
		list = append(list, bullet(p.money(barred), t.Text, t.Text, p.env.Text.T("cashout.barred"), w)...)
	}
	return list
}

// worded is why a part stays, in sentences. The platform's plans have none, but
// the preview says the same of the same lot.
func (p *Page) worded(s *valuepath.Stay) valuepath.Verdict {
	for _, o := range p.pre.options {
		for i := range o.plan.Stays {
			if same := &o.plan.Stays[i]; s.Say.ID == "" && same.Lot == s.Lot && same.Code == s.Code {
				return same.Verdict
			}
		}
	}
	return s.Verdict
}

// others are the ways beside any rail, where they leave the person with more.
func (p *Page) others(w int) kit.Lines {
	out := p.pre.out
	if out == nil || out.Spend == nil && out.Wait == nil {
		return nil
	}
	t := p.env.Theme
	list := kit.Lines{kit.Heading(t, p.env.Text.T("cashout.others"), "")}
	if o := out.Spend; o != nil {
		list = append(list, bullet("+"+p.money(o.Gain.Minor), t.Gain, t.Text, p.say(o.Say), w)...)
		if o.Issuer != "" && !o.When.IsZero() {
			list = append(list, below("+"+p.money(o.Gain.Minor), t.Quiet, p.env.Text.F("cashout.spend_first", "Issuer", p.issuer(o.Issuer)), w)...)
		}
	}
	if o := out.Wait; o != nil {
		list = append(list, bullet("+"+p.money(o.Gain.Minor), t.Gain, t.Text, p.say(o.Say), w)...)
		if o.Plan != nil {
			list = append(list, below("+"+p.money(o.Gain.Minor), t.Quiet, p.say(o.Plan.Sentence()), w)...)
		}
	}
	return list
}

// holdings are what can go, by issuer and kind, while no amount is typed.
func (p *Page) holdings(w int) kit.Lines {
	if !p.known() || p.ground.err != nil || p.pre.short > 0 || p.pre.err != nil {
		return nil
	}
	var draws []valuepath.Draw
	for _, l := range p.wallet.Movable() {
		free := l.Amount.Minor - max(0, p.limits.Pinned[l.ID])
		if free <= 0 || l.Amount.Currency != p.book.Currency || slices.ContainsFunc(p.ground.refused, func(r valuepath.Refusal) bool { return r.Lot == l.ID }) {
			continue
		}
		draws = append(draws, valuepath.Draw{Lot: l.ID, Amount: money.Of(free, l.Amount.Currency)})
	}
	t := p.env.Theme
	list := kit.Lines{}
	if p.amount == 0 {
		list = append(kit.Paragraph(t.Text, p.env.Text.T("cashout.hint"), min(w, readable)), kit.Gap())
	}
	list = append(list, kit.Heading(t, p.env.Text.T("cashout.what_can"), p.money(p.ground.movable)))
	if len(draws) == 0 {
		return append(list, kit.Paragraph(t.Quiet, p.env.Text.T("cashout.nothing_can"), w)...)
	}
	found := p.sources(draws)
	slices.SortStableFunc(found, func(a, b source) int { return cmp.Compare(b.minor, a.minor) })
	for _, s := range found {
		list = append(list, p.heldLine(s.name, p.money(s.minor), w)...)
	}
	return list
}

// heldLine is what a piece of value is and how much there is of it. What has no
// room beside the amount stands below: two pieces may differ in nothing but
// their last day.
func (p *Page) heldLine(name, amount string, w int) kit.Lines {
	t := p.env.Theme
	lines := fold(name, w-kit.Width(amount)-2)
	list := kit.Lines{{Draw: func(s *kit.Sheet) {
		end := s.X() + s.Room()
		s.PutIn(t.Text, lines[0], end-kit.Width(amount)-2-s.X())
		s.Right(t.Text, amount, end)
	}}}
	for _, line := range lines[1:] {
		list = append(list, below(" ", t.Quiet, line, w)...)
	}
	return list
}

// fold breaks a list of words between its members, into at least one line.
func fold(list string, w int) []string {
	var lines []string
	line := ""
	for part := range strings.SplitSeq(strings.NewReplacer(" · ", " · \x00", ", ", ", \x00").Replace(list), "\x00") {
		if line != "" && kit.Width(line+strings.TrimRight(part, " ·")) > w {
			lines, line = append(lines, strings.TrimRight(line, " ·")), ""
		}
		line += part
	}
	return append(lines, line)
}
