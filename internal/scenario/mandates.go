package scenario

import (
	"time"

	"jandon/internal/wallet"
)

// How long before a charge a person was asked: at once for the first, two weeks
// for a rise and one for the end of a trial, which the law wants within thirty days.
const (
	askedFirst = time.Minute
	askedTrial = 7 * 24 * time.Hour
	askedRise  = 14 * 24 * time.Hour
)

// agree keeps the mandate under which a subscription is charged: it begins with
// the first charge, and a dearer price is agreed to unless the file says that
// nobody was asked.
func (g *gen) agree(name string, sub *subscription, x wallet.Transaction) {
	m, known := g.mandates[name]
	rose := known && -x.Amount.Minor > m.Price.Minor && !sub.varies()
	if known && !rose {
		return
	}
	price := g.money(-x.Amount.Minor)
	asked, asks := askedRise, !sub.asOf(g.day(g.now)).Unasked
	if !known {
		asked, asks = askedFirst, !sub.Unasked
		m = wallet.Mandate{ID: g.id("m", name), Issuer: x.Issuer, Merchant: string(sub.Merchant), First: x.ID, Since: g.now}
		if sub.TrialUntil.Year != 0 {
			m.Trial = day(sub.TrialUntil).Start(g.zone).UTC()
			asked = askedTrial
		}
	}
	m.Price = price
	if asks {
		m.Consents = append(m.Consents[:len(m.Consents):len(m.Consents)], wallet.Consent{At: g.now.Add(-asked), Charge: x.ID, Price: price})
	}
	g.mandates[name] = m
	g.add(Step{Act: Agree, Mandate: m})
}

// varies reports whether what a subscription costs is by use.
func (sub *subscription) varies() bool {
	return len(sub.Prices) > 0 && sub.Prices[len(sub.Prices)-1].AmountTo > 0
}
