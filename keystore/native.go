//go:build !(linux || netbsd || openbsd || (dragonfly && cgo) || (freebsd && cgo))

package keystore

import (
	"context"
	"errors"
	"time"

	"jandon/internal/fault"
)

// session is nothing on systems whose keyring is a call away (macOS, Windows):
// there is no bus to probe, and the system shows its own windows.
type session struct{ state State }

func probe(context.Context, time.Duration) *session { return &session{Ready} }

func (*session) unlock(context.Context, time.Duration) error { return nil }

// alive is always so; a call without an answer waits for a person.
func (*session) alive(context.Context) bool { return true }

func (*session) prepare() {}
func (*session) abandon() {}
func (*session) close()   {}

func codeOf(err error) fault.Code {
	if errors.Is(err, errSlow) {
		return fault.KeyringStuck
	}
	return fault.KeyringDenied
}
