package cashout

import (
	"jandon/internal/act"
	"jandon/internal/valuepath"
)

// Typed is the amount as it was typed.
func (p *Page) Typed() int64 { return int64(p.amount) }

// Shown are the plans that the page shows.
func (p *Page) Shown() (list []*valuepath.Plan) {
	for _, o := range p.pre.options {
		list = append(list, o.plan)
	}
	if !p.bid.over() {
		list = append(list, p.bid.plan())
	}
	return list
}

// Sound is what the page asks of a quote before it shows it.
func Sound(q *act.Quote, n int, a act.Ask) bool { return sound(q, &q.Offers[n], &bid{ask: a}) }

// Why is the id of a code's words.
func Why(c valuepath.Code) string { return why(c) }
