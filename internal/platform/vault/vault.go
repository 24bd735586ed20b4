// Package vault seals the secrets that a platform keeps of its devices.
//
// What stands in the books is AES-256-GCM under a key that is not in them: a
// copy of the database alone opens no session and confirms nothing. The key
// lies in a file of its own beside the database, for its owner's eyes alone.
// A sealed secret is bound to what it belongs to, so that one can't be put in
// another's place.
package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"

	"jandon/internal/fault"
	"jandon/keystore/secret"
)

const keyLen = 32

var errSealed = errors.New("vault: not sealed with this key for this purpose")

// Vault seals and opens.
type Vault struct{ key secret.Secret }

// New is a vault that dies with the process.
func New() *Vault { return &Vault{secret.Random(keyLen)} }

// Seal is a secret as it may lie in the books; of names what it belongs to.
func (v *Vault) Seal(s secret.Secret, of string) (sealed []byte, err error) {
	err = v.with(func(c cipher.AEAD) error {
		s.Expose(func(b []byte) { sealed = c.Seal(nil, nil, b, []byte(of)) })
		return nil
	})
	return sealed, err
}

// Open is the secret again, if it was sealed here and belongs to the same.
func (v *Vault) Open(sealed []byte, of string) (s secret.Secret, err error) {
	err = v.with(func(c cipher.AEAD) error {
		b, err := c.Open(nil, nil, sealed, []byte(of))
		if err != nil {
			return errSealed // the error itself says nothing more
		}
		s = secret.New(b)
		return nil
	})
	return s, err
}

// with lends the cipher; nonces are random and stand before what is sealed.
func (v *Vault) with(use func(cipher.AEAD) error) error {
	key := v.key.Copy()
	defer clear(key)
	block, err := aes.NewCipher(key)
	if err != nil {
		return fault.Wrap(err, fault.Internal)
	}
	c, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return fault.Wrap(err, fault.Internal)
	}
	if err := use(c); err != nil {
		return fault.Wrap(err, fault.Internal)
	}
	return nil
}

// Derive is a key for another purpose, the same each time; it says nothing of
// the vault's own.
func (v *Vault) Derive(purpose string) (s secret.Secret, err error) {
	v.key.Expose(func(b []byte) {
		var out []byte
		if out, err = hkdf.Key(sha256.New, b, nil, purpose, keyLen); err == nil {
			s = secret.New(out)
		}
	})
	return s, err
}
