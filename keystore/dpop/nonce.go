package dpop

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"time"

	"jandon/internal/fault"
	"jandon/keystore/secret"
)

// nonceLife is how long a nonce is good: it must outlast a person's typing of
// a PIN, or each confirmation would begin with a refusal.
const nonceLife = 120 * time.Second

// Nonces are what the platform sends as DPoP-Nonce (RFC 9449, section 8). They
// are not stored: each is a time and its HMAC under a key of this process.
type Nonces struct{ key secret.Secret }

// NewNonces makes a source with a key of its own.
func NewNonces() *Nonces { return &Nonces{secret.Random(sha256.Size)} }

// New is a nonce made at now.
func (n *Nonces) New(now time.Time) string {
	b := binary.BigEndian.AppendUint64(nil, uint64(now.UnixMilli()))
	return base64.RawURLEncoding.EncodeToString(append(b, n.mac(b)...))
}

// Check is nil for a nonce of ours that is young enough; any other, and none,
// is fault.NonceNeeded, to be answered with a new one.
func (n *Nonces) Check(nonce string, now time.Time) error {
	needed := fault.New(fault.NonceNeeded)
	b, err := base64.RawURLEncoding.Strict().DecodeString(nonce)
	if err != nil || len(b) != 8+sha256.Size || subtle.ConstantTimeCompare(b[8:], n.mac(b[:8])) != 1 {
		return needed
	}
	age := now.UnixMilli() - int64(binary.BigEndian.Uint64(b))
	if age < 0 || age > nonceLife.Milliseconds() {
		return needed
	}
	return nil
}

func (n *Nonces) mac(b []byte) (sum []byte) {
	n.key.Expose(func(k []byte) {
		h := hmac.New(sha256.New, k)
		h.Write(b)
		sum = h.Sum(nil)
	})
	return sum
}
