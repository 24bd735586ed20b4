package statement

import "strings"

// digest is a hash that is the same on every machine and for ever: ids of
// lines are made of it, and what a person decided about a line hangs on its id.
type digest uint64

// digestOf is FNV-1a of a text.
func digestOf(s string) digest {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return digest(h)
}

// with mixes another number in, by the finaliser of SplitMix64.
func (d digest) with(n uint64) digest {
	x := uint64(d) + 0x9e3779b97f4a7c15 ^ n*0xff51afd7ed558ccd
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return digest(x ^ x>>31)
}

// ids makes one id for each line. It comes from what the line says, so that a
// later, longer export of the same account gives the same ids; of lines that
// say the same, each counts, since people do buy the same twice.
type ids struct {
	slots []digest // open addressing; 0 is free
	texts strings.Builder
}

// reset makes room for n digests and forgets those before.
func (t *ids) reset(n int) {
	size := 16
	for size < 2*n {
		size *= 2
	}
	if size > cap(t.slots) {
		t.slots = make([]digest, size)
		return
	}
	t.slots = t.slots[:size]
	clear(t.slots)
}

// claim takes d if it is free.
func (t *ids) claim(d digest) bool {
	if d == 0 {
		d = 1
	}
	mask := uint64(len(t.slots) - 1)
	i := uint64(d) & mask
	for t.slots[i] != 0 && t.slots[i] != d {
		i = (i + 1) & mask
	}
	if t.slots[i] == d {
		return false
	}
	t.slots[i] = d
	return true
}

// of is the id of a line that says what d is the digest of.
func (t *ids) of(d digest) string {
	unique := d
	for n := uint64(1); !t.claim(unique); n++ {
		unique = d.with(n)
	}
	return t.text(unique)
}

const (
	alphabet = "0123456789abcdefghjkmnpqrstvwxyz" // Crockford's base 32
	idLength = 14
	block    = 32 << 10 // ids share memory in blocks
)

func (t *ids) text(d digest) string {
	if t.texts.Len()+idLength > t.texts.Cap() {
		t.texts = strings.Builder{}
		t.texts.Grow(block)
	}
	id := [idLength]byte{0: 's'}
	for i := idLength - 1; i > 0; i-- {
		id[i] = alphabet[d&31]
		d >>= 5
	}
	from := t.texts.Len()
	t.texts.Write(id[:])
	return t.texts.String()[from:]
}
