package cashout

import (
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/ui/kit"
)

// edit opens the split: amounts by rail, beginning with the chosen path.
func (p *Page) edit() {
	p.panel, p.typing, p.filling = onSplit, false, false
	p.row = 0
	amounts := p.amounts()
	for i := len(p.rows()) - 1; i >= 0; i-- { // begin where the path goes
		if at := p.rows()[i]; p.row == 0 || amounts[p.book.Rails[at].ID] > 0 {
			p.row = at
		}
	}
	p.lower.Top, p.side.Top = 0, 0
}

// amounts are what stands beside each rail: what was chosen by hand, else the
// chosen path.
func (p *Page) amounts() map[string]int64 {
	if p.hand != nil {
		return p.hand
	}
	if o := p.option(); o != nil {
		return o.plan.Amounts()
	}
	return nil
}

// put sets the amount of the row that has the keys; from then on the split is by hand.
func (p *Page) put(n figure) {
	if p.hand == nil {
		p.hand = maps.Clone(p.amounts())
		if p.hand == nil {
			p.hand = map[string]int64{}
		}
	}
	id := p.book.Rails[p.row].ID
	if n == 0 {
		delete(p.hand, id)
	} else {
		p.hand[id] = int64(n)
	}
	p.byHand, p.anew = true, false
	p.changed()
}

// placed is what of the amount has a place.
func (p *Page) placed() (sum int64) {
	for _, n := range p.amounts() {
		sum += n
	}
	return sum
}

// nudge moves the row's amount by a step of its rail: from nothing to the
// least that it takes, and back.
func (p *Page) nudge(by int64) {
	r := &p.book.Rails[p.row]
	p.put(p.moved(func() figure {
		n, unit := p.amounts()[r.ID], max(r.Unit, 1)
		for unit < handStep && handStep%unit == 0 && unit < int64(p.amount)/handSteps {
			unit = handStep
		}
		n += by * unit
		switch {
		case by > 0 && n < r.Min:
			n = r.Min
		case n < r.Min:
			n = 0
		}
		return figure(0).add(n)
	}))
}

// A rail that takes any amount moves by more than its unit, unless the whole is small.
const (
	handStep  = 100
	handSteps = 20
)

// fill gives the row all that has no place yet, in whole units.
func (p *Page) fill() {
	r := &p.book.Rails[p.row]
	p.put(p.moved(func() figure {
		n := p.amounts()[r.ID] + int64(p.amount) - p.placed()
		return figure(0).add(n / max(r.Unit, 1) * max(r.Unit, 1))
	}))
}

// toggle leaves the row's rail out, or takes it in again.
func (p *Page) toggle() {
	id := p.book.Rails[p.row].ID
	if p.without[id] {
		delete(p.without, id)
	} else {
		if p.without == nil {
			p.without = map[string]bool{}
		}
		p.without[id] = true
		delete(p.hand, id)
	}
	p.changed()
	p.survey()
}

// best forgets what was chosen by hand, and takes all rails in again.
func (p *Page) best() {
	p.hand, p.bad, p.without, p.byHand, p.filling = nil, nil, nil, false, false
	p.changed()
	p.survey()
}

// fillPress takes a key while the row's amount is being typed.
func (p *Page) fillPress(msg tea.KeyPressMsg) tea.Cmd {
	now := figure(p.amounts()[p.book.Rails[p.row].ID])
	to, changed, full := p.figured(func() (figure, bool, bool) { return now.edit(msg, p.anew) })
	switch {
	case full:
		return p.tooMuch()
	case changed:
		p.put(to)
	}
	return nil
}

func (p *Page) rowKey() string { return "rail/" + p.book.Rails[p.row].ID }

// split are the rails with their amounts, and what keeps one from having any.
func (p *Page) split(w int) []kit.Lines {
	t, text := p.env.Theme, p.env.Text
	loose := int64(p.amount) - p.placed()
	fact := text.F("cashout.loose", "Amount", p.money(max(loose, 0)))
	ink := t.Quiet
	switch {
	case loose == 0:
		fact = text.T("cashout.all_placed")
	case loose < 0:
		fact, ink = text.F("cashout.over_placed", "Amount", p.money(-loose)), t.Warn
	}
	title := text.T("cashout.split")
	list := kit.Lines{{Draw: func(s *kit.Sheet) {
		end := s.X() + s.Room()
		s.Put(t.Strong, title)
		if s.Room() > kit.Width(fact)+1 {
			s.Right(ink, fact, end)
		}
	}}}
	for _, i := range p.rows() {
		list = append(list, p.splitRow(i, w)...)
	}
	note := kit.Paragraph(t.Quiet, text.T("cashout.split_say"), min(w, readable))
	return []kit.Lines{list, note}
}

// amountW is the room for an amount in a row of the split.
const amountW = 11

// factW is the room that all there is to say of a row takes, such as from how
// much it goes, in which steps, and how long; with less, the facts stand at the
// right edge and each takes what is free.
const factW = 30

// names is the room for the names of rails, in a split of w cells.
func (p *Page) names(w int) (room int) {
	for _, i := range p.rows() {
		room = max(room, kit.Width(p.rail(p.book.Rails[i].ID)))
	}
	if w >= roomyFrom {
		room = min(room, w*2/5)
	}
	return max(min(room, w-amountW), 0)
}

// rows are the rails that take anything of what is held, in the catalogue's order.
func (p *Page) rows() (list []int) {
	for i := range p.ground.rails {
		if s := &p.ground.rails[i]; s.Eligible.Minor > 0 || p.without[s.Rail] {
			list = append(list, i)
		}
	}
	return list
}

