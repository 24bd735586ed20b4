// Package enrol carries the key of an account to a new device.
//
// HTTP bodies get recorded by proxies, logs and test tools, so K is never in
// one: the platform seals it for a key that the device made for this one
// enrolment (HPKE, RFC 9180: DHKEM(P-256), HKDF-SHA256, ChaCha20-Poly1305) and
// binds it to the device's id and signing key. What comes out is fresh: it is
// hidden under the PIN once and never sent again.
package enrol

import (
	"crypto/ecdh"
	"crypto/hpke"
	"encoding/base64"
	"errors"
	"strings"

	"jandon/internal/fault"
	"jandon/keystore/codes"
	"jandon/keystore/internal/fresh"
	"jandon/keystore/pin"
	"jandon/keystore/secret"
)

const (
	forK    = "jandon enrol v1"
	forSeed = "jandon authenticator v1"

	// PublicLen is the length of a public key in bytes: an uncompressed point.
	PublicLen = 65
	// SealedLen is the length of a sealed K: encapsulated key, K, tag.
	SealedLen = PublicLen + pin.KeyLen + tagLen

	tagLen = 16 // of ChaCha20-Poly1305
)

// Key opens one sealed secret.
type Key struct {
	private secret.Secret
	public  [PublicLen]byte
}

func kem() hpke.KEM { return hpke.DHKEM(ecdh.P256()) }

// NewKey makes the key of one enrolment.
func NewKey() (Key, error) {
	made, err := kem().GenerateKey()
	if err != nil {
		return Key{}, fault.Wrap(err, fault.Internal)
	}
	b, err := made.Bytes()
	if err != nil {
		return Key{}, fault.Wrap(err, fault.Internal)
	}
	k := Key{private: secret.New(b)}
	copy(k.public[:], made.PublicKey().Bytes())
	return k, nil
}

// Public is what the platform seals for.
func (k Key) Public() []byte { return append([]byte(nil), k.public[:]...) }

// Wipe forgets the key: an enrolment was given up.
func (k Key) Wipe() { k.private.Wipe() }

// info binds a sealed secret to its purpose, one device and its signing key. The
// parts may not hold the mark between them, or two devices could share one info.
func info(purpose, device, jkt string) ([]byte, error) {
	thumb, err := base64.RawURLEncoding.Strict().DecodeString(jkt)
	if device == "" || len(device) > 64 || strings.ContainsAny(device, "|") || err != nil || len(thumb) != 32 {
		return nil, fault.Wrap(errors.New("enrol: no device or no thumbprint"), fault.Internal)
	}
	return []byte(purpose + "|" + device + "|" + jkt), nil
}

// Seal is K for the holder of the public key alone, and only as the device
// with this id and thumbprint. A public key that is none is fault.BadSeal.
func Seal(public []byte, device, jkt string, k secret.Secret) ([]byte, error) {
	if k.Len() != pin.KeyLen {
		return nil, fault.Wrap(errors.New("enrol: K has 32 bytes"), fault.Internal)
	}
	return sealFor(forK, public, device, jkt, k)
}

// SealAuthenticator is Seal for the key of an authenticator app
// (codes.NewAuthenticator), which is shown once and kept nowhere on the device.
func SealAuthenticator(public []byte, device, jkt string, seed secret.Secret) ([]byte, error) {
	if seed.Len() != codes.AuthenticatorKeyLen {
		return nil, fault.Wrap(errors.New("enrol: an authenticator's key has 20 bytes"), fault.Internal)
	}
	return sealFor(forSeed, public, device, jkt, seed)
}

func sealFor(purpose string, public []byte, device, jkt string, k secret.Secret) (sealed []byte, err error) {
	bound, err := info(purpose, device, jkt)
	if err != nil {
		return nil, err
	}
	to, err := kem().NewPublicKey(public)
	if err != nil {
		return nil, fault.Wrap(errors.New("enrol: not a public key"), fault.BadSeal)
	}
	k.Expose(func(b []byte) { sealed, err = hpke.Seal(to, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), bound, b) })
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal)
	}
	return sealed, nil
}

// Open is the sealed K, once: the key is wiped when it opened. Anything that
// was not sealed for this key, device and thumbprint is fault.BadSeal.
func (k Key) Open(sealed []byte, device, jkt string) (once pin.Fresh, err error) {
	opened, err := k.open(forK, sealed, device, jkt)
	if err != nil {
		return pin.Fresh{}, err
	}
	return fresh.New(opened)
}

// OpenAuthenticator is the key of an authenticator app, once, as Open.
func (k Key) OpenAuthenticator(sealed []byte, device, jkt string) (secret.Secret, error) {
	return k.open(forSeed, sealed, device, jkt)
}

// lengths of what is sealed for a purpose, in bytes
var lengths = map[string]int{forK: pin.KeyLen, forSeed: codes.AuthenticatorKeyLen}

func (k Key) open(purpose string, sealed []byte, device, jkt string) (secret.Secret, error) {
	bound, err := info(purpose, device, jkt)
	if err != nil {
		return secret.Secret{}, err
	}
	bad := fault.Wrap(errors.New("enrol: not sealed for this device"), fault.BadSeal)
	if len(sealed) != PublicLen+lengths[purpose]+tagLen {
		return secret.Secret{}, bad
	}
	var opened []byte
	k.private.Expose(func(b []byte) {
		var private hpke.PrivateKey
		if private, err = kem().NewPrivateKey(b); err == nil {
			opened, err = hpke.Open(private, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), bound, sealed)
		}
	})
	if err != nil {
		return secret.Secret{}, bad
	}
	k.private.Wipe()
	return secret.New(opened), nil
}
