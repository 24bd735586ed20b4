package platform

import (
	"context"

	"jandon/internal/fault"
	"jandon/internal/wire"
)

// ListDisputes lists the disputes.
func (a *answers) ListDisputes(context.Context, wire.ListDisputesRequestObject) (wire.ListDisputesResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "dispute")
}

// OpenDispute opens one.
func (a *answers) OpenDispute(context.Context, wire.OpenDisputeRequestObject) (wire.OpenDisputeResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "dispute")
}

// GetDispute tells of one.
func (a *answers) GetDispute(context.Context, wire.GetDisputeRequestObject) (wire.GetDisputeResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "dispute")
}

// WithdrawDispute withdraws one.
func (a *answers) WithdrawDispute(context.Context, wire.WithdrawDisputeRequestObject) (wire.WithdrawDisputeResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "dispute")
}
