package statement

import "jandon/internal/wallet"

// counter keeps no line, only what all lines say together.
type counter struct{}

func (counter) take(c *collector, s *said) {
	h := s.hinge()
	c.signs.count(s, h)
	first, second := s.outcomes(h)
	c.signs.add(s, h, first, second)
}

// teller gives lines to somebody one by one. What only all lines say was found
// out by an earlier reading.
type teller struct {
	judgement
	names ids
	line  wallet.Transaction
	yield func(*wallet.Transaction, error) bool
	ended bool // whoever hears the lines wants no more
}

func (t *teller) take(c *collector, s *said) {
	if c.stopped {
		return
	}
	h := s.hinge()
	c.signs.count(s, h)
	first, second := s.outcomes(h)
	o := t.of(h, first, second)
	t.line = s.transaction()
	t.line.Type, t.line.Amount.Minor = o.typ, o.minor
	t.line.ID = t.names.id(s.id, s.digest())
	t.ended = !t.yield(&t.line, nil)
	c.stopped = t.ended
}
