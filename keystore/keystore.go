// Package keystore holds what only this device has.
//
// Rules. Secrets leave it only as Secret, which no printer can print. The OS
// keyring is called nowhere else, always after a probe, always with a
// deadline, and every write is read back. Nothing is ever kept in plain text
// and no other place is chosen in silence: a keyring that is not there is an
// error with a hint. One item per account, under the service "jandon" and an
// opaque id; an item written by a newer version keeps its unknown fields.
// What only computes (codes, proofs, challenges) stands in packages below,
// apart from the keyring, so that both sides can run the same code.
package keystore

import (
	"context"

	"jandon/internal/fault"
)

// Service is the name under which all items stand in the OS keyring.
const Service = "jandon"

// Store keeps one secret value per account. Its errors are *fault.Error of the
// family keyring; Get of an account without a value is fault.KeyringMissing.
// A Store may be used by several goroutines at once.
type Store interface {
	Get(ctx context.Context, account string) (Secret, error)
	Set(ctx context.Context, account string, value Secret) error
	Delete(ctx context.Context, account string) error
	// State says whether the store could be used now; it never waits for a person.
	State(ctx context.Context) State
}

// State is what a probe of the OS keyring found.
type State uint8

// The states, from nothing there at all to usable.
const (
	StateUnknown State = iota
	NoBus              // no session bus: nobody to ask
	NoService          // a bus, but no program that keeps secrets
	NoCollection       // a program, but no keyring to put anything in
	Stuck              // something there does not answer in time
	Locked             // a person would have to unlock it first
	Ready
)

var stateWords = [...]string{"unknown", "no_bus", "no_service", "no_collection", "stuck", "locked", "ready"}

// String is the word of s in JSON and logs.
func (s State) String() string {
	if int(s) < len(stateWords) {
		return stateWords[s]
	}
	return stateWords[0]
}

// Fault is the error of a state in which nothing can be kept; nil when ready.
func (s State) Fault() error {
	switch s {
	case Ready:
		return nil
	case Locked:
		return fault.New(fault.KeyringLocked)
	case Stuck:
		return fault.New(fault.KeyringStuck)
	default:
		return fault.New(fault.KeyringNone, "state", s.String())
	}
}
