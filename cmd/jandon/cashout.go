package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"jandon/client"
	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/valuepath"
)

// cashout sends an amount over its best path, once somebody has confirmed
// exactly that.
func (a *app) cashout() *cobra.Command {
	var d deed
	var to payees
	var amount, goal string
	c := a.command("cashout", "cli.cashout", 0, 0, func(cmd *cobra.Command, _ []string) error {
		defer d.pins.close()
		book, err := valuepath.Shipped()
		if err != nil {
			return err
		}
		want, err := amountOf(amount, book)
		if err != nil {
			return err
		}
		best, ok := valuepath.ParseGoal(goal)
		if !ok {
			_, err := goalsOf(goal)
			return err
		}
		return a.send(cmd.Context(), book, want, best, &to, &d)
	})
	d.flags(c)
	to.flag(c)
	c.Flags().StringVar(&amount, "amount", "", "cli.flag.amount")
	c.Flags().StringVar(&goal, "goal", "value", "cli.flag.goal-one")
	must(c.RegisterFlagCompletionFunc("goal", words("value", "fast", "clean")))
	return c
}

// send quotes, asks, and carries out.
func (a *app) send(ctx context.Context, book *valuepath.Book, want money.Amount, best valuepath.Goal, to *payees, d *deed) error {
	t := a.talk()
	open, err := a.unlocked(ctx, t, &d.pins)
	if err != nil {
		return err
	}
	defer func() { _ = open.Close() }()
	if err := a.recover(ctx, open); err != nil {
		return err
	}
	ask := act.Ask{Amount: want}
	if len(to.said) > 0 {
		limits, err := open.Means(ctx) // it tells the platform's time
		if err != nil {
			return err
		}
		linked, err := open.Destinations(ctx)
		if err != nil {
			return err
		}
		if ask.To, err = to.chosen(book, linked, limits.At); err != nil {
			return err
		}
	}
	quote, err := open.Quote(ctx, ask)
	if err != nil {
		return err
	}
	offer := quote.For(best)
	if offer < 0 {
		return fault.New(fault.NothingConvertible)
	}
	t.say(a.offered(quote, offer)...)
	// A small act may need nothing more: this question is before anything moves.
	if err := t.agree(ctx, d.yes, a.text().T("cli.cashout.ask")); err != nil {
		return err
	}
	made, err := open.CashOut(ctx, quote, offer)
	if errors.Is(err, fault.New(fault.UnknownOutcome)) {
		made, err = madeOf(ctx, open, quote.ID, err)
	}
	if err != nil {
		return err
	}
	return a.carry(ctx, t, open, made, d)
}

// madeOf is the act that a quote led to, although its answer was lost; lost if the
// platform can't say yet.
func madeOf(ctx context.Context, open *client.Account, quote string, lost error) (act.Act, error) {
	all, _ := open.Recover(ctx) // what it could not find out stays in the journal
	for _, one := range all {
		if one.Quote == quote {
			return one, nil
		}
	}
	return act.Act{}, lost
}

// recover looks first what became of acts whose answers were lost, so that
// nobody pays twice for an answer that came too late.
func (a *app) recover(ctx context.Context, open *client.Account) error {
	found, err := open.Recover(ctx)
	for _, one := range found {
		if one.State == act.Waiting {
			a.note(a.text().F("cli.act.waits", "ID", one.ID))
			continue
		}
		a.note(a.text().F("cli.act.now", "ID", one.ID, "State", a.text().T("acts.state."+string(one.State))))
	}
	if errors.Is(err, fault.New(fault.NotFound)) {
		return nil
	}
	return err
}

// offered is one plan of a quote: the path, each leg with its payee, fees, and
// how long the quote holds.
func (a *app) offered(q act.Quote, n int) (lines []string) {
	t, style := a.text(), a.style()
	o := q.Offers[n]
	lines = append(lines, a.speaker(a.cfg.Zone).Say(o.Plan.Sentence()))
	for i, l := range o.Plan.Legs {
		payee := act.Payee{}
		if i < len(o.Payees) {
			payee = o.Payees[i]
		}
		lines = append(lines, "  "+t.F("cli.cashout.leg", "Amount", style.Format(l.Net), "Rail", t.T("rail.name."+l.Rail),
			"Payee", payee.Name, "ID", payee.ID, "Takes", a.takes(l.Time)))
	}
	lines = append(lines, "  "+t.F("cli.cashout.sum", "Fees", style.Format(o.Plan.Fees), "Rest", style.Format(o.Plan.Rest)))
	return append(lines, "  "+t.F("cli.cashout.holds", "ID", q.ID, "Seconds", int(q.Expires.Sub(q.At).Seconds())))
}
