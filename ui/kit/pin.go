package kit

import (
	"sync"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/text/unicode/norm"
)

// The least and the most digits of a PIN; keystore/pin says why.
const (
	PINLeast = 6
	PINMost  = 12
)

// PIN is digits on their way from the keys to whoever uses them. They live in
// a closure, which neither fmt nor encoders nor reflection can look into.
// Copies share the digits; after Wipe all copies are empty. The zero PIN is
// none at all.
type PIN struct {
	lend func(use func(held *[]byte))
}

// NewPIN takes the digits over: they are copied and the argument is zeroed.
func NewPIN(digits []byte) PIN {
	held := append(make([]byte, 0, len(digits)), digits...)
	clear(digits)
	var mu sync.Mutex
	return PIN{func(use func(*[]byte)) {
		mu.Lock()
		defer mu.Unlock()
		use(&held)
	}}
}

// None reports whether there is no PIN, which is not the same as an empty one.
func (p PIN) None() bool { return p.lend == nil }

// Expose lends the digits for the length of the call; use must not keep them.
func (p PIN) Expose(use func([]byte)) {
	if p.lend == nil {
		use(nil)
		return
	}
	p.lend(func(held *[]byte) { use(*held) })
}

// Wipe zeroes the digits for every copy of p.
func (p PIN) Wipe() {
	if p.lend != nil {
		p.lend(func(held *[]byte) {
			clear(*held)
			*held = nil
		})
	}
}

// PINField is where a PIN is typed, or what opens in its place: nothing is
// echoed but a dot for each digit or letter, nothing can be pasted, and nothing
// is left after Take or Wipe. The zero value is an empty field for a PIN.
type PINField struct {
	way  Way
	lend func(use func(*typedDigits)) // as in PIN: whoever prints a page sees no digit
}

type typedDigits struct {
	b [longest]byte
	n int
}

// Turn empties the field and has it take what another way wants.
func (f *PINField) Turn(to Way) {
	f.Wipe()
	f.way = to
}

// Way is what the field takes.
func (f *PINField) Way() Way { return f.way }

func (f *PINField) digits(use func(*typedDigits)) {
	if f.lend == nil {
		var d typedDigits
		f.lend = func(use func(*typedDigits)) { use(&d) }
	}
	f.lend(use)
}

// Press takes a key; it reports whether the number of digits changed. Digits
// that an input method made wide are digits too (NFKC); anything else is not.
func (f *PINField) Press(msg tea.KeyPressMsg) (changed bool) {
	f.digits(func(d *typedDigits) {
		was := d.n
		switch msg.String() {
		case "backspace", "ctrl+h":
			d.n = max(d.n-1, 0)
		case "ctrl+u":
			d.n = 0
		default:
			d.press(msg, f.way)
		}
		clear(d.b[d.n:])
		changed = d.n != was
	})
	return changed
}

func (d *typedDigits) press(msg tea.KeyPressMsg, way Way) {
	if c := msg.Code; msg.Text == "" && c >= tea.KeyKp0 && c <= tea.KeyKp9 {
		d.add(byte('0'+c-tea.KeyKp0), way)
		return
	}
	if len(msg.Text) > 4*lengths[way][1] { // no key makes that
		return
	}
	if k := Fold(msg); way.Lettered() && len(k) == 1 && way.Takes(k[0]) { // of another layout, too
		d.add(k[0], way)
		return
	}
	plain := norm.NFKC.AppendString(make([]byte, 0, 4*longest), msg.Text)
	defer clear(plain)
	for _, c := range plain {
		if !way.Takes(c) && !way.Joins(c) {
			return
		}
	}
	for _, c := range plain {
		if way.Takes(c) {
			d.add(c, way)
		}
	}
}

func (d *typedDigits) add(c byte, way Way) {
	if d.n < lengths[way][1] {
		d.b[d.n] = c
		d.n++
	}
}

// Len is the number of digits typed.
func (f *PINField) Len() (n int) {
	f.digits(func(d *typedDigits) { n = d.n })
	return n
}

// Take hands the digits over and empties the field.
func (f *PINField) Take() (p PIN) {
	f.digits(func(d *typedDigits) {
		p = NewPIN(d.b[:d.n])
		*d = typedDigits{}
	})
	return p
}

// Wipe empties the field.
func (f *PINField) Wipe() {
	f.digits(func(d *typedDigits) { *d = typedDigits{} })
}

// Dots is how the field is drawn: a dot for each digit, and places for those
// that the shortest one still wants. A recovery code stands in groups.
func (f *PINField) Dots() (typed, wanted string) {
	n := f.Len()
	for i := range n {
		typed += "•" + f.gap(i)
	}
	for i := n; i < f.way.Least(); i++ {
		wanted += "_" + f.gap(i)
	}
	return typed, wanted
}

// gap is what stands behind a place.
func (f *PINField) gap(i int) string {
	if f.way.Lettered() && (i+1)%group != 0 {
		return ""
	}
	return " "
}

// Caret is the cell of the caret, counted from where Dots begin.
func (f *PINField) Caret() int {
	n := f.Len()
	if f.way.Lettered() {
		return n + n/group
	}
	return 2 * n
}
