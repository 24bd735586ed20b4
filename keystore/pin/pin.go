// Package pin keeps the key of an account under a PIN without saying whether
// a PIN is right.
//
// K is hidden by a keystream that Argon2id makes of the PIN, and nothing
// proves what comes out: every PIN opens to some K, all equally plausible, so
// a stolen copy gives no way to try PINs but asking the platform, which counts
// (Hoover and Kausik, "Software smart cards via cryptographic camouflage",
// 1999). This holds only while three rules are kept. K is 32 random bytes
// without any structure. No K is ever sealed twice: two blobs of one K give
// away both PINs, so a PIN change needs a new K. And nobody, here or above,
// says "wrong PIN" before the platform has.
package pin

import (
	"strconv"

	"jandon/internal/fault"
	"jandon/keystore/digits"
	"jandon/keystore/internal/fresh"
	"jandon/keystore/secret"
)

// Bounds of a PIN in digits. Six is what payment apps ask for; more than
// twelve are not remembered but written down.
const (
	Least = 6
	Most  = 12
)

// KeyLen is the length of K in bytes.
const KeyLen = fresh.Len

// Fresh is a K that was never sealed. Enrolment and PIN change get one from
// the platform (package enrol); nothing outside keystore can make one of an
// opened K.
type Fresh = fresh.Key

// ErrUsed is a K that was sealed already, or is no K.
var ErrUsed = fresh.ErrUsed

// Plain is a typed PIN as ASCII digits; fault.BadPIN if it can be none.
func Plain(typed secret.Secret) (secret.Secret, error) {
	plain, ok := digits.Plain(typed)
	if n := plain.Len(); !ok || n < Least || n > Most {
		plain.Wipe()
		return secret.Secret{}, fault.New(fault.BadPIN, "least", strconv.Itoa(Least), "most", strconv.Itoa(Most))
	}
	return plain, nil
}
