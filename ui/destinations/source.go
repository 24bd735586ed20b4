// Package destinations shows where value can be sent: the linked destinations,
// those that still wait, and a form that links another one.
package destinations

import (
	"context"

	"jandon/internal/act"
)

// Source is what the page asks.
type Source interface {
	Destinations(ctx context.Context) ([]act.Destination, error)
	// LinkDestination begins an act that has to be confirmed.
	LinkDestination(ctx context.Context, rail, name, number string) (act.Act, error)
	UnlinkDestination(ctx context.Context, id string) error
}

// The page's messages are kit.Answer[[]act.Destination] and kit.Answer[Changed].

// Changed is what a person did.
type Changed struct {
	Act  act.Act // of a new destination
	Name string  // of one that was unlinked
}
