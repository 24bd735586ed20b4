package cashout

import (
	"strconv"
	"strings"

	"jandon/internal/valuepath"
	"jandon/ui/kit"
)

// optionKey names the line of an option, for the mouse and the chosen row.
func optionKey(i int) string { return "option/" + strconv.Itoa(i) }

// name is what an option is best at.
func (p *Page) name(o *option) (title, also string) {
	text := p.env.Text
	if o.hand {
		return text.T("cashout.by_hand"), ""
	}
	var rest []string
	for i, g := range o.goals {
		switch {
		case i == 0 && g == valuepath.NothingLeft && o.plan.Rest.Minor > 0:
			title = text.T("cashout.least_left")
		case i == 0:
			title = capital(text.T("rail.goal." + g.String()))
		case g == valuepath.Fastest:
			rest = append(rest, text.T("cashout.also_fast"))
		case o.plan.Rest.Minor > 0:
			rest = append(rest, text.T("cashout.also_least"))
		default:
			rest = append(rest, text.T("cashout.also_clean"))
		}
	}
	return title, strings.Join(rest, ", ")
}

// figures are what is weighed: kept, given, fees, what stays, and the time.
func (p *Page) figures(plan *valuepath.Plan) [5]string {
	return [5]string{p.money(plan.Value.Minor), p.money(plan.Given.Minor), p.money(plan.Fees.Minor), p.money(plan.Rest.Minor), p.takes(plan.Time)}
}

// weighed are the figures as numbers.
func weighed(plan *valuepath.Plan) [5]int64 {
	return [5]int64{plan.Value.Minor, plan.Given.Minor, plan.Fees.Minor, plan.Rest.Minor, int64(plan.Time)}
}

var figureIDs = [5]string{"cashout.keep", "cashout.given", "cashout.fees", "cashout.stays", "cashout.takes"}

// inks of the figures; what is nothing is quiet.
func (p *Page) figureInks(plan *valuepath.Plan) [5]kit.Ink {
	t := p.env.Theme
	inks := [5]kit.Ink{t.Strong, t.Text, t.Cost, t.Warn, t.Text}
	for i, n := range weighed(plan) {
		if n == 0 {
			inks[i] = t.Quiet
		}
	}
	return inks
}

// table lays the options side by side: a column for each thing that is weighed.
func (p *Page) table(w int) kit.Lines {
	if len(p.pre.options) == 0 {
		return nil
	}
	var widths [5]int
	all := make([][5]string, len(p.pre.options))
	for i := range p.pre.options {
		all[i] = p.figures(p.pre.options[i].plan)
		for c, s := range all[i] {
			widths[c] = max(widths[c], kit.Width(s))
		}
	}
	sum, gap := 0, wideGap
	for c, id := range figureIDs {
		widths[c] = max(widths[c], kit.Width(p.env.Text.T(id)))
		sum += widths[c]
	}
	if w-sum-gap*len(widths) < leastName+5 {
		gap = closeGap
	}
	if sum += gap * len(widths); w-sum < leastName {
		return p.cards(w)
	}
	t := p.env.Theme
	heads := make([]string, len(figureIDs))
	for c, id := range figureIDs {
		heads[c] = p.env.Text.T(id)
	}
	list := kit.Lines{{Draw: func(s *kit.Sheet) {
		edge := s.X() + w - sum
		for c, head := range heads {
			edge += gap + widths[c]
			s.Right(t.Quiet, head, edge)
		}
	}}}
	for i := range p.pre.options {
		o := &p.pre.options[i]
		title, also := p.name(o)
		mark, ink := p.mark(i)
		inks, texts := p.figureInks(o.plan), all[i]
		list = append(list, kit.Item{Key: optionKey(i), Draw: func(s *kit.Sheet) {
			left := s.X()
			s.Put(t.Accent, mark)
			s.PutIn(ink, title, left+w-sum-s.X())
			edge := left + w - sum
			for c, text := range texts {
				edge += gap + widths[c]
				s.Right(inks[c], text, edge)
			}
		}})
		if also != "" {
			list = append(list, kit.Item{Key: optionKey(i), Draw: func(s *kit.Sheet) { s.Put(t.Quiet, "    "+also) }})
		}
	}
	return list
}

// What a table of options needs: room between its columns, and for a name.
const (
	wideGap   = 3
	closeGap  = 2
	leastName = 19
)

// mark says which option is chosen, also where nothing but its text can.
func (p *Page) mark(i int) (string, kit.Ink) {
	if i == p.chosen() {
		return "▸ ", p.env.Theme.Strong
	}
	return "  ", p.env.Theme.Text
}

// cards are the options where there is no room for columns: two lines each.
func (p *Page) cards(w int) (list kit.Lines) {
	t, text := p.env.Theme, p.env.Text
	for i := range p.pre.options {
		o := &p.pre.options[i]
		title, also := p.name(o)
		if also != "" && kit.Width(title)+kit.Width(also)+16 < w {
			title += ", " + also
		}
		mark, ink := p.mark(i)
		keep := text.F("cashout.card_keep", "Amount", p.money(o.plan.Value.Minor))
		var facts []string
		if n := o.plan.Given.Minor; n > 0 {
			facts = append(facts, text.F("cashout.card_given", "Amount", p.money(n)))
		}
		fee := text.T("cashout.no_fee")
		if n := o.plan.Fees.Minor; n > 0 {
			fee = text.F("cashout.card_fees", "Amount", p.money(n))
		}
		facts = append(facts, fee)
		if n := o.plan.Rest.Minor; n > 0 {
			facts = append(facts, text.F("cashout.card_stays", "Amount", p.money(n)))
		}
		line := strings.Join(append(facts, p.takes(o.plan.Time)), " · ")
		list = append(list, kit.Item{Key: optionKey(i), Draw: func(s *kit.Sheet) {
			end := s.X() + s.Room()
			s.Put(t.Accent, mark)
			s.PutIn(ink, title, end-kit.Width(keep)-1-s.X())
			s.Right(t.Strong, keep, end)
		}})
		if p.h >= cardsFrom || i == p.chosen() {
			list = append(list, kit.Item{Key: optionKey(i), Draw: func(s *kit.Sheet) { s.Put(t.Quiet, "  "+line) }})
		}
	}
	return list
}

// cardsFrom is the height from which on every card has its second line.
const cardsFrom = 18
