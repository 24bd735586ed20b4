package scenario

import (
	"strings"
	"time"

	"jandon/internal/history"
	"jandon/internal/safe"
	"jandon/internal/wallet"
)

// bid is a wish to pay. It draws all its luck when it is made, so that what
// happens in between changes nothing about it but the place it is paid from.
type bid struct {
	key   string
	line  wallet.Transaction // type, merchant, category, channel, reason, contact, order
	minor int64              // positive
	pay   []source
	luck  []float64     // for each source
	wait  time.Duration // from a refill to the payment it was made for
	sweep bool
	tries int
	after func(x wallet.Transaction, from place, drawn []wallet.Lot)
}

// maxTries: a refill is used up by another payment now and then, never often.
const maxTries = 5

// try pays from the first place that can; if none can, nothing is bought.
func (g *gen) try(b *bid) {
	for i, s := range b.pay {
		if s.Chance > 0 && b.luck[i] >= s.Chance {
			continue
		}
		if s.From.Bill {
			b.line.Channel = "phone_bill"
			g.put(b, Charge, s.From, nil)
			return
		}
		p := g.purse(s.From)
		have := p.balance(g.now)
		minor := b.minor
		if b.sweep {
			minor = have / b.minor * b.minor
		}
		low := int64(0)
		if p.rule != nil && b.tries < maxTries {
			low = p.rule.Low
		}
		switch {
		case minor > 0 && have >= minor+low:
			b.minor = minor
			g.put(b, Spend, s.From, p)
			return
		case p.rule != nil && b.tries < maxTries:
			g.topup(b.key, p, minor+low-have)
			b.tries++
			g.queue.put(g.now.Add(b.wait), b.key, func(time.Time) { g.try(b) })
			return
		}
	}
}

// put writes the line of a bid that can be paid.
func (g *gen) put(b *bid, act Act, from place, p *purse) {
	x := g.line(b.key, b.line.Type, -b.minor, from)
	x.Merchant, x.Category, x.Channel, x.Reason, x.Order = b.line.Merchant, b.line.Category, b.line.Channel, b.line.Reason, b.line.Order
	x.Contact = b.line.Contact
	if x.Contact == "" {
		x.Contact = g.issuers[from.Issuer].Contact
	}
	var drawn []wallet.Lot
	if act == Spend {
		drawn = p.take(g.money(b.minor), g.now)
	} else {
		t := g.tabs[from.Issuer]
		t.open = append(t.open, charge{g.now, b.minor})
	}
	g.add(Step{Act: act, Transaction: x})
	if g.w.NotifyOver > 0 && b.minor >= g.w.NotifyOver && x.Type == wallet.Payment {
		g.alert(b.key+"/charge", wallet.Alert{Kind: wallet.AlertCharge, Issuer: x.Issuer, Merchant: x.Merchant, Amount: x.Amount, Transactions: []string{x.ID}})
	}
	if b.after != nil {
		b.after(x, from, drawn)
	}
}

// topup refills a purse by multiples of its rule, at least by short. Paid from
// outside it is no spending; charged on a bill, the bill's line moves value
// and the lot is carrier credit's, so nothing is counted twice.
func (g *gen) topup(key string, p *purse, short int64) {
	r := p.rule
	minor := (short + r.Topup - 1) / r.Topup * r.Topup
	key += "/topup"
	x := g.line(key, wallet.Topup, minor, r.At)
	x.Merchant, x.Reason, x.Channel, x.Category = string(r.Merchant), string(r.Reason), string(r.Channel), "topup"
	x.Contact = g.issuers[r.At.Issuer].Contact
	if x.Channel == "" {
		x.Channel = "app"
	}
	if r.OnBill != "" {
		out := g.line(key+"/bill", wallet.TransferOut, -minor, place{Bill: true, Issuer: r.OnBill, Kind: wallet.CarrierCredit})
		out.Merchant, out.Reason, out.Contact, out.Category, out.Channel = x.Merchant, x.Reason, x.Contact, x.Category, "phone_bill"
		t := g.tabs[r.OnBill]
		t.open = append(t.open, charge{g.now, minor})
		g.add(Step{Act: Charge, Transaction: out})
	}
	l := wallet.Lot{Issuer: r.At.Issuer, Kind: r.At.Kind, Origin: string(r.Origin)}
	g.grant(key, x, l)
}

