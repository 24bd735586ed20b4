package platform

import (
	"context"

	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
	"jandon/internal/wire"
)

// ListDisputes lists the disputes of the caller's charges.
func (a *answers) ListDisputes(ctx context.Context, _ wire.ListDisputesRequestObject) (wire.ListDisputesResponseObject, error) {
	var list []wallet.Dispute
	err := a.read(ctx, func(v *ledger.View) (err error) { list, err = v.Disputes(); return err })
	return wire.ListDisputes200JSONResponse{
		Body:    wire.DisputeList{Disputes: wire.Each(list, wire.FromDispute)},
		Headers: wire.ListDisputes200ResponseHeaders{CorrelationId: correlation(ctx)},
	}, err
}

// OpenDispute disputes a charge, once. Nothing leaves by it, so it needs a
// session that may act, and no code.
func (a *answers) OpenDispute(ctx context.Context, q wire.OpenDisputeRequestObject) (wire.OpenDisputeResponseObject, error) {
	who, k, over, err := a.alone(ctx, q.Params.IdempotencyKey, q.Body)
	if err != nil {
		return nil, err
	}
	defer over()
	d, err := a.p.ledger.Dispute(ctx, who.User, k, q.Body.Wallet(), a.clock())
	if err != nil {
		return nil, err
	}
	a.p.wake()
	return wire.OpenDispute201JSONResponse{
		Body: wire.FromDispute(d), Headers: wire.OpenDispute201ResponseHeaders{CorrelationId: correlation(ctx)},
	}, nil
}

// GetDispute tells of one dispute.
func (a *answers) GetDispute(ctx context.Context, q wire.GetDisputeRequestObject) (wire.GetDisputeResponseObject, error) {
	var d wallet.Dispute
	err := a.read(ctx, func(v *ledger.View) (err error) { d, err = v.Dispute(q.Id); return err })
	return wire.GetDispute200JSONResponse{
		Body: wire.FromDispute(d), Headers: wire.GetDispute200ResponseHeaders{CorrelationId: correlation(ctx)},
	}, err
}

// WithdrawDispute ends a dispute by the person's wish.
func (a *answers) WithdrawDispute(ctx context.Context, q wire.WithdrawDisputeRequestObject) (wire.WithdrawDisputeResponseObject, error) {
	who, err := acting(ctx)
	if err != nil {
		return nil, err
	}
	d, err := a.p.ledger.WithdrawDispute(ctx, who.User, a.p.sellers, q.Id, a.clock())
	if err != nil {
		return nil, err
	}
	return wire.WithdrawDispute200JSONResponse{
		Body: wire.FromDispute(d), Headers: wire.WithdrawDispute200ResponseHeaders{CorrelationId: correlation(ctx)},
	}, nil
}
