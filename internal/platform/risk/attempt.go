package risk

import (
	"time"

	"jandon/internal/act"
)

// Attempt is an act that somebody wants to carry out.
type Attempt struct {
	Action  act.Action
	At      time.Time
	Amount  int64 // minor units; 0: no value moves
	Device  Key
	Bound   time.Time // when the device was enrolled
	Network Key       // 0: not known
	Joined  time.Time // when the person did
	Payees  []Payee
	Wrong   int // codes of the person's devices in the last while, see Policy.WrongFor
}

// Payee is who would get something: a linked destination, or a rail itself.
type Payee struct {
	Key   Key
	Rail  bool      // the rail itself is the payee
	Added time.Time // of a destination
}

// Standing is what a person chose and used up today.
type Standing struct {
	Level      act.Level
	SmallUsed  int64 // minor units of today's acts without a code
	SmallCount int
}

// Trace is what an attempt met. It is kept with the act until it is learned from.
type Trace struct {
	Attempt Attempt
	Pace    [windows]float64 // acts in each window, this one included
	Day     float64          // minor units within a day, this one included
}