// grant books a line that brings value in, and its lot.
func (g *gen) grant(key string, x wallet.Transaction, l wallet.Lot) {
	l.ID, l.Source, l.Granted, l.Amount, l.Received = g.id("l", key), x.ID, x.Amount, x.Amount, g.now
	l.Spent.Currency = x.Amount.Currency
	g.purse(place{Issuer: l.Issuer, Kind: l.Kind}).put(l)
	g.add(Step{Act: Grant, Transaction: x, Lot: l})
	if !l.Expires.IsZero() {
		g.warn(key, l)
	}
}

// warnDays before a lot lapses its owner is told, if it is worth the trouble.
const (
	warnDays  = 7
	warnMinor = 300
)

func (g *gen) warn(key string, l wallet.Lot) {
	tell := at(g.day(l.Expires)-warnDays, 10*3600, g.zone)
	if !tell.After(g.now) {
		tell = g.now.Add(time.Minute)
	}
	from := place{Issuer: l.Issuer, Kind: l.Kind}
	g.queue.put(tell, key+"/warn", func(time.Time) {
		if left := g.purse(from).left(l.ID); left.Minor >= warnMinor && !l.Expired(g.now) {
			g.alert(key+"/warn", wallet.Alert{Kind: wallet.AlertExpiry, Issuer: l.Issuer, Merchant: g.issuers[l.Issuer].Name, Amount: left, Lots: []string{l.ID}})
		}
	})
}

// refund gives a payment back later: to the very lots, or off the bill.
func (g *gen) refund(key string, x wallet.Transaction, from place, drawn []wallet.Lot, when time.Time, reason string) {
	g.queue.put(when, key+"/refund", func(now time.Time) {
		if from.Bill {
			t := g.tabs[from.Issuer]
			if t.owed() < -x.Amount.Minor { // a bill never owes the person: wait until more is on it
				g.refund(key, x, from, drawn, now.Add(24*time.Hour), reason)
				return
			}
			t.open = append(t.open, charge{now, x.Amount.Minor})
		} else {
			for _, l := range drawn {
				if l.Expired(now) { // what has lapsed can't be given back
					return
				}
			}
			g.purse(from).giveBack(drawn)
		}
		back := g.line(key+"/refund", wallet.Refund, -x.Amount.Minor, from)
		back.Merchant, back.Category, back.Channel, back.Contact, back.Order = x.Merchant, x.Category, x.Channel, x.Contact, x.Order
		back.Reason, back.RefundOf = reason, x.ID
		g.add(Step{Act: GiveBack, Transaction: back})
		g.alert(key+"/refund", wallet.Alert{Kind: wallet.AlertRefund, Issuer: back.Issuer, Merchant: back.Merchant, Amount: back.Amount, Transactions: []string{back.ID, x.ID}})
	})
}

// text is one way in which a merchant's name arrives. The plain name is the
// usual one; {order} stands for the order number.
func text(s stream, name safe.Line, variants []safe.Line, order string) string {
	if len(variants) == 0 || s.below(100) >= variantPercent {
		return string(name)
	}
	return safe.Text(strings.ReplaceAll(string(variants[s.below(int64(len(variants)))]), "{order}", order))
}

// variantPercent of the lines come under another of the merchant's names.
const variantPercent = 15

// lucks draws a number in [0, 1) for each source.
func lucks(s stream, n int) []float64 {
	list := make([]float64, n)
	for i := range list {
		list[i] = float64(s.below(1000)) / 1000
	}
	return list
}

// orderOf is an order number of a day.
func orderOf(s stream, d history.Day) string {
	y, m, dom := d.Date()
	return string([]byte{byte('0' + y/10%10), byte('0' + y%10), byte('0' + int(m)/10), byte('0' + int(m)%10), byte('0' + dom/10), byte('0' + dom%10)}) + s.digits(6)
}
