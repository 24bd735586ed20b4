package main

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/config"
	"jandon/internal/fault"
	"jandon/internal/platform/clock"
	"jandon/internal/scenario"
	"jandon/ui"
	"jandon/ui/script"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// The screens' long waits follow the clock that a tester moves; short ones are
// for the eye, and pass while it stands still.
func TestScreensFollowATestersClock(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		moved := clock.New(time.Now, noon)
		o := ui.Options{Idle: time.Minute}
		handTester(moved, &o)
		took := func(d time.Duration) time.Duration {
			began := time.Now()
			if msg := o.Clock.Tick(d, func(time.Time) tea.Msg { return "rung" })(); msg != "rung" {
				t.Errorf("%v: %v", d, msg)
			}
			return time.Since(began)
		}
		if m := o.Tester.Move(ui.Move{Speed: 60}); m.Speed != 60 || m.Stopped || o.Idle != 0 {
			t.Errorf("%+v", m)
		}
		if d := took(time.Minute); d < time.Second || d > time.Second+2*often {
			t.Errorf("a minute at 60 times took %v", d)
		}
		if m := o.Tester.Move(ui.Move{Toggle: true, Step: time.Hour}); !m.Stopped || m.At.Before(noon.Add(time.Hour)) {
			t.Errorf("%+v", m)
		}
		if d := took(5 * time.Second); d != 5*time.Second {
			t.Errorf("a toast of five seconds took %v", d)
		}
		rung := make(chan tea.Msg, 1)
		go func() { rung <- o.Clock.Tick(time.Minute, func(time.Time) tea.Msg { return "rung" })() }()
		time.Sleep(time.Hour)
		synctest.Wait()
		if len(rung) > 0 {
			t.Error("a minute passed on a clock that stands still")
		}
		o.Tester.Move(ui.Move{Step: 24 * time.Hour})
		synctest.Wait()
		if len(rung) == 0 {
			t.Error("a day was stepped, and no minute passed")
		}
	})
}

// A wallet waits for its next code by the clock, and gets one if it stands still.
func TestAWalletWaitsByATestersClock(t *testing.T) {
	t.Parallel()
	if waiting(nil) != nil {
		t.Error("without a tester it waits in another way than ever")
	}
	synctest.Test(t, func(t *testing.T) {
		moved := clock.New(time.Now, noon)
		wait := waiting(moved)
		moved.Stop()
		began := time.Now()
		if err := wait(t.Context(), 40*time.Second); err != nil || time.Since(began) > 0 || !moved.Now().Equal(noon.Add(40*time.Second)) {
			t.Errorf("%v, after %v it shows %v", err, time.Since(began), moved.Now())
		}
		if err := wait(t.Context(), time.Second); err != nil || time.Since(began) != time.Second {
			t.Errorf("between tries: %v after %v", err, time.Since(began))
		}
		moved.Run()
		if err := moved.Speed(10); err != nil {
			t.Fatal(err)
		}
		began = time.Now()
		if err := wait(t.Context(), 40*time.Second); err != nil || time.Since(began) != 4*time.Second {
			t.Errorf("at ten times: %v after %v", err, time.Since(began))
		}
		gone, stop := context.WithCancel(t.Context())
		stop()
		if wait(gone, time.Second) == nil || wait(gone, time.Minute) == nil {
			t.Error("it waits for nobody")
		}
	})
}

// What a script types is dropped from the first key on that a person presses.
func TestAPersonTakesOverFromATypist(t *testing.T) {
	t.Parallel()
	keys, err := script.Parse([]byte("at 2026-11-22T09:00:00Z\npress 2\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, mine := range []tea.Msg{
		tea.KeyPressMsg{Code: 'x', Text: "x"}, tea.PasteMsg{Content: "x"}, tea.MouseClickMsg{}, tea.MouseWheelMsg{},
	} {
		y := newTypist(keys)
		two := tea.KeyPressMsg{Code: '2', Text: "2"}
		if got := y.filter(typed{two}); got != two {
			t.Errorf("typed: %v", got)
		}
		if got := y.filter(tea.WindowSizeMsg{Width: 9}); got != (tea.WindowSizeMsg{Width: 9}) || y.over() {
			t.Errorf("a window that is resized takes over: %v", got)
		}
		if got := y.filter(mine); got != mine || !y.over() {
			t.Errorf("%T did not take over: %v", mine, got)
		}
		if got := y.filter(typed{two}); got != nil {
			t.Errorf("after %T it still types: %v", mine, got)
		}
		y.filter(mine) // again, for it is a person's
	}
}

// Whoever reaches a platform with a tester reads the codes of all persons.
func TestTestersAreForThisMachineAlone(t *testing.T) {
	t.Parallel()
	for _, try := range []trial{{tester: true}, {faults: "drop@confirm"}} {
		for listen, ok := range map[string]bool{
			"127.0.0.1:8750": true, "[::1]:8750": true, "0.0.0.0:8750": false, ":8750": false, "192.0.2.1:8750": false, "wallet.example:8750": false, "8750": false,
		} {
			_, err := (&serving{listen: listen, trial: try}).faulty()
			if f := fault.From(err); ok != (err == nil) || !ok && f.Code != fault.BadFlag {
				t.Errorf("%+v on %s: %v", try, listen, err)
			}
		}
	}
	if _, err := (&serving{listen: "0.0.0.0:8750"}).faulty(); err != nil {
		t.Errorf("without a tester: %v", err)
	}
}

// Whatever of the built-in scenarios is typed can be; the empty one has nothing to show.
func TestBuiltInScenariosHaveKeysToType(t *testing.T) {
	t.Parallel()
	for _, name := range scenario.Names() {
		a := &app{cfg: &config.Config{}}
		o := origin{demo: name, trial: trial{slow: true}}
		keys, err := a.scriptOf(&o)
		if name == "empty" {
			if f := fault.From(err); f == nil || f.Code != fault.BadScenario {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil || keys == nil || o.at != "2026-11-22T09:00:00+09:00" {
			t.Errorf("%s at %q: %v", name, o.at, err)
		}
	}
}
