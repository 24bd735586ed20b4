package valuepath

// span is what a lane may carry at a node of the search: lo … hi by unit, and
// nothing at all where zero is set. hi 0: closed.
type span struct {
	lo, hi int64
	zero   bool
}

// point is an amount and what it is worth to the goal.
type point struct{ x, v int64 }

// hull is the upper concave hull of a lane's worth over its span: at most
// nothing, the least, the two amounts around the kink of the fee's floor, and
// the most. The kink at the cap is convex and lies below the hull.
type hull struct {
	n  int
	at [5]point
}

func (h *hull) push(p point) {
	for h.n > 0 && h.at[h.n-1].x >= p.x {
		if h.at[h.n-1].x == p.x {
			return
		}
		h.n--
	}
	for h.n >= 2 {
		a, b := h.at[h.n-2], h.at[h.n-1]
		// keep b only if the slope falls there: (b−a) steeper than (p−b)
		if less128(p.v-b.v, b.x-a.x, b.v-a.v, p.x-b.x) {
			break
		}
		h.n--
	}
	h.at[h.n] = p
	h.n++
}

// slope is that of the piece after point i, in 1/10⁴.
func (h *hull) slope(i int) int64 {
	return mulDiv(h.at[i+1].v-h.at[i].v, wholeBP, h.at[i+1].x-h.at[i].x)
}

// value is the hull's height at x, rounded down.
func (h *hull) value(x int64) int64 {
	for i := 0; i+1 < h.n; i++ {
		if x <= h.at[i+1].x {
			return h.at[i].v + mulDiv(h.at[i+1].v-h.at[i].v, x-h.at[i].x, h.at[i+1].x-h.at[i].x)
		}
	}
	return h.at[h.n-1].v
}

// hull makes the hull of lane l over s for a goal.
func (s *search) hull(l *lane, d span) (h hull) {
	if d.zero || d.hi == 0 {
		h.push(point{})
	}
	if d.hi == 0 {
		return h
	}
	h.push(point{d.lo, s.worth(l, d.lo)})
	if f := l.fee; l.own && f.BP > 0 && f.Floor > f.Fixed {
		kink := (f.Floor - f.Fixed) * wholeBP / f.BP / l.unit * l.unit
		if kink > d.lo && kink < d.hi {
			h.push(point{kink, s.worth(l, kink)})
		}
		if kink += l.unit; kink > d.lo && kink < d.hi {
			h.push(point{kink, s.worth(l, kink)})
		}
	}
	h.push(point{d.hi, s.worth(l, d.hi)})
	return h
}
