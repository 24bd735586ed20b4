package ledger

import (
	"strconv"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform/risk"
	"jandon/internal/valuepath"
)

// Limits are what a person may do from a device, why, and how it would become more.
func (v *View) Limits(device string, at time.Time) (act.Limits, error) {
	s, err := standingOf(v, v.owner, at)
	if err != nil {
		return act.Limits{}, err
	}
	return limits(v, v.owner, &s, device, at)
}

// Rails says of each rail of the catalogue what it could carry now of all that
// the person has, and why not more.
func (v *View) Rails(at time.Time) (*valuepath.Book, []valuepath.RailState, error) {
	w, err := risk.Shipped()
	if err != nil {
		return nil, nil, err
	}
	catalogue, err := valuepath.Shipped()
	if err != nil {
		return nil, nil, err
	}
	m, err := means(v, v.owner, at)
	if err != nil {
		return nil, nil, err
	}
	lots, err := movable(v, v.owner, at)
	if err != nil {
		return nil, nil, err
	}
	all := money.Of(0, catalogue.Currency)
	for _, lot := range lots {
		if lot.Amount.Currency == all.Currency {
			all.Minor = min(all.Minor+max(0, lot.Amount.Minor-m.Pinned[lot.ID]), valuepath.MaxAmount)
		}
	}
	req := m.Request(act.Ask{Amount: all}, at, w.Zone)
	req.Lots = lots
	out, err := catalogue.Plan(req)
	if err != nil {
		return nil, nil, err
	}
	return catalogue, out.Rails, nil
}

// means are what the planner needs to know of a person beside the lots.
func means(r reader, owner int64, at time.Time) (act.Means, error) {
	s, err := standingOf(r, owner, at)
	if err != nil {
		return act.Means{}, err
	}
	return meansOf(r, owner, &s, at)
}

func meansOf(r reader, owner int64, s *standing, at time.Time) (act.Means, error) {
	w, err := risk.Shipped()
	if err != nil {
		return act.Means{}, err
	}
	catalogue, err := valuepath.Shipped()
	if err != nil {
		return act.Means{}, err
	}
	m := act.Means{At: at, Tier: w.Tier(s.Facts, at), Verified: s.Verified, Version: catalogue.Version, Zone: w.ZoneName, Linked: make(map[string]bool)}
	if m.Pinned, err = pinned(r, owner); err != nil {
		return act.Means{}, err
	}
	if m.Used, err = used(r, owner, w.Midnight(at)); err != nil {
		return act.Means{}, err
	}
	linked, err := payees(r, owner, nil, at)
	for rail := range linked {
		m.Linked[rail] = true
	}
	return m, err
}

// used is what went over each rail since an instant, or is held for it. What
// came back does not count.
func used(r reader, owner int64, since time.Time) (map[string]int64, error) {
	rows, err := r.query("SELECT rail, sum(amount) FROM legs WHERE owner = $1 AND made >= $2 AND state <> 'returned' GROUP BY rail", owner, millis(since))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	sums := make(map[string]int64)
	for rows.Next() {
		var rail string
		var n int64
		if err := rows.Scan(&rail, &n); err != nil {
			return nil, err
		}
		sums[rail] = n
	}
	return sums, rows.Err()
}

func limits(r reader, owner int64, s *standing, device string, at time.Time) (act.Limits, error) {
	w, err := risk.Shipped()
	if err != nil {
		return act.Limits{}, err
	}
	catalogue, err := valuepath.Shipped()
	if err != nil {
		return act.Limits{}, err
	}
	l := act.Limits{Floor: w.Floor(s.Facts, at), Level: s.careful(w, at), Next: w.Next(s.Facts, at), Paused: s.stopped(at)}
	if !l.Paused.IsZero() {
		l.PausedWhy = s.why
	}
	if l.Means, err = meansOf(r, owner, s, at); err != nil {
		return act.Limits{}, err
	}
	won := func(n int64) money.Amount { return money.Of(n, w.Currency) }
	small, err := smallActs(r, owner, l.Level, w.Midnight(at))
	if err != nil {
		return act.Limits{}, err
	}
	l.Small, l.SmallLeft = won(w.Small.Act), won(w.SmallLeft(small))
	step := w.Step(l.Tier)
	var all int64
	for i := range catalogue.Rails {
		rail := &catalogue.Rails[i]
		limit := rail.Limit(l.Tier)
		l.Rails = append(l.Rails, act.RailLimit{Rail: rail.ID, Act: won(limit.Act), Day: won(limit.Day), UsedToday: won(l.Used[rail.ID])})
		all += l.Used[rail.ID]
	}
	l.Total = act.RailLimit{Act: won(step.Act), Day: won(step.Day), UsedToday: won(all)}
	until, left, err := youngDevice(r, owner, w, device, at)
	if dropped := w.Dropped(s.Facts, at); !dropped.IsZero() {
		l.Total.Why, l.Total.Until = whyDropped, dropped
	}
	if err == nil && !until.IsZero() && (left < step.Act || all+left < step.Day) {
		l.Total.Act, l.Total.Day = won(min(step.Act, left)), won(min(step.Day, all+left))
		l.Total.Why, l.Total.Until = whyNewDevice, until
	}
	return l, err
}

