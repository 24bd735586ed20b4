package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform/risk"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
	"jandon/internal/wire"
)

// stays says that nothing goes this time, and why: auto.why.<word>.
type stays struct {
	word  string
	cause error
}

func (s *stays) Error() string { return "ledger: nothing goes by itself: " + s.word }
func (s *stays) Unwrap() error { return s.cause }

// autosDue sees to the automatic cash-outs whose time has come.
func (l *Ledger) autosDue(ctx context.Context, at time.Time) error {
	rows, err := l.read.query(ctx, nil, "SELECT owner FROM autos WHERE wake <= $1 ORDER BY owner", millis(at))
	owners, err := scanned[int64](rows, err)
	if err != nil {
		return l.told(err)
	}
	var failed error
	for _, owner := range owners {
		failed = errors.Join(failed, l.autoDue(ctx, owner, at))
	}
	return failed
}

// autoDue sees to one. What is held, the act and the mark of the period are
// written in one transaction: whatever dies, a period is there whole or not at
// all. Where nothing can go, that is noted in another one, for then the first
// has left nothing behind.
func (l *Ledger) autoDue(ctx context.Context, owner int64, at time.Time) error {
	err := l.change(ctx, owner, func(b *book) error { return b.autoNow(at) })
	var s *stays
	if errors.As(err, &s) {
		return l.change(ctx, owner, func(b *book) error { return b.autoStays(s, at) })
	}
	if err == nil {
		l.passed("auto")
	}
	return err
}

// autoIf is the person's automatic cash-out, if it is on and due.
func (b *book) autoIf(at time.Time) (*auto, error) {
	if err := b.sweep(at); err != nil {
		return nil, err
	}
	x, err := readAuto(b, b.owner)
	if err != nil || x == nil || x.State != act.AutoOn || x.wake.After(at) {
		return nil, err
	}
	return x, nil
}

func (b *book) autoNow(at time.Time) error {
	x, err := b.autoIf(at)
	if err != nil || x == nil {
		return err
	}
	w, err := risk.Shipped()
	if err != nil {
		return err
	}
	word, err := b.autoOver(x, at)
	switch {
	case err != nil:
		return err
	case word != "":
		return b.stopAuto(word, at)
	}
	rail, err := railOf(x.Terms.Rail)
	if err != nil {
		return err
	}
	switch {
	case !x.told.Equal(x.Next):
		next := x.Next
		if soonest := at.Add(w.AutoNotice()); soonest.After(next) { // nobody was here to tell of it in time
			next = rail.Opens(soonest, w.Zone)
		}
		return b.tellAuto(x, next, at)
	case at.Before(x.Next):
		return nil
	case !rail.OpenAt(at, w.Zone): // nobody was here at its time: it goes when that opens again, which is no sooner than was told
		return b.goesAt(x, rail.Opens(at, w.Zone))
	}
	a, err := b.autoGoes(w, x, at)
	if err != nil {
		return err
	}
	return b.ran(w, x, a.ID, "", at)
}

// autoOver is why an automatic cash-out has to stop: auto.why.<word>; "": it goes on.
func (b *book) autoOver(x *auto, at time.Time) (string, error) {
	w, err := risk.Shipped()
	if err != nil {
		return "", err
	}
	s, err := b.standing(at)
	if err != nil {
		return "", err
	}
	if !at.Before(x.Until) {
		return "year", nil
	}
	if d, err := b.device(x.Device, at); err != nil || d.Usable() != nil {
		if err != nil && fault.From(err).Code != fault.NotFound {
			return "", err
		}
		return "device", nil
	}
	rail, err := railOf(x.Terms.Rail)
	if err != nil || !w.AutoOver(rail) {
		return "rail", nil //nolint:nilerr // the catalogue has it no longer
	}
	if rail.Destination {
		switch d, err := b.destination(x.Terms.Destination); {
		case err != nil && fault.From(err).Code != fault.NotFound:
			return "", err
		case err != nil || d.Payee() != x.Payee:
			return "destination", nil //nolint:nilerr // it was unlinked
		}
	}
	switch {
	case !s.stopped(at).IsZero():
		return "pause", nil
	case w.Tier(s.Facts, at) < w.AutoTier():
		return "tier", nil
	}
	return "", nil
}

// due is the latest period that has come; earlier ones that were missed are
// over: what was down for a month does not send four times at once.
func (x *auto) due(w *risk.Policy, at time.Time) time.Time {
	period := x.Next
	for next := w.AutoAfter(x.Terms.Every, period); !next.After(at); next = w.AutoAfter(x.Terms.Every, next) {
		period = next
	}
	return period
}

// autoGoes makes the act of a period.
func (b *book) autoGoes(w *risk.Policy, x *auto, at time.Time) (act.Act, error) {
	s, err := b.standing(at)
	if err != nil {
		return act.Act{}, err
	}
	l, err := limits(b, b.owner, &s, x.Device, at)
	if err != nil {
		return act.Act{}, err
	}
	catalogue, err := valuepath.Shipped()
	if err != nil {
		return act.Act{}, err
	}
	have, err := lots(b, b.owner)
	if err != nil {
		return act.Act{}, err
	}
	plan, err := x.Terms.Plan(catalogue, &l, have, at, w.Zone)
	if err != nil {
		return act.Act{}, err
	}
	switch {
	case plan == nil:
		return act.Act{}, &stays{word: "nothing"}
	case w.AutoDear(plan.Amount.Minor-plan.Rest.Minor, plan.Fees.Minor):
		return act.Act{}, &stays{word: "fee"}
	}
	o := act.Offer{Goals: []valuepath.Goal{valuepath.MostValue}, Plan: *plan, Payees: []act.Payee{x.Payee}}
	quote, err := b.autoQuote(o, catalogue.Version, at)
	if err != nil {
		return act.Act{}, err
	}
	a, err := b.cashOut(act.Act{Device: x.Device, Quote: quote, Automatic: true, Receipt: x.receipt}, Key{}, 0, at)
	if err != nil {
		return act.Act{}, stayed(err)
	}
	return a, b.exec("UPDATE acts SET auto = $1, receipt = $2 WHERE owner = $3 AND id = $4", x.by, x.receipt, b.owner, a.ID)
}

