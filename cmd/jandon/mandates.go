package main

import (
	"context"

	"jandon/internal/wallet"
	"jandon/ui/audit"
)

// mandates lists the standing agreements that a source keeps; nil if it keeps none.
func (s *source) mandates() func(context.Context) ([]wallet.Mandate, error) {
	if kept, ok := s.reader.(interface {
		Mandates(ctx context.Context) ([]wallet.Mandate, error)
	}); ok {
		return kept.Mandates
	}
	return nil
}

// ender cancels mandates at the platform.
type ender interface {
	CancelMandate(ctx context.Context, id string) (wallet.Mandate, error)
}

// canceler is what the audit's pages cancel with; nil where nothing can be
// cancelled from here.
func (f findings) canceler() audit.Canceler {
	if e, ok := f.teller.(ender); ok {
		return ending{e}
	}
	return nil
}

type ending struct{ ender }

// CancelMandate lets nothing more be charged.
func (e ending) CancelMandate(ctx context.Context, id string) error {
	_, err := e.ender.CancelMandate(ctx, id)
	return err
}
