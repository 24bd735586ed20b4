package ocra

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // as HMAC and PIN hash of suites that the RFC fixes; Confirm does not use it
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"math/big"
	"strings"

	"jandon/keystore/secret"
)

// questionSize is the length of Q in the message: section 5.1 pads it with zeros.
const questionSize = 128

var hashes = map[string]func() hash.Hash{"SHA1": sha1.New, "SHA256": sha256.New, "SHA512": sha512.New}

// Errors of inputs that do not fit the suite.
var (
	ErrQuestion = errors.New("ocra: the question does not fit the suite")
	ErrInput    = errors.New("ocra: the inputs do not fit the suite")
	ErrKey      = errors.New("ocra: the key is empty")
)

// Input is what goes into a code besides the key. What the suite does not name
// must be left at its zero value: an input that would be ignored is a mistake.
type Input struct {
	Counter  uint64
	Question string
	PINHash  []byte // hash of the PIN, by the suite's function
	Session  []byte
	Steps    uint64 // time steps since 1970
}

// Code is the code for an input. The question must be as long as it says: Q is
// padded with zeros, so "AB" and "AB\x00" would share a code, and in a suite of
// 64 characters only exactly 64 are taken.
func (s Suite) Code(key secret.Secret, in Input) (secret.Secret, error) {
	if key.Len() == 0 {
		return secret.Secret{}, ErrKey
	}
	message, err := s.message(in)
	if err != nil {
		return secret.Secret{}, err
	}
	var code []byte
	key.Expose(func(k []byte) {
		mac := hmac.New(hashes[s.hash], k)
		mac.Write(message)
		code = truncate(mac.Sum(nil), s.digits)
	})
	return secret.New(code), nil
}

// message is OCRASuite | 00 | C | Q | P | S | T: section 5.1.
func (s Suite) message(in Input) ([]byte, error) {
	if s.name == "" {
		return nil, ErrSuite
	}
	question, err := s.question(in.Question)
	if err != nil {
		return nil, err
	}
	m := append([]byte(s.name), 0)
	if s.counter {
		m = binary.BigEndian.AppendUint64(m, in.Counter)
	} else if in.Counter != 0 {
		return nil, ErrInput
	}
	m = append(m, question...)
	want := 0
	if s.pin != "" {
		want = hashes[s.pin]().Size()
	}
	if len(in.PINHash) != want || len(in.Session) > s.session {
		return nil, ErrInput
	}
	m = append(m, in.PINHash...)
	m = append(append(m, make([]byte, s.session-len(in.Session))...), in.Session...)
	if s.step > 0 {
		m = binary.BigEndian.AppendUint64(m, in.Steps)
	} else if in.Steps != 0 {
		return nil, ErrInput
	}
	return m, nil
}

// question is Q as bytes, padded on the right. The two parties of a mutual
// check put their questions together, so up to twice the length is allowed;
// not for 64, where it would let a prefix of a hash stand for the hash.
func (s Suite) question(text string) ([]byte, error) {
	n := len(text)
	if n == 0 || n > 2*s.longest || (s.longest == 64 && n != 64) {
		return nil, ErrQuestion
	}
	q := []byte(text)
	switch s.format {
	case 'N':
		var err error
		if q, err = decimal(text); err != nil {
			return nil, err
		}
	case 'H':
		nibbles := text + strings.Repeat("0", n%2)
		var err error
		if q, err = hex.DecodeString(nibbles); err != nil {
			return nil, ErrQuestion
		}
	default:
		if strings.ContainsFunc(text, func(r rune) bool {
			return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
		}) {
			return nil, ErrQuestion
		}
	}
	return append(q, make([]byte, questionSize-len(q))...), nil
}

// decimal turns a number into its hexadecimal digits, padded on the right to
// whole bytes: an odd last nibble is the upper half of its byte. (The RFC's
// reference code in Java does so; reading the number as bytes gives other codes.)
func decimal(text string) ([]byte, error) {
	if strings.Trim(text, "0123456789") != "" {
		return nil, ErrQuestion
	}
	n, ok := new(big.Int).SetString(text, 10)
	if !ok {
		return nil, ErrQuestion
	}
	nibbles := n.Text(16)
	q, err := hex.DecodeString(nibbles + strings.Repeat("0", len(nibbles)%2))
	if err != nil {
		return nil, ErrQuestion
	}
	return q, nil
}

// truncate is the dynamic truncation of RFC 4226, section 5.3.
func truncate(sum []byte, digits int) []byte {
	at := sum[len(sum)-1] & 0x0f
	value := uint64(binary.BigEndian.Uint32(sum[at:]) & 0x7fffffff)
	power := uint64(1)
	for range digits {
		power *= 10
	}
	return fmt.Appendf(nil, "%0*d", digits, value%power)
}
