package platform

import (
	"context"

	"jandon/internal/safe"
	"jandon/internal/wire"
)

// GetStatus tells which platform this is.
func (a *answers) GetStatus(ctx context.Context, _ wire.GetStatusRequestObject) (wire.GetStatusResponseObject, error) {
	id, err := a.p.ledger.ID(ctx)
	return wire.GetStatus200JSONResponse{
		Body:    wire.Status{Version: safe.Line(a.p.version), Clock: a.clock(), Simulator: true, Ledger: safe.Line(id)},
		Headers: wire.GetStatus200ResponseHeaders{CorrelationId: correlation(ctx)},
	}, err
}

// GetHealth says that the process is alive.
func (a *answers) GetHealth(ctx context.Context, _ wire.GetHealthRequestObject) (wire.GetHealthResponseObject, error) {
	return wire.GetHealth200JSONResponse{HealthJSONResponse: wire.HealthJSONResponse{
		Body: wire.Health{Status: wire.Ok}, Headers: wire.HealthResponseHeaders{CorrelationId: correlation(ctx)},
	}}, nil
}

// GetReadiness says whether the database answers.
func (a *answers) GetReadiness(ctx context.Context, _ wire.GetReadinessRequestObject) (wire.GetReadinessResponseObject, error) {
	return wire.GetReadiness200JSONResponse{HealthJSONResponse: wire.HealthJSONResponse{
		Body: wire.Health{Status: wire.Ok}, Headers: wire.HealthResponseHeaders{CorrelationId: correlation(ctx)},
	}}, a.p.ledger.Ping(ctx)
}
