package statement

import "jandon/internal/wallet"

// keeper keeps all lines, and settles at the end what each did and its id.
type keeper struct {
	lines   []wallet.Transaction
	digests []digest // of what each line says
	vague   []int    // lines with that hinge
}

// expect makes room for n lines.
func (k *keeper) expect(n int) {
	if cap(k.lines) < n {
		k.lines = append(make([]wallet.Transaction, 0, n), k.lines...)
		k.digests = append(make([]digest, 0, n), k.digests...)
	}
}

func (k *keeper) take(c *collector, s *said) {
	n := len(k.lines)
	if n == cap(k.lines) {
		k.expect(max(1024, 2*n))
	}
	h := s.hinge()
	c.signs.count(s, h)
	k.lines = append(k.lines, s.transaction())
	x := &k.lines[n]
	switch h {
	case sure:
		o, _ := s.outcomes(h)
		x.Type, x.Amount.Minor = o.typ, o.minor
	case vague:
		k.vague = append(k.vague, n)
		x.Amount.Minor = -s.minor
	}
	k.digests = append(k.digests, s.digest())
}

// result settles signs and ids and sums up.
func (k *keeper) result(c *collector) Result {
	j := c.judge()
	tx := k.lines
	if j.second[vague] {
		for _, i := range k.vague {
			tx[i].Type, tx[i].Amount.Minor = incoming(tx[i].Merchant, tx[i].Reason), -tx[i].Amount.Minor
		}
	}
	var names ids
	for from := 0; from < len(tx); {
		to := k.stretch(c, from)
		if to-from > 1 || c.own {
			names.reset(to - from)
		}
		for i := from; i < to; i++ {
			x := &tx[i]
			if to-from == 1 && x.ID == "" {
				x.ID = names.text(k.digests[i])
			} else {
				x.ID = names.id(x.ID, k.digests[i])
			}
			if x.Type == wallet.TypeUnknown {
				settle(x, j.second[unsaid])
			}
			if x.Type.Spends() && x.Amount.Currency == j.currency {
				c.res.Spent -= x.Amount.Minor
			}
		}
		from = to
	}
	c.res.Transactions = tx
	return c.res
}

// settle is outcomes for a line of which only the sign was kept.
func settle(x *wallet.Transaction, minus bool) {
	x.Type = wallet.Payment
	switch m := x.Amount.Minor; {
	case minus && m > 0:
		x.Type = incoming(x.Merchant, x.Reason)
	case minus:
	case m < 0:
		x.Type, x.Amount.Minor = wallet.Refund, -m
	default:
		x.Amount.Minor = -m
	}
}

// stretch is the end of the lines from one on among which ids could be the
// same: where lines are in order of time those of one instant, else all.
func (k *keeper) stretch(c *collector, from int) int {
	if c.own || c.steady.broken {
		return len(k.lines)
	}
	to := from + 1
	for to < len(k.lines) && k.lines[to].At.Equal(k.lines[from].At) {
		to++
	}
	return to
}
