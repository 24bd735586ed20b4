// Package disputes is where charges are disputed: what was disputed and how
// far it has come, a charge that can be, and, where no platform can be asked,
// a letter that can.
//
// New makes one of these by what is asked for. Disputes are read from what is
// stored, so they can be seen offline; opening one and withdrawing one need
// the platform and a session that may act.
package disputes

import (
	"cmp"
	"context"
	"net/url"
	"slices"

	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// Source is what these pages read.
type Source interface {
	Disputes(ctx context.Context) ([]wallet.Dispute, error)
	Transaction(ctx context.Context, id string) (wallet.Transaction, error)
	Wallet(ctx context.Context) (wallet.Wallet, error) // names the issuers
}

// Court is where charges are disputed.
type Court interface {
	Dispute(ctx context.Context, ask wallet.DisputeAsk) (wallet.Dispute, error)
	Withdraw(ctx context.Context, id string) (wallet.Dispute, error)
}

// Case is what a read of one charge brings.
type Case struct {
	Line    wallet.Transaction
	Issuer  wallet.Issuer
	Dispute *wallet.Dispute // nil: it is not disputed
}

// New makes the page that arg asks for, as a URL query: tx=ID a charge to
// dispute, or its dispute; id=ID a dispute; else all of them. court is nil
// where there is no platform to ask.
func New(env *kit.Env, source Source, court Court, arg string) kit.Page {
	want, _ := url.ParseQuery(arg) // what can't be read asks for nothing: the list
	tx, id := want.Get("tx"), want.Get("id")
	if tx == "" && id == "" {
		return newList(env, source)
	}
	return newCase(env, source, court, tx, id)
}

// readCase reads a charge by its id, or by that of its dispute.
func readCase(ctx context.Context, from Source, tx, id string) (c Case, err error) {
	list, err := from.Disputes(ctx)
	if err != nil {
		return c, err
	}
	if i := slices.IndexFunc(list, func(d wallet.Dispute) bool { return d.ID == id || tx != "" && d.Transaction == tx }); i >= 0 {
		c.Dispute, tx = &list[i], list[i].Transaction
	}
	if c.Line, err = from.Transaction(ctx, cmp.Or(tx, id)); err != nil {
		return c, err
	}
	w, err := from.Wallet(ctx)
	c.Issuer = wallet.Issuer{ID: c.Line.Issuer, Name: c.Line.Issuer}
	if i := slices.IndexFunc(w.Issuers, func(x wallet.Issuer) bool { return x.ID == c.Line.Issuer }); i >= 0 {
		c.Issuer = w.Issuers[i]
	}
	return c, err
}
