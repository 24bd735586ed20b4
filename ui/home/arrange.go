package home

import (
	"jandon/ui/kit"
)

// place is a line of a column.
type place struct{ col, line int }

func (p *Page) at(to place) *kit.Item { return &p.cols[to.col].Items[to.line] }

// find looks for a line by its key.
func (p *Page) find(key string) (place, bool) {
	for c := range p.cols {
		if n := p.cols[c].Find(key); n >= 0 {
			return place{c, n}, true
		}
	}
	return place{}, false
}

// chosen is the line that is chosen, if any is.
func (p *Page) chosen() (place, bool) { return p.find(p.key) }

// choose makes a line the chosen one and brings it into view.
func (p *Page) choose(to place) {
	p.key = p.at(to).Key
	p.cols[to.col].Show(to.line, p.h)
}

// first chooses the first line that can be chosen.
func (p *Page) first() {
	p.key = ""
	p.section(0)
}

// vertical moves the choice within its column.
func (p *Page) vertical(by int) {
	from, ok := p.chosen()
	if !ok {
		p.first()
		return
	}
	to := p.cols[from.col].Move(from.line, by, p.h)
	p.key = p.at(place{from.col, to}).Key
}

// sideways moves within the line, or else to the nearest line of the next column.
func (p *Page) sideways(by int) {
	from, ok := p.chosen()
	if !ok {
		p.first()
		return
	}
	if step := p.at(from).Step; step != nil && step(by) {
		return
	}
	to := from.col + by
	if to < 0 || to >= len(p.cols) {
		return
	}
	c := &p.cols[to]
	row := from.line - p.cols[from.col].Top + c.Top
	best := -1
	for n, it := range c.Items {
		if it.Pick() && (best < 0 || away(n, row) < away(best, row)) {
			best = n
		}
	}
	if best >= 0 {
		p.choose(place{to, best})
	}
}

// section goes on by a number of sections that have something to choose.
func (p *Page) section(by int) {
	var starts []place
	here := 0
	from, ok := p.chosen()
	for i := range p.cols {
		c := &p.cols[i]
		for s := range c.Heads {
			n := c.First(s)
			if n < 0 {
				continue
			}
			if ok && from.col == i && c.Section(from.line) == s {
				here = len(starts)
			}
			starts = append(starts, place{i, n})
		}
	}
	if !ok {
		by = 0
	}
	if n := len(starts); n > 0 {
		p.choose(starts[(here+by+n)%n])
	}
}

func away(a, b int) int { return max(a-b, b-a) }

var _ kit.Page = (*Page)(nil)
