package audittest

import (
	"fmt"
	"math"
	"time"
)

// families adds two to four equal plans at one merchant.
func (h *household) families() {
	for range h.r.IntN(3) {
		s, price := h.newShop(), h.sum(49, 159)
		b := h.monthly()
		oneDay := h.r.IntN(2) == 0
		for k := range 2 + h.r.IntN(3) {
			x := b
			if k > 0 && !oneDay {
				x.start = b.start.AddDate(0, 0, 2+h.r.IntN(26))
				x.dom = x.start.Day()
			}
			tag := "family other days"
			switch {
			case oneDay: // one after the other, in the same order each time
				tag = "family one day"
				x.hour, x.spread = math.Mod(b.hour, 16)+2*float64(k), min(b.spread, 10)
			case k > 0:
				h.clock(&x)
			}
			h.subscribe(&plan{shop: s, bill: x, price: price, kind: "fixed", tags: []string{tag}, whole: true})
		}
	}
}

// stores adds shops that print one name for several services and for what is
// bought once.
func (h *household) stores() {
	for _, s := range []*shop{
		{forms: []string{"APPLE.COM/BILL"}, place: "ITUNES.COM IE"},
		{forms: []string{"구글페이먼트코리아"}},
		{forms: []string{"Amzn Mktp US"}, tail: code},
	} {
		if h.r.IntN(2) == 0 {
			continue
		}
		prices := []int64{1100, 2200, 3300, 4400, 4900, 5500, 6600, 8900, 9900, 11000, 14900}
		if h.abroad {
			prices = []int64{99, 199, 299, 399, 499, 699, 999, 1299, 1499, 1999, 2999}
		}
		mine := h.r.Perm(len(prices))
		if s.tail != code {
			for k := range 2 + h.r.IntN(3) {
				b := h.monthly()
				if h.r.IntN(8) == 0 {
					b.cadence = "yearly"
				}
				h.subscribe(&plan{shop: s, bill: b, price: prices[mine[k]], kind: "fixed", tags: []string{"store"}})
			}
		}
		h.now([]float64{0.02, 0.06, 0.15}[h.r.IntN(3)], func(at time.Time) {
			h.buy(at, prices[h.r.IntN(len(prices))], s, 0)
		})
	}
}

// parts adds purchases paid in parts, which end by themselves.
func (h *household) parts() {
	for range h.r.IntN(3) {
		s, n, price := h.newShop(), []int{3, 6, 10, 12}[h.r.IntN(4)], h.sum(300, 1500)
		m := &made{truth: Series{Tier: "optional", Cadence: "monthly", Kind: "fixed"}}
		start := h.first.AddDate(0, 0, h.r.IntN(h.span()/2))
		style := h.r.IntN(3)
		for k := range n {
			at := h.at(inMonth(start, k, start.Day()), 5, 30)
			if at.After(h.last) {
				break
			}
			l := h.buy(at, price, s, 0)
			l.name = fmt.Sprintf([]string{"%s 할부 %02d/%02d", "%s (%d/%d)", "%s %02d/%02d회차"}[style], s.forms[0], k+1, n)
			m.lines = append(m.lines, l)
		}
		h.series = append(h.series, m)
	}
}

// checks adds small sums that are taken and given back at once, to see whether a card is good.
func (h *household) checks() {
	for range h.r.IntN(4) {
		s := h.newShop()
		at := h.awake(h.first.AddDate(0, 0, h.r.IntN(h.span())))
		sum := []int64{100, 1000, 1}[h.r.IntN(3)]
		l := h.buy(at, sum, s, 0)
		h.back(l, sum, 0)
		h.buy(at.Add(2*time.Minute), h.sum(100, 900), s, 0)
	}
}
