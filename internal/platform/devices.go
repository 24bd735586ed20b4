package platform

import (
	"context"

	"jandon/internal/act"
	"jandon/internal/platform/ledger"
	"jandon/internal/safe"
	"jandon/internal/wire"
)

// ListDevices lists the caller's devices.
func (a *answers) ListDevices(ctx context.Context, _ wire.ListDevicesRequestObject) (wire.ListDevicesResponseObject, error) {
	var body wire.DeviceList
	err := a.read(ctx, func(v *ledger.View) error {
		devices, err := v.Devices(a.clock())
		body.Devices = wire.Each(devices, func(d ledger.Device) wire.Device { return fromDevice(ctx, d) })
		return err
	})
	return wire.ListDevices200JSONResponse{Body: body, Headers: wire.ListDevices200ResponseHeaders{CorrelationId: correlation(ctx)}}, err
}

func fromDevice(ctx context.Context, d ledger.Device) wire.Device {
	d.Current = d.ID == caller(ctx).Device
	return wire.FromDevice(d.Device)
}

// RenameDevice gives a device another name.
func (a *answers) RenameDevice(ctx context.Context, q wire.RenameDeviceRequestObject) (wire.RenameDeviceResponseObject, error) {
	who, err := trusted(ctx) // a thief's device under the name of the owner's would have the owner revoke the wrong one
	if err != nil {
		return nil, err
	}
	if safe.Changed(q.Body.Name) {
		return nil, badField("/body/name", "must be plain text in one line")
	}
	d, err := a.p.ledger.RenameDevice(ctx, who.User, q.Id, q.Body.Name, a.clock())
	if err != nil {
		return nil, err
	}
	return wire.RenameDevice200JSONResponse{Body: fromDevice(ctx, d), Headers: wire.RenameDevice200ResponseHeaders{CorrelationId: correlation(ctx)}}, nil
}

// RevokeDevice ends a device at once. A device may always end itself; ending
// another takes a session that may act, or a thief could shut the owner out.
// Where that session was opened without the PIN, everything that moves value is
// stopped with it: whoever lost a device wants that, and whoever stole a sheet
// of recovery codes gains nothing by revoking the device that would be warned.
func (a *answers) RevokeDevice(ctx context.Context, q wire.RevokeDeviceRequestObject) (wire.RevokeDeviceResponseObject, error) {
	who := caller(ctx)
	revoke := a.p.ledger.RevokeDevice
	if who.Device == "" || q.Id != who.Device {
		var err error
		if who, err = acting(ctx); err != nil {
			return nil, err
		}
		if who.fellBack() {
			revoke = a.p.ledger.RevokeAndPause
		}
	}
	if err := revoke(ctx, who.User, q.Id, who.Device, a.clock()); err != nil {
		return nil, err
	}
	return wire.RevokeDevice204Response{Headers: wire.RevokeDevice204ResponseHeaders{CorrelationId: correlation(ctx)}}, nil
}

// keyFor is keyOf for what begins an act: the same body asked for another
// action is another request.
func keyFor(id string, action act.Action, body any) (ledger.Key, error) {
	return keyOf(id, struct {
		Action act.Action
		Body   any
	}{action, body})
}
