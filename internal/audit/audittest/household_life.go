package audittest

import (
	"time"

	"jandon/internal/wallet"
)

func workday(d time.Time, closed map[time.Time]bool) bool {
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday && !closed[d]
}

// life adds what people buy by habit.
func (h *household) life() {
	r := h.r
	coffee := &shop{forms: []string{"스타벅스코리아"}, place: branches[r.IntN(len(branches))]}
	if h.abroad {
		coffee = &shop{forms: []string{"BLUE DOOR COFFEE"}, tail: auth}
	}
	usual := h.sum(41, 60)
	latte, lunch, dinner := h.sum(41, 65), h.sum(80, 110), h.sum(90, 150)
	store, other := h.named("GS25 역삼점", "QUICKSTOP 0443"), h.named("씨유 판교", "CORNER MART")
	canteen, bus := h.named("구내식당", "OFFICE CANTEEN"), h.named("티머니 버스", "METRO TRANSIT")
	if r.IntN(2) == 0 {
		bus.tail = auth
	}
	snacks := []int64{h.sum(10, 20), h.sum(12, 25), h.sum(15, 30), h.sum(30, 45)}
	drink, commute, eat := r.Float64(), r.IntN(3) > 0, 0.3+0.5*r.Float64()
	fare := h.sum(14, 16)
	for d := h.first; !d.After(h.last); d = d.AddDate(0, 0, 1) {
		if !workday(d, h.closed) {
			if r.IntN(3) == 0 {
				h.buy(h.awake(d), []int64{usual, latte}[r.IntN(2)], coffee, 0)
			}
			continue
		}
		if r.Float64() < drink {
			at := h.at(d, 8.6, 12)
			h.buy(at, usual, coffee, 0)
			if r.IntN(14) == 0 { // one for a colleague
				h.buy(at.Add(time.Duration(20+r.IntN(200))*time.Second), usual, coffee, 0)
			}
		}
		if commute && r.IntN(12) > 0 {
			h.buy(h.at(d, 7.9, 15), fare, bus, 0)
			h.buy(h.at(d, 18.4, 50), fare, bus, 0)
		}
		if r.Float64() < eat {
			h.buy(h.at(d, 12.2, 20), lunch, canteen, 0)
		}
	}
	h.now(0.35, func(at time.Time) { h.buy(at, snacks[r.IntN(4)], store, 0) })
	h.now(0.2, func(at time.Time) { h.buy(at, snacks[r.IntN(4)]+int64(r.IntN(30))*10, other, 0) })
	if r.IntN(2) == 0 {
		gym := h.named("동네헬스 일일권", "DAY PASS GYM")
		h.now(0.3, func(at time.Time) { h.buy(at, dinner, gym, 0) })
	}
	market := h.named("이마트 성수점", "FRESH MARKET 12")
	for d := h.first; !d.After(h.last); d = d.AddDate(0, 0, 5+r.IntN(5)) { // groceries
		h.buy(h.awake(d), h.sum(250, 1200), market, 0)
	}
	hair := h.named("민헤어", "MAIN ST BARBER")
	for d := h.first; !d.After(h.last); d = d.AddDate(0, 0, 25+r.IntN(25)) {
		h.buy(h.awake(d), 200*h.unit, hair, 0)
	}
	card := h.named("커피카드 자동충전", "COFFEE CARD RELOAD") // when it is empty
	for d := h.first; !d.After(h.last); d = d.AddDate(0, 0, 9+r.IntN(16)) {
		l := h.buy(h.awake(d), 300*h.unit, card, 0)
		if r.IntN(2) == 0 {
			l.typ = wallet.Topup
		}
	}
	for n := 0; ; n++ { // shopping after payday
		d := inMonth(h.first, n, 25).AddDate(0, 0, r.IntN(4))
		if d.After(h.last) {
			break
		}
		h.buy(h.awake(d), h.sum(300, 2000), h.named("하나백화점", "GRAND STORE"), 0)
	}
	h.rare()
}

// rare adds shops that are seen a few times, and things bought in twos.
func (h *household) rare() {
	r := h.r
	shops := make([]*shop, 25)
	for i := range shops {
		shops[i] = h.newShop()
	}
	h.now(0.4, func(at time.Time) { h.buy(at, h.sum(30, 900), shops[r.IntN(len(shops))], 0) })
	game := h.named("픽셀게임즈", "PIXEL GAMES")
	gem := h.sum(11, 12)
	h.now(0.03, func(at time.Time) { // bursts
		for range 1 + r.IntN(5) {
			h.buy(at, gem, game, 0)
			at = at.Add(time.Duration(15+r.IntN(200)) * time.Second)
		}
	})
	cinema := h.named("씨네광장", "STAR CINEMAS")
	cinema.tail = order
	h.now(0.02, func(at time.Time) { // a ticket each, in two orders
		seat := 140 * h.unit
		h.buy(at, seat, cinema, 0)
		h.buy(at.Add(time.Duration(30+r.IntN(240))*time.Second), seat, cinema, 0)
	})
	vending := h.named("자판기 무인결제", "VENDING")
	can := h.sum(10, 13)
	h.now(0.12, func(at time.Time) {
		h.buy(at, can, vending, 0)
		if r.IntN(3) == 0 {
			h.buy(at.Add(time.Duration(8+r.IntN(40))*time.Second), can, vending, 0)
		}
	})
}
