// Package fresh is the key of an account between its arrival and its hiding.
//
// Two blobs of one key give away both PINs, so a key is hidden once. That is
// kept by where this package stands: only code below keystore can make a Key,
// it does so of what an enrolment or a PIN change has just unsealed, and taking
// the key out uses it up.
package fresh

import (
	"errors"
	"sync"

	"jandon/internal/fault"
	"jandon/keystore/secret"
)

// Len is the length of a key in bytes.
const Len = 32

// ErrUsed is a key that was taken already, or is none.
var ErrUsed = errors.New("fresh: this key was used already or is none")

// Key holds a key until it is taken; copies share it. The zero Key is used up.
type Key struct{ hold *holder }

type holder struct {
	mu sync.Mutex
	k  secret.Secret
}

// New takes a key that was just made or received; k is wiped.
func New(k secret.Secret) (Key, error) {
	defer k.Wipe()
	if k.Len() != Len {
		return Key{}, fault.Wrap(ErrUsed, fault.Internal)
	}
	return Key{&holder{k: secret.New(k.Copy())}}, nil
}

// Take hands the key out, once.
func (f Key) Take() (secret.Secret, error) {
	if f.hold == nil {
		return secret.Secret{}, fault.Wrap(ErrUsed, fault.Internal)
	}
	f.hold.mu.Lock()
	defer f.hold.mu.Unlock()
	k := f.hold.k
	f.hold.k = secret.Secret{}
	if k.Len() != Len {
		return secret.Secret{}, fault.Wrap(ErrUsed, fault.Internal)
	}
	return k, nil
}

// Wipe forgets a key that will not be hidden: what it was for was given up.
func (f Key) Wipe() {
	if k, err := f.Take(); err == nil {
		k.Wipe()
	}
}