// walk goes by rows of the split.
func (p *Page) walk(by int) {
	rows := p.rows()
	if at := slices.Index(rows, p.row); len(rows) > 0 {
		p.row = rows[min(max(at+by, 0), len(rows)-1)]
	}
	p.filling, p.anew = false, false
}

// splitRow is one rail; the one that has the keys says in full why it can't.
func (p *Page) splitRow(i, w int) kit.Lines {
	t, text := p.env.Theme, p.env.Text
	r := &p.book.Rails[i]
	n, verdict := p.amounts()[r.ID], p.verdict(i)
	chosen := i == p.row
	name, ink, figureInk := p.rail(r.ID), t.Text, t.Strong
	amount, facts := "", []string{}
	if p.filling && chosen { // as a line of a form that is being filled in
		if ink = t.Accent; p.anew && n > 0 {
			figureInk = t.Chosen
		}
	}
	switch {
	case n > 0 || p.filling && chosen:
		amount = p.money(n)
		took := p.takes(r.Time)
		if fee := p.feeOf(r.ID); fee > 0 {
			costs := text.F("cashout.row_fee", "Fee", p.money(fee))
			facts = append(facts, costs+" · "+took, costs)
		}
		facts = append(facts, took)
		if verdict.Code != valuepath.OK {
			facts = []string{text.T(why(verdict.Code)), "!"} // colour alone says nothing
			if !p.anew || !chosen {
				figureInk = t.Warn
			}
		}
	case verdict.Code != valuepath.OK:
		ink, facts = t.Quiet, append(facts, text.T(why(verdict.Code)))
	default:
		facts = p.terms(i)
	}
	names := p.names(w)
	room := w - names - amountW - 2 // for a fact behind the amounts
	beside := room >= factW
	if !beside && amount == "" { // it has the amount's place too
		room += amountW
	}
	fact := ""
	for _, fact = range facts { // the fullest that has room
		if kit.Width(fact) <= room {
			break
		}
		fact = ""
	}
	list := kit.Lines{{Key: "rail/" + r.ID, Draw: func(s *kit.Sheet) {
		left, end := s.X(), s.X()+s.Room()
		s.PutIn(ink, name, names)
		if amount != "" {
			s.To(left + names + amountW - kit.Width(amount))
			s.Put(figureInk, amount)
		}
		if beside {
			s.To(left + names + amountW + 2)
			s.Put(t.Quiet, fact)
		} else {
			s.Right(t.Quiet, fact, end)
		}
	}}}
	switch {
	case chosen && verdict.Code != valuepath.OK:
		say := p.say(verdict.Say) + " " + p.say(verdict.Remedy)
		list = append(list, bullet(" ", t.Warn, t.Warn, say, min(w, readable))...)
	case chosen && fact != facts[0]:
		list = append(list, bullet(" ", t.Quiet, t.Quiet, facts[0], w)...)
	}
	if d, ok := p.paid()[r.ID]; ok && chosen {
		list = append(list, bullet(" ", t.Quiet, t.Text, p.toWhom(r.ID, d.Payee()), w)...)
	}
	return list
}

// verdict is what keeps a rail from carrying its amount, or any.
func (p *Page) verdict(i int) valuepath.Verdict {
	id := p.book.Rails[i].ID
	if v, bad := p.bad[id]; bad && p.hand != nil {
		return v
	}
	if p.pre.out != nil {
		v := p.pre.out.Rails[i].Verdict
		if (v.Code == valuepath.BelowMin || v.Code == valuepath.FeeExceeds) && p.hand != nil && p.placed() > 0 {
			return valuepath.Verdict{} // that is of the whole amount, of which others have a part: the row's terms say enough
		}
		return v
	}
	if i < len(p.ground.rails) {
		return p.ground.rails[i].Verdict
	}
	return valuepath.Verdict{}
}

// terms are what a rail asks of an amount: from how much, in which steps, and
// how long it takes; the fullest way to say it first.
func (p *Page) terms(i int) []string {
	r, takes := p.term(i), p.takes(p.book.Rails[i].Time)
	text, from := p.env.Text, p.env.Text.F("cashout.row_from", "Amount", p.money(r.Min))
	say := from
	switch {
	case r.Unit == r.Min && r.Stepped:
		say = text.F("cashout.row_units", "Unit", p.money(r.Unit))
	case r.Stepped:
		say = text.F("cashout.row_steps", "Amount", p.money(r.Min), "Unit", p.money(r.Unit))
	}
	return []string{say + " · " + takes, say, from}
}

// rowCaret is the cell behind the amount that is being typed.
func (p *Page) rowCaret() (x, y int) {
	s, from := &p.lower, len(p.top)
	if p.side.W > 0 {
		s, from = &p.side, 0
	}
	at := s.Find(p.rowKey())
	if at < 0 {
		return -1, -1
	}
	_, _, after := p.parts(0)
	return s.X + p.names(s.W) + amountW - kit.Width(after), from + at - s.Top
}

// handBad reports whether the split by hand has a part that can't go.
func (p *Page) handBad() bool { return p.hand != nil && len(p.bad) > 0 }

// asked are the amounts that a quote is asked for by hand; none for a goal.
func (p *Page) asked(o *option) (amounts map[string]int64) {
	if !o.hand {
		return nil
	}
	return maps.Clone(p.hand)
}

// whole is the amount as money.
func (p *Page) whole() money.Amount { return money.Of(int64(p.amount), p.book.Currency) }
