package audittest

import (
	"fmt"
	"strings"
	"time"

	"jandon/internal/wallet"
)

// family adds two plans at one merchant, billed on the same day at the same price.
func (w *World) family() {
	if w.r.IntN(2) == 0 {
		return
	}
	s := newService(w.r, w.used)
	s.noise = ""
	b, step, grace := newBiller(w.r, w.first, w.last, w.closed)
	b.cadence, b.nth, b.second, b.spread = "monthly", 0, 0, 1.5
	other := b
	other.hour = float64(int(b.hour*10+37+float64(w.r.IntN(150)))%240) / 10
	price := w.price()
	for _, x := range []biller{b, other} {
		m := w.bill(&s, x, 30.44, grace, price)
		m.truth.Features = append(m.truth.Features, "family")
	}
	_ = step
}

// descriptor adds a shop that prints one name over many services and purchases.
func (w *World) descriptor() {
	if w.r.IntN(2) == 0 {
		return
	}
	s := service{forms: []string{"PEAR.COM/BILL"}, gateway: "%s", shared: true}
	for range 2 + w.r.IntN(4) {
		b, _, grace := newBiller(w.r, w.first, w.last, w.closed)
		b.cadence, b.nth, b.second = "monthly", 0, 0
		m := w.bill(&s, b, 30.44, grace, w.price())
		m.truth.Features = append(m.truth.Features, "descriptor")
	}
	w.now(0.05, func(at time.Time) { w.charge(at, w.price(), "PEAR.COM/BILL") })
}

// instalments adds a purchase paid in parts, which is no subscription.
func (w *World) instalments() {
	if w.r.IntN(2) == 0 {
		return
	}
	s := newService(w.r, w.used)
	parts, price := 6+w.r.IntN(7), w.price()*5
	start := w.first.AddDate(0, 0, w.r.IntN(60))
	m := &made{truth: Series{Tier: "optional", Cadence: "monthly", Kind: "fixed"}}
	for n := range parts {
		at := inMonth(start, n, 15).Add(9 * time.Hour)
		if at.After(w.last) {
			break
		}
		m.lines = append(m.lines, w.charge(at, price, fmt.Sprintf("%s 할부 %d/%d", s.forms[0], n+1, parts)))
	}
	w.series = append(w.series, m)
	transfer := w.price() * 20
	for n := 0; ; n++ {
		at := inMonth(w.first, n, 25).Add(8 * time.Hour)
		if at.After(w.last) {
			return
		}
		w.charge(at, transfer, "월세 김철수").typ = wallet.TransferOut
	}
}

// now calls for each of so many times a day, at a person's hours.
func (w *World) now(perDay float64, do func(time.Time)) {
	for at := w.first; !at.After(w.last); at = at.AddDate(0, 0, 1) {
		for p := perDay; p > 0; p-- {
			if w.r.Float64() < p {
				hour := 8 + 14*w.r.Float64()
				do(at.Add(time.Duration(hour * float64(time.Hour))))
			}
		}
	}
}

// habits adds what people buy again and again without having subscribed.
func (w *World) habits() {
	r := w.r
	cafe, shop, bar := newService(r, w.used), newService(r, w.used), newService(r, w.used)
	menu := []int64{w.price(), w.price(), w.price()}
	w.now(0.6, func(at time.Time) { w.charge(at, menu[r.IntN(len(menu))], cafe.print(r, false)) })
	w.now(0.4, func(at time.Time) { w.charge(at, w.unit*int64(30+r.IntN(800)), shop.print(r, false)) })
	w.now(0.08, func(at time.Time) { w.charge(at, menu[0], bar.print(r, false)) })
	weekly := newService(r, w.used) // groceries every Saturday or so
	for at := w.first; !at.After(w.last); at = at.AddDate(0, 0, 7) {
		if r.IntN(6) > 0 {
			w.charge(at.AddDate(0, 0, r.IntN(2)).Add(time.Duration((9+9*r.Float64())*float64(time.Hour))), w.unit*int64(200+r.IntN(500)), weekly.print(r, false))
		}
	}
	hair := newService(r, w.used)
	for at := w.first; !at.After(w.last); at = at.AddDate(0, 0, 28+r.IntN(25)) {
		w.charge(at.Add(time.Duration((10+8*r.Float64())*float64(time.Hour))), 250*w.unit, hair.print(r, false))
	}
	bus := w.unit * 14
	for at := w.first; !at.After(w.last); at = at.AddDate(0, 0, 1) {
		if at.Weekday() == time.Saturday || at.Weekday() == time.Sunday || w.closed[at] || r.IntN(12) == 0 {
			continue
		}
		w.charge(at.Add(8*time.Hour+time.Duration(r.IntN(1800))*time.Second), bus, "지하철 교통카드")
		w.charge(at.Add(18*time.Hour+time.Duration(r.IntN(5400))*time.Second), bus, "지하철 교통카드")
	}
}

// doubles makes some charges twice, by mistake or on purpose.
func (w *World) doubles() {
	r := w.r
	charges := w.lines
	for range 2 + r.IntN(4) {
		l := charges[r.IntN(len(charges))]
		if l.typ != wallet.Payment || l.minor == 0 || strings.Contains(l.name, "교통") || strings.Contains(l.name, "할부") {
			continue
		}
		gap, kind := time.Duration(5+r.IntN(400))*time.Second, "minutes"
		if r.IntN(3) == 0 {
			gap, kind = 24*time.Hour+time.Duration(r.IntN(3600)-1800)*time.Second, "next_day"
		}
		if l.at.Add(gap).After(w.last) {
			continue
		}
		if w.twin(l) {
			continue
		}
		again := *l
		again.at = l.at.Add(gap)
		w.lines = append(w.lines, &again)
		w.pairs = append(w.pairs, twin{l, &again, kind})
		for _, m := range w.series {
			for _, x := range m.lines {
				if x == l {
					m.neutral = append(m.neutral, &again)
				}
			}
		}
	}
}

// twin reports whether the like of a line already stands near it.
func (w *World) twin(l *line) bool {
	for _, x := range w.lines {
		if d := x.at.Sub(l.at).Abs(); x != l && x.minor == l.minor && d < 50*time.Hour {
			return true
		}
	}
	return false
}
