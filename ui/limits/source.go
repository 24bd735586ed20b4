// Package limits shows what a person may move, how much of it is left today,
// what would raise it, how careful the platform is, and whether everything
// stands still.
package limits

import (
	"context"

	"jandon/internal/act"
)

// Source is what the page asks.
type Source interface {
	// Limits are those of now; where the platform can't be reached, those last
	// told stand beside the error, with their At.
	Limits(ctx context.Context) (act.Limits, error)
	// Pause stops everything that moves value, at once.
	Pause(ctx context.Context) (act.Limits, error)
	// Resume asks to go on before the pause ends; the act has to be confirmed.
	Resume(ctx context.Context) (act.Act, error)
	// SetLevel changes how careful the platform is. Lowering is an act that has
	// to be confirmed; the zero Act says that it was done at once.
	SetLevel(ctx context.Context, l act.Level) (act.Act, error)
}

// The page's messages are kit.Answer[act.Limits] and kit.Answer[Changed].

// Changed is what a change came to.
type Changed struct {
	Act    act.Act // to be confirmed; zero: it is done
	Paused bool
}
