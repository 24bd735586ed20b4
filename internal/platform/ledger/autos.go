package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform/risk"
	"jandon/internal/valuepath"
	"jandon/internal/wallet"
)

// An automatic cash-out is allowed by one confirmed act and goes by the
// worker's clock. It has no right of its own: what goes is planned, held,
// limited and weighed as if the person had asked for it just then, and nothing
// goes that would have needed the PIN.

// auto is a person's row.
type auto struct {
	act.Auto
	by      string // the act that allowed it
	receipt string
	told    time.Time
	wake    time.Time
}

// readAuto finds a person's automatic cash-out; nil if there never was one.
func readAuto(r reader, owner int64) (*auto, error) {
	var x auto
	var terms, payee []byte
	var since, until, next, told int64
	var wake sql.NullInt64
	err := r.row("SELECT act, state, why, terms, payee, device, receipt, since, until, next, told, wake, last FROM autos WHERE owner = $1", owner).
		Scan(&x.by, &x.State, &x.Why, &terms, &payee, &x.Device, &x.receipt, &since, &until, &next, &told, &wake, &x.Last)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	x.Since, x.Until, x.Next, x.told, x.wake = instant(since), instant(until), instant(next), instant(told), instant(wake.Int64)
	x.Terms = new(act.Terms)
	return &x, errors.Join(json.Unmarshal(terms, x.Terms), json.Unmarshal(payee, &x.Payee))
}

// Auto tells of a person's automatic cash-out, and of what is missing for one.
func (v *View) Auto(at time.Time) (act.Auto, error) {
	x, err := readAuto(v, v.owner)
	if err != nil {
		return act.Auto{}, err
	}
	a := act.Auto{State: act.AutoOff}
	if x != nil {
		a = x.Auto
	}
	if a.State != act.AutoOn {
		a.Next = time.Time{}
	}
	a.Choices, a.Missing, err = choices(v, v.owner, at)
	a.Able = len(a.Missing) == 0
	return a, err
}

// choices are the payees to whom value could go by itself, or auto.need.<word>
// for all that is missing. The choices are there whatever else is missing.
func choices(r reader, owner int64, at time.Time) (list []act.Choice, missing []string, err error) {
	w, err := risk.Shipped()
	if err != nil {
		return nil, nil, err
	}
	catalogue, err := valuepath.Shipped()
	if err != nil {
		return nil, nil, err
	}
	s, err := standingOf(r, owner, at)
	if err != nil {
		return nil, nil, err
	}
	to, err := linked(r, owner)
	if err != nil {
		return nil, nil, err
	}
	steady, err := patterns(r, owner, w, at)
	if err != nil {
		return nil, nil, err
	}
	tier := w.Tier(s.Facts, at)
	for i := range catalogue.Rails {
		rail := &catalogue.Rails[i]
		if !w.AutoOver(rail) {
			continue
		}
		paid := []act.Payee{payeeOf(rail)}
		if rail.Destination {
			paid = nil
			for _, d := range to {
				if d.Rail == rail.ID && d.Pays(at) {
					paid = append(paid, d.Payee())
				}
			}
		}
		for _, p := range paid {
			if most := w.AutoMost(rail, tier, steady[way{rail.ID, p.Destination}]); most > 0 {
				list = append(list, act.Choice{Rail: rail.ID, Payee: p, Most: wonOf(w, most)})
			}
		}
	}
	for _, x := range []struct {
		word string
		miss bool
	}{
		{"paused", !s.stopped(at).IsZero()},
		{"trusted", tier < w.AutoTier()},
		{"verified", !s.Verified},
		{"calm", w.Marked(s.Facts, at)},
		{"level", s.careful(w, at) == act.LevelStrict},
		{"destination", len(to) == 0},
		{"pattern", len(list) == 0},
	} {
		if x.miss {
			missing = append(missing, x.word)
		}
	}
	return list, missing, nil
}

// way is a rail with a destination of it, if it has one.
type way struct{ rail, destination string }

// patterns are the ways that value went steadily, with the largest amount that
// did at a time: so often of late, undisputed, and never back.
func patterns(r reader, owner int64, w *risk.Policy, at time.Time) (map[way]int64, error) {
	least, since := w.Steady(at)
	rows, err := r.query(`SELECT rail, destination, count(*), max(amount) FROM (
			SELECT l.rail, l.destination, l.amount, l.ended AS at FROM legs l CROSS JOIN acts a
				WHERE l.owner = $1 AND l.state = 'done' AND l.ended > $2 AND l.ended <= $3 AND a.owner = l.owner AND a.id = l.act AND a.action = 'cashout'
				AND NOT `+doubtful(underWay+", 'refunded'")+` AND NOT `+pausedUpon("$5")+`
			UNION ALL SELECT rail, destination, amount, at FROM earlier WHERE owner = $1 AND at > $2 AND at <= $3) AS went
		WHERE NOT EXISTS (SELECT 1 FROM legs b WHERE b.owner = $1 AND b.rail = went.rail AND b.destination = went.destination
			AND b.state = 'returned' AND b.failure <> '' AND b.ended > $2)
		GROUP BY rail, destination HAVING count(*) >= $4`, owner, millis(since), millis(at), least, w.LearnAfter().Milliseconds())
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	found := make(map[way]int64)
	for rows.Next() {
		var x way
		var n, largest int64
		if err := rows.Scan(&x.rail, &x.destination, &n, &largest); err != nil {
			return nil, err
		}
		found[x] = largest
	}
	return found, rows.Err()
}

// notSteady refuses by the first word that is missing.
func notSteady(word string) error {
	return fault.New(fault.NotSteady, "detail", "missing: "+word, "why", "auto.need."+word)
}

