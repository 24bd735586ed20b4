// Package secret holds bytes that hide themselves.
//
// A PIN, a key, a code or a token is a Secret from where it is typed or made
// to where it is used, and nothing prints, logs or encodes it on the way. The
// package stands apart from keystore so that code which only computes with
// secrets needs no keyring.
package secret

import (
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"log/slog"
	"sync"
)

// hidden is all that a printer ever sees of a secret.
const hidden = "[secret]"

var errHidden = errors.New("secret: a secret is never encoded")

// Secret is bytes that hide themselves. They live in a closure, which neither
// fmt nor encoding packages nor reflection can look into, even where Secret is
// an unexported field and its own methods are out of reach. Copies share the
// bytes; after Wipe all copies are empty. The zero Secret is empty.
type Secret struct {
	with func(use func(held *[]byte))
}

// New takes the bytes over: they are copied and the argument is zeroed.
func New(b []byte) Secret {
	held := append(make([]byte, 0, len(b)), b...)
	clear(b)
	var mu sync.Mutex
	return Secret{func(use func(*[]byte)) {
		mu.Lock()
		defer mu.Unlock()
		use(&held)
	}}
}

// Random is n bytes of the system's randomness.
func Random(n int) Secret {
	b := make([]byte, n)
	rand.Read(b) // never fails: it ends the process instead (crypto/rand)
	return New(b)
}

// Expose lends the bytes for the length of the call; use must neither keep nor
// change them, nor touch the same Secret.
func (s Secret) Expose(use func([]byte)) {
	if s.with == nil {
		use(nil)
		return
	}
	s.with(func(held *[]byte) { use(*held) })
}

// Wipe zeroes the bytes for every copy of s.
func (s Secret) Wipe() {
	if s.with != nil {
		s.with(func(held *[]byte) {
			clear(*held)
			*held = nil
		})
	}
}

// Len is the number of bytes.
func (s Secret) Len() (n int) {
	s.Expose(func(b []byte) { n = len(b) })
	return n
}

// Equal compares in constant time.
func (s Secret) Equal(t Secret) bool {
	a, b := s.Copy(), t.Copy()
	defer clear(a)
	defer clear(b)
	return subtle.ConstantTimeCompare(a, b) == 1
}

// Copy is a copy of the bytes for code that can't work inside Expose; the
// caller zeroes it.
func (s Secret) Copy() (b []byte) {
	s.Expose(func(held []byte) { b = append(b, held...) })
	return b
}

// Format answers every verb of fmt.
func (Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(hidden)) }

// String hides the bytes.
func (Secret) String() string { return hidden }

// GoString hides the bytes from %#v.
func (Secret) GoString() string { return hidden }

// LogValue hides the bytes from slog.
func (Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalJSON hides the bytes. There is no way back: Secrets are read by name, never decoded.
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + hidden + `"`), nil }

// MarshalText hides the bytes from encoders of text.
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// GobEncode refuses: a file of hidden secrets would only look like a copy.
func (Secret) GobEncode() ([]byte, error) { return nil, errHidden }

// MarshalBinary refuses, as GobEncode.
func (Secret) MarshalBinary() ([]byte, error) { return nil, errHidden }
