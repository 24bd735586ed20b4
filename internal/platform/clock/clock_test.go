package clock_test

import (
	"context"
	"errors"
	"math"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/platform/clock"
)

var start = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// hand is a base that is moved by hand.
type hand struct{ now time.Time }

func (h *hand) Now() time.Time { return h.now }

func shows(t *testing.T, c *clock.Clock, want time.Time) {
	t.Helper()
	if got := c.Now(); !got.Equal(want) {
		t.Errorf("it shows %v, want %v", got, want)
	}
}

func TestAClockIsStoppedSteppedAndSped(t *testing.T) {
	t.Parallel()
	h := &hand{now: start.AddDate(-1, 0, 0)}
	c := clock.New(h.Now, start)
	pass := func(d time.Duration) { h.now = h.now.Add(d) }
	pass(time.Minute)
	shows(t, c, start.Add(time.Minute))
	c.Stop()
	pass(time.Hour)
	shows(t, c, start.Add(time.Minute))
	if err := c.Step(24 * time.Hour); err != nil {
		t.Fatal(err)
	}
	shows(t, c, start.Add(24*time.Hour+time.Minute))
	if err := c.Speed(60); err != nil {
		t.Fatal(err)
	}
	c.Run()
	pass(time.Minute)
	shows(t, c, start.Add(25*time.Hour+time.Minute))
	if s := c.State(); s.Speed != 60 || s.Stopped {
		t.Errorf("%+v", s)
	}
	if err := c.Set(start.AddDate(0, 1, 0)); err != nil {
		t.Fatal(err)
	}
	shows(t, c, start.AddDate(0, 1, 0))
}

func TestAClockDoesNotGoBack(t *testing.T) {
	t.Parallel()
	h := &hand{now: start}
	c := clock.New(h.Now, start)
	for name, move := range map[string]func() error{
		"set":  func() error { return c.Set(start.Add(-time.Nanosecond)) },
		"step": func() error { return c.Step(-time.Second) },
	} {
		if err := move(); !errors.Is(err, clock.ErrBack) {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.now = start.Add(-time.Hour) // as when the machine's clock is put right
	shows(t, c, start)
	h.now = h.now.Add(time.Minute)
	shows(t, c, start.Add(time.Minute))
	if err := c.Set(time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC)); !errors.Is(err, clock.ErrFar) {
		t.Error(err)
	}
	for _, x := range []float64{0, -1, math.NaN(), math.Inf(1), clock.Fastest + 1} {
		if err := c.Speed(x); !errors.Is(err, clock.ErrSpeed) {
			t.Errorf("speed %v: %v", x, err)
		}
	}
}

// Whatever is done to it, what it shows never becomes less.
func TestWhateverIsDoneTimeNeverGoesBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h := &hand{now: start}
		c := clock.New(h.Now, start)
		shown := start
		for range rapid.IntRange(1, 40).Draw(t, "moves") {
			d := time.Duration(rapid.Int64Range(-int64(time.Hour), int64(100*365*24*time.Hour)).Draw(t, "d"))
			switch rapid.IntRange(0, 5).Draw(t, "move") {
			case 0:
				h.now = h.now.Add(d)
			case 1:
				c.Stop()
			case 2:
				c.Run()
			case 3:
				_ = c.Speed(rapid.Float64().Draw(t, "speed"))
			case 4:
				_ = c.Step(d)
			case 5:
				_ = c.Set(start.Add(d))
			}
			now := c.Now()
			if now.Before(shown) || now.Year() > 9999 {
				t.Fatalf("%v after %v", now, shown)
			}
			shown = now
		}
	})
}

func TestSleepGoesByTheClock(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := clock.New(time.Now, start) //nolint:forbidigo // the bubble's clock
		began := time.Now()             //nolint:forbidigo // the bubble's clock
		if err := c.Speed(3600); err != nil {
			t.Fatal(err)
		}
		if err := c.Sleep(t.Context(), time.Hour); err != nil {
			t.Fatal(err)
		}
		if d := time.Since(began); d != time.Second { //nolint:forbidigo // the bubble's clock
			t.Errorf("an hour at 3600 times took %v", d)
		}
		c.Stop()
		woken := false
		go func() {
			if err := c.Sleep(t.Context(), time.Minute); err == nil {
				woken = true
			}
		}()
		time.Sleep(time.Hour)
		synctest.Wait()
		if woken {
			t.Error("it woke while the clock stood still")
		}
		if err := c.Step(time.Minute); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if !woken {
			t.Error("a step did not wake it")
		}
		ctx, stop := context.WithCancel(t.Context())
		stop()
		if err := c.Sleep(ctx, time.Minute); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}
