package enrol

import (
	"bytes"
	"crypto/ecdh"
	"crypto/hpke"
	"testing"

	"jandon/internal/fault"
	"jandon/keystore/codes"
	"jandon/keystore/device"
	"jandon/keystore/pin"
	"jandon/keystore/secret"
	"jandon/keystore/secret/secrettest"
)

var raw = []byte("canary-K-0123456789-canary-K-012")

func k() secret.Secret { return secret.New(bytes.Clone(raw)) }

func newKey(t testing.TB) Key {
	t.Helper()
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func thumbprint(t testing.TB) string {
	t.Helper()
	signing, err := device.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return signing.Public().Thumbprint()
}

func seal(t testing.TB, key Key, id, jkt string) []byte {
	t.Helper()
	sealed, err := Seal(key.Public(), id, jkt, k())
	if err != nil || len(sealed) != SealedLen {
		t.Fatal(len(sealed), err)
	}
	return sealed
}

func wantCode(t testing.TB, what string, err error, code fault.Code) {
	t.Helper()
	if f := fault.From(err); f == nil || f.Code != code {
		t.Errorf("%s: got %v, want %s", what, err, code)
	}
}

// From the platform's K to a code on the device and back: the two sides agree.
func TestKeyReachesTheDevice(t *testing.T) {
	t.Parallel()
	key, jkt := newKey(t), thumbprint(t)
	fresh, err := key.Open(seal(t, key, "d-1", jkt), "d-1", jkt)
	if err != nil {
		t.Fatal(err)
	}
	number := secret.New([]byte("284751"))
	blob, err := pin.Seal(fresh, number)
	if err != nil {
		t.Fatal(err)
	}
	got, err := pin.Open(blob, number)
	if err != nil || !got.Equal(k()) {
		t.Error(err)
	}
}

func TestKeyOpensOnce(t *testing.T) {
	t.Parallel()
	key, jkt := newKey(t), thumbprint(t)
	sealed := seal(t, key, "d-1", jkt)
	copied := key
	if _, err := key.Open(sealed, "d-1", jkt); err != nil {
		t.Fatal(err)
	}
	_, err := copied.Open(sealed, "d-1", jkt)
	wantCode(t, "again", err, fault.BadSeal)
}

func TestSealedForAnother(t *testing.T) {
	t.Parallel()
	key, jkt := newKey(t), thumbprint(t)
	sealed := seal(t, key, "d-1", jkt)
	_, err := key.Open(sealed, "d-2", jkt)
	wantCode(t, "another device", err, fault.BadSeal)
	_, err = key.Open(sealed, "d-1", thumbprint(t))
	wantCode(t, "another signing key", err, fault.BadSeal)
	_, err = newKey(t).Open(sealed, "d-1", jkt)
	wantCode(t, "another enrolment", err, fault.BadSeal)
	for i := range sealed {
		hurt := bytes.Clone(sealed)
		hurt[i] ^= 1
		_, err = key.Open(hurt, "d-1", jkt)
		wantCode(t, "a changed byte", err, fault.BadSeal)
	}
	for _, b := range [][]byte{nil, sealed[:SealedLen-1], append(bytes.Clone(sealed), 0)} {
		_, err = key.Open(b, "d-1", jkt)
		wantCode(t, "another length", err, fault.BadSeal)
	}
	// A failure does not use the key up.
	if _, err := key.Open(sealed, "d-1", jkt); err != nil {
		t.Error(err)
	}
}

func TestWhatCannotBeSealed(t *testing.T) {
	t.Parallel()
	key, jkt := newKey(t), thumbprint(t)
	zero := make([]byte, PublicLen)
	for _, public := range [][]byte{nil, zero, key.Public()[:64], append([]byte{3}, key.Public()[1:]...)} {
		_, err := Seal(public, "d-1", jkt, k())
		wantCode(t, "not a key", err, fault.BadSeal)
	}
	for _, id := range []string{"", "d|1"} {
		_, err := Seal(key.Public(), id, jkt, k())
		wantCode(t, "id "+id, err, fault.Internal)
	}
	for _, bad := range []string{"", jkt + "=", jkt[:42], "|" + jkt} {
		_, err := Seal(key.Public(), "d-1", bad, k())
		wantCode(t, "jkt "+bad, err, fault.Internal)
	}
	_, err := Seal(key.Public(), "d-1", jkt, secret.Random(31))
	wantCode(t, "a short K", err, fault.Internal)
}

// The suite is the one that is written down: opened here by its RFC numbers.
func TestSuite(t *testing.T) {
	t.Parallel()
	key, jkt := newKey(t), thumbprint(t)
	sealed := seal(t, key, "d-1", jkt)
	private, err := ecdh.P256().NewPrivateKey(key.private.Copy())
	if err != nil {
		t.Fatal(err)
	}
	opener, err := hpke.NewDHKEMPrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	kdf, err := hpke.NewKDF(0x0001)
	if err != nil {
		t.Fatal(err)
	}
	aead, err := hpke.NewAEAD(0x0003)
	if err != nil {
		t.Fatal(err)
	}
	got, err := hpke.Open(opener, kdf, aead, []byte("jandon enrol v1|d-1|"+jkt), sealed)
	if err != nil || !bytes.Equal(got, raw) || opener.KEM().ID() != 0x0010 {
		t.Error(err)
	}
}

func TestNothingPrintsKeys(t *testing.T) {
	t.Parallel()
	key, jkt := newKey(t), thumbprint(t)
	private := key.private.Copy()
	sealed := seal(t, key, "d-1", jkt)
	_, failed := key.Open(sealed, "d-2", jkt)
	secrettest.Hides(t, private, key, &key, failed)
	fresh, err := key.Open(sealed, "d-1", jkt)
	if err != nil {
		t.Fatal(err)
	}
	secrettest.Hides(t, raw, fresh, sealed, failed)
}

func FuzzOpen(f *testing.F) {
	key, jkt := newKey(f), thumbprint(f)
	f.Add(seal(f, key, "d-2", jkt))
	f.Fuzz(func(t *testing.T, sealed []byte) {
		if _, err := key.Open(sealed, "d-1", jkt); err == nil {
			t.Error("something that was never sealed opens")
		}
	})
}

// An authenticator's key reaches the device too, and what was sealed for one
// purpose opens for no other.
func TestAuthenticatorKeyReachesTheDevice(t *testing.T) {
	t.Parallel()
	key, jkt, seed := newKey(t), thumbprint(t), codes.NewAuthenticator()
	sealed, err := SealAuthenticator(key.Public(), "d-1", jkt, seed)
	if err != nil {
		t.Fatal(err)
	}
	_, err = key.Open(sealed, "d-1", jkt)
	wantCode(t, "as K", err, fault.BadSeal)
	_, err = key.OpenAuthenticator(seal(t, key, "d-1", jkt), "d-1", jkt)
	wantCode(t, "K", err, fault.BadSeal)
	_, err = key.OpenAuthenticator(sealed, "d-2", jkt)
	wantCode(t, "another device", err, fault.BadSeal)
	got, err := key.OpenAuthenticator(sealed, "d-1", jkt)
	if err != nil || !got.Equal(seed) {
		t.Error("another key came out:", err)
	}
	_, err = key.OpenAuthenticator(sealed, "d-1", jkt)
	wantCode(t, "again", err, fault.BadSeal)
	_, err = SealAuthenticator(key.Public(), "d-1", jkt, k())
	wantCode(t, "a K", err, fault.Internal)
}
