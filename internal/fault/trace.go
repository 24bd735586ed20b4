package fault

import (
	"context"
	"crypto/rand"
	"encoding/hex"
)

// idBytes make ids that never meet by chance, and that a person can still read
// out on the telephone.
const idBytes = 8

// NewID is an id by which a failure is found in every log: 16 hexadecimal digits.
func NewID() string {
	var b [idBytes]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// IsID reports whether a text has the form of NewID. Only such ones are taken
// from outside: they say nothing and can't break a line of a log.
func IsID(s string) bool {
	if len(s) != 2*idBytes {
		return false
	}
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// trace is what a context knows of ids.
type trace struct {
	id   string
	make func() string
}

type traceKey struct{}

func traceOf(ctx context.Context) trace {
	t, _ := ctx.Value(traceKey{}).(trace)
	return t
}

// Tracing has Anew take ids from next; nil: it gives none.
func Tracing(ctx context.Context, next func() string) context.Context {
	return context.WithValue(ctx, traceKey{}, trace{make: next})
}

// Anew is for one thing that a person asked for, which gets an id of its own:
// all calls that it takes are made under it, and what fails is found by it. It
// is ctx itself where nothing makes ids.
func Anew(ctx context.Context) context.Context {
	t := traceOf(ctx)
	if t.make == nil {
		return ctx
	}
	t.id = t.make()
	return context.WithValue(ctx, traceKey{}, t)
}

// ID is what is done with ctx has as its id; "" if it has none.
func ID(ctx context.Context) string { return traceOf(ctx).id }

// Begin is ctx with its id, or with a new one if it has none.
func Begin(ctx context.Context) (context.Context, string) {
	t := traceOf(ctx)
	if t.id == "" {
		t.id = NewID()
		ctx = context.WithValue(ctx, traceKey{}, t)
	}
	return ctx, t.id
}

// Under is the error with an id, unless it has one: the first is that of the
// call which failed. The error itself stays as it is, since others may hold it.
func (e *Error) Under(id string) *Error {
	if e == nil || e.Correlation != "" || id == "" {
		return e
	}
	named := *e
	named.Correlation = id
	return &named
}

// In is From with the id of what was done with ctx, if the code is one that is
// looked for in a log.
func In(ctx context.Context, err error) *Error {
	e := From(err)
	if e == nil || !e.Code.Logged() {
		return e
	}
	return e.Under(ID(ctx))
}

// Logged reports whether a failure of this code stands in the wallet's log,
// and has an id therefore, even if no call was made. What a person typed or
// set, gave up, can't afford, or has to unlock first explains itself where it is said.
func (c Code) Logged() bool {
	switch c {
	case Canceled, StepUpRequired, NotEnrolled, Insufficient, NotArrived, BadScenario, FileThere, SealedRecording:
		return false
	}
	switch c.Family() {
	case FamilyUsage, FamilyConfig, FamilyNotFound:
		return false
	}
	return true
}
