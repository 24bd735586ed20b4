package wire

import (
	"maps"
	"slices"

	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/internal/valuepath"
)

// FromAsk is the contract's form of what a quote is asked for.
func FromAsk(a act.Ask) QuoteRequest {
	w := QuoteRequest{AmountMinor: a.Amount.Minor, Currency: a.Amount.Currency, Without: a.Without}
	for _, rail := range slices.Sorted(maps.Keys(a.Amounts)) {
		w.ByHand = append(w.ByHand, HandAmount{Rail: rail, AmountMinor: a.Amounts[rail]})
	}
	for _, rail := range slices.Sorted(maps.Keys(a.To)) {
		w.To = append(w.To, ChosenDestination{Rail: rail, Destination: a.To[rail]})
	}
	return w
}

// Act is what a quote is asked for, as both sides know it. The amounts of a
// rail that is named twice are summed; of its destinations the last counts.
func (q QuoteRequest) Act() act.Ask {
	a := act.Ask{Amount: money.Of(q.AmountMinor, q.Currency), Without: q.Without}
	for _, h := range q.ByHand {
		if a.Amounts == nil {
			a.Amounts = make(map[string]int64, len(q.ByHand))
		}
		a.Amounts[h.Rail] += h.AmountMinor
	}
	for _, to := range q.To {
		if a.To == nil {
			a.To = make(map[string]string, len(q.To))
		}
		a.To[to.Rail] = to.Destination
	}
	return a
}

// FromQuote is the contract's form of a quote.
func FromQuote(q act.Quote) Quote {
	return Quote{
		Id: Line(q.ID), At: q.At, Expires: q.Expires, AmountMinor: q.Amount.Minor, Currency: q.Amount.Currency,
		Plans: Each(q.Offers, FromOffer), Proved: q.Proved, Version: Line(q.Version),
	}
}

// Act is the quote as both sides know it.
func (q Quote) Act() act.Quote {
	amount := money.Of(q.AmountMinor, q.Currency)
	return act.Quote{
		ID: string(q.Id), At: instant(q.At), Expires: instant(q.Expires), Amount: amount,
		Offers: Each(q.Plans, func(p Plan) act.Offer { return p.Act(amount) }), Proved: q.Proved, Version: string(q.Version),
	}
}

// FromOffer is the contract's form of a plan; its amount is the quote's.
func FromOffer(o act.Offer) Plan {
	w := Plan{
		Goals:      Each(o.Goals, func(g valuepath.Goal) PlanGoals { return PlanGoals(g.String()) }),
		Legs:       make([]PlanLeg, len(o.Plan.Legs)),
		ValueMinor: o.Plan.Value.Minor, GivenMinor: o.Plan.Given.Minor, FeesMinor: o.Plan.Fees.Minor, RestMinor: o.Plan.Rest.Minor,
		EtaS: seconds(o.Plan.Time), Proved: o.Plan.Proved,
		Stays: Each(o.Plan.Stays, func(s valuepath.Stay) Stay {
			return Stay{Lot: Line(s.Lot), AmountMinor: s.Amount.Minor, Code: Line(s.Code), Rule: Line(s.Rule)}
		}),
	}
	for n, l := range o.Plan.Legs {
		w.Legs[n] = PlanLeg{
			Rail: Line(l.Rail), Nature: Line(l.Nature.String()), From: Each(l.From, FromDraw), AmountMinor: l.Amount.Minor,
			FeeMinor: l.Fee.Minor, FeeName: Line(l.FeeName), NetMinor: l.Net.Minor, EtaS: seconds(l.Time),
		}
		if n < len(o.Payees) {
			w.Legs[n].Payee = FromPayee(o.Payees[n])
		}
	}
	return w
}

// Act is the plan as both sides know it. Goals that this build has no word for
// are left out.
func (p Plan) Act(amount money.Amount) act.Offer {
	c := amount.Currency
	o := act.Offer{Plan: valuepath.Plan{
		Amount: amount, Value: money.Of(p.ValueMinor, c), Given: money.Of(p.GivenMinor, c), Fees: money.Of(p.FeesMinor, c),
		Rest: money.Of(p.RestMinor, c), Time: lasting(p.EtaS), Proved: p.Proved,
		Stays: Each(p.Stays, func(s Stay) valuepath.Stay {
			return valuepath.Stay{
				Lot: string(s.Lot), Amount: money.Of(s.AmountMinor, c),
				Verdict: valuepath.Verdict{Code: valuepath.Code(word(s.Code)), Rule: string(s.Rule)},
			}
		}),
		Legs: Each(p.Legs, func(l PlanLeg) valuepath.Leg {
			return valuepath.Leg{
				Rail: string(l.Rail), Nature: nature(l.Nature), From: draws(l.From, c), Amount: money.Of(l.AmountMinor, c),
				Fee: money.Of(l.FeeMinor, c), FeeName: word(l.FeeName), Net: money.Of(l.NetMinor, c), Time: lasting(l.EtaS),
			}
		}),
	}, Payees: Each(p.Legs, func(l PlanLeg) act.Payee { return l.Payee.Act() })}
	for _, w := range p.Goals {
		if g, ok := valuepath.ParseGoal(string(w)); ok {
			o.Goals = append(o.Goals, g)
		}
	}
	return o
}
