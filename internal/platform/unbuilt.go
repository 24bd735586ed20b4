package platform

import (
	"context"

	"jandon/internal/fault"
	"jandon/internal/wire"
)

// What the contract has and this platform does not answer yet; each goes when its answer comes.

func (a *answers) ListDestinations(context.Context, wire.ListDestinationsRequestObject) (wire.ListDestinationsResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}

func (a *answers) LinkDestination(context.Context, wire.LinkDestinationRequestObject) (wire.LinkDestinationResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}

func (a *answers) UnlinkDestination(context.Context, wire.UnlinkDestinationRequestObject) (wire.UnlinkDestinationResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}

func (a *answers) GetLimits(context.Context, wire.GetLimitsRequestObject) (wire.GetLimitsResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}

func (a *answers) Resume(context.Context, wire.ResumeRequestObject) (wire.ResumeResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}

func (a *answers) Pause(context.Context, wire.PauseRequestObject) (wire.PauseResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}

func (a *answers) ListRails(context.Context, wire.ListRailsRequestObject) (wire.ListRailsResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}

func (a *answers) SetLevel(context.Context, wire.SetLevelRequestObject) (wire.SetLevelResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}
