//go:build unix

package main

import (
	"crypto/sha256"
	"crypto/tls"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"jandon/internal/fault"
	"jandon/keystore"
)

// A platform that vouches for itself is known by the key of its enrolment; one
// with another key is not called away, but another.
func TestDoctorLooksAtAPlatformByItsPin(t *testing.T) {
	t.Parallel()
	made := httptest.NewTLSServer(nil) // for its certificate of its own making
	made.Close()
	h := openHallBy(t, &tls.Config{Certificates: made.TLS.Certificates, MinVersion: tls.VersionTLS13})
	w := h.wallet()
	w.must(os.MkdirAll(filepath.Dir(w.file()), 0o700))
	w.must(os.WriteFile(w.file(), []byte("[platform]\nurl = \""+h.url+"\"\naccount = \"a-test\"\n"), 0o600))
	right := sha256.Sum256(made.Certificate().RawSubjectPublicKeyInfo)
	for what, c := range map[string]struct {
		pin  [32]byte
		code fault.Code
	}{"its key": {right, ""}, "another key": {[32]byte{1}, fault.PinChanged}} {
		w.must(keystore.Save(t.Context(), w.keys, "a-test", keystore.Item{Server: h.url + "/", StoreKey: keystore.RandomSecret(keystore.StoreKeyLen), SPKI: c.pin[:]}))
		report, _ := w.examined(t)
		if f := report.check(t, "platform"); f.Code != string(c.code) || (f.State == "ok") != (c.code == "") {
			t.Errorf("%s: %+v", what, f)
		}
	}
}
