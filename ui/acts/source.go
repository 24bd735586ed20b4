// Package acts is the history of acts: what moved value or trust, newest
// first, and each with its legs, fees, lots, reasons and receipt.
//
// New makes the list, or one act by its id. What waits to be confirmed leads
// to the page that confirms it.
package acts

import (
	"context"

	"jandon/internal/act"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// Source is what these pages read, and how an act is cancelled.
type Source interface {
	Acts(ctx context.Context, cursor string) (act.Page, error)
	Act(ctx context.Context, id string) (act.Act, error)
	Cancel(ctx context.Context, id string) (act.Act, error)
	Wallet(ctx context.Context) (wallet.Wallet, error) // names the lots
}

// New makes the page of the act with an id, or of all acts if it is empty.
func New(env *kit.Env, source Source, id string) kit.Page {
	if id != "" {
		return newDetail(env, source, id)
	}
	return newList(env, source)
}
