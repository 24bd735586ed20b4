//go:build outside && linux

package keystore

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"jandon/internal/fault"
)

// These tests need a real Secret Service on the session bus:
//
//	dbus-run-session -- keystore/testdata/with-keyring.sh go test -tags outside ./keystore/...

func secretTool(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command("secret-tool", args...).Output()
	if err != nil && len(out) == 0 {
		return ""
	}
	return string(out)
}

func TestOutsideKeyring(t *testing.T) {
	ctx, k, id := t.Context(), NewKeyring(Limits{}, nil), NewAccount()
	if state := k.State(ctx); state != Ready {
		t.Fatalf("the keyring is %v: run with testdata/with-keyring.sh", state)
	}
	_, err := Load(ctx, k, id)
	wantCode(t, err, fault.KeyringMissing)
	want := sample()
	if err := Save(ctx, k, id, want); err != nil {
		t.Fatal(err)
	}
	got, err := Load(ctx, k, id)
	if err != nil || !got.StoreKey.Equal(want.StoreKey) || got.Server != want.Server {
		t.Fatal(err, got)
	}
	// Another program finds the very bytes under the service and the opaque id.
	encoded, err := want.encode()
	if err != nil {
		t.Fatal(err)
	}
	if out := secretTool(t, "lookup", "service", Service, "username", id); out != string(encoded.Copy()) {
		t.Errorf("secret-tool finds %d bytes, want %d", len(out), encoded.Len())
	}
	if err := k.Delete(ctx, id); err != nil {
		t.Fatal(err)
	}
	if out := secretTool(t, "lookup", "service", Service, "username", id); out != "" {
		t.Error("secret-tool still finds it")
	}
}

// What another program puts there reads as damaged, not as an account.
func TestOutsideForeignItem(t *testing.T) {
	ctx, k, id := t.Context(), NewKeyring(Limits{}, nil), NewAccount()
	store := exec.Command("secret-tool", "store", "--label=x", "service", Service, "username", id)
	store.Stdin = bytes.NewBufferString("hunter2")
	if out, err := store.CombinedOutput(); err != nil {
		t.Fatal(err, string(out))
	}
	_, err := Load(ctx, k, id)
	wantCode(t, err, fault.KeyringDamaged)
	if err := k.Delete(ctx, id); err != nil {
		t.Error(err)
	}
}

// A daemon that hangs is noticed in time; what it was asked meanwhile and does
// on waking up is taken back.
func TestOutsideHanging(t *testing.T) {
	ctx, k, id := t.Context(), NewKeyring(brief, nil), NewAccount()
	if err := k.Set(ctx, id, value("before")); err != nil {
		t.Fatal(err)
	}
	pid := owner(t)
	hang := func(signal syscall.Signal) {
		t.Helper()
		if err := syscall.Kill(pid, signal); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = syscall.Kill(pid, syscall.SIGCONT) })
	hang(syscall.SIGSTOP)
	if state := k.State(ctx); state != Stuck {
		t.Errorf("state %v", state)
	}
	_, err := k.Get(ctx, id)
	wantCode(t, err, fault.KeyringStuck)
	wantCode(t, k.Set(ctx, id, value("after")), fault.KeyringStuck)
	wantCode(t, k.Delete(ctx, id), fault.KeyringStuck)
	hang(syscall.SIGCONT)
	got, err := NewKeyring(Limits{}, nil).Get(ctx, id)
	if err != nil || !got.Equal(value("before")) {
		t.Error(err)
	}
	if err := k.Delete(ctx, id); err != nil {
		t.Error(err)
	}
}

func owner(t *testing.T) int {
	t.Helper()
	conn, err := connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	var pid uint32
	if err := conn.BusObject().Call("org.freedesktop.DBus.GetConnectionUnixProcessID", 0, busName).Store(&pid); err != nil || pid < 2 {
		t.Fatal(pid, err)
	}
	return int(pid)
}

// A keyring that gets locked is told apart, fails at once with nobody there,
// and leaves no window behind when the person gives up.
func TestOutsideLocked(t *testing.T) {
	ctx, id := t.Context(), NewAccount()
	k := NewKeyring(Limits{}, nil)
	if err := Save(ctx, k, id, sample()); err != nil {
		t.Fatal(err)
	}
	lock(t)
	if state := k.State(ctx); state != Locked {
		t.Fatalf("state %v", state)
	}
	began := time.Now()
	_, err := Load(ctx, k, id)
	wantCode(t, err, fault.KeyringLocked)
	wantCode(t, Save(ctx, k, id, sample()), fault.KeyringLocked)
	// Without a display the window can't open: the real daemon dismisses its prompt.
	asked := 0
	some := NewKeyring(Limits{Patient: time.Second}, func(func()) func() { asked++; return func() { asked++ } })
	err = Save(ctx, some, id, sample())
	if code := fault.From(err).Code; code != fault.KeyringDenied && code != fault.KeyringLocked {
		t.Error(err)
	}
	if took := time.Since(began); took > 3*time.Second || asked != 2 {
		t.Error(took, asked)
	}
	giveUp, cancel := context.WithCancel(ctx)
	cancel()
	_, err = Load(giveUp, some, id)
	if !errors.Is(err, fault.New(fault.Canceled)) {
		t.Error(err)
	}
}

// lock locks the login collection, as a screen saver would. Nothing unlocks it
// again without a display, so that this runs last in the file.
func lock(t *testing.T) {
	t.Helper()
	conn, err := connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	var locked []dbus.ObjectPath
	var prompt dbus.ObjectPath
	err = conn.Object(busName, servicePath).Call(serviceIface+".Lock", 0, []dbus.ObjectPath{loginPath}).Store(&locked, &prompt)
	if err != nil || len(locked) != 1 {
		t.Fatal(locked, err)
	}
}
