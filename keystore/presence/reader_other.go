//go:build !linux

package presence

import "context"

// Reader stands where a program could ask for a touch but this one can't: Touch
// ID and Windows Hello are asked through libraries of the system that want cgo
// or a signed application, and Jandon is neither. It says so and does nothing.
type Reader struct{}

// New is a reader that can't be asked.
func New(Limits) *Reader { return &Reader{} }

// State is Elsewhere.
func (*Reader) State(context.Context) State { return Elsewhere }

// Ask is Elsewhere, at once.
func (*Reader) Ask(context.Context) State { return Elsewhere }
