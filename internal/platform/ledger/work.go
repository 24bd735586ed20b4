package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// How long a partner that did not answer is left in peace before it is asked:
// doubled with each try, since an outage is longer than a lost packet.
const (
	patience     = 15 * time.Second
	mostPatience = time.Hour
)

// atOnce is how many legs are looked up together.
const atOnce = 64

// errand is a leg that has to be seen to.
type errand struct {
	owner int64
	act   string
	tries int // before this one
	Order
}

// Work sees to all that is due at an instant: acts that nobody confirmed
// lapse, what may go by itself goes, legs go out, are asked after, arrive or
// come back. It says when something will be due next; zero if nothing is under
// way. It may be stopped anywhere, and by several processes at once: a leg is
// claimed for one try, and an unknown outcome is asked for by the leg's id,
// never undone. What fails for one person keeps nobody else waiting; it is an
// error once the others have been seen to, and due again.
func (l *Ledger) Work(ctx context.Context, partner Partner, at time.Time) (next time.Time, err error) {
	failed := errors.Join(l.lapseAll(ctx, at), l.autosDue(ctx, at))
	for {
		due, err := l.due(ctx, at)
		if err != nil {
			return time.Time{}, errors.Join(failed, l.told(err))
		}
		for _, id := range due {
			failed = errors.Join(failed, l.see(ctx, partner, id, at))
		}
		switch {
		case failed != nil:
			return time.Time{}, failed
		case len(due) < atOnce:
			return l.next(ctx)
		}
	}
}

// lapseAll ends the acts of all whose time is over.
func (l *Ledger) lapseAll(ctx context.Context, at time.Time) error {
	rows, err := l.read.query(ctx, nil, "SELECT DISTINCT owner FROM acts WHERE state IN ('waiting', 'review') AND until <= $1 ORDER BY owner", millis(at))
	owners, err := scanned[int64](rows, err)
	if err != nil {
		return l.told(err)
	}
	var failed error
	for _, owner := range owners {
		failed = errors.Join(failed, l.change(ctx, owner, func(b *book) error { return b.sweep(at) }))
	}
	return failed
}

func (l *Ledger) due(ctx context.Context, at time.Time) ([]string, error) {
	rows, err := l.read.query(ctx, nil, "SELECT id FROM legs WHERE next <= $1 ORDER BY next, id LIMIT $2", millis(at), atOnce)
	return scanned[string](rows, err)
}

// scanned reads rows of one value.
func scanned[T any](rows *sql.Rows, err error) (list []T, _ error) {
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var x T
		if err := rows.Scan(&x); err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	return list, rows.Err()
}

// next is when something will be due.
func (l *Ledger) next(ctx context.Context) (time.Time, error) {
	var next sql.NullInt64
	err := l.read.row(ctx, nil, `SELECT min(at) FROM (SELECT min(next) AS at FROM legs WHERE next IS NOT NULL
		UNION ALL SELECT min(until) FROM acts WHERE state IN ('waiting', 'review')
		UNION ALL SELECT min(wake) FROM autos WHERE wake IS NOT NULL)`).Scan(&next)
	if err != nil || !next.Valid {
		return time.Time{}, l.told(err)
	}
	return instant(next.Int64), nil
}

// see claims a leg, speaks to the partner outside of any transaction, and
// writes down what it said.
func (l *Ledger) see(ctx context.Context, partner Partner, id string, at time.Time) error {
	e, err := l.claim(ctx, id, at)
	if err != nil || e == nil {
		return err
	}
	l.passed("claimed")
	answer, lost := l.speak(ctx, partner, e)
	l.passed("answered")
	err = l.change(ctx, e.owner, func(b *book) error {
		err := b.heard(e, answer, lost, at)
		if errors.Is(err, errMoved) { // another process wrote it down before
			return nil
		}
		return err
	})
	if err == nil {
		l.passed("noted")
	}
	return err
}

