package client

import (
	"net/http"
	"sync"
	"time"
)

// clock is the platform's time as far as it is known here. Codes, proofs and
// countdowns go by it, so that this computer's clock may be days off.
type clock struct {
	local func() time.Time

	mu     sync.Mutex
	offset time.Duration // platform − local
	known  bool
}

// steady is how far a header Date, which has whole seconds and was written
// before the answer travelled, may be off before it moves the clock.
const steady = 3 * time.Second

// Now is the platform's time; before any answer came it is the local one.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.local().Add(c.offset)
}

// apart is how far this computer's clock may be from the platform's before
// ages, days and countdowns go by the platform's.
const apart = time.Minute

// screens is the time that a person is shown things by: this computer's, or the
// platform's where the two are known to be apart.
func (c *clock) screens() time.Time {
	now := c.local()
	if by := c.ahead(); by.Abs() > apart {
		return now.Add(by)
	}
	return now
}

// heard takes the platform's time from an answer's header Date (RFC 9110,
// section 6.6.1).
func (c *clock) heard(h http.Header) {
	if at, err := http.ParseTime(h.Get("Date")); err == nil {
		c.learn(at.Add(500*time.Millisecond), steady)
	}
}

// ahead is how far the platform's time is before the local one.
func (c *clock) ahead() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.offset
}

// told takes the platform's time from a body.
func (c *clock) told(at time.Time) {
	if when("server_time", at) == nil {
		c.learn(at, 0)
	}
}

func (c *clock) learn(at time.Time, within time.Duration) {
	if c.local == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	offset := at.Sub(c.local())
	if c.known && (offset-c.offset).Abs() <= within {
		return
	}
	c.offset, c.known = offset, true
}
