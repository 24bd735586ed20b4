package platform_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"jandon/internal/platform"
)

// What strangers send before there is a request stands in no log, nor from
// where they sent it.
func TestLogTellsNothingOfStrangers(t *testing.T) {
	t.Parallel()
	p, log := platform.Broken(t, func() time.Time { return start })
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	about := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: start}
	der, err := x509.CreateCertificate(rand.Reader, about, about, key.Public(), key)
	must(t, err)
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	must(t, err)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- p.Serve(ctx, tls.NewListener(ln, &tls.Config{
			Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS13, NextProtos: []string{"http/1.1"},
		}))
	}()
	var dialer tls.Dialer
	dialer.Config = &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS13, NextProtos: []string{"canary-7c1"}}
	if c, err := dialer.DialContext(t.Context(), "tcp", ln.Addr().String()); err == nil {
		_ = c.Close()
		t.Fatal("it speaks canary")
	}
	stop()
	must(t, <-ended)
	said := log.String()
	if !strings.Contains(said, "TLS handshake error") {
		t.Errorf("it does not say that a connection failed: %q", said)
	}
	for _, personal := range []string{"canary-7c1", "127.0.0.1"} {
		if strings.Contains(said, personal) {
			t.Errorf("%q is in the log: %q", personal, said)
		}
	}
}
