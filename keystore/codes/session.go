package codes

import (
	"encoding/base32"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"jandon/internal/fault"
	"jandon/keystore/digits"
	"jandon/keystore/secret"
)

// Period is the length of a time step: RFC 6238's default.
const Period = 30 * time.Second

// Skew is how many steps before and after the platform's clock are taken.
const Skew = 1

var sessions = hotp.ValidateOpts{Digits: otp.DigitsEight, Algorithm: otp.AlgorithmSHA256}

// Step is the number of the time step of t; times before 1970 count as step 0.
func Step(t time.Time) uint64 { return uint64(max(t.Unix(), 0)) / uint64(Period/time.Second) }

// Session is the code that opens a session at now, by the platform's clock.
func Session(k secret.Secret, now time.Time) (secret.Secret, error) {
	key, err := derive(k, forSessions)
	if err != nil {
		return secret.Secret{}, err
	}
	defer key.Wipe()
	return at(key, Step(now), sessions)
}

// CheckSession is the step that a code belongs to, for the platform to record:
// it must be later than last, the step of the code that was taken before, so
// that no code is taken twice. Anything else is fault.WrongCode.
func CheckSession(k, typed secret.Secret, now time.Time, last uint64) (uint64, error) {
	key, err := derive(k, forSessions)
	if err != nil {
		return 0, err
	}
	defer key.Wipe()
	return check(key, typed, Step(now), last, sessions)
}

// at makes a code through pquerna/otp, which takes keys as base32 text.
func at(key secret.Secret, step uint64, opts hotp.ValidateOpts) (code secret.Secret, err error) {
	key.Expose(func(b []byte) {
		var text string
		text, err = hotp.GenerateCodeCustom(base32.StdEncoding.EncodeToString(b), step, opts)
		code = secret.New([]byte(text))
	})
	if err != nil {
		return secret.Secret{}, fault.Wrap(err, fault.Internal)
	}
	return code, nil
}

// check tries every step of the window, whichever fits. otp's own Validate
// says neither which step fitted nor that it was used. Of two steps that
// chance gives the same code, the later is recorded, so that it can't come back.
func check(key, typed secret.Secret, now, last uint64, opts hotp.ValidateOpts) (uint64, error) {
	wrong := fault.New(fault.WrongCode)
	plain, ok := digits.Plain(typed)
	if !ok {
		return 0, wrong
	}
	defer plain.Wipe()
	var fits uint64
	var err error
	key.Expose(func(k []byte) {
		text := base32.StdEncoding.EncodeToString(k)
		plain.Expose(func(code []byte) {
			for step := now - min(Skew, now); step <= now+Skew; step++ {
				good, failed := hotp.ValidateCustom(string(code), step, text, opts)
				switch {
				case failed == otp.ErrValidateInputInvalidLength: //nolint:errorlint // returned as it is
				case failed != nil:
					err = fault.Wrap(failed, fault.Internal)
				case good && step > last:
					fits = step
				}
			}
		})
	})
	if err != nil {
		return 0, err
	}
	if fits == 0 { // step 0 is never later than last
		return 0, wrong
	}
	return fits, nil
}
