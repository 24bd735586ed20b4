//go:build outside

package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// relayHost is the name in the platform's certificate. Nothing resolves it: the
// wallet reaches it through the relay, as through any proxy.
const relayHost = "wallet.test"

// relay is a proxy that knows the platform's key, and so can look into what
// goes over it, lose answers, and have somebody killed at an exact step.
type relay struct {
	t     *testing.T
	cert  tls.Certificate
	proxy string // for HTTPS_PROXY
	files [2]string
	pin   string // the fingerprint of the certificate's key

	mu     sync.Mutex
	to     string                              // where the platform listens
	meet   func(path, when string) (lost bool) // is told of each request and answer
	tokens map[string]bool
	codes  map[string]bool
}

func newRelay(t *testing.T) *relay {
	t.Helper()
	r := &relay{t: t, tokens: map[string]bool{}, codes: map[string]bool{}}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2060, 1, 1, 0, 0, 0, 0, time.UTC),
		DNSNames: []string{relayHost}, KeyUsage: x509.KeyUsageDigitalSignature, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	r.cert = tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(public)
	r.pin = hex.EncodeToString(sum[:])
	dir := t.TempDir()
	for i, block := range []*pem.Block{{Type: "CERTIFICATE", Bytes: der}, {Type: "PRIVATE KEY", Bytes: private}} {
		r.files[i] = filepath.Join(dir, string(rune('a'+i))+".pem")
		if err := os.WriteFile(r.files[i], pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r.proxy = "http://" + ln.Addr().String()
	s := &http.Server{Handler: http.HandlerFunc(r.connect)}
	go func() { _ = s.Serve(ln) }()
	t.Cleanup(func() { _ = s.Close() })
	return r
}

// connect answers CONNECT with the platform's own certificate.
func (r *relay) connect(w http.ResponseWriter, q *http.Request) {
	hijacker, ok := w.(http.Hijacker)
	if q.Method != http.MethodConnect || !ok {
		http.Error(w, "a proxy for TLS", http.StatusMethodNotAllowed)
		return
	}
	conn, _, err := hijacker.Hijack()
	if err != nil {
		return
	}
	if _, err := io.WriteString(conn, "HTTP/1.1 200 OK\r\n\r\n"); err != nil {
		return
	}
	secure := tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{r.cert}, MinVersion: tls.VersionTLS13, NextProtos: []string{"http/1.1"}})
	one := &oneConn{conn: make(chan net.Conn, 1), at: conn.LocalAddr()}
	one.conn <- secure
	s := &http.Server{Handler: http.HandlerFunc(r.pass), ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)} // a wallet may hang up
	go func() { _ = s.Serve(one) }()
}

// oneConn is a listener with one connection.
type oneConn struct {
	conn chan net.Conn
	at   net.Addr
}

func (o *oneConn) Accept() (net.Conn, error) { return <-o.conn, nil }
func (o *oneConn) Close() error              { return nil }
func (o *oneConn) Addr() net.Addr            { return o.at }

// pass asks the platform what was asked, unless somebody dies over it.
func (r *relay) pass(w http.ResponseWriter, q *http.Request) {
	body, err := io.ReadAll(q.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	r.note(q.Header.Get("Authorization"), body)
	r.mu.Lock()
	meet, to := r.meet, r.to
	r.mu.Unlock()
	if meet != nil && meet(q.URL.Path, "before") {
		panic(http.ErrAbortHandler)
	}
	on, err := http.NewRequestWithContext(q.Context(), q.Method, "https://"+to+q.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	on.Header, on.Host = q.Header, q.Host
	transport := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true} //nolint:gosec // of this test
	res, err := transport.RoundTrip(on)
	if err != nil {
		panic(http.ErrAbortHandler) // the platform is gone
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err != nil || meet != nil && meet(q.URL.Path, "after") {
		panic(http.ErrAbortHandler)
	}
	for name, values := range res.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(res.StatusCode)
	_, _ = w.Write(answer)
}

// note remembers what must be found nowhere.
func (r *relay) note(authorization string, body []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, token, ok := strings.Cut(authorization, " "); ok {
		r.tokens[token] = true
	}
	var secret struct{ Code string }
	if json.Unmarshal(body, &secret) == nil && secret.Code != "" {
		r.codes[secret.Code] = true
	}
}

// when sets who is told of what goes over the relay.
func (r *relay) when(meet func(path, when string) bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.meet = meet
}

func (r *relay) leads(to string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.to = to
}
