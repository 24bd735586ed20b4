// Package devices shows the devices of an account: which are there, when they
// came and were last used, what they may do. One can be renamed or revoked.
package devices

import (
	"context"

	"jandon/internal/act"
)

// Source is what the page asks.
type Source interface {
	Devices(ctx context.Context) ([]act.Device, error)
	RenameDevice(ctx context.Context, id, name string) error
	// RevokeDevice takes everything from a device at once, its sessions too.
	RevokeDevice(ctx context.Context, id string) error
}

// The page's messages are kit.Answer[[]act.Device] and kit.Answer[Changed].

// Changed is what a person did to a device.
type Changed struct {
	Name    string // the device's
	Revoked bool   // else renamed
}
