package kit

import "sync"

// Sent is the place for the code that a confirmation sent, which the person may
// look at afterwards. It lives in a closure, like a PIN, so that no message, no
// printer and no encoder can carry it; what is filled in after Wipe is dropped.
// Copies share the place. The zero Sent is always empty.
type Sent struct {
	lend func(use func(*sentCode))
}

type sentCode struct {
	digits []byte
	over   bool
}

// NewSent is an empty place.
func NewSent() Sent {
	var mu sync.Mutex
	var c sentCode
	return Sent{func(use func(*sentCode)) {
		mu.Lock()
		defer mu.Unlock()
		use(&c)
	}}
}

func (s Sent) with(use func(*sentCode)) {
	if s.lend != nil {
		s.lend(use)
	}
}

// Fill puts a copy of a code there, in place of an older one.
func (s Sent) Fill(code []byte) {
	s.with(func(c *sentCode) {
		clear(c.digits)
		c.digits = nil
		if !c.over {
			c.digits = append(make([]byte, 0, len(code)), code...)
		}
	})
}

// Expose lends the code for the length of the call; use must not keep it.
func (s Sent) Expose(use func([]byte)) { s.with(func(c *sentCode) { use(c.digits) }) }

// Len is the number of its digits; 0 if there is none.
func (s Sent) Len() (n int) {
	s.with(func(c *sentCode) { n = len(c.digits) })
	return n
}

// Wipe zeroes the code for every copy, and whatever comes later.
func (s Sent) Wipe() {
	s.with(func(c *sentCode) {
		clear(c.digits)
		c.digits, c.over = nil, true
	})
}
