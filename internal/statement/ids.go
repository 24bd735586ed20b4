package statement

import (
	"strings"
	"time"
)

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

// dayBits are the first of a digest that a line's id is made of: its day, so
// that ids of one time stand together wherever they are sorted. What is left
// tells the lines of a day apart.
const dayBits = 20

// on puts the day in place of the first bits.
func (d digest) on(at time.Time) digest {
	day := at.Unix() / (24 * 3600)
	return digest(uint64(day)<<(64-dayBits)) | d&(1<<(64-dayBits)-1)
}

// beside is with for the digest of a day.
func (d digest) beside(n uint64) digest {
	const rest = 1<<(64-dayBits) - 1
	return d&^rest | d.with(n)&rest
}

// ids makes one id for each line. It comes from what the line says, so that a
// later, longer export of the same account gives the same ids; of lines that
// say the same, each counts, since people do buy the same twice.
type ids struct {
	slots []digest // open addressing; 0 is free
	used  int
	most  int               // how many are remembered; 0: all
	older []digest          // those before, where not all are
	again map[digest]uint64 // how often a line was there that was there before
	texts strings.Builder
}

// reset makes room for n digests and forgets those before.
func (t *ids) reset(n int) {
	size := 16
	for size < 2*n {
		size *= 2
	}
	t.used = 0
	clear(t.again)
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
	if t.most > 0 && t.used == t.most {
		t.older, t.slots = t.slots, t.older
		t.reset(t.most)
	}
	i := slot(t.slots, d)
	if t.slots[i] == d || t.older != nil && t.older[slot(t.older, d)] == d {
		return false
	}
	t.slots[i] = d
	t.used++
	return true
}

// slot is where d stands, or would.
func slot(slots []digest, d digest) uint64 {
	mask := uint64(len(slots) - 1)
	i := uint64(d) & mask
	for slots[i] != 0 && slots[i] != d {
		i = (i + 1) & mask
	}
	return i
}

// id is the id of a line with one of its own or none that says what d is the digest of.
func (t *ids) id(own string, d digest) string {
	if own != "" && t.claim(digestOf(own)) {
		return own
	}
	if t.claim(d) {
		return t.text(d)
	}
	n := t.again[d] + 1
	unique := d.beside(n)
	for ; !t.claim(unique); n++ {
		unique = d.beside(n + 1)
	}
	if t.again == nil {
		t.again = map[digest]uint64{}
	}
	t.again[d] = n
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
