package valuepath

import "math/bits"

// wide is a signed 128-bit number: sums of products of two amounts.
type wide struct {
	hi int64
	lo uint64
}

// product is a·b for numbers that are not negative.
func product(a, b int64) wide {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	return wide{int64(hi), lo}
}

func (w wide) add(v wide) wide {
	lo, carry := bits.Add64(w.lo, v.lo, 0)
	hi, _ := bits.Add64(uint64(w.hi), uint64(v.hi), carry)
	return wide{int64(hi), lo}
}

func (w wide) sub(v wide) wide {
	lo, borrow := bits.Sub64(w.lo, v.lo, 0)
	hi, _ := bits.Sub64(uint64(w.hi), uint64(v.hi), borrow)
	return wide{int64(hi), lo}
}

func (w wide) less(v wide) bool { return w.hi < v.hi || w.hi == v.hi && w.lo < v.lo }

// over is ⌊w/c⌋, or −1 for a negative w; the result has to fit.
func (w wide) over(c int64) int64 {
	if w.hi < 0 {
		return -1
	}
	q, _ := bits.Div64(uint64(w.hi), w.lo, uint64(c))
	return int64(q)
}

// less128 reports a·b < c·d for numbers that are not negative.
func less128(a, b, c, d int64) bool { return product(a, b).less(product(c, d)) }

// mulDiv is ⌊a·b/c⌋ for numbers that are not negative, where the result fits.
func mulDiv(a, b, c int64) int64 { return product(a, b).over(c) }

// mulDivUp is mulDiv rounded up.
func mulDivUp(a, b, c int64) int64 {
	return product(a, b).add(wide{0, uint64(c - 1)}).over(c)
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
