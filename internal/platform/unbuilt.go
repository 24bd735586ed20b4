package platform

import (
	"context"

	"jandon/internal/fault"
	"jandon/internal/wire"
)

// What the contract has and this platform does not answer yet; each goes when its answer comes.

func (a *answers) ChallengeAct(context.Context, wire.ChallengeActRequestObject) (wire.ChallengeActResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}

func (a *answers) GetActSecret(context.Context, wire.GetActSecretRequestObject) (wire.GetActSecretResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}

func (a *answers) AddAuthenticator(context.Context, wire.AddAuthenticatorRequestObject) (wire.AddAuthenticatorResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}

func (a *answers) CheckAuthenticator(context.Context, wire.CheckAuthenticatorRequestObject) (wire.CheckAuthenticatorResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}

func (a *answers) GetChallenge(context.Context, wire.GetChallengeRequestObject) (wire.GetChallengeResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}

func (a *answers) Confirm(context.Context, wire.ConfirmRequestObject) (wire.ConfirmResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}

func (a *answers) ListDevices(context.Context, wire.ListDevicesRequestObject) (wire.ListDevicesResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}

func (a *answers) RevokeDevice(context.Context, wire.RevokeDeviceRequestObject) (wire.RevokeDeviceResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}

func (a *answers) RenameDevice(context.Context, wire.RenameDeviceRequestObject) (wire.RenameDeviceResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}

func (a *answers) Enrol(context.Context, wire.EnrolRequestObject) (wire.EnrolResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}

func (a *answers) Activate(context.Context, wire.ActivateRequestObject) (wire.ActivateResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}

func (a *answers) SetRecoveryCodes(context.Context, wire.SetRecoveryCodesRequestObject) (wire.SetRecoveryCodesResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}

func (a *answers) ChangeSecret(context.Context, wire.ChangeSecretRequestObject) (wire.ChangeSecretResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}

func (a *answers) OpenSession(context.Context, wire.OpenSessionRequestObject) (wire.OpenSessionResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}

func (a *answers) CloseSession(context.Context, wire.CloseSessionRequestObject) (wire.CloseSessionResponseObject, error) {
	return nil, fault.New(fault.NotFound, "what", "path")
}
