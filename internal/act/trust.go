package act

import (
	"time"

	"jandon/internal/money"
	"jandon/internal/valuepath"
)

// DeviceState is what a device may do.
type DeviceState string

// The states of a device. Pending ones wait for their first good code.
const (
	DevicePending DeviceState = "pending"
	DeviceActive  DeviceState = "active"
	DevicePaused  DeviceState = "paused"  // too many wrong codes in a row, until Device.Until
	DeviceBlocked DeviceState = "blocked" // far too many: it has to be enrolled again
	DeviceRevoked DeviceState = "revoked"
)

// Device is a device that the platform knows.
type Device struct {
	ID       string
	Name     string
	State    DeviceState
	Current  bool // the one that asks
	Created  time.Time
	LastUsed time.Time // zero: never
	Until    time.Time // paused: when it may go on; else zero
	Limited  time.Time // a new device moves little until then; zero: no longer
	Store    string    // where it keeps its secrets, as it said: keyring, file
}

// Destination is a linked payee of one rail.
type Destination struct {
	ID     string
	Rail   string // valuepath.Rail.ID
	Name   string // whose it is
	Number string // masked
	Added  time.Time
	Usable time.Time // a new one waits until then
	Used   time.Time // last; zero: never
}

// Level is how careful a person wants the platform to be beyond its floor.
type Level string

// The levels.
const (
	LevelStandard Level = "standard" // small acts need no code
	LevelCareful  Level = "careful"  // every act needs a code
	LevelStrict   Level = "strict"   // every act needs the PIN typed anew
)

// RailLimit is what a tier may move over a rail, and how much of it is used.
type RailLimit struct {
	Rail      string
	Act, Day  money.Amount
	UsedToday money.Amount
	Why       string    // limit.why.<word> says why it is less than it could be; "" if it is not
	Until     time.Time // until when it is less; zero: it is not
}

// NextTier is what the next tier asks for, and what there is of it.
type NextTier struct {
	Tier           valuepath.Tier
	Days, HaveDays int
	Acts, HaveActs int      // undisputed
	Verified       bool     // whether it wants a verified account
	Missing        []string // limit.need.<word>: days, acts, verified
}

// Limits is what a person may do, why, and how it would become more.
type Limits struct {
	Means
	Level, Floor Level
	Small        money.Amount // acts up to this need no code at the standard level …
	SmallLeft    money.Amount // … as long as this much of the day's small acts is left
	Total        RailLimit    // over all rails; Rail is ""
	Rails        []RailLimit  // in the catalogue's order
	Next         *NextTier    // nil: there is none
	Paused       time.Time    // everything stands still until then; zero: it doesn't
	PausedWhy    string       // pause.<word> says why
}

// Leeway is what all rails together may take now, in minor units. No plan knows
// of it: what takes more is refused by the platform. known is false where the
// platform sets no such limit, or has not told.
func (l *Limits) Leeway() (most int64, known bool) {
	if l.Total.Day.Minor <= 0 {
		return 0, false
	}
	return min(l.Total.Act.Minor, max(0, l.Total.Day.Minor-l.Total.UsedToday.Minor)), true
}

// Scope is what a session may do.
type Scope string

// The scopes. Reading needs the device's key alone; acting the PIN as well.
const (
	ScopeRead Scope = "read"
	ScopeAct  Scope = "act"
)

// Session is an open session, without its token.
type Session struct {
	Scope   Scope
	Account string
	Device  string
	Idle    time.Duration // without a request until it ends
	Expires time.Time     // at the latest, by the platform's clock
}
