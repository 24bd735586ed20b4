package client

import (
	"crypto/sha256"
	"crypto/subtle"
	"crypto/tls"
	"crypto/x509"
	"errors"
)

// errPin has no way on: whoever shows another key is not known to be the platform.
var errPin = errors.New("client: the platform shows another key than at enrolment")

// tlsConfig wants TLS 1.3 and the word of the system's authorities, or, with a
// pin, exactly the public key with that SHA-256 and nobody's word.
func tlsConfig(pin []byte) *tls.Config {
	c := &tls.Config{MinVersion: tls.VersionTLS13}
	if len(pin) == 0 {
		return c
	}
	c.InsecureSkipVerify = true // VerifyConnection, which also runs for resumed sessions, decides instead
	c.VerifyConnection = func(s tls.ConnectionState) error {
		if len(s.PeerCertificates) == 0 || subtle.ConstantTimeCompare(pinOf(s.PeerCertificates[0]), pin) != 1 {
			return errPin
		}
		return nil
	}
	return c
}

// pinOf is the pin of a certificate: the SHA-256 of its public key (RFC 7469,
// section 2.4), which outlives renewals of the certificate.
func pinOf(c *x509.Certificate) []byte {
	sum := sha256.Sum256(c.RawSubjectPublicKeyInfo)
	return sum[:]
}

// unvouched is a platform with a certificate of its own making. An enrolment
// takes its pin; nothing else does.
type unvouched struct {
	text string
	pin  []byte
}

func (u *unvouched) Error() string { return u.text }

// selfSigned finds the certificate of a platform that vouches for itself;
// nil if the connection failed for another reason.
func selfSigned(err error) *unvouched {
	var bad *tls.CertificateVerificationError
	var unknown x509.UnknownAuthorityError
	var named x509.HostnameError
	if !errors.As(err, &bad) || len(bad.UnverifiedCertificates) == 0 || !errors.As(bad.Err, &unknown) && !errors.As(bad.Err, &named) {
		return nil
	}
	leaf := bad.UnverifiedCertificates[0]
	if itself := leaf.CheckSignature(leaf.SignatureAlgorithm, leaf.RawTBSCertificate, leaf.Signature) == nil; !itself {
		return nil // an authority's word that this system does not take
	}
	return &unvouched{text: short(err.Error()), pin: pinOf(leaf)}
}
