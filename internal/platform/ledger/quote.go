package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/valuepath"
	"jandon/internal/wire"
)

// QuoteTime is how long lots and fees of a quote are fixed.
const QuoteTime = 2 * time.Minute

// quoteKept is how long a quote that nobody used is remembered, so that a late
// try is told it expired and not that it never was.
const quoteKept = 24 * time.Hour

// Inconvertible is a fault.NothingConvertible with its reasons.
type Inconvertible struct {
	Lots  []valuepath.Refusal
	Rails []valuepath.RailState
}

// Error is the form for logs.
func (i *Inconvertible) Error() string { return i.Unwrap().Error() }

// Unwrap gives the fault.
func (i *Inconvertible) Unwrap() error { return fault.New(fault.NothingConvertible) }

// Quote plans what an amount can become and fixes it: the front of plans, or
// the one that the person chose by hand. Errors are faults, one of them an
// Inconvertible: of a split by hand already where one rail can't carry its part.
func (l *Ledger) Quote(ctx context.Context, u User, ask act.Ask, at time.Time) (q act.Quote, err error) {
	if err := l.Sweep(ctx, u, at); err != nil {
		return act.Quote{}, err
	}
	if err := l.View(ctx, u, func(v *View) error {
		q, err = v.plan(ask, at)
		return err
	}); err != nil {
		return act.Quote{}, err
	}
	plans, err := json.Marshal(wire.Each(q.Offers, wire.FromOffer))
	if err != nil {
		return act.Quote{}, err
	}
	err = l.change(ctx, u.ID, func(b *book) error {
		if err := b.exec("DELETE FROM quotes WHERE owner = $1 AND expires < $2 AND used_by IS NULL", b.owner, millis(at.Add(-quoteKept))); err != nil {
			return err
		}
		return b.exec("INSERT INTO quotes (owner, id, at, expires, amount, currency, version, plans) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
			b.owner, q.ID, millis(q.At), millis(q.Expires), q.Amount.Minor, string(q.Amount.Currency), q.Version, string(plans))
	})
	return q, err
}

// plan runs the planner over the person's lots and means.
func (v *View) plan(ask act.Ask, at time.Time) (act.Quote, error) {
	book, err := valuepath.Shipped()
	if err != nil {
		return act.Quote{}, err
	}
	if err := known(book, ask); err != nil {
		return act.Quote{}, err
	}
	s, err := standingOf(v, v.owner, at)
	if err != nil {
		return act.Quote{}, err
	}
	if until := s.stopped(at); !until.IsZero() {
		return act.Quote{}, fault.New(fault.Paused, "until", until.UTC().Format(time.RFC3339))
	}
	m, err := meansOf(v, v.owner, &s, at)
	if err != nil {
		return act.Quote{}, err
	}
	zone, err := time.LoadLocation(m.Zone)
	if err != nil {
		return act.Quote{}, err
	}
	req := m.Request(ask, at, zone)
	if req.Lots, err = movable(v, v.owner, at); err != nil {
		return act.Quote{}, err
	}
	to, err := payees(v, v.owner, ask.To, at)
	if err != nil {
		return act.Quote{}, err
	}
	q := act.Quote{ID: newID("quote"), At: at, Expires: at.Add(QuoteTime), Amount: ask.Amount, Version: book.Version}
	if ask.Amounts != nil {
		plan, bad, err := book.ByHand(req, ask.Amounts)
		if err != nil {
			return act.Quote{}, err
		}
		if len(bad) > 0 || len(plan.Legs) == 0 {
			return act.Quote{}, &Inconvertible{Rails: bad}
		}
		q.Offers = []act.Offer{offer(book, *plan, to)}
		return q, nil
	}
	out, err := book.Plan(req)
	if err != nil {
		return act.Quote{}, err
	}
	if len(out.Front) == 0 {
		return act.Quote{}, &Inconvertible{Lots: out.Refused, Rails: out.Rails}
	}
	q.Proved = out.Proved
	for n, plan := range out.Front {
		o := offer(book, plan, to)
		for goal, best := range out.Best {
			if best == n {
				o.Goals = append(o.Goals, valuepath.Goal(goal))
			}
		}
		q.Offers = append(q.Offers, o)
	}
	return q, nil
}

