//go:build linux || netbsd || openbsd || (dragonfly && cgo) || (freebsd && cgo)

package keystore

import (
	"context"
	"errors"
	"time"

	"github.com/godbus/dbus/v5"

	"jandon/internal/fault"
	"jandon/keystore/internal/bus"
)

var errDismissed = errors.New("keystore: the keyring's window was closed without an answer")

// unlock asks the service to unlock the collection, which may open its window.
// Its calls have quick to answer; the person has all of ctx, after which the
// window is taken down again.
func (s *session) unlock(ctx context.Context, quick time.Duration) error {
	short, stop := context.WithTimeout(ctx, quick)
	defer stop()
	signals := make(chan *dbus.Signal, 16)
	s.conn.Signal(signals)
	defer s.conn.RemoveSignal(signals)
	// Both before the first call, so that no answer is missed.
	for _, match := range [][]dbus.MatchOption{
		{dbus.WithMatchInterface(promptIface), dbus.WithMatchMember("Completed")},
		{dbus.WithMatchInterface("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, busName)},
	} {
		if err := s.conn.AddMatchSignalContext(short, match...); err != nil {
			return err
		}
	}
	var unlocked []dbus.ObjectPath
	var prompt dbus.ObjectPath
	err := s.conn.Object(busName, servicePath).
		CallWithContext(short, serviceIface+".Unlock", 0, []dbus.ObjectPath{s.collection}).Store(&unlocked, &prompt)
	if err != nil {
		return err
	}
	if prompt != "/" && prompt != "" {
		if err := s.prompt(ctx, short, prompt, signals); err != nil {
			return err
		}
	}
	after, stop := context.WithTimeout(ctx, quick)
	defer stop()
	switch locked, err := s.locked(after); {
	case err != nil:
		return err
	case locked:
		return fault.New(fault.KeyringLocked)
	default:
		return nil
	}
}

// prompt opens the service's window and waits for its end.
func (s *session) prompt(ctx, short context.Context, path dbus.ObjectPath, signals <-chan *dbus.Signal) error {
	window := s.conn.Object(busName, path)
	if err := window.CallWithContext(short, promptIface+".Prompt", 0, "").Err; err != nil {
		return err
	}
	for {
		select {
		case <-ctx.Done():
			window.Go(promptIface+".Dismiss", dbus.FlagNoReplyExpected, nil)
			return ctx.Err()
		case signal, ok := <-signals:
			switch {
			case !ok:
				return dbus.ErrClosed
			case signal.Path == path && signal.Name == promptIface+".Completed":
				if len(signal.Body) > 0 && signal.Body[0] == true {
					return fault.Wrap(errDismissed, fault.KeyringDenied)
				}
				return nil
			case signal.Name == "org.freedesktop.DBus.NameOwnerChanged":
				return fault.Wrap(errors.New("keystore: the keyring went away"), fault.KeyringStuck)
			}
		}
	}
}

// codeOf is the code of an error of the Secret Service or the bus.
func codeOf(err error) fault.Code {
	if bus.Gone(err) || errors.Is(err, errSlow) {
		return fault.KeyringStuck
	}
	switch bus.Name(err) {
	case "org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.NameHasNoOwner":
		return fault.KeyringStuck // the probe found it a moment ago
	case "org.freedesktop.Secret.Error.IsLocked":
		return fault.KeyringLocked
	default:
		return fault.KeyringDenied
	}
}
