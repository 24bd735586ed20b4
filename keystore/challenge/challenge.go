// Package challenge is what a person confirms, as bytes.
//
// A code and a signature are made over these bytes, the screen draws nothing
// but fields of these bytes, and what was asked for is compared with them
// field by field: change the amount, the payee, the fee or the quote, and the
// code is worthless (dynamic linking: PSD2 RTS, art. 5). There is exactly one
// way to write a challenge: JSON with keys in lexical order, integers in minor
// units, no spaces and no escapes that need not be, which is RFC 8785 for
// these types. Anything else is refused, so that no two readers of the same
// bytes can see different things.
package challenge

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"jandon/internal/fault"
)

// Version is the layout that is written and read.
const Version = 1

// Bounds: a person reads what is confirmed, so more legs than fit a screen
// make no sense, and 2^53−1 is where JSON numbers stop being exact (RFC 8785,
// section 3.2.2.3).
const (
	MaxLen  = 8 << 10 // bytes
	MaxLegs = 12
	maxInt  = 1<<53 - 1
	maxText = 200 // characters of a payee's name, as the filter of outside text cuts
)

// Challenge is one act as the platform asks for it. The order of the fields is
// the order of the bytes.
type Challenge struct {
	Account  string `json:"account"`
	Action   string `json:"action"`   // cashout, device.add …
	Amount   int64  `json:"amount"`   // what leaves the balance, minor units: legs and fee together
	Currency string `json:"currency"` // ISO 4217; "" if the act moves no value
	Device   string `json:"device"`
	Expires  int64  `json:"expires"` // Unix seconds by the platform's clock
	Fee      int64  `json:"fee"`     // minor units
	ID       string `json:"id"`
	Legs     []Leg  `json:"legs"`
	Nonce    string `json:"nonce"`
	Quote    string `json:"quote"` // id of the quote; "" if the act has none
	Server   string `json:"server"`
	V        int    `json:"v"`
}

// Leg is what one payee gets; of an act that moves no value, whom it concerns.
type Leg struct {
	Amount  int64  `json:"amount"` // minor units, after fees; 0 if and only if the act has no currency
	Payee   string `json:"payee"`
	PayeeID string `json:"payee_id"`
}

// NewNonce is 130 random bits as text.
func NewNonce() string { return rand.Text() }

func bad(detail string) error {
	return fault.Wrap(errors.New("challenge: "+detail), fault.BadChallenge, "detail", detail)
}

// Encode writes the bytes. A challenge that Decode would refuse is not written.
func (c Challenge) Encode() ([]byte, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	return c.write()
}

func (c Challenge) write() ([]byte, error) {
	if c.Legs == nil {
		c.Legs = []Leg{}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(c); err != nil {
		return nil, fault.Wrap(err, fault.Internal)
	}
	out := bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	if len(out) > MaxLen {
		return nil, bad("length")
	}
	return out, nil
}

// Decode reads the bytes and refuses any that Encode would not have written:
// extra, missing, repeated or reordered keys, floats, spaces, other escapes.
func Decode(b []byte) (Challenge, error) {
	if len(b) > MaxLen {
		return Challenge{}, bad("length")
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	var c Challenge
	if err := d.Decode(&c); err != nil {
		return Challenge{}, bad("json") // the error itself would quote the bytes
	}
	if err := c.check(); err != nil {
		return Challenge{}, err
	}
	again, err := c.write()
	if err != nil {
		return Challenge{}, err
	}
	if !bytes.Equal(again, b) {
		return Challenge{}, bad("form")
	}
	return c, nil
}

// Left is how long the challenge can still be answered at now, which is the
// platform's time; zero or less once it expired.
func (c Challenge) Left(now time.Time) time.Duration { return time.Unix(c.Expires, 0).Sub(now) }

// Receipt is the short id of confirmed bytes, as in 3F6F-CD6C: the start of
// their hash, to read aloud and compare, not to prove anything by itself.
func Receipt(b []byte) string {
	sum := sha256.Sum256(b)
	id := strings.ToUpper(hex.EncodeToString(sum[:4]))
	return id[:4] + "-" + id[4:]
}
