// Package dpop proves that a request comes from the device that holds a key:
// RFC 9449.
//
// A proof is a signed note of the request's method and address, its time, an
// id used once and the hash of the token it goes with, so that a stolen token
// is worth nothing without the key. Check judges a proof by itself; Replay
// remembers the ids; Nonces make proofs for sessions and confirmations fresh
// by the platform's word and not by the device's clock alone.
package dpop

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"time"

	"jandon/internal/fault"
	"jandon/keystore/device"
	"jandon/keystore/secret"
)

// Type is the typ of a proof.
const Type = "dpop+jwt"

// Window is how far a proof's time may be from the platform's clock.
const Window = 60 * time.Second

// Request is what a proof speaks of.
type Request struct {
	Method string
	URL    string        // absolute; query and fragment do not count
	Token  secret.Secret // the access token sent along; empty: none
	Nonce  string        // the platform's; "" if it asked for none
}

type claims struct {
	ATH   string `json:"ath,omitempty"`
	HTM   string `json:"htm"`
	HTU   string `json:"htu"`
	IAT   int64  `json:"iat"`
	JTI   string `json:"jti"`
	Nonce string `json:"nonce,omitempty"`
}

// Prove makes a proof; now is the platform's time as the client knows it.
func Prove(k device.Key, r Request, now time.Time) (string, error) {
	htu, err := target(r.URL)
	if err != nil || r.Method == "" {
		return "", fault.Wrap(errors.Join(errors.New("dpop: not a request"), err), fault.Internal)
	}
	header := append([]byte(`{"alg":"ES256","jwk":`), k.Public().JWK()...)
	header = append(header, `,"typ":"`+Type+`"}`...)
	payload, err := json.Marshal(claims{ATH: hashOf(r.Token), HTM: r.Method, HTU: htu, IAT: now.Unix(), JTI: rand.Text(), Nonce: r.Nonce})
	if err != nil {
		return "", fault.Wrap(err, fault.Internal)
	}
	return k.Sign(header, payload)
}

// hashOf is ath: the token's SHA-256 as base64url; "" without a token.
func hashOf(token secret.Secret) (ath string) {
	token.Expose(func(b []byte) {
		if len(b) > 0 {
			sum := sha256.Sum256(b)
			ath = base64.RawURLEncoding.EncodeToString(sum[:])
		}
	})
	return ath
}

var errURL = errors.New("dpop: not an absolute http address")

// target is an address as it is compared: lower-case scheme and host, no
// default port, a path, no query and no fragment (RFC 9449, section 4.3).
func target(text string) (string, error) {
	u, err := url.Parse(text)
	if err != nil {
		return "", errURL
	}
	scheme, host := strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if (scheme != "https" && scheme != "http") || u.Hostname() == "" || u.User != nil || u.Opaque != "" {
		return "", errURL
	}
	port := map[string]string{"https": ":443", "http": ":80"}[scheme]
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	return scheme + "://" + strings.TrimSuffix(strings.TrimSuffix(host, port), ":") + path, nil
}
