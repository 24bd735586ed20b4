package platform

import (
	"context"

	"jandon/internal/fault"
	"jandon/internal/wire"
)

// GetAutoCashout tells of the automatic cash-out.
func (a *answers) GetAutoCashout(context.Context, wire.GetAutoCashoutRequestObject) (wire.GetAutoCashoutResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "auto")
}

// SetAutoCashout asks for one.
func (a *answers) SetAutoCashout(context.Context, wire.SetAutoCashoutRequestObject) (wire.SetAutoCashoutResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "auto")
}

// StopAutoCashout ends it.
func (a *answers) StopAutoCashout(context.Context, wire.StopAutoCashoutRequestObject) (wire.StopAutoCashoutResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "auto")
}
