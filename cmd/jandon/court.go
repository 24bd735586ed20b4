package main

import (
	"context"

	"jandon/client"
	"jandon/internal/wallet"
	"jandon/ui/disputes"
)

// Disputes lists the disputes that a source keeps; a statement keeps none.
func (s *source) Disputes(ctx context.Context) ([]wallet.Dispute, error) {
	if kept, ok := s.reader.(interface {
		Disputes(ctx context.Context) ([]wallet.Dispute, error)
	}); ok {
		return kept.Disputes(ctx)
	}
	return nil, nil
}

// court is where charges are disputed; nil where no platform can be asked.
func (f findings) court() disputes.Court {
	if c, ok := f.teller.(disputes.Court); ok {
		return c
	}
	return nil
}

// Dispute disputes a charge.
func (m mover) Dispute(ctx context.Context, ask wallet.DisputeAsk) (wallet.Dispute, error) {
	return with(ctx, m, func(a *client.Account) (wallet.Dispute, error) { return a.Dispute(ctx, ask) })
}

// Withdraw ends a dispute by the person's wish.
func (m mover) Withdraw(ctx context.Context, id string) (wallet.Dispute, error) {
	return with(ctx, m, func(a *client.Account) (wallet.Dispute, error) { return a.Withdraw(ctx, id) })
}
