package platform

import (
	"context"

	"jandon/internal/act"
	"jandon/internal/platform/ledger"
	"jandon/internal/wire"
)

// listActs is the letter of the list of acts in cursors.
const listActs = 'c'

// ListActs lists the caller's acts.
func (a *answers) ListActs(ctx context.Context, q wire.ListActsRequestObject) (wire.ListActsResponseObject, error) {
	var body wire.ActPage
	err := a.read(ctx, func(v *ledger.View) error {
		place, err := decodeCursor(v.Ledger, listActs, q.Params.Cursor)
		if err != nil {
			return err
		}
		page, next, err := v.Acts(place, or(q.Params.Limit, usualPage))
		body = wire.ActPage{Acts: wire.Each(page, wire.FromAct), NextCursor: encodeCursor(v.Ledger, listActs, next)}
		return err
	})
	return wire.ListActs200JSONResponse{Body: body, Headers: wire.ListActs200ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}

// GetAct tells of one act.
func (a *answers) GetAct(ctx context.Context, q wire.GetActRequestObject) (wire.GetActResponseObject, error) {
	var one act.Act
	err := a.read(ctx, func(v *ledger.View) (err error) {
		one, err = v.Act(q.Id)
		return err
	})
	return wire.GetAct200JSONResponse{Body: wire.FromAct(one), Headers: wire.GetAct200ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}

// CancelAct cancels an act of which nothing has left. It only gives back what
// is the person's, so a session that reads may ask.
func (a *answers) CancelAct(ctx context.Context, q wire.CancelActRequestObject) (wire.CancelActResponseObject, error) {
	one, err := a.p.ledger.CancelAct(ctx, caller(ctx).User, q.Id, a.clock())
	return wire.CancelAct200JSONResponse{Body: wire.FromAct(one), Headers: wire.CancelAct200ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}
