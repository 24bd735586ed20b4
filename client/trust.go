package client

import (
	"context"
	"net/http"
	"strings"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/safe"
	"jandon/internal/wire"
)

// Devices lists the account's devices, newest first.
func (a *Account) Devices(ctx context.Context) ([]act.Device, error) {
	if err := a.enrolled(); err != nil {
		return nil, err
	}
	var l wire.DeviceList
	_, err := a.Client.do(ctx, call{
		name: "devices", as: reader, build: func() (*http.Request, error) { return wire.NewListDevicesRequest(a.Client.base) },
		read: func(b []byte) error {
			return readInto(b, &l, func(l wire.DeviceList) error { return few("devices", l.Devices, checkDevice) })
		},
	})
	if err != nil {
		return nil, err
	}
	return wire.Each(l.Devices, wire.Device.Act), nil
}

// RenameDevice gives a device another name.
func (a *Account) RenameDevice(ctx context.Context, id, name string) error {
	if err := a.mayChange(id); err != nil {
		return err
	}
	name, err := deviceName(name)
	if err != nil {
		return err
	}
	_, err = a.Client.do(ctx, call{
		name: "rename device", as: actor,
		build: func() (*http.Request, error) {
			return wire.NewRenameDeviceRequest(a.Client.base, id, wire.DeviceName{Name: name})
		},
		read: func(b []byte) error { var d wire.Device; return readInto(b, &d, checkDevice) },
	})
	return err
}

// RevokeDevice takes everything from a device at once, its sessions too.
func (a *Account) RevokeDevice(ctx context.Context, id string) error {
	if err := a.mayChange(id); err != nil {
		return err
	}
	_, err := a.Client.do(ctx, call{
		name: "revoke device", as: actor, moves: true, good: []int{http.StatusNoContent},
		build: func() (*http.Request, error) { return wire.NewRevokeDeviceRequest(a.Client.base, id) },
	})
	return err
}

// Destinations lists the linked destinations.
func (a *Account) Destinations(ctx context.Context) ([]act.Destination, error) {
	if err := a.enrolled(); err != nil {
		return nil, err
	}
	var l wire.DestinationList
	_, err := a.Client.do(ctx, call{
		name: "destinations", as: reader, build: func() (*http.Request, error) { return wire.NewListDestinationsRequest(a.Client.base) },
		read: func(b []byte) error {
			return readInto(b, &l, func(l wire.DestinationList) error { return few("destinations", l.Destinations, checkDestination) })
		},
	})
	if err != nil {
		return nil, err
	}
	return wire.Each(l.Destinations, wire.Destination.Act), nil
}

// LinkDestination begins an act that has to be confirmed. A name that the
// filter would change could not be, and is fault.UnsafeText.
func (a *Account) LinkDestination(ctx context.Context, rail, name, number string) (act.Act, error) {
	name = strings.TrimSpace(name)
	if safe.Changed(name) {
		return act.Act{}, fault.New(fault.UnsafeText, "field", "name")
	}
	return a.begin(ctx, wish{Action: act.AddDestination, Rail: rail, Name: name, Number: strings.TrimSpace(number)})
}

// UnlinkDestination forgets a destination.
func (a *Account) UnlinkDestination(ctx context.Context, id string) error {
	if err := a.mayChange(id); err != nil {
		return err
	}
	defer a.known.drop()
	_, err := a.Client.do(ctx, call{
		name: "unlink destination", as: reader, good: []int{http.StatusNoContent},
		build: func() (*http.Request, error) { return wire.NewUnlinkDestinationRequest(a.Client.base, id) },
	})
	return err
}

// Resume asks to go on before a pause ends; the act has to be confirmed.
func (a *Account) Resume(ctx context.Context) (act.Act, error) {
	return a.begin(ctx, wish{Action: act.Resume})
}

// SetLevel changes how careful the platform is. Lowering is an act that has to
// be confirmed; the zero Act says that it was done at once.
func (a *Account) SetLevel(ctx context.Context, l act.Level) (act.Act, error) {
	return a.begin(ctx, wish{Action: act.LowerLevel, Level: l})
}

func (a *Account) mayChange(id string) error {
	if err := a.enrolled(); err != nil {
		return err
	}
	if !addressable(id) {
		return fault.New(fault.NotFound, "what", short(id))
	}
	return nil
}
