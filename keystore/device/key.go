// Package device holds a device's own key and what it signs.
//
// The key is P-256 and signs ES256 (RFC 7518) in JWS compact form (RFC 7515).
// Three kinds of things are signed, told apart by their typ, which a verifier
// always names: proofs of requests (package dpop), receipts of confirmed acts,
// and nothing else. A verifier takes one algorithm, one form and one spelling;
// what it does not know it refuses. A signature (r, s) has a twin (r, n−s)
// that verifies too, so nothing may be remembered or compared by its bytes.
package device

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"

	"jandon/internal/fault"
	"jandon/keystore/secret"
)

// KeyLen is the length of a private key in bytes, as it is stored.
const KeyLen = 32

var errKey = errors.New("device: not a P-256 key")

// Key is a private key. It lives in a Secret and is unpacked for each signature.
type Key struct {
	scalar secret.Secret
	public Public
}

// NewKey makes a key.
func NewKey() (Key, error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return Key{}, fault.Wrap(err, fault.Internal)
	}
	scalar, err := private.Bytes()
	if err != nil {
		return Key{}, fault.Wrap(err, fault.Internal)
	}
	return KeyFrom(secret.New(scalar))
}

// KeyFrom is the key of stored bytes (Key.Bytes); others are fault.KeyringDamaged.
func KeyFrom(scalar secret.Secret) (Key, error) {
	k := Key{scalar: secret.New(scalar.Copy())}
	err := k.use(func(private *ecdsa.PrivateKey) (err error) {
		k.public, err = publicOf(&private.PublicKey)
		return err
	})
	if err != nil {
		k.scalar.Wipe()
		return Key{}, fault.Wrap(errKey, fault.KeyringDamaged)
	}
	return k, nil
}

// Bytes is the key as it is stored: a copy.
func (k Key) Bytes() secret.Secret { return secret.New(k.scalar.Copy()) }

// Public is the public key.
func (k Key) Public() Public { return k.public }

// Wipe forgets the key.
func (k Key) Wipe() { k.scalar.Wipe() }

func (k Key) use(do func(*ecdsa.PrivateKey) error) (err error) {
	k.scalar.Expose(func(b []byte) {
		var private *ecdsa.PrivateKey
		if private, err = ecdsa.ParseRawPrivateKey(elliptic.P256(), b); err == nil {
			err = do(private)
		}
	})
	return err
}

// Public is a public key as its coordinates. The zero Public verifies nothing.
type Public struct{ x, y [32]byte }

func publicOf(k *ecdsa.PublicKey) (p Public, err error) {
	b, err := k.Bytes()
	if err != nil || len(b) != 65 {
		return Public{}, errKey
	}
	copy(p.x[:], b[1:33])
	copy(p.y[:], b[33:])
	return p, nil
}

func (p Public) key() (*ecdsa.PublicKey, error) {
	b := append(append([]byte{4}, p.x[:]...), p.y[:]...)
	return ecdsa.ParseUncompressedPublicKey(elliptic.P256(), b) // checks that it lies on the curve
}

// JWK is the key as a JSON Web Key (RFC 7517) with its members in the order of
// RFC 7638, which makes it the text that the thumbprint hashes.
func (p Public) JWK() []byte {
	enc := base64.RawURLEncoding
	return fmt.Appendf(nil, `{"crv":"P-256","kty":"EC","x":"%s","y":"%s"}`, enc.EncodeToString(p.x[:]), enc.EncodeToString(p.y[:]))
}

// Thumbprint is the key's jkt: SHA-256 of JWK as base64url (RFC 7638, RFC 9449).
func (p Public) Thumbprint() string {
	sum := sha256.Sum256(p.JWK())
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// ParseJWK reads a public key. A key with a private member is refused: whoever
// sends one has a leak that should be seen.
func ParseJWK(b []byte) (Public, error) {
	bad := func(what string) (Public, error) {
		return Public{}, fault.Wrap(errors.New("device: "+what), fault.BadProof, "detail", "jwk")
	}
	members, err := Object(b)
	if err != nil {
		return bad("the JWK is no plain object")
	}
	for name := range members {
		switch name {
		case "kty", "crv", "x", "y", "alg", "use", "kid":
		default:
			return bad("a member that no public key of ours has")
		}
	}
	for name, want := range map[string]string{"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig"} {
		got, there, err := members.Text(name)
		if err != nil || got != want && (there || name == "kty" || name == "crv") {
			return bad(name)
		}
	}
	var p Public
	for name, to := range map[string][]byte{"x": p.x[:], "y": p.y[:]} {
		text, _, err := members.Text(name)
		if err != nil {
			return bad(name)
		}
		raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
		if err != nil || len(raw) != len(to) { // fixed length, or one key had several thumbprints
			return bad(name)
		}
		copy(to, raw)
	}
	if _, err := p.key(); err != nil {
		return bad("not on the curve")
	}
	return p, nil
}
