package ledger

import (
	"fmt"
	"time"

	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

// part is what one account gives to one side of a leg, the payee's or the fee's.
type part struct {
	account int64
	issuer  string
	kind    wallet.Kind
	sum     int64
	entries []entry
}

// shares deals what a leg held to the payee first and to the fee last: lots
// that lapse first leave first, and each won of both is known by its lot.
func shares(from []held, fee int64) (net, fees []part) {
	total := int64(0)
	for _, h := range from {
		total += h.amount
	}
	to, left := &net, total-fee
	for _, h := range from {
		for rest := h.amount; rest > 0; {
			if left == 0 {
				to, left = &fees, fee
			}
			n := min(rest, left)
			*to = give(*to, h, n)
			rest, left = rest-n, left-n
		}
	}
	return net, fees
}

func give(parts []part, h held, n int64) []part {
	e := entry{account: h.account, lot: h.lot, amount: -n, mine: true}
	for i := range parts {
		if parts[i].account == h.account {
			parts[i].sum, parts[i].entries = parts[i].sum+n, append(parts[i].entries, e)
			return parts
		}
	}
	return append(parts, part{h.account, h.issuer, h.kind, n, []entry{e}})
}

// arrive posts a leg that its payee got: its hold becomes transfers, the fee
// ones of its own, so that a history names both.
func (b *book) arrive(of string, l act.Leg, at time.Time) error {
	from, err := b.unhold(l.ID, holdPosted, at)
	if err != nil {
		return err
	}
	if err := b.endLeg(l.ID, act.LegDone, "", at); err != nil {
		return err
	}
	typ, category, class := kindOf(l.Nature)
	rail := railNames[l.Rail]
	t := wallet.Transaction{At: at, Type: typ, Category: category, Channel: "app", Merchant: l.Payee.Name, Reason: rail, Order: of}
	net, fees := shares(from, l.Fee.Minor)
	if err := b.postParts(l, t, class, l.ID, net); err != nil {
		return err
	}
	t.Type, t.Category, t.Merchant = wallet.FeeCharge, "fees", rail
	return b.postParts(l, t, classFees, l.ID+"-fee", fees)
}

// postParts writes one transfer per account; their ids are made of the leg's.
func (b *book) postParts(l act.Leg, t wallet.Transaction, class, id string, parts []part) error {
	c := l.Amount.Currency
	to, err := b.system(class, c)
	if err != nil {
		return err
	}
	for n, p := range parts {
		t.ID, t.Amount, t.Issuer, t.Kind = id, money.Of(-p.sum, c), p.issuer, p.kind
		if n > 0 {
			t.ID = fmt.Sprintf("%s-%d", id, n+1)
		}
		for _, e := range p.entries {
			if err := b.fill(e.lot, e.amount, class); err != nil {
				return err
			}
		}
		if err := b.post(posting{Transaction: t, act: "cash_out", hold: l.ID}, append(p.entries, entry{account: to, amount: p.sum})...); err != nil {
			return err
		}
	}
	return nil
}

// railNames are who is paid where a rail has no destination of the person's.
// They say that it is a simulator's: no value leaves it.
var railNames = map[string]string{
	"bank_transfer":                "Simulated bank transfer",
	"bank_instant":                 "Simulated instant transfer",
	"branch_payout":                "Simulated branch counter",
	"savings_jar":                  "Simulated savings jar",
	"mobile_topup":                 "Simulated mobile top-up",
	"transit_credit":               "Simulated transit card",
	"book_credit":                  "Simulated book credit",
	"donation":                     "Simulated donation",
	"source_refund":                "Simulated refund to the source",
	"voucher_refund":               "Simulated voucher refund",
	"expired_voucher_refund":       "Simulated refund of an expired voucher",
	"expired_voucher_refund_large": "Simulated refund of a large expired voucher",
}

// payeeOf is the rail itself as a payee.
func payeeOf(r *valuepath.Rail) act.Payee { return act.Payee{Name: railNames[r.ID], ID: r.ID} }
