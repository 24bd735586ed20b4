package valuepath

import "math/bits"

// odds is what a union loses at least by its odd rest, which the lanes at their
// price can't fill in whole units: the rest stays, at the union's price, or
// spares fill some of it, at their rates. Three bounds hold, and the largest
// counts. lead is the spare that the loss hangs on, −1: none. Not ok where the
// node can't use as much as it has to.
//
// By rate: with the spares of a rate up to r, what is still odd costs more than r.
// By the first: the cheapest by rate that is used carries its least, and it and
// the dearer ones all of the odd rest.
// By the dearest: of those that are used, the one whose least costs most is paid
// for, and what it and all cheaper ones can't fill stays.
func (s *search) odds(spans *[maxRails]span, union uint64, room, price, full int64) (loss wide, lead int, ok bool) {
	shut := s.shut(union)
	odd := full - s.reach(spans, shut, s.m.inside(union), room)
	need := s.atLeast
	for i := range s.m.lanes {
		if s.m.lanes[i].set&^union != 0 {
			need -= spans[i].hi
		}
	}
	if odd <= 0 || shut == 0 {
		return product(price, max(0, odd)), -1, full-max(0, odd) >= need
	}
	first := product(price, odd)
	for set := shut; set != 0; set &= set - 1 {
		sp := &s.spares[bits.TrailingZeros32(set)]
		if w := product(sp.rate, max(sp.step, odd)); w.less(first) {
			first = w
		}
	}
	loss, lead, ok = s.dearest(spans, union, room, price, full, shut, need)
	if loss.less(first) {
		loss = first
	}
	if rates := s.rates(spans, union, room, price, full, shut); loss.less(rates) {
		loss = rates
	}
	return loss, lead, ok
}

// shut are the spares inside a union, as bits.
func (s *search) shut(union uint64) (set uint32) {
	for i := range s.m.lanes {
		if s.spares[i].rate > 0 && s.m.lanes[i].set&^union == 0 {
			set |= 1 << i
		}
	}
	return set
}

// rates is the bound of odds by rate.
func (s *search) rates(spans *[maxRails]span, union uint64, room, price, full int64, shut uint32) (sum wide) {
	for rate := int64(0); ; {
		rest := full - s.reach(spans, shut, s.m.inside(union), room)
		if rest <= 0 {
			return sum
		}
		next := price
		for set := shut; set != 0; set &= set - 1 {
			next = min(next, s.spares[bits.TrailingZeros32(set)].rate)
		}
		sum = sum.add(product(next-rate, rest))
		if rate = next; rate == price {
			return sum
		}
		for set := shut; set != 0; set &= set - 1 {
			if i := bits.TrailingZeros32(set); s.spares[i].rate <= rate {
				shut &^= 1 << i
			}
		}
	}
}

// dearest is the bound of odds by the dearest, with that one as the lead. Where
// what stays is more than may stay, it is no way.
func (s *search) dearest(spans *[maxRails]span, union uint64, room, price, full int64, shut uint32, need int64) (loss wide, lead int, ok bool) {
	lead = -1
	var paid wide
	for at := -1; ; {
		got := s.reach(spans, shut, s.m.inside(union), room)
		if w := product(price, full-got).add(paid); got >= need && (!ok || w.less(loss)) {
			loss, lead, ok = w, at, true
		}
		if got == full || shut == 0 {
			return loss, lead, ok
		}
		at = -1
		for set := shut; set != 0; set &= set - 1 {
			i := bits.TrailingZeros32(set)
			if w := product(s.spares[i].rate, s.spares[i].step); at < 0 || w.less(paid) {
				at, paid = i, w
			}
		}
		shut &^= 1 << at
	}
}

// reach is the most that some lanes can carry of the room that they share: whole
// units of coarse lanes, the odd rest only as far as finer lanes go. Lanes that
// are shut carry their base and no more.
func (s *search) reach(spans *[maxRails]span, shut, lanes uint32, room int64) int64 {
	fixed, loose := int64(0), int64(0)
	var more [maxRails]int64 // beyond what is fixed
	for i := range s.m.lanes {
		d := spans[i]
		switch {
		case lanes&(1<<i) == 0 || d.hi == 0:
			continue
		case shut&(1<<i) != 0:
			fixed += s.spares[i].base
			continue
		case !d.zero:
			fixed += d.lo
			d.hi -= d.lo
		}
		more[i] = d.hi
		loose += d.hi
	}
	c := min(room-fixed, loose)
	g, fine := int64(0), loose
	for _, i := range s.m.byUnit {
		if more[i] == 0 {
			continue
		}
		g = gcd(g, s.m.lanes[i].unit)
		fine -= more[i]
		if odd := c % g; odd > fine {
			c -= odd - fine
		}
	}
	return max(0, fixed+c)
}

// carry bounds what all lanes together can carry: what those inside a union
// can, and what the others can.
func (s *search) carry(spans *[maxRails]span) int64 {
	all := uint32(1)<<len(s.m.lanes) - 1
	most := s.reach(spans, 0, all, s.m.held)
	for q, u := range s.m.unions {
		in := s.m.inside(u)
		most = min(most, s.reach(spans, 0, in, s.m.room[q])+s.reach(spans, 0, all&^in, s.m.held))
	}
	return s.reach(spans, 0, all, most)
}

// force opens the lanes for good without which too little can be used.
func (s *search) force(spans *[maxRails]span) {
	for i := range s.m.lanes {
		if d := spans[i]; d.zero && d.hi > 0 {
			spans[i] = span{zero: true}
			if s.carry(spans) < s.atLeast {
				d.zero = false
			}
			spans[i] = d
		}
	}
}
