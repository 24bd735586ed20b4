package audittest

import (
	"math"
	"time"

	"jandon/internal/wallet"
)

// plan is what somebody subscribed to.
type plan struct {
	shop   *shop
	bill   biller
	price  int64
	kind   string   // fixed, usage or fx
	spread float64  // of a metered price
	tags   []string // features
	whole  bool     // nothing happens to it: it runs from start to end, always on its day
	told   bool     // of fx: the line says the price in its own currency
}

func lengthOf(cadence string) (days float64, grace int) {
	for _, c := range cadences {
		if c.word == cadence {
			return c.days, c.grace
		}
	}
	return 0, 0
}

// clock is when a scheduler, a batch or a person bills.
func (h *household) clock(b *biller) {
	b.hour = []float64{0.1, 3.2, 4.5, 6.1, 9, 24 * h.r.Float64(), 24 * h.r.Float64()}[h.r.IntN(7)]
	b.spread = []float64{1, 1, 2, 10, 45}[h.r.IntN(5)]
	b.closed = h.closed
}

// monthly is a bill on a day of each month.
func (h *household) monthly() biller {
	b := biller{cadence: "monthly", start: h.first.AddDate(0, 0, h.r.IntN(min(150, h.span()/3)))}
	h.clock(&b)
	b.dom = b.start.Day()
	return b
}

func (h *household) span() int { return int(h.last.Sub(h.first).Hours() / 24) }

// bills adds what a household pays for again and again.
func (h *household) bills() {
	r := h.r
	for range 5 + r.IntN(6) { // services on the net
		p := plan{shop: h.newShop(), bill: h.monthly(), price: h.sum(29, 199), kind: "fixed"}
		if r.IntN(4) == 0 {
			p.kind, p.told = "fx", r.IntN(2) == 0
			p.price = int64(4+r.IntN(20))*100 + 99
		}
		h.subscribe(&p)
	}
	utilities := []struct {
		ko, en  string
		cadence string
		dom     int
		spread  float64
	}{
		{"한국전력공사", "CITY ELECTRIC CO", "monthly", 25, 0.1}, {"서울도시가스", "NATURAL GAS UTIL", "monthly", 20, 0.25},
		{"서울시 상수도", "WATER DEPT", "bimonthly", 30, 0.12}, {"SK텔레콤 통신요금", "WIRELESS BILL", "monthly", 21, 0.06},
		{"아파트관리비", "HOA DUES", "monthly", 31, 0.08},
	}
	for _, i := range r.Perm(len(utilities))[:2+r.IntN(3)] {
		u := utilities[i]
		p := plan{shop: h.named(u.ko, u.en), bill: h.monthly(), price: h.sum(300, 1500), kind: "usage", spread: u.spread}
		p.bill.cadence, p.bill.dom, p.bill.move = u.cadence, u.dom, 1
		p.bill.start = h.first.AddDate(0, 0, r.IntN(20))
		p.bill.hour, p.bill.spread = 4+3*r.Float64(), 20
		h.subscribe(&p)
	}
	others := []struct {
		ko, en, cadence string
		dom, move       int
		low, high       int
	}{
		{"든든생명보험료", "STEADY LIFE INS", "monthly", 10, 1, 200, 900}, {"어린이재단 후원", "CHILDREN FUND", "monthly", 25, 1, 100, 500},
		{"맑은물렌탈", "CLEARWATER RENTAL", "monthly", 5, 0, 199, 399}, {"렌즈박스", "LENS BOX", "days30", 0, 0, 150, 400},
		{"이유식배달", "BABY MEALS", "weekly", 0, 0, 200, 500}, {"꽃한송이 정기배송", "FLOWER POST", "biweekly", 0, 0, 150, 300},
		{"빨래방 정기권", "LAUNDRY PASS", "four_weekly", 0, 0, 200, 400}, {"세차구독", "CAR WASH CLUB", "semi_monthly", 1, 0, 90, 250},
		{"필터교체", "FILTER CLUB", "quarterly", 15, 0, 200, 600}, {"계간지 구독", "QUARTERLY REVIEW", "quarterly", 1, 1, 120, 200},
		{"자동차세", "CAR TAX", "half_yearly", 16, 1, 900, 2500}, {"도메인 연장", "DOMAIN RENEWAL", "yearly", 0, 0, 150, 400},
		{"멤버십 연회비", "CLUB ANNUAL FEE", "yearly", 0, 0, 300, 900}, {"수학학원", "MUSIC LESSONS", "monthly", 1, 1, 1500, 3500},
	}
	for _, i := range r.Perm(len(others))[:3+r.IntN(5)] {
		o := others[i]
		p := plan{shop: h.named(o.ko, o.en), bill: h.monthly(), price: h.sum(o.low, o.high), kind: "fixed"}
		p.bill.cadence, p.bill.move = o.cadence, o.move
		if o.dom > 0 {
			p.bill.dom = o.dom
		}
		if o.cadence == "semi_monthly" {
			p.bill.second = 15
		}
		if r.IntN(4) == 0 {
			p.bill.lag = 1 + r.IntN(2)
		}
		h.subscribe(&p)
	}
}