// autoQuote fixes a plan as a quote that is used at once, so that what goes by
// itself goes the very way of all that goes.
func (b *book) autoQuote(o act.Offer, version string, at time.Time) (string, error) {
	plans, err := json.Marshal([]wire.Plan{wire.FromOffer(o)})
	if err != nil {
		return "", err
	}
	id := newID("quote")
	return id, b.exec("INSERT INTO quotes (owner, id, at, expires, amount, currency, version, plans) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		b.owner, id, millis(at), millis(at.Add(QuoteTime)), o.Plan.Amount.Minor, string(o.Plan.Amount.Currency), version, string(plans))
}

// stayed tells a refusal, after which nothing goes, from what has gone wrong.
func stayed(err error) error {
	var s *stays
	if errors.As(err, &s) {
		return err
	}
	switch f := fault.From(err); f.Code {
	case fault.OverLimit:
		return &stays{"limit", err}
	case fault.Paused, fault.DevicePaused, fault.NotVerified, fault.NoDestination, fault.DestinationNew, fault.QuoteExpired, fault.QuoteOutdated, fault.NothingConvertible, fault.Insufficient:
		return &stays{"refused", err}
	}
	return err
}

// autoStays notes that nothing goes in a period. What would have needed the
// person is told; that there was nothing to send is not worth a line.
func (b *book) autoStays(s *stays, at time.Time) error {
	x, err := b.autoIf(at)
	if err != nil || x == nil {
		return err
	}
	w, err := risk.Shipped()
	if err != nil {
		return err
	}
	if s.word != "nothing" && s.word != "fee" {
		if err := b.notify(x.alert(wallet.AlertAutoSkipped, at)); err != nil {
			return err
		}
	}
	return b.ran(w, x, "", s.word, at)
}

func (x *auto) alert(kind wallet.AlertKind, at time.Time) wallet.Alert {
	return wallet.Alert{ID: newID("alert"), At: at, Kind: kind, Merchant: x.Payee.Name, Amount: x.Terms.Ceiling}
}

// ran marks a period for good and looks to the next. The key of its row is
// what makes a period come once.
func (b *book) ran(w *risk.Policy, x *auto, of, why string, at time.Time) error {
	period := x.due(w, at)
	if err := b.exec("INSERT INTO auto_runs (owner, period, at, act, why) VALUES ($1, $2, $3, $4, $5)", b.owner, millis(period), millis(at), null(of), why); err != nil {
		return err
	}
	next := w.AutoAfter(x.Terms.Every, at)
	if err := b.exec("UPDATE autos SET why = $1, next = $2, wake = $3, last = CASE WHEN $4 = '' THEN last ELSE $4 END WHERE owner = $5",
		why, millis(next), millis(wakeAt(w, next, time.Time{}, x.Until)), of, b.owner); err != nil {
		return err
	}
	if of == "" {
		return b.log("auto.stayed", at, note{"why": why, "period": period.UTC().Format(time.RFC3339)})
	}
	return b.log("auto.went", at, note{"act": of, "by": x.by, "period": period.UTC().Format(time.RFC3339)})
}

// tellAuto tells the person what goes next, at most. Nothing goes that they
// were not told of in time: what was missed goes that much later.
func (b *book) tellAuto(x *auto, next, at time.Time) error {
	if err := b.notify(x.alert(wallet.AlertAutoSoon, at)); err != nil {
		return err
	}
	return b.goesAt(x, next)
}

// goesAt sets when it goes next; the person has been told.
func (b *book) goesAt(x *auto, next time.Time) error {
	wake := next
	if x.Until.Before(wake) {
		wake = x.Until
	}
	return b.exec("UPDATE autos SET next = $1, told = $1, wake = $2 WHERE owner = $3", millis(next), millis(wake), b.owner)
}

// stopAuto ends an automatic cash-out that is on, and tells the person.
func (b *book) stopAuto(word string, at time.Time) error {
	x, err := readAuto(b, b.owner)
	if err != nil || x == nil || x.State != act.AutoOn {
		return err
	}
	if err := b.exec("UPDATE autos SET state = 'stopped', why = $1, wake = NULL WHERE owner = $2", word, b.owner); err != nil {
		return err
	}
	if err := b.notify(x.alert(wallet.AlertAutoStopped, at)); err != nil {
		return err
	}
	return b.log("auto.stopped", at, note{"why": word, "by": x.by})
}

// recheckAuto stops an automatic cash-out if what it stands on is gone.
func (b *book) recheckAuto(at time.Time) error {
	x, err := readAuto(b, b.owner)
	if err != nil || x == nil || x.State != act.AutoOn {
		return err
	}
	word, err := b.autoOver(x, at)
	if err != nil || word == "" {
		return err
	}
	return b.stopAuto(word, at)
}

func wonOf(w *risk.Policy, n int64) money.Amount { return money.Of(n, w.Currency) }
