package codes

import (
	"encoding/base32"
	"net/url"
	"strconv"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"jandon/internal/fault"
	"jandon/keystore/secret"
)

// AuthenticatorKeyLen is the length of an external authenticator's key in
// bytes: RFC 4226 recommends 160 bits.
const AuthenticatorKeyLen = 20

// external are the parameters that every authenticator app understands. Several
// ignore "algorithm" and "digits" and would show codes that never fit, so the
// defaults of RFC 6238 it is. Such a code opens a session and never confirms
// value beyond the small-act limit.
var external = hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}

// NewAuthenticator is a key for an external app. It has nothing to do with K,
// which leaves neither device nor platform.
func NewAuthenticator() secret.Secret { return secret.Random(AuthenticatorKeyLen) }

// AuthenticatorURI is the otpauth:// text that an app reads as a QR code; it
// holds the key and is as secret. issuer and account must be without a colon,
// which divides them; account is an opaque id, never an e-mail.
func AuthenticatorURI(key secret.Secret, issuer, account string) (uri secret.Secret, err error) {
	bad := func(s string) bool {
		for _, r := range s {
			if r == ':' || r < ' ' || r == 0x7f {
				return true
			}
		}
		return s == "" || len(s) > 64
	}
	if key.Len() != AuthenticatorKeyLen || bad(issuer) || bad(account) {
		return secret.Secret{}, fault.Wrap(errURI, fault.Internal)
	}
	key.Expose(func(b []byte) {
		secretText := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b)
		uri = secret.New([]byte("otpauth://totp/" + url.PathEscape(issuer+":"+account) +
			"?secret=" + secretText + "&issuer=" + url.PathEscape(issuer) +
			"&algorithm=SHA1&digits=" + external.Digits.String() + "&period=" + strconv.Itoa(int(Period/time.Second))))
	})
	return uri, nil
}

// Authenticator is the code an external app shows at now.
func Authenticator(key secret.Secret, now time.Time) (secret.Secret, error) {
	return at(key, Step(now), external)
}

// CheckAuthenticator is as CheckSession, for an external app's code.
func CheckAuthenticator(key, typed secret.Secret, now time.Time, last uint64) (uint64, error) {
	if key.Len() != AuthenticatorKeyLen {
		return 0, fault.Wrap(errURI, fault.Internal)
	}
	return check(key, typed, Step(now), last, external)
}
