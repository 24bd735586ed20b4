// Package searches shows the searches that a person saved under names, and
// takes the name of a new one.
package searches

import (
	"context"

	"jandon/internal/saved"
)

// Source is what the page asks; saved.Shelf is one.
type Source interface {
	Searches(ctx context.Context) ([]saved.Search, error)
	SaveSearch(ctx context.Context, x saved.Search) (saved.Search, error)
	RenameSearch(ctx context.Context, from, to string) error
	RemoveSearch(ctx context.Context, name string) error
}

// The page's messages are kit.Answer[[]saved.Search] and kit.Answer[Changed].

// Changed is what a person did.
type Changed struct {
	Did  Deed
	Name string // it has now, or had
}

// Deed is what became of a search.
type Deed uint8

// The deeds.
const (
	Saved Deed = iota + 1
	Renamed
	Removed
)
