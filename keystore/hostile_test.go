//go:build linux && !outside

package keystore

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"jandon/internal/fault"
)

// Every act on a keyring in a hostile state fails with the state's code within
// the three seconds of the real deadlines.
func TestHostileStates(t *testing.T) {
	hang := func(call string) func(string) {
		return func(c string) {
			if strings.HasPrefix(c, call) {
				select {}
			}
		}
	}
	tests := []struct {
		name  string
		start func(t *testing.T)
		state State
		code  fault.Code
	}{
		{"no bus", func(t *testing.T) { noBus(t) }, NoBus, fault.KeyringNone},
		{"bus address that does not exist", func(t *testing.T) { useBus(t, "unix:path="+filepath.Join(t.TempDir(), "none")) }, NoBus, fault.KeyringNone},
		{"bus address that is nonsense", func(t *testing.T) { useBus(t, "nonsense") }, NoBus, fault.KeyringNone},
		{"bus that never answers", func(t *testing.T) { useBus(t, deaf(t)) }, Stuck, fault.KeyringStuck},
		{"no service", func(t *testing.T) { ownBus(t, "") }, NoService, fault.KeyringNone},
		{"service that can't start", func(t *testing.T) { ownBus(t, "/bin/false") }, NoService, fault.KeyringNone},
		{"service stuck while starting", func(t *testing.T) { ownBus(t, "/bin/sleep 30") }, Stuck, fault.KeyringStuck},
		{"service that never answers", func(t *testing.T) { ownBus(t, ""); serve(t, &service{before: hang("")}) }, Stuck, fault.KeyringStuck},
		{"no collection", func(t *testing.T) { ownBus(t, ""); serve(t, &service{missing: true}) }, NoCollection, fault.KeyringNone},
		{"locked and nobody there", func(t *testing.T) { ownBus(t, ""); serve(t, &service{locked: true}) }, Locked, fault.KeyringLocked},
		{"stuck after the probe", func(t *testing.T) { ownBus(t, ""); serve(t, &service{before: hang("SearchItems")}) }, Ready, fault.KeyringStuck},
		{"crash in the probe", func(t *testing.T) { ownBus(t, ""); crashing(t, "Get.Locked") }, Stuck, fault.KeyringStuck},
		{"crash in the act", func(t *testing.T) { ownBus(t, ""); crashing(t, "SearchItems") }, Ready, fault.KeyringStuck},
	}
	acts := map[string]func(context.Context, *Keyring) error{
		"get":    func(ctx context.Context, k *Keyring) error { _, err := k.Get(ctx, account); return err },
		"set":    func(ctx context.Context, k *Keyring) error { return k.Set(ctx, account, value("x")) },
		"delete": func(ctx context.Context, k *Keyring) error { return k.Delete(ctx, account) },
	}
	for _, test := range tests {
		t.Run(test.name+"/state", func(t *testing.T) {
			test.start(t)
			if got := start(t, brief, nil).State(t.Context()); got != test.state {
				t.Errorf("state %v, want %v", got, test.state)
			}
		})
		attempt := func(t *testing.T, name string) {
			began := time.Now()
			wantCode(t, acts[name](t.Context(), start(t, brief, nil)), test.code)
			if took := time.Since(began); took > 3*time.Second {
				t.Errorf("%s took %v", name, took)
			}
		}
		if strings.HasPrefix(test.name, "crash") { // works once
			for name := range acts {
				t.Run(test.name+"/"+name, func(t *testing.T) {
					test.start(t)
					attempt(t, name)
				})
			}
			continue
		}
		t.Run(test.name+"/acts", func(t *testing.T) {
			test.start(t)
			var all sync.WaitGroup
			for name := range acts {
				all.Go(func() { attempt(t, name) })
			}
			all.Wait()
		})
	}
}

// With no bus, none is started: neither by the probe nor by go-keyring below.
func TestNoBusIsStarted(t *testing.T) {
	started := noBus(t)
	k := start(t, brief, nobodySays)
	wantCode(t, k.Set(t.Context(), account, value("x")), fault.KeyringNone)
	_, err := k.Get(t.Context(), account)
	wantCode(t, err, fault.KeyringNone)
	if _, err := os.Stat(started); !os.IsNotExist(err) {
		t.Error("a bus was started")
	}
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		t.Error("a bus was announced")
	}
}

