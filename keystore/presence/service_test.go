//go:build linux

package presence

import (
	"net"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"

	"jandon/keystore/internal/bus/bustest"
)

const readerPath = dbus.ObjectPath("/net/reactivated/Fprint/Device/0")

// fprintd is a service that can be made to misbehave.
type fprintd struct {
	conn    *dbus.Conn
	err     map[string]string             // a method's error, without its prefix
	before  func(method string)           // may block, or close the connection
	started func(f *fprintd, attempt int) // what the finger does

	mu      sync.Mutex
	fingers []string
	calls   []string
	claimed bool
	running bool
	asker   string // who started the last verification
}

// serve puts the service on a system bus of the test's own.
func serve(t *testing.T, f *fprintd) *fprintd {
	t.Helper()
	systemBus(t, bustest.Start(t, service, ""))
	f.conn = join(t)
	if f.fingers == nil {
		f.fingers = []string{"right-index-finger"}
	}
	export := func(path dbus.ObjectPath, iface string, methods map[string]any) {
		if err := f.conn.ExportMethodTable(methods, path, iface); err != nil {
			t.Fatal(err)
		}
	}
	export(managerPath, managerIface, map[string]any{"GetDefaultDevice": func() (dbus.ObjectPath, *dbus.Error) {
		return readerPath, f.called("GetDefaultDevice", nil)
	}})
	export(readerPath, deviceIface, map[string]any{
		"ListEnrolledFingers": func(user string) ([]string, *dbus.Error) { return f.fingers, f.called("ListEnrolledFingers"+user, nil) },
		"Claim": func(user string) *dbus.Error {
			taken := false
			err := f.called("Claim"+user, func() { taken, f.claimed = f.claimed, true })
			if taken {
				return dbus.NewError(errorPrefix+"AlreadyInUse", nil)
			}
			return err
		},
		"VerifyStart": func(sender dbus.Sender, finger string) *dbus.Error {
			n := 0
			err := f.called("VerifyStart "+finger, func() {
				f.running, f.asker = true, string(sender)
				for _, c := range f.calls {
					if c == "VerifyStart "+finger {
						n++
					}
				}
			})
			if err == nil && f.started != nil {
				f.started(f, n)
			}
			return err
		},
		"VerifyStop": func() *dbus.Error { return f.called("VerifyStop", func() { f.running = false }) },
		"Release":    func() *dbus.Error { return f.called("Release", func() { f.claimed = false }) },
	})
	reply, err := f.conn.RequestName(service, dbus.NameFlagDoNotQueue)
	if err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatal(reply, err)
	}
	return f
}

func (f *fprintd) called(method string, do func()) *dbus.Error {
	if f.before != nil {
		f.before(method)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, method)
	if name := f.err[method]; name != "" {
		return dbus.NewError(name, nil)
	}
	if do != nil {
		do()
	}
	return nil
}

// says emits a status of the verification.
func (f *fprintd) says(status string, done bool) {
	_ = f.conn.Emit(readerPath, deviceIface+".VerifyStatus", status, done)
}

// made is what was called so far.
func (f *fprintd) made() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.calls)
}

// free reports whether the reader was given back.
func (f *fprintd) free() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return !f.claimed && !f.running
}

// join connects to the system bus of the test.
func join(t *testing.T) *dbus.Conn {
	t.Helper()
	conn, err := dbus.ConnectSystemBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func systemBus(t *testing.T, address string) { t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", address) }

// deaf is a bus that takes connections and never says a word.
func deaf(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "deaf")
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return "unix:path=" + path
}
