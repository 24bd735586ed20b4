package platform

import (
	"context"

	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
	"jandon/internal/wire"
)

// ListMandates lists the standing agreements with what was agreed to.
func (a *answers) ListMandates(ctx context.Context, _ wire.ListMandatesRequestObject) (wire.ListMandatesResponseObject, error) {
	var list []wallet.Mandate
	err := a.read(ctx, func(v *ledger.View) (err error) { list, err = v.Mandates(); return err })
	return wire.ListMandates200JSONResponse{
		Body:    wire.MandateList{Mandates: wire.Each(list, wire.FromMandate)},
		Headers: wire.ListMandates200ResponseHeaders{CorrelationId: correlation(ctx)},
	}, err
}

// CancelMandate lets nothing more be charged under a mandate. It can't be taken
// back here, so a code of an app or a recovery code is not enough: whoever found
// those must not end what a person relies on.
func (a *answers) CancelMandate(ctx context.Context, q wire.CancelMandateRequestObject) (wire.CancelMandateResponseObject, error) {
	who, err := trusted(ctx)
	if err != nil {
		return nil, err
	}
	m, err := a.p.ledger.CancelMandate(ctx, who.User, q.Id, a.clock())
	return wire.CancelMandate200JSONResponse{
		Body: wire.FromMandate(m), Headers: wire.CancelMandate200ResponseHeaders{CorrelationId: correlation(ctx)},
	}, err
}
