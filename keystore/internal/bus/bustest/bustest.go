//go:build linux

// Package bustest starts a message bus for a test, apart from those of the
// machine, so that nothing that listens there comes into play.
package bustest

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Start starts a bus that ends with the test and gives its address. The bus
// starts command for whoever calls name; an empty command: nobody.
func Start(t testing.TB, name, command string) (address string) {
	t.Helper()
	dir := t.TempDir()
	services := filepath.Join(dir, "services")
	if err := os.Mkdir(services, 0o700); err != nil {
		t.Fatal(err)
	}
	if command != "" {
		write(t, filepath.Join(services, name+".service"), fmt.Sprintf("[D-BUS Service]\nName=%s\nExec=%s\n", name, command))
	}
	config := filepath.Join(dir, "bus.conf")
	write(t, config, fmt.Sprintf(`<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir=%s</listen><servicedir>%s</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`, dir, services))
	// The test's context ends before its cleanups, which may still have to do with the bus.
	daemon := exec.CommandContext(context.WithoutCancel(t.Context()), "dbus-daemon", "--config-file="+config, "--print-address", "--nofork", "--nopidfile")
	daemon.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} // also when the tests are killed
	out, err := daemon.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := daemon.Start(); err != nil {
		t.Fatalf("%v (package dbus)", err)
	}
	t.Cleanup(func() {
		_ = daemon.Process.Kill()
		_ = daemon.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
