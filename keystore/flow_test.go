package keystore_test

import (
	"bytes"
	"encoding/base32"
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/keystore"
	"jandon/keystore/challenge"
	"jandon/keystore/codes"
	"jandon/keystore/device"
	"jandon/keystore/dpop"
	"jandon/keystore/enrol"
	"jandon/keystore/pin"
	"jandon/keystore/secret"
	"jandon/keystore/secret/secrettest"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

const (
	server = "https://wallet.example"
	number = "739105826417" // long enough that no hash shows it by chance
)

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func typed(s string) keystore.Secret { return keystore.NewSecret([]byte(s)) }

// enrolled goes through an enrolment as security demands it: sealed by the
// platform, hidden under the PIN, written, read back.
func enrolled(t *testing.T, k secret.Secret, store keystore.Store) keystore.Item {
	t.Helper()
	signing := must[device.Key](t)(device.NewKey())
	once := must[enrol.Key](t)(enrol.NewKey())
	jkt := signing.Public().Thumbprint()
	sealed := must[[]byte](t)(enrol.Seal(once.Public(), "d-1", jkt, k))
	fresh := must[pin.Fresh](t)(once.Open(sealed, "d-1", jkt))
	blob := must[secret.Secret](t)(pin.Seal(fresh, typed(number)))
	item := keystore.Item{
		Server: server, StoreKey: keystore.RandomSecret(keystore.StoreKeyLen), SPKI: bytes.Repeat([]byte{7}, 32),
		Enrol: keystore.Enrolment{Account: "a-1", Device: "d-1", Key: signing.Bytes(), Blob: blob},
	}
	if err := keystore.Save(t.Context(), store, "a-test", item); err != nil {
		t.Fatal(err)
	}
	return must[keystore.Item](t)(keystore.Load(t.Context(), store, "a-test"))
}

// From the enrolment of a device to a confirmed act and its receipt, both
// sides, with everything that is stored or sent searched for what must be in
// none of it.
func TestEnrolOpenASessionConfirmAnAct(t *testing.T) {
	t.Parallel()
	raw := []byte("canary-K-0123456789-canary-K-012")
	platformK := secret.New(bytes.Clone(raw)) // the platform keeps it sealed under a key of its own
	store := keystore.NewMemory()
	item := enrolled(t, secret.New(bytes.Clone(raw)), store)

	// A session: a proof, and a code of K that the PIN opens to.
	signing := must[device.Key](t)(device.KeyFrom(item.Enrol.Key))
	k := must[secret.Secret](t)(pin.Open(item.Enrol.Blob, typed(number)))
	session := must[secret.Secret](t)(codes.Session(k, noon))
	step := must[uint64](t)(codes.CheckSession(platformK, session, noon, 0))
	token := typed("canary-token-0123456789")

	// An act: only its bytes are shown, coded and signed.
	nonces, replay := dpop.NewNonces(), &dpop.Replay{}
	act := challenge.Challenge{
		Account: "a-1", Action: "cashout", Amount: 1300, Currency: "KRW", Device: "d-1", Expires: noon.Add(2 * time.Minute).Unix(), Fee: 100, ID: "c-1",
		Legs: []challenge.Leg{{Amount: 1200, Payee: "휴대폰 충전", PayeeID: "p-1"}}, Nonce: challenge.NewNonce(), Quote: "q-1", Server: server, V: challenge.Version,
	}
	sent := must[[]byte](t)(act.Encode())
	got := must[challenge.Challenge](t)(challenge.Decode(sent))
	if err := got.Match(challenge.Request{
		Account: "a-1", Device: item.Enrol.Device, Server: item.Server, Action: "cashout", Quote: "q-1", Currency: "KRW", Amount: 1300, Fee: 100,
		Legs: act.Legs, Changed: func(string) bool { return false },
	}); err != nil {
		t.Fatal(err)
	}
	code := must[secret.Secret](t)(codes.Confirm(k, sent))
	receipt := must[string](t)(signing.Receipt(sent))
	request := dpop.Request{Method: "POST", URL: server + "/v1/challenges/c-1/confirm", Token: token, Nonce: nonces.New(noon)}
	proof := must[string](t)(dpop.Prove(signing, request, noon))

	// The platform's side, in its order.
	held := must[dpop.Proof](t)(dpop.Check(proof, request, noon))
	if held.JKT != signing.Public().Thumbprint() || nonces.Check(held.Nonce, noon) != nil || replay.Use(held, noon) != nil {
		t.Fatal("the proof")
	}
	if ok := must[bool](t)(codes.Confirms(platformK, sent, code)); !ok {
		t.Error("the code")
	}
	if err := held.Key.CheckReceipt(receipt, sent); err != nil {
		t.Error(err)
	}

	// A wrong PIN: no error here, a code that does not fit there.
	other := must[secret.Secret](t)(pin.Open(item.Enrol.Blob, typed("930582")))
	if ok := must[bool](t)(codes.Confirms(platformK, sent, must[secret.Secret](t)(codes.Confirm(other, sent)))); ok {
		t.Error("a wrong PIN confirms")
	}
	_, again := codes.CheckSession(platformK, session, noon, step)
	if fault.From(again).Code != fault.WrongCode {
		t.Error("the session's code works twice")
	}

	left := []any{item, store, proof, receipt, sent, held, k, session, code, again, signing}
	for _, canary := range [][]byte{
		raw, []byte(base32.StdEncoding.EncodeToString(raw)), []byte(number), token.Copy(), code.Copy(), session.Copy(), item.Enrol.Key.Copy(), item.Enrol.Blob.Copy(),
	} {
		secrettest.Hides(t, canary, left...)
	}
}

// A PIN change brings a new K, confirmed with the old one, sealed for a key of
// its own; the old K is not hidden again, and the old PIN leads nowhere.
func TestPINChangeRotatesK(t *testing.T) {
	t.Parallel()
	store := keystore.NewMemory()
	oldK, newK := secret.Random(pin.KeyLen), secret.Random(pin.KeyLen)
	item := enrolled(t, secret.New(oldK.Copy()), store)
	signing := must[device.Key](t)(device.KeyFrom(item.Enrol.Key))

	// The change is an act like any other, answered with the old K.
	act := challenge.Challenge{
		Account: "a-1", Action: "pin.change", Device: "d-1", Expires: noon.Add(2 * time.Minute).Unix(), ID: "c-2", Nonce: challenge.NewNonce(), Server: server, V: challenge.Version,
	}
	sent := must[[]byte](t)(act.Encode())
	k := must[secret.Secret](t)(pin.Open(item.Enrol.Blob, typed(number)))
	if ok := must[bool](t)(codes.Confirms(oldK, sent, must[secret.Secret](t)(codes.Confirm(k, sent)))); !ok {
		t.Fatal("the change is not confirmed")
	}
	once, jkt := must[enrol.Key](t)(enrol.NewKey()), signing.Public().Thumbprint()
	sealed := must[[]byte](t)(enrol.Seal(once.Public(), "d-1", jkt, newK))
	fresh := must[pin.Fresh](t)(once.Open(sealed, "d-1", jkt))
	before := item.Enrol.Blob
	item.Enrol.Blob = must[secret.Secret](t)(pin.Seal(fresh, typed("930582")))
	if err := keystore.Save(t.Context(), store, "a-test", item); err != nil {
		t.Fatal(err)
	}
	item = must[keystore.Item](t)(keystore.Load(t.Context(), store, "a-test"))

	after := must[secret.Secret](t)(pin.Open(item.Enrol.Blob, typed("930582")))
	if before.Equal(item.Enrol.Blob) || !after.Equal(newK) || after.Equal(oldK) {
		t.Error("the new PIN does not lead to a new K")
	}
	if stale := must[secret.Secret](t)(pin.Open(item.Enrol.Blob, typed(number))); stale.Equal(oldK) || stale.Equal(newK) {
		t.Error("the old PIN still leads to a K")
	}
	if _, err := pin.Seal(fresh, typed("518304")); fault.From(err).Code != fault.Internal {
		t.Error("a K is hidden twice:", err)
	}
}
