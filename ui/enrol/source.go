// Package enrol leads a person through registering this device: which platform,
// the code that it sent, and the PIN twice, which opens the first session with
// what was kept. Every step can be left and gone on with, in this run and in a later
// one, or given up for a new beginning; what was typed stays, but never a PIN,
// nor in a later run the code.
package enrol

import (
	"context"
	"time"

	"jandon/ui/kit"
)

// Source is what carries the steps out.
type Source interface {
	// Left is what an earlier run began and left; a zero URL: nothing.
	Left(ctx context.Context) (Left, error)
	// Continue goes on with it: who answers there, and at which step it is now.
	Continue(ctx context.Context) (Left, error)
	// Abandon gives up what was begun, in this run or an earlier one.
	Abandon(ctx context.Context) error
	// Keep notes what was given so far, before anything is begun, so that a later
	// run finds it (Left). The last one counts; ctx ends with the next.
	Keep(ctx context.Context, given Left) error
	// Reach looks who answers at an address.
	Reach(ctx context.Context, url string) (Platform, error)
	// Begin asks to register a device: what waits then. The answer is the same
	// whether or not there is such a person.
	Begin(ctx context.Context, handle, device string) (Left, error)
	// Activate hands the code in; without one it asks whether another device of
	// the person has approved.
	Activate(ctx context.Context, code string) error
	// Seal keeps the keys of the device under a PIN.
	Seal(ctx context.Context, pin kit.PIN) error
	// Finish opens the first session with a PIN; only then the device counts.
	Finish(ctx context.Context, pin kit.PIN) error
}

// Platform is who answers at an address.
type Platform struct {
	Host        string
	Simulator   bool   // no live payment rails
	Fingerprint string // of a certificate that nobody vouches for: it has to be compared; "" else
}

// Left is a registration that waits to be gone on with. Before StepCode the
// platform has not been asked for anything: there is what a person gave, as far
// as they came, and the fingerprint of the platform is one that they compared.
type Left struct {
	Platform    Platform
	URL         string // "": there is none
	Handle      string
	Device      string // its name
	Made, Until time.Time
	Mark        string // of this device's key, as the code's letter and the other devices name it
	Step        Step   // what it waits for
	Again       bool   // its code was taken, and is needed again
	Later       bool   // an earlier run began it: another device can't approve it here
	Over        bool   // it can't be gone on with
}

// Begun reports whether the platform knows of it.
func (l Left) Begun() bool { return l.Step >= StepCode }

// Options are what the fields begin with.
type Options struct {
	URL    string
	Device string // the computer's name
}

// The page's messages are kit.Answer[Platform], kit.Answer[Left], kit.Answer[Kept] and kit.Answer[Done].

// Kept says that what was given is kept.
type Kept struct{}

// Done is a step that was carried out.
type Done struct{ Step Step }

// Step is where a person is.
type Step uint8

// The steps.
const (
	StepPlatform Step = iota // its address
	StepTrust                // a certificate that has to be compared; seldom
	StepPerson               // handle and the name of this device
	StepCode                 // the code that the platform sent
	StepPIN                  // twice
	StepProof                // that PIN again, if the session did not open at once
	StepDone
	StepLeft // what was begun waits: go on, or begin anew
)
