package device

import (
	"bytes"
	"crypto/elliptic"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jandon/internal/fault"
	"jandon/keystore/secret"
	"jandon/keystore/secret/secrettest"
)

func newKey(t testing.TB) Key {
	t.Helper()
	k, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func refused(t testing.TB, what string, err error) {
	t.Helper()
	if f := fault.From(err); f == nil || f.Code != fault.BadProof {
		t.Errorf("%s: got %v, want bad_proof", what, err)
	}
}

// The example key of RFC 9449, section 4.1, and its thumbprint of section 6.1.
const (
	exampleJWK = `{"kty":"EC","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs","y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA","crv":"P-256"}`
	exampleJKT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"
)

func TestThumbprintOfRFC9449(t *testing.T) {
	t.Parallel()
	p, err := ParseJWK([]byte(exampleJWK))
	if err != nil || p.Thumbprint() != exampleJKT {
		t.Errorf("%s %v", p.Thumbprint(), err)
	}
	if again, err := ParseJWK(p.JWK()); err != nil || again != p {
		t.Error(err)
	}
}

// The proof of RFC 9449, section 4.1, signed by somebody else's program.
const exampleProof = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg"

func TestSignatureOfRFC9449(t *testing.T) {
	t.Parallel()
	p, err := ParseJWK([]byte(exampleJWK))
	if err != nil {
		t.Fatal(err)
	}
	j, err := ParseJWS(exampleProof, "dpop+jwt")
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Verify(p); err != nil {
		t.Error(err)
	}
	_, err = ParseJWS(exampleProof, ReceiptType)
	refused(t, "a proof taken for a receipt", err)
	refused(t, "another key", j.Verify(newKey(t).Public()))
	refused(t, "the zero key", j.Verify(Public{}))
	refused(t, "the zero JWS", JWS{}.Verify(p))
}

func TestKeyComesBack(t *testing.T) {
	t.Parallel()
	k := newKey(t)
	again, err := KeyFrom(k.Bytes())
	if err != nil || again.Public() != k.Public() || k.Bytes().Len() != KeyLen {
		t.Fatal(err)
	}
	order := elliptic.P256().Params().N.Bytes()
	for name, b := range map[string][]byte{"none": nil, "short": make([]byte, 31), "long": make([]byte, 33), "zero": make([]byte, 32), "the order": order} {
		if _, err := KeyFrom(secret.New(b)); fault.From(err).Code != fault.KeyringDamaged {
			t.Errorf("%s: %v", name, err)
		}
	}
	k.Wipe()
	if _, err := k.Sign([]byte(`{}`), nil); err == nil {
		t.Error("a wiped key signs")
	}
}

func TestJWKRefusals(t *testing.T) {
	t.Parallel()
	x, y := "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs", "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA"
	for name, text := range map[string]string{
		"no object": `[]`, "empty": ``, "null": `null`, "two": exampleJWK + exampleJWK,
		"private member": strings.Replace(exampleJWK, `{`, `{"d":"AA",`, 1), "symmetric": `{"kty":"oct","k":"AA"}`,
		"other curve": strings.Replace(exampleJWK, "P-256", "P-384", 1), "duplicate x": strings.Replace(exampleJWK, `{`, `{"x":"`+y+`",`, 1),
		"x as a number": `{"kty":"EC","crv":"P-256","x":1,"y":"` + y + `"}`, "missing y": `{"kty":"EC","crv":"P-256","x":"` + x + `"}`,
		"upper-case member": strings.Replace(exampleJWK, `"kty"`, `"KTY"`, 1), "padding": strings.Replace(exampleJWK, x, x+"=", 1),
		"trailing bits":    strings.Replace(exampleJWK, x, x[:42]+"t", 1),
		"shorter x":        strings.Replace(exampleJWK, x, x[:40], 1),
		"off the curve":    strings.Replace(strings.Replace(exampleJWK, x, "@", 1), y, x, 1),
		"zero":             `{"kty":"EC","crv":"P-256","x":"` + strings.Repeat("A", 43) + `","y":"` + strings.Repeat("A", 43) + `"}`,
		"for encryption":   strings.Replace(exampleJWK, `{`, `{"use":"enc",`, 1),
		"other algorithm":  strings.Replace(exampleJWK, `{`, `{"alg":"ES384",`, 1),
		"a stranger's URL": strings.Replace(exampleJWK, `{`, `{"x5u":"https://e.example",`, 1),
	} {
		_, err := ParseJWK([]byte(text))
		refused(t, name, err)
	}
}

// A coordinate that ends in zeros, written shorter, would be the same point
// under another thumbprint.
func TestKeyHasOneThumbprint(t *testing.T) {
	t.Parallel()
	for range 20_000 {
		p := newKey(t).Public()
		if p.x[31] != 0 {
			continue
		}
		enc := base64.RawURLEncoding
		cut := strings.Replace(string(p.JWK()), enc.EncodeToString(p.x[:]), enc.EncodeToString(p.x[:31]), 1)
		_, err := ParseJWK([]byte(cut))
		refused(t, "31 bytes", err)
		return
	}
	t.Error("no such key among 20,000")
}

// twin is the other signature that verifies: (r, n−s).
func twin(t testing.TB, compact string) string {
	t.Helper()
	cut := strings.LastIndexByte(compact, '.') + 1
	signature, err := base64.RawURLEncoding.DecodeString(compact[cut:])
	if err != nil {
		t.Fatal(err)
	}
	s := new(big.Int).SetBytes(signature[32:])
	s.Sub(elliptic.P256().Params().N, s).FillBytes(signature[32:])
	return compact[:cut] + base64.RawURLEncoding.EncodeToString(signature)
}

func TestReceipt(t *testing.T) {
	t.Parallel()
	k := newKey(t)
	challenge := []byte(`{"v":1}`)
	receipt, err := k.Receipt(challenge)
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Public().CheckReceipt(receipt, challenge); err != nil {
		t.Error(err)
	}
	// The twin is as good: a receipt says that the device signed, not how often.
	if err := k.Public().CheckReceipt(twin(t, receipt), challenge); err != nil {
		t.Error("twin:", err)
	}
	refused(t, "other bytes", k.Public().CheckReceipt(receipt, []byte(`{"v":1} `)))
	refused(t, "another device", newKey(t).Public().CheckReceipt(receipt, challenge))
	other, err := newKey(t).Sign(k.public.receiptHeader(), challenge)
	if err != nil {
		t.Fatal(err)
	}
	refused(t, "another device under this one's name", k.Public().CheckReceipt(other, challenge))
	for name, header := range map[string]string{
		"a proof's type": `{"alg":"ES256","typ":"dpop+jwt"}`, "no typ": `{"alg":"ES256"}`, "no kid": `{"alg":"ES256","typ":"jandon-confirm+jwt"}`,
		"alg none": `{"alg":"none","typ":"jandon-confirm+jwt"}`, "HS256": `{"alg":"HS256","typ":"jandon-confirm+jwt"}`,
		"crit":      strings.Replace(string(k.public.receiptHeader()), `{`, `{"b64":false,"crit":["b64"],`, 1),
		"typ twice": strings.Replace(string(k.public.receiptHeader()), `{`, `{"typ":"x",`, 1),
	} {
		made, err := k.Sign([]byte(header), challenge)
		if err != nil {
			t.Fatal(err)
		}
		refused(t, name, k.Public().CheckReceipt(made, challenge))
	}
}

// Every character of the compact form counts.
func TestReceiptChangedAnywhere(t *testing.T) {
	t.Parallel()
	k := newKey(t)
	challenge := []byte(`{"account":"a-1","v":1}`)
	receipt, err := k.Receipt(challenge)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		b := []byte(receipt)
		at := rapid.IntRange(0, len(b)-1).Draw(t, "at")
		b[at] = rapid.SampledFrom([]byte("AaZz09-_.=+/ \n")).Draw(t, "by")
		if err := k.Public().CheckReceipt(string(b), challenge); (err == nil) != (string(b) == receipt) {
			t.Fatal("a changed receipt passes:", string(b))
		}
	})
	for _, bad := range []string{"", ".", "..", "a.b", receipt + ".", receipt + "\n", "." + receipt, strings.Repeat("A", MaxJWS+1)} {
		refused(t, fmt.Sprintf("%.20q", bad), k.Public().CheckReceipt(bad, challenge))
	}
}

