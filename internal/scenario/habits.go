package scenario

import (
	"math"
	"strconv"
	"time"

	"jandon/internal/history"
	"jandon/internal/wallet"
)

// habit is what a habit does on a day.
func (g *gen) habit(h *habit) func(history.Day) {
	p := planOf(&h.when, day(g.w.Start))
	name := "habit/" + string(h.Name)
	return func(d history.Day) {
		s := streamOf(g.w.Seed, name, d)
		for n, second := range p.times(d, g.cal, s) {
			b := g.want(h, d, s)
			b.key = name + "/" + d.String() + "/" + strconv.Itoa(n)
			g.queue.put(at(d, second, g.zone), b.key, func(time.Time) { g.try(b) })
		}
	}
}

// want makes up one payment of a habit.
func (g *gen) want(h *habit, d history.Day, s stream) *bid {
	m := pick(s, h.Merchants, func(m *merchant) int64 { return m.Weight })
	it := pick(s, h.Items, func(it *item) int64 { return it.Weight })
	order := orderOf(s, d)
	b := &bid{minor: s.steps(it.Price, it.PriceTo, it.Step), pay: h.Pay, sweep: h.Sweep}
	b.luck = lucks(s, len(h.Pay))
	b.wait = time.Duration(s.between(15, 50)) * time.Second
	b.line = wallet.Transaction{
		Type: wallet.Payment, Merchant: text(s, m.Name, m.Text, order), Category: string(h.Category),
		Channel: string(h.Channel), Reason: string(it.Say), Contact: string(m.Contact),
	}
	switch {
	case h.Fee:
		b.line.Type = wallet.FeeCharge
	case h.Move:
		b.line.Type = wallet.TransferOut
	}
	if b.line.Contact == "" {
		b.line.Contact = string(h.Contact)
	}
	if h.Order {
		b.line.Order = order
	}
	luck, wait, hour := float64(s.below(1000))/1000, int64(0), s.between(10*3600, 17*3600)
	if h.Refund != nil {
		wait = s.between(int64(h.Refund.Days[0]), int64(h.Refund.Days[1]))
	}
	again := s.below(1 << 20)
	b.after = func(x wallet.Transaction, from place, drawn []wallet.Lot) {
		if h.Refund != nil && luck < h.Refund.Chance {
			back := at(g.day(g.now)+history.Day(wait), int(hour), g.zone)
			if !back.After(g.now) {
				back = g.now.Add(time.Hour)
			}
			g.refund(b.key, x, from, drawn, back, string(h.Refund.Reason))
			return
		}
		if h.Earn != nil {
			g.earn(h, b.key, -x.Amount.Minor)
		}
		g.mishap(h, b, x, from, again)
	}
	return b
}

// creditDay is the day of the month on which monthly points arrive.
const creditDay = 5

// earn credits points for a payment: at once, or with all others of its place on the 5th of the next month.
func (g *gen) earn(h *habit, key string, minor int64) {
	to := h.Earn.To
	g.points[to] += minor * int64(math.Round(h.Earn.Percent*100))
	credit := func(time.Time) {
		g.waiting[to] = false
		whole := g.points[to] / 10000
		g.points[to] -= whole * 10000
		if whole == 0 {
			return
		}
		x := g.line(key+"/earn", wallet.Earn, whole, to)
		is := g.issuers[to.Issuer]
		x.Merchant, x.Contact, x.Category, x.Channel, x.Reason = is.Name, is.Contact, "points", "app", string(h.Earn.Reason)
		l := wallet.Lot{Issuer: is.ID, Kind: to.Kind, Origin: "reward", Expires: g.expires(expiry{Months: h.Earn.Months})}
		g.grant(key+"/earn", x, l)
	}
	switch {
	case !h.Earn.Monthly:
		g.queue.put(g.now.Add(time.Minute), key+"/earn", credit)
	case !g.waiting[to]:
		g.waiting[to] = true
		g.queue.put(at(firstOf(g.day(g.now), 1)+creditDay-1, 9*3600, g.zone), key+"/earn", credit)
	}
}

// expires is when value that comes in now lapses: at the end of a day, or of a month.
func (g *gen) expires(e expiry) time.Time {
	today := g.day(g.now)
	switch {
	case e.Days > 0:
		return (today + history.Day(e.Days) + 1).Start(g.zone).UTC()
	case e.Months > 0:
		return firstOf(today, e.Months+1).Start(g.zone).UTC()
	}
	return time.Time{}
}

// mishap charges a payment again, minutes later, when an accident is due.
func (g *gen) mishap(h *habit, b *bid, x wallet.Transaction, from place, luck int64) {
	for i, a := range g.w.Accidents {
		today := g.day(g.now)
		if a.Habit != string(h.Name) || today < g.next[i] {
			continue
		}
		g.next[i] = math.MaxInt32
		if a.EveryWeeks > 0 {
			g.next[i] = today + history.Day(7*a.EveryWeeks)
		}
		later := time.Duration(int64(a.Minutes[0])+luck%int64(a.Minutes[1]-a.Minutes[0]+1))*time.Minute + time.Duration(luck%50)*time.Second
		twin := &bid{key: b.key + "/again", line: x, minor: -x.Amount.Minor, pay: []source{{From: from}}, luck: []float64{0}, wait: b.wait}
		twin.after = func(y wallet.Transaction, from place, drawn []wallet.Lot) {
			g.queue.put(g.now.Add(time.Minute), twin.key+"/alert", func(time.Time) {
				g.alert(twin.key, wallet.Alert{Kind: wallet.AlertDoubleCharge, Issuer: y.Issuer, Merchant: y.Merchant, Amount: y.Amount, Transactions: []string{x.ID, y.ID}})
			})
			if a.RefundDays > 0 {
				g.refund(twin.key, y, from, drawn, at(g.day(g.now)+history.Day(a.RefundDays), 14*3600+int(luck%3600), g.zone), doubleReason)
			}
		}
		g.queue.put(g.now.Add(later), twin.key, func(time.Time) { g.try(twin) })
	}
}

// doubleReason is what merchants write on the refund of a double charge.
const doubleReason = "중복 결제 취소"
