package platform

import (
	"context"
	"net/http"

	"jandon/internal/act"
	"jandon/internal/platform/ledger"
	"jandon/internal/safe"
	"jandon/internal/valuepath"
	"jandon/internal/wire"
)

// located lets the books know from which network a request comes, for what they weigh.
func located(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(ledger.WithNetwork(r.Context(), placeOf(r))))
	})
}

// limits are the caller's, from their device.
func (a *answers) limits(ctx context.Context) (body wire.Limits, err error) {
	err = a.read(ctx, func(v *ledger.View) error {
		l, err := v.Limits(caller(ctx).Device, a.clock())
		body = wire.FromLimits(l)
		return err
	})
	return body, err
}

// GetLimits tells what the caller may do, why, and how it would become more.
func (a *answers) GetLimits(ctx context.Context, _ wire.GetLimitsRequestObject) (wire.GetLimitsResponseObject, error) {
	body, err := a.limits(ctx)
	return wire.GetLimits200JSONResponse{Body: body, Headers: wire.GetLimits200ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}

// ListRails lists the rails with what they could carry now of all that the caller has.
func (a *answers) ListRails(ctx context.Context, _ wire.ListRailsRequestObject) (wire.ListRailsResponseObject, error) {
	var body wire.RailList
	err := a.read(ctx, func(v *ledger.View) error {
		catalogue, states, err := v.Rails(a.clock())
		if err != nil {
			return err
		}
		body.Version = safe.Line(catalogue.Version)
		for i, s := range states {
			body.Rails = append(body.Rails, railState(&catalogue.Rails[i], s))
		}
		return nil
	})
	return wire.ListRails200JSONResponse{Body: body, Headers: wire.ListRails200ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}

func railState(r *valuepath.Rail, s valuepath.RailState) wire.RailState {
	return wire.RailState{
		Id: safe.Line(s.Rail), Nature: safe.Line(r.Nature.String()), Currency: r.Currency, EligibleMinor: s.Eligible.Minor, MostMinor: s.Most.Minor,
		Code: safe.Line(s.Code), Rule: safe.Line(s.Rule), When: s.When,
	}
}

// ListDestinations lists the caller's linked destinations.
func (a *answers) ListDestinations(ctx context.Context, _ wire.ListDestinationsRequestObject) (wire.ListDestinationsResponseObject, error) {
	var body wire.DestinationList
	err := a.read(ctx, func(v *ledger.View) error {
		list, err := v.Destinations()
		body.Destinations = wire.Each(list, wire.FromDestination)
		return err
	})
	return wire.ListDestinations200JSONResponse{Body: body, Headers: wire.ListDestinations200ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}

// LinkDestination begins to link a destination.
func (a *answers) LinkDestination(ctx context.Context, q wire.LinkDestinationRequestObject) (wire.LinkDestinationResponseObject, error) {
	who, k, err := once(ctx, q.Params.IdempotencyKey, q.Body)
	if err != nil {
		return nil, err
	}
	made, err := a.p.ledger.LinkDestination(ctx, who.User, who.Device, k, ledger.Link{Rail: q.Body.Rail, Name: q.Body.Name, Number: q.Body.Number}, a.clock())
	return wire.LinkDestination201JSONResponse{Body: wire.FromAct(made), Headers: wire.LinkDestination201ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}

// UnlinkDestination unlinks a destination at once.
func (a *answers) UnlinkDestination(ctx context.Context, q wire.UnlinkDestinationRequestObject) (wire.UnlinkDestinationResponseObject, error) {
	who, err := trusted(ctx)
	if err != nil {
		return nil, err
	}
	err = a.p.ledger.UnlinkDestination(ctx, who.User, q.Id, who.Device, a.clock())
	return wire.UnlinkDestination204Response{Headers: wire.UnlinkDestination204ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}

// Pause stops everything that moves value. It can only protect, so a session
// that reads may ask.
func (a *answers) Pause(ctx context.Context, _ wire.PauseRequestObject) (wire.PauseResponseObject, error) {
	who := caller(ctx)
	if err := a.p.ledger.Pause(ctx, who.User, who.Device, a.clock()); err != nil {
		return nil, err
	}
	body, err := a.limits(ctx)
	return wire.Pause200JSONResponse{Body: body, Headers: wire.Pause200ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}

// Resume begins to go on before a pause ends.
func (a *answers) Resume(ctx context.Context, q wire.ResumeRequestObject) (wire.ResumeResponseObject, error) {
	who, k, err := once(ctx, q.Params.IdempotencyKey, act.Resume)
	if err != nil {
		return nil, err
	}
	made, err := a.p.ledger.Resume(ctx, who.User, who.Device, k, a.clock())
	return wire.Resume201JSONResponse{Body: wire.FromAct(made), Headers: wire.Resume201ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}

// SetLevel makes the platform more careful at once, or begins to make it less so.
func (a *answers) SetLevel(ctx context.Context, q wire.SetLevelRequestObject) (wire.SetLevelResponseObject, error) {
	who, k, err := once(ctx, q.Params.IdempotencyKey, q.Body)
	if err != nil {
		return nil, err
	}
	level, lower, err := a.p.ledger.SetLevel(ctx, who.User, who.Device, k, q.Body.Level.Act(), a.clock())
	if err != nil {
		return nil, err
	}
	body := wire.LevelAnswer{Level: wire.FromLevel(level), Act: each(lower, wire.FromAct)}
	if lower != nil {
		return wire.SetLevel201JSONResponse{Body: body, Headers: wire.SetLevel201ResponseHeaders{CorrelationId: correlation(ctx)}}, nil
	}
	return wire.SetLevel200JSONResponse{Body: body, Headers: wire.SetLevel200ResponseHeaders{CorrelationId: correlation(ctx)}}, nil
}