// allowed is the payee of terms that the person may have; else it says what is
// missing: fault.NotSteady, fault.OverLimit.
func allowed(r reader, owner int64, t act.Terms, at time.Time) (act.Payee, error) {
	list, missing, err := choices(r, owner, at)
	if err != nil {
		return act.Payee{}, err
	}
	if len(missing) > 0 {
		return act.Payee{}, notSteady(missing[0])
	}
	i := slices.IndexFunc(list, func(c act.Choice) bool { return c.Rail == t.Rail && c.Payee.Destination == t.Destination })
	switch {
	case i < 0:
		return act.Payee{}, notSteady("pattern")
	case t.Ceiling.Currency != list[i].Most.Currency:
		return act.Payee{}, fault.New(fault.BadRequest, "detail", "the catalogue has another currency")
	case t.Ceiling.Minor > list[i].Most.Minor:
		most := strconv.FormatInt(list[i].Most.Minor, 10)
		return act.Payee{}, fault.New(fault.OverLimit, "limit", most, "left", most)
	}
	return list[i].Payee, nil
}

// SetAuto begins to allow an automatic cash-out, once per key. Nothing is held:
// what goes is taken when it goes.
func (l *Ledger) SetAuto(ctx context.Context, u User, device string, k Key, t act.Terms, at time.Time) (act.Act, error) {
	return l.beginAct(ctx, u, k, at, func(b *book) (act.Act, any, error) {
		if !t.Whole() {
			return act.Act{}, nil, fault.New(fault.BadRequest, "detail", "the terms are not whole")
		}
		to, err := allowed(b, b.owner, t, at)
		return act.Act{Action: act.SetAuto, Device: device, Quote: t.Digest(), Subject: to}, t, err
	})
}

// asAsked is an act as its challenge asks for it: one that lets value leave
// shows the ceiling and its payee, although nothing leaves by it.
func (b *book) asAsked(a act.Act) (act.Act, error) {
	if a.Action != act.SetAuto {
		return a, nil
	}
	var t act.Terms
	if err := b.detail(a.ID, &t); err != nil {
		return act.Act{}, err
	}
	a.Amount, a.Fee.Currency = t.Ceiling, t.Ceiling.Currency
	a.Legs = []act.Leg{{Rail: t.Rail, Payee: a.Subject, Amount: t.Ceiling, Net: t.Ceiling}}
	return a, nil
}

// setAuto is the deed of auto.set. All that it takes has to be there still.
func (b *book) setAuto(a act.Act, at time.Time) (act.State, error) {
	var t act.Terms
	if err := b.detail(a.ID, &t); err != nil {
		return "", err
	}
	to, err := allowed(b, b.owner, t, at)
	if err != nil {
		return "", err
	}
	if to != a.Subject { // it was confirmed for whom the challenge named
		return "", notSteady("destination")
	}
	w, err := risk.Shipped()
	if err != nil {
		return "", err
	}
	terms, err := json.Marshal(t)
	if err != nil {
		return "", err
	}
	payee, err := json.Marshal(to)
	if err != nil {
		return "", err
	}
	next := w.AutoAfter(t.Every, at.Add(w.AutoNotice()))
	until := at.AddDate(0, 0, act.AutoDays)
	if err := b.exec(`INSERT INTO autos (owner, act, state, terms, payee, device, receipt, since, until, next, told, wake)
		SELECT $1, $2, 'on', $3, $4, $5, receipt, $6, $7, $8, $9, $10 FROM acts WHERE owner = $1 AND id = $2
		ON CONFLICT (owner) DO UPDATE SET act = excluded.act, state = excluded.state, why = '', terms = excluded.terms, payee = excluded.payee, device = excluded.device,
			receipt = excluded.receipt, since = excluded.since, until = excluded.until, next = excluded.next, told = excluded.told, wake = excluded.wake`,
		b.owner, a.ID, string(terms), string(payee), a.Device, millis(at), millis(until), millis(next), int64(unset), millis(wakeAt(w, next, time.Time{}, until))); err != nil {
		return "", err
	}
	if err := b.notify(wallet.Alert{ID: newID("alert"), At: at, Kind: wallet.AlertAutoSet, Merchant: to.Name, Amount: t.Ceiling}); err != nil {
		return "", err
	}
	return act.Done, b.log("auto.set", at, note{
		"act": a.ID, "rail": t.Rail, "destination": t.Destination, "ceiling": t.Ceiling.Plain(), "keep": t.Keep.Plain(), "every": string(t.Every), "digest": t.Digest(),
	})
}

// wakeAt is when an automatic cash-out has to be looked at: to tell of what is
// next, to let it go, or to end it.
func wakeAt(w *risk.Policy, next, told, until time.Time) time.Time {
	wake := next
	if !told.Equal(next) {
		wake = next.Add(-w.AutoNotice())
	}
	if until.Before(wake) {
		return until
	}
	return wake
}

// StopAuto lets nothing more go by itself; fault.NotFound if nothing does.
func (l *Ledger) StopAuto(ctx context.Context, u User, by string, at time.Time) error {
	return l.change(ctx, u.ID, func(b *book) error {
		if err := b.sweep(at); err != nil {
			return err
		}
		x, err := readAuto(b, b.owner)
		if err != nil {
			return err
		}
		if x == nil || x.State == act.AutoOff {
			return fault.New(fault.NotFound, "what", "auto")
		}
		if err := b.exec("UPDATE autos SET state = 'off', why = '', wake = NULL WHERE owner = $1", b.owner); err != nil {
			return err
		}
		return b.log("auto.off", at, note{"by": by})
	})
}
