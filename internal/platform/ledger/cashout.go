package ledger

import (
	"context"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform/risk"
)

// CashOut begins to carry out one plan of a quote, once per key: in one
// transaction the quote is used, limits and risk are asked, the very lots of
// the plan are held, and the act is written down. One that needs nothing goes
// out at once. A repetition gets the act as it is now. Errors are faults, and
// after one nothing has happened: the key and the quote can be used again.
func (l *Ledger) CashOut(ctx context.Context, u User, device string, k Key, quote string, offer int, at time.Time) (a act.Act, err error) {
	err = l.change(ctx, u.ID, func(b *book) error {
		var again bool
		if a, again, err = b.repeated(k); err != nil || again {
			return err
		}
		if err := b.sweep(at); err != nil {
			return err
		}
		a, err = b.cashOut(act.Act{Device: device, Quote: quote}, k, offer, at)
		return err
	})
	if err != nil {
		return act.Act{}, err
	}
	l.passed("made")
	return a, nil
}

// cashOut makes the act of a device over a plan of a quote. One that goes by
// itself asks for nothing, and does not go where it should have asked for more
// than was confirmed beforehand.
func (b *book) cashOut(a act.Act, k Key, n int, at time.Time) (act.Act, error) {
	a.ID, a.Action, a.Made = newID("act"), act.Cashout, at
	o, err := b.offerOf(a.Quote, n, a.ID, at)
	if err != nil {
		return act.Act{}, err
	}
	c := o.Plan.Amount.Currency
	a.Amount, a.Fee = money.Of(0, c), o.Plan.Fees
	for i, l := range o.Plan.Legs {
		a.Amount.Minor += l.Amount.Minor
		a.Legs = append(a.Legs, act.Leg{
			Rail: l.Rail, Nature: l.Nature, Payee: o.Payees[i], From: l.From, Amount: l.Amount, Fee: l.Fee, FeeName: l.FeeName, Net: l.Net, State: act.LegWaiting,
		})
	}
	if a.Amount.Minor != o.Plan.Value.Minor+o.Plan.Given.Minor+o.Plan.Fees.Minor {
		return act.Act{}, fault.New(fault.Unbalanced, "detail", "a quote's legs are not its sums")
	}
	if err := b.assess(&a); err != nil {
		return act.Act{}, err
	}
	if a.Automatic {
		w, err := risk.Shipped()
		switch {
		case err != nil:
			return act.Act{}, err
		case !w.AutoGoes(a.Need):
			return act.Act{}, &stays{word: "risk"}
		}
		a.Need, a.Until, a.Reasons = act.NeedNone, time.Time{}, nil // what was weighed is in the log
	}
	if err := b.addLegs(a.ID, o, at); err != nil {
		return act.Act{}, err
	}
	b.l.passed("held")
	if a, err = b.begin(a, k, nil); err != nil {
		return act.Act{}, err
	}
	b.l.passed("begun")
	return b.act(a.ID)
}
