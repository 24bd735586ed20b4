package client_test

import (
	"crypto/tls"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"jandon/client"
	"jandon/internal/fault"
	"jandon/keystore"
)

// secure puts the relay behind TLS with a certificate that show gives.
func secure(t testing.TB, w *world, show func() tls.Certificate) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(w)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.TLS = &tls.Config{MinVersion: tls.VersionTLS13, GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) {
		return &tls.Config{MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{show()}}, nil
	}}
	server.StartTLS()
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections)
	return server
}

// A platform with a certificate of its own making is pinned by its key at the
// enrolment. Another key stops everything, and there is no way on.
func TestPinnedKeyChanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := selfSigned(t)
	var shown atomic.Value
	shown.Store(first)
	server := secure(t, w, func() tls.Certificate { return shown.Load().(tls.Certificate) })
	s := w.settings()
	s.URL = server.URL
	s.Limits = client.Limits{Tries: 2}
	e, err := client.Enrol(t.Context(), s, "mina", "Laptop")
	must(t, err)
	if len(e.Fingerprint()) != 71 {
		t.Errorf("fingerprint %q", e.Fingerprint())
	}
	must(t, e.Activate(t.Context(), w.letter()))
	must(t, e.Seal(t.Context(), secret(firstPIN)))
	a, err := e.Finish(t.Context(), secret(firstPIN))
	must(t, err)
	defer a.Close()
	must(t, e.Settle(t.Context()))
	item, err := keystore.Load(t.Context(), s.Keys, s.ID)
	must(t, err)
	if len(item.SPKI) != 32 {
		t.Fatal("no pin was kept")
	}
	_, err = a.Limits(t.Context())
	must(t, err)

	// The same key in a new certificate goes on; another key does not.
	server.CloseClientConnections()
	shown.Store(renewed(t, first))
	_, err = a.Limits(t.Context())
	must(t, err)
	server.CloseClientConnections()
	shown.Store(selfSigned(t))
	before := len(w.requests())
	for range 2 {
		_, err = a.Limits(t.Context())
		wantCode(t, err, fault.PinChanged)
		_, err = a.Sync(t.Context(), nil)
		wantCode(t, err, fault.PinChanged)
		_, err = a.CashOut(t.Context(), someQuote(), 0)
		wantCode(t, err, fault.PinChanged)
	}
	if list, err := a.Store.Journal(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("what was never sent stays in the journal: %+v %v", list, err)
	}
	reopened, err := client.Open(t.Context(), s)
	must(t, err)
	_, err = reopened.Limits(t.Context())
	wantCode(t, err, fault.PinChanged)
	must(t, reopened.Close())
	if n := len(w.requests()); n != before {
		t.Errorf("%d requests reached who shows another key", n-before)
	}
	// A new enrolment shows the new key, to be compared, and is given up or gone on with.
	again, err := client.Enrol(t.Context(), s, "mina", "Laptop")
	must(t, err)
	if again.Fingerprint() == e.Fingerprint() || len(again.Fingerprint()) != 71 {
		t.Errorf("fingerprint %q", again.Fingerprint())
	}
	must(t, again.Leave(t.Context()))
	_, err = a.Limits(t.Context())
	wantCode(t, err, fault.PinChanged)
}

// Whoever is vouched for by nobody gets nothing after the enrolment either: a
// pin is taken then and at no other time.
func TestNoPinIsTakenLater(t *testing.T) {
	t.Parallel()
	w, s := another(t) // over plain http on loopback: no pin
	certificate := selfSigned(t)
	server := secure(t, w, func() tls.Certificate { return certificate })
	item, err := keystore.Load(t.Context(), s.Keys, s.ID)
	must(t, err)
	item.Server = server.URL + "/"
	must(t, keystore.Save(t.Context(), s.Keys, s.ID, item))
	s.URL, s.Limits = server.URL, client.Limits{Tries: 1}
	a, err := client.Open(t.Context(), s)
	must(t, err)
	defer a.Close()
	_, err = a.Limits(t.Context())
	wantCode(t, err, fault.Unreachable)
}

// Redirects are not followed, with proofs or without.
func TestActsFollowNoRedirect(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	must(t, a.CheckLog(t.Context())) // it would be asked for first
	w.lie(func(to http.ResponseWriter, r *http.Request) bool {
		to.Header().Set("Date", w.clock().UTC().Format(http.TimeFormat))
		http.Redirect(to, r, "/v1/status", http.StatusTemporaryRedirect)
		return true
	}, nil)
	before := len(w.requests())
	_, err := a.Limits(t.Context())
	wantCode(t, err, fault.BadAnswer)
	_, err = a.CashOut(t.Context(), someQuote(), 0)
	wantCode(t, err, fault.UnknownOutcome)
	if n := len(w.requests()); n != before {
		t.Errorf("%d redirects were followed", n-before)
	}
}