func TestObjectIsStrict(t *testing.T) {
	t.Parallel()
	for _, text := range []string{``, `[]`, `null`, `1`, `{"a":1,"a":2}`, `{"a":1,"\u0061":2}`, `{"a":1}x`, `{"a":1}{}`, `{"a"}`, `{"a":}`, `{a:1}`, "{\"a\":\"\xff\"}", `{"a":1`} {
		if m, err := Object([]byte(text)); !errors.Is(err, errObject) {
			t.Errorf("%s gives %v", text, m)
		}
	}
	m, err := Object([]byte(` {"n":5,"f":5.0,"e":5e0,"q":"5","z":null,"HTM":"GET"} `))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"f", "e", "q", "z", "none"} {
		if n, err := m.Whole(name); err == nil {
			t.Errorf("%s is %d", name, n)
		}
	}
	if n, err := m.Whole("n"); err != nil || n != 5 {
		t.Error(n, err)
	}
	if _, there, err := m.Text("htm"); there || err != nil {
		t.Error("another spelling is taken")
	}
	for _, name := range []string{"n", "z"} {
		if _, _, err := m.Text(name); err == nil {
			t.Errorf("%s is a text", name)
		}
	}
}

func TestNothingPrintsTheKey(t *testing.T) {
	t.Parallel()
	raw := []byte("canary-device-key-0123456789-abc")
	k, err := KeyFrom(secret.New(bytes.Clone(raw)))
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := k.Receipt([]byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	_, damaged := KeyFrom(secret.New(append(bytes.Clone(raw), 1)))
	secrettest.Hides(t, raw, k, &k, k.Bytes(), k.Public(), receipt, damaged, map[string]Key{"k": k})
}

func FuzzJWK(f *testing.F) {
	f.Add([]byte(exampleJWK))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := ParseJWK(b)
		if err != nil {
			return
		}
		if again, err := ParseJWK(p.JWK()); err != nil || again != p || len(p.Thumbprint()) != 43 {
			t.Error(err)
		}
	})
}

func FuzzJWS(f *testing.F) {
	f.Add(exampleProof)
	f.Add("e30.e30.AA")
	f.Fuzz(func(t *testing.T, compact string) {
		j, err := ParseJWS(compact, "dpop+jwt")
		if err != nil {
			return
		}
		enc := base64.RawURLEncoding // one text for one JWS: no second spelling of the same bytes
		if enc.EncodeToString(j.header)+"."+enc.EncodeToString(j.Payload)+"."+enc.EncodeToString(j.signature) != compact {
			t.Errorf("%q has two spellings", compact)
		}
	})
}