// subscribe bills a plan, with what becomes of it.
func (h *household) subscribe(p *plan) *made {
	r, b := h.r, &p.bill
	days, grace := lengthOf(b.cadence)
	m := &made{truth: Series{Cadence: b.cadence, Kind: p.kind, Features: p.tags}}
	tag := func(f string) { m.truth.Features = append(m.truth.Features, f) }
	if p.kind != "fixed" {
		tag(p.kind)
	}
	room := int(h.last.Sub(b.start).Hours() / 24 / days)
	stop, pause, resume, rise, cheap, rename, taxed := 1<<30, 1<<30, 0, 1<<30, 0, 1<<30, 1<<30
	if room >= 7 && !p.whole {
		switch r.IntN(8) {
		case 0:
			stop = 4 + r.IntN(room-4)
			tag("stopped")
		case 1:
			if days < 60 {
				pause = 3 + r.IntN(room-6)
				resume = pause + 1 + r.IntN(3)
				tag("paused")
			}
		}
		if p.kind != "usage" {
			switch r.IntN(6) {
			case 0, 1:
				rise = 3 + r.IntN(room-4)
				tag("rise")
			case 2:
				cheap = 1 + r.IntN(3)
				tag("promo")
			case 3:
				taxed = 3 + r.IntN(room-4)
				tag("vat")
			}
		}
		if r.IntN(6) == 0 && len(p.shop.forms) > 1 {
			rename = 3 + r.IntN(room-4)
			tag("renamed")
		}
	}
	form := 0
	up := []float64{1.08, 1.15, 1.23, 1.36, 1.5, 0.75}[r.IntN(6)]
	low := []float64{0.5, 0.3, 0.01}[r.IntN(3)]
	rate, phase := 1320.0, 2*math.Pi*r.Float64()
	free := days > 25 && days < 40 && !p.whole && p.kind == "fixed" && r.IntN(10) == 0
	if free {
		tag("trial")
		d := b.start.AddDate(0, 0, -[]int{7, 14, 30}[r.IntN(3)])
		l := h.buy(b.booked(r, d), 0, p.shop, 0)
		l.name += " 무료체험"
		m.lines = append(m.lines, l)
	}
	paid, lastN := 0, -1
	var before int64
	for n := 0; n < stop; n++ {
		due := b.due(n)
		if due.Before(b.start) || n >= pause && n < resume {
			continue
		}
		at := b.booked(r, due)
		switch {
		case !h.lost.IsZero() && !due.Before(h.lost) && due.Before(h.lost.AddDate(0, 0, h.late)) && days > 13 && !p.whole:
			at = b.booked(r, h.lost.AddDate(0, 0, h.late+r.IntN(3)))
		case r.Float64() < 0.04 && days > 13 && !p.whole: // refused; tried again some days later
			at = at.AddDate(0, 0, 1+r.IntN(5))
		}
		if !at.Before(h.last.AddDate(0, 0, 1)) {
			break
		}
		price := float64(p.price)
		if n >= rise {
			price *= up
		}
		if n < cheap {
			price *= low
		}
		if n >= taxed {
			price *= 1.1
		}
		if n == rename {
			form = 1
		}
		l := h.buy(at, round(price), p.shop, form)
		now := -l.minor
		switch p.kind {
		case "usage":
			season := 1 + 2.2*p.spread*math.Sin(phase+2*math.Pi*float64(due.YearDay())/365)
			l.minor = -max(10, int64(float64(p.price)*season*(1+p.spread*0.6*r.NormFloat64())))
		case "fx":
			rate *= 1 + 0.009*r.NormFloat64()
			l.minor = -int64(float64(now)*rate/100+0.5) / 1
			if h.abroad {
				l.minor = -int64(float64(now)*rate/1500 + 0.5)
			}
			if p.told {
				l.orig, l.code = now, "USD"
			}
		}
		if p.kind != "usage" && paid > 0 && now != before {
			m.truth.Changes = append(m.truth.Changes, Change{at.Format(time.DateOnly), -m.lines[len(m.lines)-1].minor, -l.minor})
		}
		before = now
		m.lines = append(m.lines, l)
		lastN = n
		paid++
	}
	if free && paid > 0 {
		m.truth.Changes = append([]Change{{m.lines[1].at.Format(time.DateOnly), 0, -m.lines[1].minor}}, m.truth.Changes...)
	}
	if lastN < 0 {
		return m
	}
	h.close(m, b, days, grace, lastN, paid, pause < lastN)
	h.giveBack(m)
	return m
}

// round is a price as a shop would set it.
func round(p float64) int64 {
	if p < 3000 {
		return int64(p + 0.5)
	}
	return int64(p/10+0.5) * 10
}

// giveBack refunds a charge now and then: a part of one, or the last one whole,
// which ends a series.
func (h *household) giveBack(m *made) {
	if len(m.lines) < 4 || m.lines[0].minor == 0 {
		return
	}
	switch h.r.IntN(12) {
	case 0:
		l := m.lines[1+h.r.IntN(len(m.lines)-2)]
		h.back(l, -l.minor/3, 3)
	case 1:
		if l := m.lines[len(m.lines)-1]; m.truth.Status == "active" && !l.at.AddDate(0, 0, 3).After(h.last) {
			h.back(l, -l.minor, 2)
			m.truth.Status, m.truth.Next = "cancelled", ""
		}
	}
}

func (h *household) back(l *line, minor int64, days int) {
	h.imprint(h.refund(l.at.AddDate(0, 0, days), minor), h.printed[l])
}

func (h *household) refund(at time.Time, minor int64) *line {
	l := h.charge(at, -minor, "")
	l.typ = wallet.Refund
	return l
}
