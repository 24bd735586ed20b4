package scenario

import (
	"strconv"
	"time"

	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// subscription is what a subscription charges on a day.
func (g *gen) subscription(sub *subscription) func(history.Day) {
	p := planOf(&sub.when, day(g.w.Start))
	name := "subscription/" + string(sub.Name)
	return func(d history.Day) {
		s := streamOf(g.w.Seed, name, d)
		for n, second := range p.times(d, g.cal, s) {
			minor, ok := sub.price(d, s)
			if !ok {
				return
			}
			order := orderOf(s, d)
			b := &bid{key: name + "/" + d.String() + "/" + strconv.Itoa(n), minor: minor, pay: sub.Pay, luck: lucks(s, len(sub.Pay)), wait: 20 * time.Second}
			b.line = wallet.Transaction{
				Type: wallet.Payment, Merchant: text(s, sub.Merchant, sub.Text, order), Category: string(sub.Category),
				Channel: string(sub.Channel), Reason: string(sub.Reason), Contact: string(sub.Contact),
			}
			if sub.Order {
				b.line.Order = order
			}
			b.after = func(x wallet.Transaction, _ place, _ []wallet.Lot) {
				g.agree(name, sub, x)
				g.rise(name, b.key, sub, x)
			}
			g.queue.put(at(d, second, g.zone), b.key, func(time.Time) { g.try(b) })
		}
	}
}

// price is what a day costs; false while it is free or paused.
func (sub *subscription) price(d history.Day, s stream) (int64, bool) {
	if sub.TrialUntil.Year != 0 && d < day(sub.TrialUntil) {
		return 0, false
	}
	for _, p := range sub.Pauses {
		if d >= day(p.From) && d <= day(p.Until) {
			return 0, false
		}
	}
	p := sub.asOf(d)
	if p == nil {
		return 0, false
	}
	return s.steps(p.Amount, p.AmountTo, p.Step), true
}

// asOf is the price in force on a day; nil before the first.
func (sub *subscription) asOf(d history.Day) (now *price) {
	for i := range sub.Prices {
		if p := &sub.Prices[i]; d >= day(p.From) {
			now = p
		}
	}
	return now
}

// rise tells when a fixed price went up.
func (g *gen) rise(name, key string, sub *subscription, x wallet.Transaction) {
	before, known := g.paid[name]
	g.paid[name] = -x.Amount.Minor
	if !known || -x.Amount.Minor <= before || sub.varies() {
		return
	}
	g.alert(key+"/rise", wallet.Alert{Kind: wallet.AlertPriceRise, Issuer: x.Issuer, Merchant: string(sub.Merchant), Amount: x.Amount, Transactions: []string{x.ID}})
}

// income is what comes in on a day.
func (g *gen) income(in *income) func(history.Day) {
	p := planOf(&in.when, day(g.w.Start))
	name := "income/" + string(in.Name)
	return func(d history.Day) {
		s := streamOf(g.w.Seed, name, d)
		for n, second := range p.times(d, g.cal, s) {
			m := pick(s, in.Merchants, func(m *merchant) int64 { return m.Weight })
			it := pick(s, in.Items, func(it *item) int64 { return it.Weight })
			minor, order := s.steps(it.Price, it.PriceTo, it.Step), orderOf(s, d)
			who, contact := text(s, m.Name, m.Text, order), string(m.Contact)
			for _, c := range []string{string(in.Contact), g.issuers[in.To.Issuer].Contact} {
				if contact == "" {
					contact = c
				}
			}
			key := name + "/" + d.String() + "/" + strconv.Itoa(n)
			g.queue.put(at(d, second, g.zone), key, func(time.Time) {
				x := g.line(key, wallet.Type(in.Type), minor, in.To)
				x.Merchant, x.Category, x.Channel, x.Reason, x.Contact = who, string(in.Category), string(in.Channel), string(it.Say), contact
				if in.Order {
					x.Order = order
				}
				l := wallet.Lot{Issuer: in.To.Issuer, Kind: in.To.Kind, Origin: string(in.Origin), Expires: g.expires(in.Expires)}
				g.grant(key, x, l)
			})
		}
	}
}

// billing closes the bill of a month on the 1st of the next, and pays it when it is due.
func (g *gen) billing(b *bill) func(history.Day) {
	return func(d history.Day) {
		if _, _, dom := d.Date(); dom != 1 {
			return
		}
		key := "bill/" + b.Issuer + "/" + d.String()
		from, to := firstOf(d, -1).Start(g.zone).UTC(), d.Start(g.zone).UTC()
		g.queue.put(at(d, 3*3600, g.zone), key, func(time.Time) { g.closeBill(b, key, d, from, to) })
	}
}

func (g *gen) closeBill(b *bill, key string, d history.Day, from, to time.Time) {
	t := g.tabs[b.Issuer]
	total, n, later := int64(0), 0, t.open[:0:0]
	for _, c := range t.open {
		if !c.at.Before(to) {
			later = append(later, c)
			continue
		}
		total += c.minor
		n++
	}
	t.open = later
	if n == 0 {
		return
	}
	due := g.cal.move(d+history.Day(b.DueDay)-1, 1)
	s := wallet.Settlement{
		ID: "s" + to.Add(-time.Hour).In(g.zone).Format("200601") + "-" + b.Issuer, Issuer: b.Issuer, From: from, To: to,
		Due: at(due, 18*3600, g.zone), Total: g.money(total), Count: n, Disclosure: b.disclosed(),
	}
	g.add(Step{Act: Bill, Settlement: s})
	name := g.issuers[b.Issuer].Name
	g.alert(key, wallet.Alert{Kind: wallet.AlertBill, Issuer: b.Issuer, Merchant: name, Amount: money.Of(-total, g.currency), Settlement: s.ID})
	g.queue.put(at(due, 10*3600, g.zone), key+"/pay", func(now time.Time) {
		s.Paid = now
		g.add(Step{Act: Pay, Settlement: s})
	})
}

func (b *bill) disclosed() []wallet.Disclosure {
	list := make([]wallet.Disclosure, len(b.Disclosure))
	for i, d := range b.Disclosure {
		list[i] = wallet.Disclosure{Who: string(d.Who), What: string(d.What), Why: string(d.Why)}
	}
	return list
}
