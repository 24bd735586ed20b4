package scenario

import (
	"encoding/binary"
	"hash/fnv"
	"math/bits"
	"math/rand/v2"

	"jandon/internal/history"
)

// stream is a source of chance of its own for one thing on one day, so that
// another habit, or another day, changes nothing here.
type stream struct{ pcg *rand.PCG }

// streamOf is the stream of a seed, a name and a day.
func streamOf(seed uint64, name string, d history.Day) stream {
	return stream{rand.NewPCG(hash(seed, name, 0), hash(uint64(uint32(d)), name, seed))}
}

// hash mixes two numbers and a name (FNV-1a, then the finaliser of SplitMix64,
// which spreads names that differ in one letter over all bits).
func hash(a uint64, name string, b uint64) uint64 {
	h := fnv.New64a()
	var buf [16]byte
	binary.LittleEndian.PutUint64(buf[:8], a)
	binary.LittleEndian.PutUint64(buf[8:], b)
	h.Write(buf[:])
	h.Write([]byte(name))
	x := h.Sum64()
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// below is a number in [0, n), by Lemire's multiplication; its bias of n/2⁶⁴ is
// of no matter here, and unlike rand.Rand's methods it is ours to keep.
func (s stream) below(n int64) int64 {
	hi, _ := bits.Mul64(s.pcg.Uint64(), uint64(max(n, 1)))
	return int64(hi)
}

// between is a number in [from, to].
func (s stream) between(from, to int64) int64 { return from + s.below(to-from+1) }

// count is a number with the given mean in thousandths, spread about it.
func (s stream) count(mean int64) int {
	trials := 2 * ((mean + 999) / 1000)
	n := 0
	for range trials {
		if s.below(trials*1000) < mean {
			n++
		}
	}
	return n
}

// pick chooses by weight; a weight of 0 counts as 1.
func pick[T any](s stream, list []T, weight func(*T) int64) *T {
	total := int64(0)
	for i := range list {
		total += max(weight(&list[i]), 1)
	}
	at := s.below(total)
	for i := range list {
		if at -= max(weight(&list[i]), 1); at < 0 {
			return &list[i]
		}
	}
	return nil // only for an empty list, which no checked file has
}

// digits is n decimal digits, not starting with 0.
func (s stream) digits(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + s.below(10))
	}
	b[0] = byte('1' + s.below(9))
	return string(b)
}

// steps is an amount from the smallest by steps to the largest.
func (s stream) steps(from, to, step int64) int64 {
	if to <= from {
		return from
	}
	step = max(step, 1)
	return from + step*s.below((to-from)/step+1)
}
