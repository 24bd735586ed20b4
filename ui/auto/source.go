// Package auto shows what goes by itself: whether anything does, by which
// terms, when, and what is missing; and a form that asks for it. What the form
// asks for is confirmed as every act is.
package auto

import (
	"context"

	"jandon/internal/act"
	"jandon/internal/money"
)

// Source is what the page asks.
type Source interface {
	Auto(ctx context.Context) (act.Auto, error)
	// SetAuto asks for it; the act has to be confirmed.
	SetAuto(ctx context.Context, t act.Terms) (act.Act, error)
	// StopAuto lets nothing more go, at once.
	StopAuto(ctx context.Context) (act.Auto, error)
	// WouldGo is what would go now by terms, whoever has allowed them.
	WouldGo(ctx context.Context, t act.Terms) (Going, error)
}

// The page's messages are kit.Answer[act.Auto], kit.Answer[Going] and
// kit.Answer[Changed]; Asked is what it works out of what was typed.

// Going is what would go.
type Going struct {
	Amount, Fee, Net money.Amount // no currency: nothing would
}

// Changed is what a change came to.
type Changed struct {
	Act act.Act // to be confirmed; zero: nothing goes any more
}

// Asked is what the form asks for.
type Asked struct {
	Terms act.Terms
	Wrong string // catalogue id of what is missing
}
