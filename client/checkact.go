package client

import (
	"errors"
	"fmt"

	"jandon/internal/money"
	"jandon/internal/wire"
)

// longestList bounds lists in answers that are no pages.
const longestList = 1000

func few[T any](name string, list []T, check func(T) error) error {
	if len(list) > longestList {
		return fmt.Errorf("client: too many %s", name)
	}
	return each(list, check)
}

// positive checks an amount that can't be below nothing.
func positive(name string, minor int64, c money.Currency) error {
	if minor < 0 {
		return fmt.Errorf("client: %s is negative", name)
	}
	return amount(name, minor, c)
}

func checkLimits(l wire.Limits) error {
	limit := func(r wire.RailLimit) error {
		return all(positive("act_minor", r.ActMinor, r.Currency), positive("day_minor", r.DayMinor, r.Currency), positive("used_minor", r.UsedMinor, r.Currency),
			maybe("until", r.Until))
	}
	return all(when("as_of", l.AsOf), positive("small_minor", l.SmallMinor, l.Currency), positive("small_left_minor", l.SmallLeftMinor, l.Currency),
		limit(l.Total), few("rails", l.Rails, limit), maybe("paused", l.Paused),
		few("pinned", l.Pinned, func(p wire.PinnedLot) error {
			return all(there("pinned.lot", string(p.Lot)), positive("pinned.amount_minor", p.AmountMinor, l.Currency))
		}))
}

// checkAct holds an act to its sums, so that what is drawn of it adds up.
func checkAct(a wire.Act) error {
	err := all(there("act.id", string(a.Id)), there("act.action", string(a.Action)), when("made", a.Made), maybe("until", a.Until), maybe("ended", a.Ended),
		few("reasons", a.Reasons, func(wire.Reason) error { return nil }), few("legs", a.Legs, func(l wire.ActLeg) error {
			return all(there("leg.id", string(l.Id)), checkShares(l.AmountMinor, l.FeeMinor, l.NetMinor, a.Currency, l.From), maybe("due", l.Due), maybe("ended", l.Ended))
		}))
	if err != nil {
		return err
	}
	if a.Currency == "" {
		if a.AmountMinor != 0 || a.FeeMinor != 0 || len(a.Legs) != 0 {
			return errors.New("client: an amount without a currency")
		}
		return nil
	}
	var sum, fees int64
	for _, l := range a.Legs {
		sum, fees = sum+l.AmountMinor, fees+l.FeeMinor
	}
	if err := positive("amount_minor", a.AmountMinor, a.Currency); err != nil {
		return err
	}
	if sum != a.AmountMinor || fees != a.FeeMinor {
		return errors.New("client: an act that is not the sum of its legs")
	}
	return nil
}

// checkShares checks what the lots give, the rail takes and the payee gets.
func checkShares(gives, takes, gets int64, c money.Currency, from []wire.Draw) error {
	err := all(positive("amount_minor", gives, c), positive("fee_minor", takes, c), positive("net_minor", gets, c),
		few("draws", from, func(d wire.Draw) error {
			return all(there("draw.lot", string(d.Lot)), positive("draw.amount_minor", d.AmountMinor, c))
		}))
	if err != nil {
		return err
	}
	var drawn int64
	for _, d := range from {
		drawn += d.AmountMinor
	}
	if gives != takes+gets || drawn != gives {
		return errors.New("client: a leg that does not add up")
	}
	return nil
}

func checkQuote(q wire.Quote) error {
	return all(there("quote.id", string(q.Id)), when("at", q.At), when("expires", q.Expires), positive("amount_minor", q.AmountMinor, q.Currency),
		few("plans", q.Plans, func(p wire.Plan) error { return checkPlan(p, q) }))
}

func checkPlan(p wire.Plan, q wire.Quote) error {
	c := q.Currency
	err := all(positive("value_minor", p.ValueMinor, c), positive("given_minor", p.GivenMinor, c), positive("fees_minor", p.FeesMinor, c),
		positive("rest_minor", p.RestMinor, c), few("stays", p.Stays, func(s wire.Stay) error { return positive("stay.amount_minor", s.AmountMinor, c) }),
		few("legs", p.Legs, func(l wire.PlanLeg) error {
			return all(there("leg.rail", string(l.Rail)), checkShares(l.AmountMinor, l.FeeMinor, l.NetMinor, c, l.From))
		}))
	if err != nil {
		return err
	}
	var out, fees int64
	for _, l := range p.Legs {
		out, fees = out+l.NetMinor, fees+l.FeeMinor
	}
	if out != p.ValueMinor+p.GivenMinor || fees != p.FeesMinor || out+fees+p.RestMinor != q.AmountMinor {
		return errors.New("client: a plan that does not add up")
	}
	return nil
}

func checkDevice(d wire.Device) error {
	return all(there("device.id", string(d.Id)), when("created", d.Created), maybe("last_used", d.LastUsed), maybe("until", d.Until), maybe("limited", d.Limited))
}

func checkDestination(d wire.Destination) error {
	return all(there("destination.id", string(d.Id)), there("destination.rail", string(d.Rail)), when("added", d.Added), when("usable", d.Usable), maybe("used", d.Used))
}
