package wire

import (
	"maps"
	"slices"
	"time"

	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/internal/valuepath"
)

// FromDevice is the contract's form of a device.
func FromDevice(d act.Device) Device {
	return Device{
		Id: Line(d.ID), Name: Line(d.Name), State: DeviceState(d.State), Current: d.Current, Created: d.Created,
		LastUsed: d.LastUsed, Until: d.Until, Limited: d.Limited, Store: Line(d.Store),
	}
}

// Act is the device as both sides know it. A state that this build has no word
// for becomes "".
func (d Device) Act() act.Device {
	return act.Device{
		ID: string(d.Id), Name: string(d.Name), State: enum[act.DeviceState](d.State), Current: d.Current,
		Created: instant(d.Created), LastUsed: instant(d.LastUsed), Until: instant(d.Until), Limited: instant(d.Limited), Store: word(d.Store),
	}
}

// FromDestination is the contract's form of a destination.
func FromDestination(d act.Destination) Destination {
	return Destination{
		Id: Line(d.ID), Rail: Line(d.Rail), Name: Line(d.Name), Number: Line(d.Number), Added: d.Added, Usable: d.Usable, Used: d.Used,
	}
}

// Act is the destination as both sides know it.
func (d Destination) Act() act.Destination {
	return act.Destination{
		ID: string(d.Id), Rail: string(d.Rail), Name: string(d.Name), Number: string(d.Number),
		Added: instant(d.Added), Usable: instant(d.Usable), Used: instant(d.Used),
	}
}

// FromSession is the contract's form of a session at now, without its token.
func FromSession(s act.Session, now time.Time) Session {
	return Session{
		Scope: SessionScope(s.Scope), Account: Line(s.Account), Device: Line(s.Device), IdleS: int64(s.Idle / time.Second),
		Expires: s.Expires, ServerTime: now,
	}
}

// Act is the session as both sides know it. A scope that this build has no
// word for becomes "".
func (s Session) Act() act.Session {
	return act.Session{
		Scope: enum[act.Scope](s.Scope), Account: string(s.Account), Device: string(s.Device),
		Idle: lasting(s.IdleS), Expires: instant(s.Expires),
	}
}

// FromLevel is the contract's form of a level.
func FromLevel(l act.Level) Level { return Level(l) }

// Act is the level as both sides know it, "" if this build has no word for it.
func (l Level) Act() act.Level { return enum[act.Level](l) }

// FromLimits is the contract's form of what a person may do.
func FromLimits(l act.Limits) Limits {
	w := Limits{
		AsOf: l.At, Tier: LimitsTier(l.Tier.String()), Verified: l.Verified, Level: FromLevel(l.Level), Floor: FromLevel(l.Floor),
		SmallMinor: l.Small.Minor, SmallLeftMinor: l.SmallLeft.Minor, Currency: l.Small.Currency, Total: fromRailLimit(l.Total, false),
		Rails:  Each(l.Rails, func(r act.RailLimit) RailLimit { return fromRailLimit(r, l.Linked[r.Rail]) }),
		Pinned: []PinnedLot{}, Paused: l.Paused, PausedWhy: Line(l.PausedWhy), Catalogue: Line(l.Version), Zone: Line(l.Zone),
	}
	for _, lot := range slices.Sorted(maps.Keys(l.Pinned)) {
		w.Pinned = append(w.Pinned, PinnedLot{Lot: Line(lot), AmountMinor: l.Pinned[lot]})
	}
	if n := l.Next; n != nil {
		w.Next = &NextTier{
			Tier: Line(n.Tier.String()), Days: n.Days, HaveDays: n.HaveDays, Acts: n.Acts, HaveActs: n.HaveActs,
			Verified: n.Verified, Missing: Each(n.Missing, func(s string) Line { return Line(s) }),
		}
	}
	return w
}

// Act is what a person may do, as both sides know it. A tier that this build
// has no word for is TierNew, which may do the least.
func (l Limits) Act() act.Limits {
	a := act.Limits{
		Means: act.Means{
			At: instant(l.AsOf), Tier: tier(string(l.Tier)), Verified: l.Verified, Linked: make(map[string]bool),
			Used: make(map[string]int64, len(l.Rails)), Pinned: make(map[string]int64, len(l.Pinned)), Version: string(l.Catalogue), Zone: string(l.Zone),
		},
		Level: l.Level.Act(), Floor: l.Floor.Act(), Small: money.Of(l.SmallMinor, l.Currency), SmallLeft: money.Of(l.SmallLeftMinor, l.Currency),
		Total: l.Total.act(), Rails: Each(l.Rails, RailLimit.act), Paused: instant(l.Paused), PausedWhy: word(l.PausedWhy),
	}
	for _, r := range l.Rails {
		a.Used[string(r.Rail)] = r.UsedMinor
		if r.Linked {
			a.Linked[string(r.Rail)] = true
		}
	}
	for _, p := range l.Pinned {
		a.Pinned[string(p.Lot)] += p.AmountMinor
	}
	if n := l.Next; n != nil {
		a.Next = &act.NextTier{
			Tier: tier(string(n.Tier)), Days: n.Days, HaveDays: n.HaveDays, Acts: n.Acts, HaveActs: n.HaveActs,
			Verified: n.Verified, Missing: Each(n.Missing, word),
		}
	}
	return a
}

func fromRailLimit(r act.RailLimit, linked bool) RailLimit {
	return RailLimit{
		Rail: Line(r.Rail), ActMinor: r.Act.Minor, DayMinor: r.Day.Minor, UsedMinor: r.UsedToday.Minor, Currency: r.Act.Currency, Linked: linked,
		Why: Line(r.Why), Until: r.Until,
	}
}

func (r RailLimit) act() act.RailLimit {
	return act.RailLimit{
		Rail: string(r.Rail), Act: money.Of(r.ActMinor, r.Currency), Day: money.Of(r.DayMinor, r.Currency), UsedToday: money.Of(r.UsedMinor, r.Currency),
		Why: word(r.Why), Until: instant(r.Until),
	}
}

func tier(s string) valuepath.Tier {
	for _, t := range []valuepath.Tier{valuepath.TierSettled, valuepath.TierTrusted, valuepath.TierVerified} {
		if t.String() == s {
			return t
		}
	}
	return valuepath.TierNew
}
