//go:build linux || netbsd || openbsd || (dragonfly && cgo) || (freebsd && cgo)

package keystore

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/godbus/dbus/v5"

	"jandon/keystore/internal/bus"
)

// Names of the Secret Service API, freedesktop.org draft 0.2.
const (
	busName      = "org.freedesktop.secrets"
	servicePath  = dbus.ObjectPath("/org/freedesktop/secrets")
	loginPath    = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
	defaultPath  = dbus.ObjectPath("/org/freedesktop/secrets/aliases/default")
	serviceIface = "org.freedesktop.Secret.Service"
	lockedProp   = "org.freedesktop.Secret.Collection.Locked"
	promptIface  = "org.freedesktop.Secret.Prompt"
)

// session is one look at the Secret Service over a connection of its own;
// closing it makes the service drop every window opened through it.
type session struct {
	state      State
	conn       *dbus.Conn
	collection dbus.ObjectPath // the one that go-keyring uses
	shared     atomic.Pointer[dbus.Conn]
}

// probe finds out how far one gets, without starting a bus and without asking
// a person. ctx bounds the whole, start the start of the service.
func probe(ctx context.Context, start time.Duration) *session {
	s := &session{}
	s.state = s.look(ctx, start)
	return s
}

func (s *session) look(ctx context.Context, start time.Duration) State {
	var err error
	if s.conn, err = connect(ctx); err != nil {
		return failed(err, NoBus)
	}
	broker := s.conn.BusObject()
	var there bool
	if err := broker.CallWithContext(ctx, "org.freedesktop.DBus.NameHasOwner", 0, busName).Store(&there); err != nil {
		return failed(err, NoBus)
	}
	if !there {
		started, stop := context.WithTimeout(ctx, start)
		defer stop()
		call := broker.CallWithContext(started, "org.freedesktop.DBus.StartServiceByName", 0, busName, uint32(0))
		if call.Err != nil {
			return failed(call.Err, NoService)
		}
	}
	return s.find(ctx)
}

// find chooses the collection as go-keyring does: "login", else the default.
func (s *session) find(ctx context.Context) State {
	value, err := s.property(ctx, servicePath, serviceIface+".Collections")
	if err != nil {
		return failed(err, NoService)
	}
	s.collection = defaultPath
	paths, _ := value.Value().([]dbus.ObjectPath)
	for _, path := range paths {
		if path == loginPath {
			s.collection = loginPath
		}
	}
	locked, err := s.locked(ctx)
	switch {
	case err != nil:
		return failed(err, NoCollection)
	case locked:
		return Locked
	default:
		return Ready
	}
}

func (s *session) locked(ctx context.Context) (bool, error) {
	value, err := s.property(ctx, s.collection, lockedProp)
	if err != nil {
		return false, err
	}
	locked, ok := value.Value().(bool)
	if !ok {
		return false, errors.New("keystore: Locked is no boolean")
	}
	return locked, nil
}

func (s *session) property(ctx context.Context, path dbus.ObjectPath, name string) (v dbus.Variant, err error) {
	dot := strings.LastIndexByte(name, '.')
	err = s.conn.Object(busName, path).CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, name[:dot], name[dot+1:]).Store(&v)
	return v, err
}

// alive reports whether the service answers at all.
func (s *session) alive(ctx context.Context) bool {
	if s.conn == nil {
		return false
	}
	_, err := s.property(ctx, servicePath, serviceIface+".Collections")
	return err == nil
}

// prepare notes the connection that go-keyring is about to use, for abandon.
// It is called only after a probe over the same address went through, so that
// godbus has no reason to start a bus.
func (s *session) prepare() {
	if s.conn == nil {
		return
	}
	if conn, err := dbus.SessionBus(); err == nil {
		s.shared.Store(conn)
	}
}

// abandon cuts go-keyring off, so that it can't go on to its next step when
// an answer comes late. It connects anew the next time.
func (s *session) abandon() {
	if conn := s.shared.Load(); conn != nil {
		_ = conn.Close()
	}
}

func (s *session) close() {
	if s.conn != nil {
		_ = s.conn.Close()
	}
}

// connect reaches the session bus if there is one.
func connect(ctx context.Context) (*dbus.Conn, error) {
	return bus.Connect(ctx, func() (*dbus.Conn, error) {
		if err := findBus(); err != nil {
			return nil, err
		}
		return dbus.SessionBusPrivateNoAutoStartup()
	})
}

// findBus makes sure that the address of the bus stands in the environment,
// where go-keyring finds it too. Without an address godbus would start a bus.
func findBus() error {
	const name = "DBUS_SESSION_BUS_ADDRESS"
	if address := os.Getenv(name); address != "" && address != "autolaunch:" {
		return nil
	}
	dir := os.Getenv("XDG_RUNTIME_DIR")
	if dir == "" {
		dir = "/run/user/" + strconv.Itoa(os.Getuid())
	}
	path := filepath.Join(dir, "bus")
	info, err := os.Stat(path)
	if err != nil || info.Mode().Type() != os.ModeSocket {
		return errors.New("keystore: there is no session bus")
	}
	return os.Setenv(name, "unix:path="+dbus.EscapeBusAddressValue(path))
}

// failed is Stuck for anything that is a matter of time or of a service that
// went away in the middle, otherwise the state that other errors mean here.
func failed(err error, otherwise State) State {
	if bus.Gone(err) {
		return Stuck
	}
	return otherwise
}