// Why a limit is less than it could be, in words of the catalogue: limit.why.<word>.
const (
	whyNewDevice = "new_device"
	whyDropped   = "dropped" // a tier, for a while
)

// youngDevice says what a device that is new may still move, and until when it
// counts as new; until is zero for one that is not.
func youngDevice(r reader, owner int64, w *risk.Policy, device string, at time.Time) (until time.Time, left int64, err error) {
	if device == "" {
		return until, 0, nil
	}
	var moved, limited int64
	err = r.row(`SELECT coalesce((SELECT limited FROM devices WHERE id = $2 AND owner = $1 AND limited > $3), $5),
		(SELECT coalesce(sum(amount), 0) FROM acts
			WHERE owner = $1 AND made >= $4 AND device = $2 AND action = 'cashout' AND state NOT IN ('canceled', 'lapsed', 'returned'))`,
		owner, device, millis(at), millis(at.Add(-w.YoungDeviceTime())), int64(unset)).Scan(&limited, &moved) // a young device began nothing before it was one
	return instant(limited), max(0, w.YoungDeviceMost()-moved), err
}

// smallActs are today's acts that needed no code; what went by itself is none of them.
func smallActs(r reader, owner int64, level act.Level, since time.Time) (risk.Standing, error) {
	s := risk.Standing{Level: level}
	err := r.row(`SELECT coalesce(sum(amount), 0), count(*) FROM acts
		WHERE owner = $1 AND made >= $2 AND action = 'cashout' AND need = 'none' AND auto = '' AND state NOT IN ('canceled', 'lapsed', 'returned')`, owner, millis(since)).
		Scan(&s.SmallUsed, &s.SmallCount)
	return s, err
}

// within refuses what is over a limit, or goes where it may not go yet.
func (b *book) within(a *act.Act, l act.Limits, at time.Time) error {
	if !l.Paused.IsZero() {
		return fault.New(fault.Paused, "until", l.Paused.UTC().Format(time.RFC3339))
	}
	if err := fits(a.Amount.Minor, l.Total); err != nil {
		return err
	}
	sums := make(map[string]int64, len(a.Legs))
	for _, leg := range a.Legs {
		sums[leg.Rail] += leg.Amount.Minor
	}
	for _, r := range l.Rails {
		if n := sums[r.Rail]; n > 0 {
			if err := fits(n, r); err != nil {
				return err
			}
		}
	}
	return b.reachable(a, l.Verified, at)
}

func fits(n int64, r act.RailLimit) error {
	left := max(0, r.Day.Minor-r.UsedToday.Minor)
	limit := r.Day.Minor
	switch {
	case n > r.Act.Minor:
		limit, left = r.Act.Minor, min(left, r.Act.Minor)
	case n <= left:
		return nil
	}
	args := []string{"limit", strconv.FormatInt(limit, 10), "left", strconv.FormatInt(left, 10)}
	if r.Why != "" {
		args = append(args, "why", "limit.why."+r.Why, "until", r.Until.UTC().Format(time.RFC3339))
	}
	return fault.New(fault.OverLimit, args...)
}

// reachable refuses rails that the person may not use, and destinations that are not to be used yet.
func (b *book) reachable(a *act.Act, verified bool, at time.Time) error {
	catalogue, err := valuepath.Shipped()
	if err != nil {
		return err
	}
	for _, leg := range a.Legs {
		rail, ok := catalogue.Rail(leg.Rail)
		switch {
		case !ok:
			return fault.New(fault.NotFound, "what", "rail")
		case rail.Verified && !verified:
			return fault.New(fault.NotVerified, "rail", leg.Rail)
		case !rail.Destination:
			continue
		}
		d, err := b.destination(leg.Payee.Destination)
		switch {
		case err != nil || d.Rail != leg.Rail:
			return fault.New(fault.NoDestination, "rail", leg.Rail)
		case !d.Pays(at):
			return tooNew(d)
		}
	}
	return nil
}
