// Package presence asks the device's own fingerprint reader whether a person
// is there, as an extra question before the PIN.
//
// Rules. A touch never stands in for the PIN and opens nothing: whatever comes
// of it, the PIN is asked for next, so that a reader that is missing, busy or
// fooled costs a sentence and no protection. Nothing here knows a fingerprint:
// the system's service compares, and says yes or no. Looking asks nobody and
// takes at most Limits.Quick; a touch is waited for no longer than
// Limits.Patient, ends with its context, and always gives the reader back.
// Linux is asked over D-Bus (fprintd); elsewhere the answer is Elsewhere.
package presence

import (
	"context"
	"time"
)

// State is how the reader stands, or what came of asking for a touch.
type State uint8

// The states of a reader: from none that can be asked to one that can.
const (
	Unknown     State = iota
	Elsewhere         // this build can't ask the readers of this system
	None              // there is no reader, or no service that knows it
	NotEnrolled       // a reader, but no finger of this person
	Busy              // another program is using it
	Refused           // the system does not let this session use it
	Stuck             // it does not answer in time, or went away in the middle
	Ready             // it can be asked
)

// What else may come of asking.
const (
	Matched  State = iota + Ready + 1 // a finger of this person touched it
	NoMatch                           // a finger, but none of this person
	TimedOut                          // nobody touched it
	Canceled                          // the context ended first
)

var words = [...]string{
	"unknown", "elsewhere", "none", "not_enrolled", "busy", "refused", "stuck", "ready", "matched", "no_match", "timed_out", "canceled",
}

// String is the word of s on screens, in JSON and in logs.
func (s State) String() string {
	if int(s) < len(words) {
		return words[s]
	}
	return words[0]
}

// Asker asks for a person's presence.
type Asker interface {
	// State says whether a touch could be asked for now; it asks nobody.
	State(ctx context.Context) State
	// Ask waits for one touch: Matched, or why there was none.
	Ask(ctx context.Context) State
}

// Limits are the deadlines of a reader; zero fields take the defaults.
type Limits struct {
	Quick   time.Duration // everything that waits for no finger, together; 3 s
	Patient time.Duration // for the finger; 30 s
}

func (l Limits) filled() Limits {
	if l.Quick <= 0 {
		l.Quick = 3 * time.Second
	}
	if l.Patient <= 0 {
		l.Patient = 30 * time.Second
	}
	return l
}
