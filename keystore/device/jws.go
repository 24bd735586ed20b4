package device

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"math/big"
	"strings"

	"jandon/internal/fault"
)

// MaxJWS is the longest compact form that is read, in bytes: a receipt of the
// longest challenge, with room.
const MaxJWS = 16 << 10

const signatureLen = 64 // r and s, 32 bytes each: RFC 7518, section 3.4

// Sign is the compact form of a payload under a protected header, which must
// name alg ES256 and a typ.
func (k Key) Sign(header, payload []byte) (string, error) {
	enc := base64.RawURLEncoding
	signed := enc.EncodeToString(header) + "." + enc.EncodeToString(payload)
	var signature [signatureLen]byte
	err := k.use(func(private *ecdsa.PrivateKey) error {
		sum := sha256.Sum256([]byte(signed))
		r, s, err := ecdsa.Sign(rand.Reader, private, sum[:])
		if err != nil {
			return err
		}
		r.FillBytes(signature[:32])
		s.FillBytes(signature[32:])
		return nil
	})
	if err != nil {
		return "", fault.Wrap(err, fault.Internal)
	}
	return signed + "." + enc.EncodeToString(signature[:]), nil
}

// JWS is a compact form that was taken apart, not verified.
type JWS struct {
	Header  Members
	Payload []byte

	header    []byte
	signed    string
	signature []byte
}

func badJWS(what string) error {
	return fault.Wrap(errors.New("device: "+what), fault.BadProof, "detail", "jws")
}

// ParseJWS takes a compact form apart. Its header must name ES256 and the typ
// that is expected: a proof of a request must never pass as a receipt.
func ParseJWS(compact, typ string) (JWS, error) {
	if len(compact) > MaxJWS || strings.Count(compact, ".") != 2 {
		return JWS{}, badJWS("not three parts")
	}
	var parts [3][]byte
	for i, part := range strings.Split(compact, ".") {
		raw, err := base64.RawURLEncoding.Strict().DecodeString(part)
		if err != nil || strings.ContainsAny(part, "\r\n") { // which the decoder would skip
			return JWS{}, badJWS("not base64url")
		}
		parts[i] = raw
	}
	header, err := Object(parts[0])
	if err != nil {
		return JWS{}, badJWS("the header")
	}
	for name, want := range map[string]string{"alg": "ES256", "typ": typ} {
		if got, _, err := header.Text(name); err != nil || got != want {
			return JWS{}, badJWS(name)
		}
	}
	if len(parts[2]) != signatureLen {
		return JWS{}, badJWS("the signature's length")
	}
	return JWS{header, parts[1], parts[0], compact[:strings.LastIndexByte(compact, '.')], parts[2]}, nil
}

// Verify checks the signature.
func (j JWS) Verify(p Public) error {
	key, err := p.key()
	if err != nil || len(j.signature) != signatureLen {
		return badJWS("the key")
	}
	sum := sha256.Sum256([]byte(j.signed))
	r, s := new(big.Int).SetBytes(j.signature[:32]), new(big.Int).SetBytes(j.signature[32:])
	if !ecdsa.Verify(key, sum[:], r, s) {
		return badJWS("the signature")
	}
	return nil
}