// The context's end is the person's Esc: it ends at once and is no failure of the keyring.
func TestCanceled(t *testing.T) {
	ownBus(t, "")
	reached := make(chan struct{}, 10)
	serve(t, &service{before: func(call string) {
		if call == "SearchItems" {
			reached <- struct{}{}
			select {}
		}
	}})
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-reached; cancel() }()
	_, err := start(t, Limits{}, nil).Get(ctx, account)
	wantCode(t, err, fault.Canceled)
	_, err = start(t, Limits{}, nil).Get(ctx, account)
	wantCode(t, err, fault.Canceled)
}

func TestUnlock(t *testing.T) {
	tests := []struct {
		name    string
		service service
		code    fault.Code // empty: success
	}{
		{"answered", service{locked: true}, ""},
		{"dismissed", service{locked: true, dismisses: true}, fault.KeyringDenied},
		{"never answered", service{locked: true, silent: true}, fault.KeyringLocked},
		{"stuck", service{locked: true, before: func(call string) {
			if call == "Unlock" {
				select {}
			}
		}}, fault.KeyringStuck},
	}
	for i := range tests {
		test := &tests[i]
		t.Run(test.name, func(t *testing.T) {
			ownBus(t, "")
			s := serve(t, &test.service)
			var asked []bool
			k := start(t, brief, func(func()) func() { asked = append(asked, true); return func() { asked = append(asked, false) } })
			err := k.Set(t.Context(), account, value("x"))
			if len(asked) != 2 || !asked[0] || asked[1] {
				t.Errorf("the screen was told %v", asked)
			}
			if test.code != "" {
				wantCode(t, err, test.code)
				if s.values() != "" {
					t.Error("something was stored:", s.values())
				}
				if test.service.silent {
					<-s.changed // the window is taken down; a hang here is the failure
				}
				return
			}
			if err != nil || s.values() != account+"=x" {
				t.Error(err, s.values())
			}
		})
	}
}

// nobodySays is somebody at the screen who neither answers nor gives up.
func nobodySays(func()) func() { return func() {} }

// Esc gives up on the keyring's window at once and takes it down; nothing is
// stored then, and nothing else of what is being done was stopped.
func TestGivingUpOnTheWindow(t *testing.T) {
	long := Limits{Quick: brief.Quick, Start: brief.Start, Patient: time.Hour, Settle: brief.Settle}
	for name, code := range map[string]fault.Code{"to unlock": fault.KeyringLocked, "in the middle": fault.KeyringDenied} {
		t.Run(name, func(t *testing.T) {
			ownBus(t, "")
			open := make(chan struct{}, 10)
			s := serve(t, &service{locked: code == fault.KeyringLocked, asks: true, silent: true, before: func(call string) {
				if call == "Prompt" {
					open <- struct{}{}
				}
			}})
			esc := func(stop func()) func() {
				go func() { <-open; stop() }()
				return func() {}
			}
			wantCode(t, start(t, long, esc).Set(t.Context(), account, value("x")), code)
			if s.values() != "" {
				t.Error("stored", s.values())
			}
		})
	}
}

// A service that dies while its window is open does not cost the whole patience.
func TestCrashWhileAsking(t *testing.T) {
	ownBus(t, "")
	s := serve(t, &service{locked: true, silent: true})
	k := start(t, Limits{Patient: time.Hour}, nobodySays)
	go func() {
		for { // until the prompt is made
			s.mu.Lock()
			n := len(s.waiting)
			s.mu.Unlock()
			if n > 0 {
				_ = s.conn.Close()
				return
			}
		}
	}()
	wantCode(t, k.Set(t.Context(), account, value("x")), fault.KeyringStuck)
}