// claim takes a due leg for one try; nil if another did. Should this process
// die now, the leg is due again after some patience, and then asked for.
func (l *Ledger) claim(ctx context.Context, id string, at time.Time) (*errand, error) {
	var owner int64
	if err := l.read.row(ctx, nil, "SELECT owner FROM legs WHERE id = $1", id).Scan(&owner); err != nil {
		return nil, l.told(err)
	}
	var e *errand
	err := l.change(ctx, owner, func(b *book) error {
		x := errand{owner: owner, Order: Order{ID: id}}
		var seconds, amount, fee int64
		var c money.Currency
		err := b.row("SELECT act, tries, rail, payee_id, amount, fee, currency, seconds FROM legs WHERE id = $1 AND next <= $2", id, millis(at)).
			Scan(&x.act, &x.tries, &x.Rail, &x.PayeeID, &amount, &fee, &c, &seconds)
		if errors.Is(err, sql.ErrNoRows) {
			e = nil
			return nil
		}
		if err != nil {
			return err
		}
		x.Amount, x.Time = money.Of(amount-fee, c), time.Duration(seconds)*time.Second
		e = &x
		return b.exec("UPDATE legs SET tries = tries + 1, next = $1, state = CASE state WHEN 'waiting' THEN 'going' ELSE state END WHERE id = $2",
			millis(at.Add(backoff(x.tries))), id)
	})
	return e, err
}

func backoff(tries int) time.Duration {
	return min(patience<<min(tries, 16), mostPatience)
}

// speak tells the partner of a leg, or asks what became of it if it has been
// told before. What the partner has never heard of it is told again.
func (l *Ledger) speak(ctx context.Context, partner Partner, e *errand) (Answer, error) {
	if e.tries > 0 {
		a, err := partner.Ask(ctx, e.ID)
		if err != nil || a.Fate != FateUnknown {
			return a, err
		}
	}
	a, err := partner.Send(ctx, e.Order)
	l.passed("sent")
	return a, err
}

// heard writes down what a partner said of a leg.
func (b *book) heard(e *errand, a Answer, lost error, at time.Time) error {
	if err := b.sweep(at); err != nil {
		return err
	}
	switch {
	case lost != nil || a.Fate == FateUnknown:
		return b.exec("UPDATE legs SET state = 'asking' WHERE id = $1 AND ended IS NULL", e.ID)
	case a.Fate == Accepted && a.Ends.After(at):
		return b.exec("UPDATE legs SET state = 'going', due = $1, next = $1 WHERE id = $2 AND ended IS NULL", millis(a.Ends), e.ID)
	case a.Fate == Accepted: // it says neither when nor that it has: it is asked again after some patience
		return b.exec("UPDATE legs SET state = 'going' WHERE id = $1 AND ended IS NULL", e.ID)
	}
	of, err := b.act(e.act)
	if err != nil {
		return err
	}
	for _, l := range of.Legs {
		if l.ID != e.ID {
			continue
		}
		if a.Fate == Paid {
			err = b.arrive(e.act, l, at)
		} else {
			err = b.comeBack(l, a.Code, at)
		}
		if err != nil {
			return err
		}
	}
	return b.finish(e.act, at)
}

// comeBack returns a leg that its payee did not get to the very lots it was
// taken from; what has lapsed meanwhile lapses now, and is seen to.
func (b *book) comeBack(l act.Leg, code string, at time.Time) error {
	if err := b.free(l.ID, at); err != nil {
		return err
	}
	if err := b.endLeg(l.ID, act.LegReturned, code, at); err != nil {
		return err
	}
	return b.sweep(at)
}

// finish ends an act whose legs have all ended, and tells the person.
func (b *book) finish(id string, at time.Time) error {
	a, err := b.act(id)
	if err != nil || a.State != act.Going {
		return err
	}
	done, back := 0, 0
	for _, l := range a.Legs {
		switch l.State {
		case act.LegDone:
			done++
		case act.LegReturned:
			back++
		}
	}
	if done+back < len(a.Legs) {
		return nil
	}
	to, kind := act.Partly, wallet.AlertReturned
	switch {
	case back == 0:
		to, kind = act.Done, wallet.AlertCashout
	case done == 0:
		to = act.Returned
	}
	if a, err = b.move(a, to, at); err != nil {
		return err
	}
	arrived, returned := a.Arrived()
	if err := b.log("act.ended", at, note{"act": id, "state": string(to), "arrived": arrived.Plain(), "returned": returned.Plain()}); err != nil {
		return err
	}
	alert := wallet.Alert{ID: "alert-" + a.ID, At: at, Kind: kind, Amount: arrived}
	if back > 0 {
		alert.Amount = returned
	}
	if alert.Transactions, err = b.actIDs("SELECT id FROM transfers WHERE owner = $1 AND hold IN (SELECT id FROM legs WHERE owner = $1 AND act = $2) ORDER BY seq", b.owner, id); err != nil {
		return err
	}
	if len(a.Legs) == 1 {
		alert.Merchant = a.Legs[0].Payee.Name
	}
	return b.notify(alert)
}
