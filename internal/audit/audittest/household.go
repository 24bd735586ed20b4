package audittest

import (
	"fmt"
	"math/rand/v2"
	"time"

	"jandon/internal/wallet"
)

// household is the making of a history as a card company or a wallet would
// show it: gateways before the names, numbers behind them, names cut to a
// width, cards replaced, payments refused and tried again. It is made of what
// is known of billing in Korea and abroad, not after any labelled data.
type household struct {
	World
	abroad bool
	width  int  // runes a name is cut to; 0: none
	full   bool // Latin letters are printed at full width
	printed
	lost time.Time // the day a card was lost; zero: none was
	late int       // days until bills went to the new one
}

// printed remembers how lines came to their names, so that one can be charged again.
type printed map[*line]imprint

type imprint struct {
	shop   *shop
	form   int
	number int
}

// Live makes the history of a household of a seed, closed on the days given.
func Live(seed uint64, closed map[time.Time]bool) History {
	r := rand.New(rand.NewPCG(seed, 770_011))
	last := time.Date(2026, 2, 10, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(120))
	h := &household{World: World{
		r: r, last: last, first: last.AddDate(0, -(6 + r.IntN(30)), 0), closed: closed, unit: 100, used: map[string]bool{},
	}, abroad: r.IntN(4) == 0, printed: printed{}}
	if h.abroad {
		h.unit, h.closed = 8, nil // cents
	}
	if r.IntN(3) == 0 {
		h.width = 12 + r.IntN(11)
	}
	h.full = !h.abroad && r.IntN(6) == 0
	if r.IntN(4) == 0 {
		h.lost = h.first.AddDate(0, 0, 60+r.IntN(90))
		h.late = 3 + r.IntN(9)
	}
	h.bills()
	h.families()
	h.stores()
	h.parts()
	h.moves()
	h.life()
	h.checks()
	h.mistakes()
	made := h.history(fmt.Sprintf("live-%03d", seed), r.IntN(4) == 0)
	if h.abroad {
		made.Input.Country = ""
	}
	return made
}

// sum is a price that people are asked: 4,900, 13,500, 9.99.
func (h *household) sum(low, high int) int64 {
	n := int64(low + h.r.IntN(high-low))
	if h.abroad {
		return n*h.unit/100*100 + []int64{99, 49, 0, 95}[h.r.IntN(4)]
	}
	return n*100 + []int64{0, 0, 0, 90, 50}[h.r.IntN(5)]*int64(h.r.IntN(2))
}

// buy prints one charge.
func (h *household) buy(at time.Time, minor int64, s *shop, form int) *line {
	l := h.charge(at, minor, "")
	h.imprint(l, imprint{s, form, 100_000 + h.r.IntN(90_000_000)})
	return l
}

// imprint names a line.
func (h *household) imprint(l *line, p imprint) {
	h.printed[l] = p
	l.name = p.shop.printed(p.form, p.number)
	if h.full {
		l.name = widen(l.name)
	}
	if runes := []rune(l.name); h.width > 0 && len(runes) > h.width {
		l.name = string(runes[:h.width])
	}
}

// awake is a time of a day at which people pay.
func (h *household) awake(d time.Time) time.Time {
	return d.Add(time.Duration((8 + 14*h.r.Float64()) * float64(time.Hour)))
}

// at is a time of day give or take some minutes.
func (h *household) at(d time.Time, hour, minutes float64) time.Time {
	return d.Add(time.Duration((hour*60 + minutes*h.r.NormFloat64()) * float64(time.Minute)))
}

// moves are transfers and what comes in: none of it is a subscription.
func (h *household) moves() {
	rent, pay := h.sum(4000, 8000), h.sum(20_000, 40_000)
	own := h.sum(1000, 5000)
	for n := 0; ; n++ {
		d := inMonth(h.first, n, 25)
		if d.After(h.last) {
			break
		}
		h.charge(h.at(d, 9, 1), -pay, "급여 하나상사").typ = wallet.TransferIn
		l := h.charge(h.at(d, 10, 30), rent, "월세 박집주인")
		l.typ = wallet.TransferOut
		h.charge(h.at(d, 11, 1), own, "내 적금").typ = wallet.TransferOut
		if n%12 == 3 {
			h.charge(h.at(d, 14, 1), -h.sum(100, 900), "국세환급금").typ = wallet.TransferIn
		}
	}
	if h.r.IntN(2) == 0 { // a loan: a payment a month, interest falling; it may be told or not
		m := &made{truth: Series{Tier: "optional", Cadence: "monthly", Kind: "usage"}}
		s := h.named("한빛캐피탈", "HANBIT CAPITAL")
		owed := h.sum(3000, 9000)
		for n := 0; ; n++ {
			d := inMonth(h.first, n, 11)
			if d.After(h.last) {
				break
			}
			m.lines = append(m.lines, h.buy(h.at(d, 6, 2), owed, s, 0))
			owed -= owed / 300
		}
		h.series = append(h.series, m)
	}
}
