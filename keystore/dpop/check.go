package dpop

import (
	"crypto/subtle"
	"errors"
	"time"

	"jandon/internal/fault"
	"jandon/keystore/device"
)

// Bounds of a jti: below, two proofs could meet by chance; above, memory.
const (
	leastID = 16
	mostID  = 64
)

// maxProof is the longest proof that is read, in bytes.
const maxProof = 4 << 10

// Proof is what a good proof says. It is good once: see Replay.
type Proof struct {
	Key   device.Public
	JKT   string // the key's thumbprint, to compare with the token's cnf.jkt
	ID    string // jti
	Made  time.Time
	Nonce string
}

func bad(what string) error {
	return fault.Wrap(errors.New("dpop: "+what), fault.BadProof, "detail", what)
}

// Check verifies a proof for the request that came with it. r.Nonce is not
// looked at: whether a nonce is wanted and good is Nonces' to say. A proof
// that does not hold is fault.BadProof with the claim as its detail.
func Check(proof string, r Request, now time.Time) (Proof, error) {
	if len(proof) > maxProof {
		return Proof{}, bad("length")
	}
	j, err := device.ParseJWS(proof, Type)
	if err != nil {
		return Proof{}, err
	}
	for name := range j.Header {
		if name != "alg" && name != "typ" && name != "jwk" { // crit among them
			return Proof{}, bad("header")
		}
	}
	key, err := device.ParseJWK(j.Header["jwk"])
	if err != nil {
		return Proof{}, err
	}
	if err := j.Verify(key); err != nil {
		return Proof{}, err
	}
	p := Proof{Key: key, JKT: key.Thumbprint()}
	if err := p.claims(j.Payload, r, now); err != nil {
		return Proof{}, err
	}
	return p, nil
}

func (p *Proof) claims(payload []byte, r Request, now time.Time) error {
	m, err := device.Object(payload)
	if err != nil {
		return bad("claims")
	}
	text := func(name string) string {
		s, _, wrong := m.Text(name)
		if wrong != nil {
			err = bad(name)
		}
		return s
	}
	htm, htu, ath := text("htm"), text("htu"), text("ath")
	p.ID, p.Nonce = text("jti"), text("nonce")
	if err != nil {
		return err
	}
	said, err := target(htu)
	if err != nil {
		return bad("htu")
	}
	want, err := target(r.URL)
	if err != nil {
		return fault.Wrap(err, fault.Internal)
	}
	made, err := m.Whole("iat")
	if err != nil {
		return bad("iat")
	}
	p.Made = time.Unix(made, 0)
	_, bound := m["ath"]
	token := hashOf(r.Token)
	switch {
	case htm != r.Method || htm == "":
		return bad("htm")
	case said != want:
		return bad("htu")
	case made < now.Add(-Window).Unix() || made > now.Add(Window).Unix():
		return bad("iat")
	case len(p.ID) < leastID || len(p.ID) > mostID:
		return bad("jti")
	case bound != (token != "") || subtle.ConstantTimeCompare([]byte(ath), []byte(token)) != 1:
		return bad("ath")
	}
	return nil
}
