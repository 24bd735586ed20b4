// Package clock is a clock that a tester moves: it can be stopped, stepped,
// set ahead and run faster or slower than the one it goes by.
//
// It never goes back, so that nothing that was seen lies in the future again:
// not the books, not a session, not an expiry. Everything that takes its Now
// moves together.
package clock

import (
	"context"
	"errors"
	"math"
	"sync"
	"time"
)

// Fastest and Slowest bound the speed.
const (
	Fastest = 86_400 // a day in a second
	Slowest = 0.01
)

// last is the last instant that can be shown; what comes after has no place in
// the formats that dates are written in.
var last = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// Reasons why a clock can't be moved.
var (
	ErrBack  = errors.New("clock: it does not go back")
	ErrFar   = errors.New("clock: beyond the year 9998")
	ErrSpeed = errors.New("clock: a speed is from 0.01 to 86400")
)

// Clock shows a time of its own. It may be used by many goroutines.
type Clock struct {
	base func() time.Time

	mu      sync.Mutex
	shown   time.Time // at mark
	mark    time.Time // of base
	speed   float64
	stopped bool
	changed chan struct{} // closed at the next change
}

// State is how a clock goes.
type State struct {
	Time    time.Time
	Speed   float64 // how fast it goes, or will go on when it is no longer stopped
	Stopped bool
}

// New is a clock that shows at and goes on as base does.
func New(base func() time.Time, at time.Time) *Clock {
	return &Clock{base: base, shown: at, mark: base(), speed: 1, changed: make(chan struct{})}
}

// Now is the time that it shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.tell()
}

// State is how it goes.
func (c *Clock) State() State {
	c.mu.Lock()
	defer c.mu.Unlock()
	return State{c.tell(), c.speed, c.stopped}
}

// tell brings shown up to date. A base that goes back or is set ahead by years
// does not take the clock with it.
func (c *Clock) tell() time.Time {
	now := c.base()
	passed := now.Sub(c.mark)
	c.mark = now
	if !c.stopped && passed > 0 {
		c.shown = c.shown.Add(times(passed, c.speed))
		if c.shown.After(last) {
			c.shown = last
		}
	}
	return c.shown
}

// times is d·x, at most the longest duration there is.
func times(d time.Duration, x float64) time.Duration {
	if x == 1 {
		return d
	}
	if y := float64(d) * x; y < math.MaxInt64/2 {
		return time.Duration(y)
	}
	return math.MaxInt64 / 2
}

// Stop holds it.
func (c *Clock) Stop() { c.change(func() { c.stopped = true }) }

// Run lets it go on from where it was stopped.
func (c *Clock) Run() { c.change(func() { c.stopped = false }) }

// Speed has it go x times as fast as its base.
func (c *Clock) Speed(x float64) error {
	if !(x >= Slowest && x <= Fastest) {
		return ErrSpeed
	}
	c.change(func() { c.speed = x })
	return nil
}

// Step moves it ahead by d.
func (c *Clock) Step(d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.move(c.tell().Add(d))
}

// Set moves it ahead to an instant.
func (c *Clock) Set(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tell()
	return c.move(t)
}

func (c *Clock) move(to time.Time) error {
	switch {
	case to.Before(c.shown):
		return ErrBack
	case to.After(last):
		return ErrFar
	}
	c.shown = to
	c.wake()
	return nil
}

func (c *Clock) change(do func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tell()
	do()
	c.wake()
}

func (c *Clock) wake() {
	close(c.changed)
	c.changed = make(chan struct{})
}

// Sleep waits until d has passed on this clock: a stopped one keeps it
// waiting until somebody steps it or lets it run. It ends with ctx.
func (c *Clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	until := c.tell().Add(d)
	c.mu.Unlock()
	for {
		c.mu.Lock()
		left, changed, stopped, speed := until.Sub(c.tell()), c.changed, c.stopped, c.speed
		c.mu.Unlock()
		if left <= 0 {
			return nil
		}
		wait := max(times(left, 1/speed), time.Microsecond)
		if stopped {
			wait = 0
		}
		if err := rest(ctx, wait, changed); err != nil {
			return err
		}
	}
}

// rest waits for a change, or for a while if it isn't zero.
func rest(ctx context.Context, wait time.Duration, changed <-chan struct{}) error {
	var due <-chan time.Time
	if wait > 0 {
		t := time.NewTimer(wait)
		defer t.Stop()
		due = t.C
	}
	select {
	case <-due:
	case <-changed:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}
