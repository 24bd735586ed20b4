// Package onetime makes codes that are written down and typed once: activation
// codes of an enrolment and recovery codes.
//
// They are Crockford's base32 (https://www.crockford.com/base32.html), which
// has no I, L, O and U: what a person misreads is read as meant, and case,
// spaces and dashes do not matter. Only digests are kept, bound to what the
// code is for and whose it is. A recovery code opens a session when the PIN
// path fails; it never confirms value beyond the small-act limit.
package onetime

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"

	"golang.org/x/text/unicode/norm"

	"jandon/internal/fault"
	"jandon/keystore/secret"
)

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// Kind is what a code is for.
type Kind uint8

// The kinds. An activation code has 40 bits, which is enough for five tries in
// ten minutes and not against a thief of the digest; a recovery code has 80,
// because its digest is kept for years.
const (
	KindUnknown Kind = iota
	Activation
	Recovery
)

var kinds = [...]struct {
	purpose string
	length  int // characters
}{Activation: {"jandon activation v1", 8}, Recovery: {"jandon recovery v1", 16}}

// SheetLen is how many recovery codes a person gets at a time.
const SheetLen = 10

const longest = 256 // bytes of what is typed; bounds the work

var errKind = errors.New("onetime: no such kind of code, or nobody's")

func (k Kind) length() int {
	if int(k) >= len(kinds) {
		return 0
	}
	return kinds[k].length
}

// New is a code of a kind in groups of four, as it is shown: XXXX-XXXX.
func New(k Kind) (secret.Secret, error) {
	n := k.length()
	if n == 0 {
		return secret.Secret{}, fault.Wrap(errKind, fault.Internal)
	}
	random := make([]byte, n)
	rand.Read(random)
	shown := make([]byte, 0, n+n/4)
	for i, b := range random {
		if i > 0 && i%4 == 0 {
			shown = append(shown, '-')
		}
		shown = append(shown, alphabet[b&31]) // 32 divides 256: no character is likelier
	}
	clear(random)
	return secret.New(shown), nil
}

// Sheet is a new set of recovery codes; with it all older ones are void.
func Sheet() ([]secret.Secret, error) {
	sheet := make([]secret.Secret, SheetLen)
	for i := range sheet {
		var err error
		if sheet[i], err = New(Recovery); err != nil {
			return nil, err
		}
	}
	return sheet, nil
}

// Digest is what is kept of a code: SHA-256 over purpose, owner and code, in
// hexadecimal. The owner is an enrolment's or an account's id, so that equal
// codes of two owners differ and no table fits both. What can be no code of
// the kind is fault.WrongCode. The digest is fast on purpose: 80 random bits
// are out of reach, and a slow one would be a lever against the platform.
func Digest(k Kind, owner string, typed secret.Secret) (string, error) {
	if k.length() == 0 || owner == "" || strings.ContainsRune(owner, 0) {
		return "", fault.Wrap(errKind, fault.Internal)
	}
	code := plain(typed)
	defer clear(code)
	if len(code) != k.length() {
		return "", fault.New(fault.WrongCode)
	}
	h := sha256.New()
	h.Write([]byte(kinds[k].purpose + "\x00" + owner + "\x00"))
	h.Write(code)
	return hex.EncodeToString(h.Sum(nil)), nil
}

// plain is what was typed in the alphabet; nil if it can't be.
func plain(typed secret.Secret) (code []byte) {
	typed.Expose(func(b []byte) {
		if len(b) > longest {
			return
		}
		folded := norm.NFKC.Append(make([]byte, 0, 4*len(b)), b...)
		defer clear(folded)
		out := make([]byte, 0, len(folded))
		for _, c := range folded {
			switch {
			case c == '-' || c == ' ' || c == '\n' || c == '\r' || c == '\t':
				continue
			case c >= 'a' && c <= 'z':
				c -= 'a' - 'A'
			}
			switch c {
			case 'O':
				c = '0'
			case 'I', 'L':
				c = '1'
			}
			if strings.IndexByte(alphabet, c) < 0 {
				clear(out)
				return
			}
			out = append(out, c)
		}
		code = out
	})
	return code
}