// known refuses rails that the catalogue does not have, and amounts of nothing.
func known(book *valuepath.Book, ask act.Ask) error {
	if ask.Amount.Minor <= 0 {
		return fault.New(fault.BadAmount, "value", ask.Amount.Plain())
	}
	rails := slices.AppendSeq(slices.Clone(ask.Without), maps.Keys(ask.To))
	for id, n := range ask.Amounts {
		if rails = append(rails, id); n < 0 {
			return fault.New(fault.BadRequest, "detail", "an amount by hand is less than nothing")
		}
	}
	for _, id := range rails {
		if _, ok := book.Rail(id); !ok {
			return fault.New(fault.BadRequest, "detail", "a rail is not in the catalogue")
		}
	}
	return nil
}

// offer is a plan with who is paid by each leg.
func offer(book *valuepath.Book, plan valuepath.Plan, to map[string]act.Destination) act.Offer {
	o := act.Offer{Plan: plan, Payees: make([]act.Payee, len(plan.Legs))}
	for n, l := range plan.Legs {
		rail, _ := book.Rail(l.Rail) // the planner's legs are the catalogue's
		o.Payees[n] = payeeOf(rail)
		if d, ok := to[l.Rail]; ok && rail.Destination {
			o.Payees[n] = d.Payee()
		}
	}
	return o
}

// offerOf takes a plan of a quote for an act. A quote is good once, until it
// expires, for the catalogue and the destinations that it was made with:
// fault.QuoteUsed, fault.QuoteExpired, fault.QuoteOutdated, fault.NotFound.
func (b *book) offerOf(quote string, n int, by string, at time.Time) (act.Offer, error) {
	var q wire.Quote
	var expires int64
	var plans []byte
	var used sql.NullString
	err := b.row("SELECT expires, amount, currency, version, plans, used_by FROM quotes WHERE owner = $1 AND id = $2", b.owner, quote).
		Scan(&expires, &q.AmountMinor, &q.Currency, &q.Version, &plans, &used)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return act.Offer{}, fault.New(fault.NotFound, "what", "quote")
	case err != nil:
		return act.Offer{}, err
	case used.Valid:
		return act.Offer{}, fault.New(fault.QuoteUsed)
	case millis(at) >= expires:
		return act.Offer{}, fault.New(fault.QuoteExpired)
	}
	if err := json.Unmarshal(plans, &q.Plans); err != nil {
		return act.Offer{}, err
	}
	if n < 0 || n >= len(q.Plans) {
		return act.Offer{}, fault.New(fault.NotFound, "what", "plan")
	}
	o := q.Act().Offers[n]
	if err := b.stands(string(q.Version), o, at); err != nil {
		return act.Offer{}, err
	}
	return o, b.exec("UPDATE quotes SET used_by = $1 WHERE owner = $2 AND id = $3 AND used_by IS NULL", by, b.owner, quote)
}

// stands reports whether the catalogue and the destinations of a plan are what
// they were; its lots answer for themselves when they are held.
func (b *book) stands(version string, o act.Offer, at time.Time) error {
	book, err := valuepath.Shipped()
	if err != nil {
		return err
	}
	all, err := linked(b, b.owner)
	if err != nil {
		return err
	}
	if version != book.Version {
		return fault.New(fault.QuoteOutdated)
	}
	for n, l := range o.Plan.Legs {
		p := o.Payees[n]
		same := func(d act.Destination) bool { return d.Rail == l.Rail && d.Payee() == p && d.Pays(at) }
		if p.Destination != "" && !slices.ContainsFunc(all, same) {
			return fault.New(fault.QuoteOutdated)
		}
	}
	return nil
}
