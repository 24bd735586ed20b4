package platform

import (
	"context"

	"jandon/internal/act"
	"jandon/internal/platform/ledger"
	"jandon/internal/wire"
)

// auto is the caller's automatic cash-out.
func (a *answers) auto(ctx context.Context) (body wire.AutoCashout, err error) {
	err = a.read(ctx, func(v *ledger.View) error {
		x, err := v.Auto(a.clock())
		body = wire.FromAuto(x)
		return err
	})
	return body, err
}

// GetAutoCashout tells of the automatic cash-out, and what is missing for one.
func (a *answers) GetAutoCashout(ctx context.Context, _ wire.GetAutoCashoutRequestObject) (wire.GetAutoCashoutResponseObject, error) {
	body, err := a.auto(ctx)
	return wire.GetAutoCashout200JSONResponse{Body: body, Headers: wire.GetAutoCashout200ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}

// SetAutoCashout begins to allow one; the act has to be confirmed.
func (a *answers) SetAutoCashout(ctx context.Context, q wire.SetAutoCashoutRequestObject) (wire.SetAutoCashoutResponseObject, error) {
	who, k, over, err := a.alone(ctx, q.Params.IdempotencyKey, struct {
		Action act.Action
		Terms  *wire.AutoTerms
	}{act.SetAuto, q.Body})
	if err != nil {
		return nil, err
	}
	defer over()
	made, err := a.p.ledger.SetAuto(ctx, who.User, who.Device, k, q.Body.Act(), a.clock())
	return wire.SetAutoCashout201JSONResponse{Body: wire.FromAct(made), Headers: wire.SetAutoCashout201ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}

// StopAutoCashout lets nothing more go by itself. It can only protect, so a
// session that reads may ask.
func (a *answers) StopAutoCashout(ctx context.Context, _ wire.StopAutoCashoutRequestObject) (wire.StopAutoCashoutResponseObject, error) {
	who := caller(ctx)
	if err := a.p.ledger.StopAuto(ctx, who.User, who.Device, a.clock()); err != nil {
		return nil, err
	}
	body, err := a.auto(ctx)
	return wire.StopAutoCashout200JSONResponse{Body: body, Headers: wire.StopAutoCashout200ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}
