// Package confirm is where one act is confirmed, and watched until it is done.
//
// What is asked is drawn from the challenge's own bytes and nothing else, and
// all of it must have been on the screen before an answer counts. Keys typed
// before the question was there answer nothing. The PIN goes from the keys
// into a closure and is gone after one try. Leaving never cancels a
// confirmation under way; an answer that was lost is asked for until it is
// known, and is never called a failure.
package confirm

import (
	"context"

	"jandon/internal/act"
	"jandon/ui/kit"
)

// Source is the platform as this page needs it.
type Source interface {
	Act(ctx context.Context, id string) (act.Act, error)
	// Question fetches a fresh challenge, which kills an older one, and has
	// compared it with what was asked for.
	Question(ctx context.Context, id string) (act.Question, error)
	// Confirm answers the question. Without a PIN the secret that was opened
	// with the session answers it. The code that it sends goes into sent, too,
	// and nowhere else. A lost answer is fault.UnknownOutcome.
	Confirm(ctx context.Context, id string, pin kit.PIN, sent kit.Sent) (act.Act, error)
	Cancel(ctx context.Context, id string) (act.Act, error)
}

// New makes the page of one act, by its id.
func New(env *kit.Env, source Source, id string) kit.Page {
	return &page{
		env: env, source: source, id: id,
		reading: kit.Latest{Name: "confirm act"}, asking: kit.Latest{Name: "confirm question"}, checking: kit.Latest{Name: "confirm check"},
		guard: kit.Guard{Name: "confirm"}, drops: kit.Guard{Name: "confirm cancel"}, touch: kit.Touching{Name: "confirm touch"},
		code: kit.NewSent(),
	}
}
