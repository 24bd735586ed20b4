package main

import (
	"context"
	"time"

	"jandon/client"
	"jandon/internal/act"
	"jandon/internal/money"
	"jandon/internal/valuepath"
	"jandon/ui/auto"
)

// Auto is what goes by itself, or what is missing for it.
func (m mover) Auto(ctx context.Context) (act.Auto, error) {
	return with(ctx, m, func(a *client.Account) (act.Auto, error) { return a.Auto(ctx) })
}

// SetAuto asks for it.
func (m mover) SetAuto(ctx context.Context, t act.Terms) (act.Act, error) {
	return with(ctx, m, func(a *client.Account) (act.Act, error) { return a.SetAuto(ctx, t) })
}

// StopAuto ends it.
func (m mover) StopAuto(ctx context.Context) (act.Auto, error) {
	return with(ctx, m, func(a *client.Account) (act.Auto, error) { return a.StopAuto(ctx) })
}

// WouldGo is what would go now by terms: by the very plan that the platform makes.
func (m mover) WouldGo(ctx context.Context, t act.Terms) (auto.Going, error) {
	l, err := m.Means(ctx)
	if err != nil {
		return auto.Going{}, err
	}
	w, err := m.Wallet(ctx)
	if err != nil {
		return auto.Going{}, err
	}
	book, err := valuepath.Shipped()
	if err != nil {
		return auto.Going{}, err
	}
	zone, err := time.LoadLocation(l.Zone)
	if err != nil {
		return auto.Going{}, err
	}
	plan, err := t.Plan(book, &l, w.Lots, l.At, zone)
	if err != nil || plan == nil {
		return auto.Going{}, err
	}
	c := plan.Amount.Currency
	return auto.Going{Amount: money.Of(plan.Amount.Minor-plan.Rest.Minor, c), Fee: plan.Fees, Net: plan.Out()}, nil
}
