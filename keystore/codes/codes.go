// Package codes makes and checks the one-time codes of an account.
//
// Two keys come from K, one per purpose, so that a code of one kind says
// nothing of the other: "jandon totp v1" opens sessions (TOTP, RFC 6238, with
// SHA-256, 8 digits and 30 s) and "jandon ocra v1" confirms acts (OCRA, RFC
// 6287, over the hash of the bytes shown). Checking compares and says yes or
// no; counting tries before it, and never storing a code, is the platform's.
package codes

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"jandon/internal/fault"
	"jandon/keystore/digits"
	"jandon/keystore/ocra"
	"jandon/keystore/secret"
)

// Digits is the length of session and confirmation codes.
const Digits = 8

// KeyLen is the length of K and of what is derived from it, in bytes.
const KeyLen = 32

const (
	forSessions = "jandon totp v1"
	forActs     = "jandon ocra v1"
)

var (
	errKey = errors.New("codes: K has 32 bytes")
	errURI = errors.New("codes: no key or name of an authenticator")
)

// derive is HKDF-SHA256 of K without salt: K is random, so extraction needs none.
func derive(k secret.Secret, purpose string) (key secret.Secret, err error) {
	if k.Len() != KeyLen {
		return secret.Secret{}, fault.Wrap(errKey, fault.Internal)
	}
	k.Expose(func(b []byte) {
		var out []byte
		if out, err = hkdf.Key(sha256.New, b, nil, purpose, KeyLen); err == nil {
			key = secret.New(out)
		}
	})
	if err != nil {
		return secret.Secret{}, fault.Wrap(err, fault.Internal)
	}
	return key, nil
}

// Question is what a confirmation code answers: the lower-case hexadecimal
// SHA-256 of the challenge's bytes as they were sent.
func Question(challenge []byte) string {
	sum := sha256.Sum256(challenge)
	return hex.EncodeToString(sum[:])
}

// Confirm is the code that confirms a challenge's bytes and nothing else.
func Confirm(k secret.Secret, challenge []byte) (secret.Secret, error) {
	key, err := derive(k, forActs)
	if err != nil {
		return secret.Secret{}, err
	}
	defer key.Wipe()
	suite, err := ocra.Parse(ocra.Confirm)
	if err != nil {
		return secret.Secret{}, fault.Wrap(err, fault.Internal)
	}
	code, err := suite.Code(key, ocra.Input{Question: Question(challenge)})
	if err != nil {
		return secret.Secret{}, fault.Wrap(err, fault.Internal)
	}
	return code, nil
}

// Confirms reports whether a code confirms the challenge, in constant time.
func Confirms(k secret.Secret, challenge []byte, typed secret.Secret) (bool, error) {
	want, err := Confirm(k, challenge)
	if err != nil {
		return false, err
	}
	defer want.Wipe()
	plain, _ := digits.Plain(typed) // empty if it is no number, which fits no code
	defer plain.Wipe()
	return want.Equal(plain), nil
}
