package audittest

import (
	"slices"
	"time"

	"jandon/internal/wallet"
)

// mistakes charges some things twice that were bought once.
func (h *household) mistakes() {
	r := h.r
	lines := slices.Clone(h.lines)
	for wanted := 2 + r.IntN(4); wanted > 0; wanted-- {
		l := lines[r.IntN(len(lines))]
		p, ok := h.printed[l]
		if !ok || l.typ != wallet.Payment || -l.minor < 10*h.unit || l.name != h.name(l) || h.twin(l) {
			wanted += r.IntN(2)
			continue
		}
		gap, kind := time.Duration(3+r.IntN(240))*time.Second, "minutes"
		way := r.IntN(10)
		switch way {
		case 0, 1: // a batch runs again
			gap, kind = 24*time.Hour+time.Duration(r.IntN(7200)-3600)*time.Second, "next_day"
		case 2: // somebody presses again, later
			gap, kind = time.Duration(20+r.IntN(200))*time.Minute, "hours"
		case 3: // announced one day, booked some days later
			gap, kind = time.Duration(24*(1+r.IntN(3)))*time.Hour, "booked"
		}
		if l.at.Add(gap).After(h.last) {
			continue
		}
		if p.shop.tail == auth {
			p.number += 7919
		}
		if way == 4 { // through another gateway
			s := *p.shop
			s.gate = koGates[r.IntN(len(koGates))]
			p.shop = &s
			kind = "channel"
		}
		again := h.again(l, gap, p)
		if gap > 28*time.Hour {
			h.spared = append(h.spared, twin{l, again, kind})
			continue
		}
		h.pairs = append(h.pairs, twin{l, again, kind})
		if way == 5 { // and once more
			third := h.again(again, gap+10*time.Second, p)
			h.pairs = append(h.pairs, twin{again, third, "third"})
			h.spared = append(h.spared, twin{l, third, "third"})
		}
		if r.IntN(3) == 0 {
			h.imprint(h.refund(again.at.AddDate(0, 0, 2+r.IntN(9)), -l.minor), p)
		}
	}
}

// name is how a line would be printed if nothing was done to it.
func (h *household) name(l *line) string {
	x := *l
	h.imprint(&x, h.printed[l])
	delete(h.printed, &x)
	return x.name
}

// again charges a line once more. In another currency the rate has moved.
func (h *household) again(l *line, gap time.Duration, p imprint) *line {
	x := *l
	x.at = l.at.Add(gap)
	if x.orig > 0 && gap > time.Hour {
		x.minor -= x.minor / 400
	}
	h.imprint(&x, p)
	h.lines = append(h.lines, &x)
	for _, m := range h.series {
		if slices.Contains(m.lines, l) {
			m.neutral = append(m.neutral, &x)
		}
	}
	return &x
}
