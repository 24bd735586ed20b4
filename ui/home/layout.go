package home

import (
	"jandon/internal/fault"
	"jandon/ui/kit"
)

// density is how much room a section takes.
type density uint8

const (
	tiny    density = iota // 40×16: figures only
	compact                // one column: a line for what else would take three
	roomy                  // columns
)

const (
	gutter    = 5  // between columns
	widest    = 76 // a column grows no further: figures must stay near their names
	twoFrom   = 100
	threeAt   = 170
	tinyBelow = 60
)

// arrange works the lines out anew: after data, size or environment changed.
func (p *Page) arrange() {
	p.Set(p.columns()...)
}

func (p *Page) columns() []kit.Scroll {
	switch {
	case p.W <= 0 || p.H <= 0:
		return nil
	case p.lot != "":
		c := kit.Scroll{X: 2, W: min(p.W-4, widest)}
		c.Add(p.detail(c.W)...)
		return []kit.Scroll{c}
	case p.W >= threeAt && p.H >= 30:
		return p.three()
	case p.W >= twoFrom:
		return p.two()
	default:
		return p.one()
	}
}

func (p *Page) three() []kit.Scroll {
	w := min((p.W-4-2*gutter)/3, widest)
	cols := []kit.Scroll{{X: 2, W: w}, {X: 2 + w + gutter, W: w}, {X: 2 + 2*(w+gutter), W: w}}
	cols[0].Add(p.waiting(w), p.total(roomy), p.issuers(w), p.kinds())
	cols[1].Add(p.week(roomy, w), p.strip(w))
	cols[2].Add(p.expiring(roomy), p.lapsed(), p.alerts(roomy, w), p.pace(w), p.phoneBill(w))
	return cols
}

func (p *Page) two() []kit.Scroll {
	room := min(p.W-4-gutter, 2*widest)
	l := room * 46 / 100
	cols := []kit.Scroll{{X: 2, W: l}, {X: 2 + l + gutter, W: room - l}}
	if p.statement() {
		cols[0].Add(p.total(roomy), p.week(roomy, l), p.phoneBill(l))
		cols[1].Add(p.weekRows(), p.pace(room-l), p.alerts(roomy, room-l))
		return cols
	}
	cols[0].Add(p.waiting(l), p.total(roomy), p.issuers(l), p.kinds(), p.phoneBill(l))
	cols[1].Add(p.week(roomy, room-l), p.expiring(roomy), p.lapsed(), p.alerts(roomy, room-l), p.strip(room-l), p.pace(room-l))
	return cols
}

func (p *Page) one() []kit.Scroll {
	d, margin := compact, 2
	if p.W < tinyBelow || p.H < 16 {
		d, margin = tiny, 1
	}
	c := kit.Scroll{X: margin, W: max(min(p.W-2*margin, widest+20), 0)}
	c.Add(p.waiting(c.W), p.total(d), p.week(d, c.W), p.expiring(d), p.lapsed(), p.alerts(d, c.W), p.issuers(c.W), p.kinds(), p.strip(c.W), p.pace(c.W), p.phoneBill(c.W))
	return []kit.Scroll{c}
}

// heading is the first line of a section.
func (p *Page) heading(id, fact string) kit.Lines {
	return kit.Lines{kit.Heading(p.env.Theme, p.env.Text.T(id), fact)}
}

// trouble says under a heading that its read failed; older figures stay below it.
func (p *Page) trouble(err *fault.Error, w int) kit.Lines {
	return kit.Trouble(p.env, err, w)
}

// amounts draws amounts as they are needed for a column: their texts and the widest of them.
func (p *Page) amounts(minors []int64) (texts []string, width int) {
	texts = make([]string, len(minors))
	for i, m := range minors {
		texts[i] = p.amount(m)
		width = max(width, kit.Width(texts[i]))
	}
	return texts, width
}