// What go-keyring reports as success although nothing stands there is found by reading back.
func TestYesThatStoresNothing(t *testing.T) {
	for name, s := range map[string]*service{
		"lies":                {lies: true},
		"dismissed on create": {asks: true, dismisses: true},
	} {
		t.Run(name, func(t *testing.T) {
			ownBus(t, "")
			serve(t, s)
			wantCode(t, start(t, brief, nil).Set(t.Context(), account, value("x")), fault.KeyringDenied)
		})
	}
	t.Run("delete", func(t *testing.T) {
		ownBus(t, "")
		s := serve(t, &service{})
		k := start(t, brief, nil)
		if err := k.Set(t.Context(), account, value("x")); err != nil {
			t.Fatal(err)
		}
		s.mu.Lock()
		s.lies = true
		s.mu.Unlock()
		wantCode(t, k.Delete(t.Context(), account), fault.KeyringDenied)
	})
}

// A window that opens in the middle of an act is waited for while the service
// is alive and somebody is there, and no longer.
func TestWindowInTheMiddle(t *testing.T) {
	ownBus(t, "")
	s := serve(t, &service{asks: true, silent: true})
	var told atomic.Int32
	k := start(t, brief, func(func()) func() { told.Add(1); return func() { told.Add(1) } })
	wantCode(t, k.Set(t.Context(), account, value("x")), fault.KeyringStuck)
	if told.Load() != 2 {
		t.Error("the screen was told", told.Load(), "times")
	}
	told.Store(0)
	wantCode(t, start(t, brief, nil).Set(t.Context(), account, value("x")), fault.KeyringStuck)
	if told.Load() != 0 || s.values() != "" {
		t.Error(told.Load(), s.values())
	}
}

// A write that the keyring carries out after we gave up is taken back: what
// was there before is there again.
func TestLateWriteIsTakenBack(t *testing.T) {
	for name, before := range map[string]string{"nothing before": "", "something before": "old"} {
		t.Run(name, func(t *testing.T) {
			ownBus(t, "")
			release := make(chan struct{})
			var slow atomic.Bool
			s := serve(t, &service{before: func(call string) {
				if call == "CreateItem" && slow.Load() {
					<-release
				}
			}})
			k := start(t, watchful, nil)
			want := ""
			if before != "" {
				if err := k.Set(t.Context(), account, value(before)); err != nil {
					t.Fatal(err)
				}
				<-s.changed
				want = account + "=" + before
			}
			slow.Store(true)
			wantCode(t, k.Set(t.Context(), account, value("late")), fault.KeyringStuck)
			if s.values() != want {
				t.Fatal("before the answer:", s.values())
			}
			slow.Store(false)
			close(release)
			<-s.changed // the late write
			<-s.changed // taken back
			if s.values() != want {
				t.Error("in the end:", s.values())
			}
		})
	}
}

// A newer write of the same account stays, whatever an older one did late.
func TestLateWriteGivesWayToNewer(t *testing.T) {
	ownBus(t, "")
	release := make(chan struct{})
	var slow atomic.Bool
	s := serve(t, &service{before: func(call string) {
		if call == "CreateItem" && slow.Load() {
			<-release
		}
	}})
	k := start(t, watchful, nil)
	slow.Store(true)
	wantCode(t, k.Set(t.Context(), account, value("same")), fault.KeyringStuck)
	slow.Store(false)
	close(release)
	<-s.changed
	if err := k.Set(t.Context(), account, value("same")); err != nil {
		t.Fatal(err)
	}
	if got, err := k.Get(t.Context(), account); err != nil || !got.Equal(value("same")) {
		t.Error(err, s.values())
	}
}

// noBus takes the session bus away and puts a trap where one would be started;
// the path returned exists once the trap was sprung.
func noBus(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	sprung := filepath.Join(dir, "sprung")
	for _, name := range []string{"dbus-launch", "dbus-daemon"} {
		//nolint:gosec // a program has to be executable
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n: > "+sprung+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", dir)
	return sprung
}

// deaf is the address of a bus that takes connections and says nothing.
func deaf(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "deaf")
	listener, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return "unix:path=" + path
}

// crashing is a service whose process ends in the middle of a call.
func crashing(t *testing.T, call string) {
	t.Helper()
	var conn atomic.Pointer[dbus.Conn]
	s := &service{before: func(c string) {
		if c == call {
			_ = conn.Load().Close()
		}
	}}
	serve(t, s)
	conn.Store(s.conn)
}
