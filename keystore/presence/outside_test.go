//go:build outside && linux

package presence

import (
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"jandon/keystore/internal/bus/bustest"
)

// The real fprintd on a bus of its own, on a machine without a reader: the
// person is told so at once, and is not kept waiting when it hangs or ends.
// (With its virtual reader, which Debian's libfprint leaves out, a match, a
// stranger's finger, a bad touch, nobody, another program's claim and a reader
// pulled out were tried by hand.)
func TestOutsideFprintd(t *testing.T) {
	address := bustest.Start(t, service, "")
	systemBus(t, address)
	daemon := exec.Command("/usr/libexec/fprintd", "--no-timeout")
	daemon.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	daemon.Env = []string{"DBUS_SYSTEM_BUS_ADDRESS=" + address, "STATE_DIRECTORY=" + t.TempDir()}
	var said strings.Builder
	daemon.Stderr = &said
	if err := daemon.Start(); err != nil {
		t.Fatalf("%v (package fprintd)", err)
	}
	t.Cleanup(func() {
		_ = daemon.Process.Kill()
		_ = daemon.Wait()
	})
	conn := join(t)
	there := false
	for end := time.Now().Add(10 * time.Second); !there && time.Now().Before(end); { //nolint:forbidigo // another program starts
		if err := conn.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, service).Store(&there); err != nil {
			t.Fatal(err)
		}
	}
	if !there {
		t.Fatalf("fprintd does not start: %s", said.String())
	}
	r := New(Limits{Quick: 2 * time.Second})
	if state, came := r.State(t.Context()), r.Ask(t.Context()); state != None || came != None {
		t.Errorf("without a reader it is %v, asked %v: %s", state, came, said.String())
	}
	if err := daemon.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	began := time.Now() //nolint:forbidigo // how long it takes is the point
	if got := r.Ask(t.Context()); got != Stuck {
		t.Errorf("stopped, it is %v", got)
	}
	if took := time.Since(began); took > 4*time.Second {
		t.Errorf("stopped, it took %v", took)
	}
	if err := daemon.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = daemon.Wait()
	if got := r.Ask(t.Context()); got != None {
		t.Errorf("after its end it is %v", got)
	}
}
