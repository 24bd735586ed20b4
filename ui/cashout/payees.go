package cashout

import (
	"maps"
	"slices"
	"strconv"

	"jandon/internal/act"
	"jandon/internal/valuepath"
	"jandon/ui/kit"
)

// Who is paid. Of several linked destinations of a rail the person chooses one;
// the preview shows whom the platform would pay, by the rule that it goes by
// too, and a quote is asked for exactly those.

// told takes the linked destinations. A choice that can't be paid any more is
// dropped; one where they can't be read is the platform's to judge.
func (p *Page) told(a kit.Answer[[]act.Destination]) {
	if !kit.Take(&p.paying, a) || a.Err != nil {
		return
	}
	p.linked = a.Value
	maps.DeleteFunc(p.to, func(rail, id string) bool {
		return !slices.ContainsFunc(p.choices(rail), func(d act.Destination) bool { return d.ID == id })
	})
}

// choices are the destinations of a rail that can be paid now, as they were told.
func (p *Page) choices(rail string) (list []act.Destination) {
	if p.limits == nil {
		return nil
	}
	at := p.at()
	for _, d := range p.linked {
		if d.Rail == rail && d.Pays(at) {
			list = append(list, d)
		}
	}
	return list
}

// paid is whom each rail would pay now, by Rail.ID.
func (p *Page) paid() map[string]act.Destination {
	if p.limits == nil {
		return nil
	}
	return act.Payees(p.linked, p.to, p.at())
}

// payees are those of a plan's legs, as far as they are known without a quote.
func (p *Page) payees(plan *valuepath.Plan) []act.Payee {
	paid := p.paid()
	list := make([]act.Payee, len(plan.Legs))
	for i, l := range plan.Legs {
		if d, ok := paid[l.Rail]; ok {
			list[i] = d.Payee()
		}
	}
	return list
}

// wantedOf are the destinations that a quote is asked for: those that were
// chosen, and those that the preview showed.
func (p *Page) wantedOf(plan *valuepath.Plan) map[string]string {
	to := maps.Clone(p.to)
	for i, d := range p.payees(plan) {
		if d.Destination != "" {
			if to == nil {
				to = map[string]string{}
			}
			to[plan.Legs[i].Rail] = d.Destination
		}
	}
	return to
}

// toWhom names a destination, and while it can be changed which of several it is.
func (p *Page) toWhom(rail string, to act.Payee) string {
	text := p.env.Text
	say := text.F("cashout.to", "Payee", to.Name+" · "+to.ID)
	list := p.choices(rail)
	at := slices.IndexFunc(list, func(d act.Destination) bool { return d.ID == to.Destination })
	if len(list) < 2 || at < 0 || !p.bid.over() {
		return say
	}
	return say + " · " + p.env.Keyed("cashout.payee_of", "cashout.payee_of_lines", "N", strconv.Itoa(at+1), "All", strconv.Itoa(len(list)))
}

// several are the rails whose payee the keys can change now: of the row in a
// split, else of the chosen path.
func (p *Page) several() (list []string) {
	add := func(rail string) {
		if len(p.choices(rail)) > 1 && !slices.Contains(list, rail) {
			list = append(list, rail)
		}
	}
	if p.panel == onSplit {
		add(p.book.Rails[p.row].ID)
		return list
	}
	if o := p.option(); o != nil {
		for i := range o.plan.Legs {
			add(o.plan.Legs[i].Rail)
		}
	}
	return list
}

// another goes on to the next payee. Where a path has several rails with
// several of them, all their pairs come in turn, as the hands of a clock do.
func (p *Page) another() {
	paid := p.paid()
	for _, rail := range p.several() {
		list := p.choices(rail)
		at := slices.IndexFunc(list, func(d act.Destination) bool { return d.ID == paid[rail].ID })
		next := (at + 1) % len(list)
		if p.to == nil {
			p.to = map[string]string{}
		}
		p.to[rail] = list[next].ID
		if next != 0 {
			break
		}
	}
	p.quoting.Drop()
	p.bid, p.refusal = nil, nil // what was asked for was for somebody else
}

// waiting are the destinations of a rail that can't be paid yet.
func (p *Page) waiting(rail string) (list []act.Destination) {
	at := p.at()
	for _, d := range p.linked {
		if d.Rail == rail && !d.Pays(at) {
			list = append(list, d)
		}
	}
	return list
}
