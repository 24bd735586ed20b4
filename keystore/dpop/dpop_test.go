package dpop

import (
	"crypto/elliptic"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/internal/fault"
	"jandon/keystore/device"
	"jandon/keystore/secret"
	"jandon/keystore/secret/secrettest"
)

const address = "https://wallet.example/v1/challenges/c-1/confirm"

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func newKey(t testing.TB) device.Key {
	t.Helper()
	k, err := device.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func token() secret.Secret { return secret.New([]byte("canary-session-token")) }

func request() Request { return Request{Method: "POST", URL: address, Token: token()} }

func prove(t testing.TB, k device.Key, r Request) string {
	t.Helper()
	proof, err := Prove(k, r, noon)
	if err != nil {
		t.Fatal(err)
	}
	return proof
}

func refused(t testing.TB, what string, err error, detail string) {
	t.Helper()
	if f := fault.From(err); f == nil || f.Code != fault.BadProof || f.Args["detail"] != detail {
		t.Errorf("%s: got %v, want bad_proof %s", what, err, detail)
	}
}

func wantCode(t testing.TB, err error, code fault.Code) {
	t.Helper()
	if f := fault.From(err); f == nil || f.Code != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

func TestProofHolds(t *testing.T) {
	t.Parallel()
	k := newKey(t)
	r := request()
	r.Nonce = "n-1"
	p, err := Check(prove(t, k, r), r, noon)
	if err != nil || p.JKT != k.Public().Thumbprint() || p.Key != k.Public() || !p.Made.Equal(noon) || p.Nonce != "n-1" || len(p.ID) < leastID {
		t.Errorf("%+v %v", p, err)
	}
	bare := Request{Method: "GET", URL: address}
	if _, err := Check(prove(t, k, bare), bare, noon); err != nil {
		t.Error("without a token:", err)
	}
}

// The proof of RFC 9449, section 4.1.
func TestProofOfTheRFC(t *testing.T) {
	t.Parallel()
	const proof = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg"
	p, err := Check(proof, Request{Method: "POST", URL: "https://server.example.com/token"}, time.Unix(1562262616, 0))
	if err != nil || p.JKT != "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" || p.ID != "-BwC3ESc6acc2lTc" {
		t.Errorf("%+v %v", p, err)
	}
}

func TestWrongMethodAddressTokenOrTime(t *testing.T) {
	t.Parallel()
	k := newKey(t)
	proof := prove(t, k, request())
	for name, test := range map[string]struct {
		change func(*Request)
		at     time.Duration
		detail string
	}{
		"htm":               {func(r *Request) { r.Method = "GET" }, 0, "htm"},
		"htm in lower case": {func(r *Request) { r.Method = "post" }, 0, "htm"},
		"htu other act":     {func(r *Request) { r.URL = strings.Replace(address, "c-1", "c-2", 1) }, 0, "htu"},
		"htu other host":    {func(r *Request) { r.URL = strings.Replace(address, "wallet", "wa11et", 1) }, 0, "htu"},
		"htu other scheme":  {func(r *Request) { r.URL = strings.Replace(address, "https", "http", 1) }, 0, "htu"},
		"htu other port":    {func(r *Request) { r.URL = strings.Replace(address, "example", "example:8443", 1) }, 0, "htu"},
		"token on another":  {func(r *Request) { r.Token = secret.New([]byte("another token")) }, 0, "ath"},
		"token left out":    {func(r *Request) { r.Token = secret.Secret{} }, 0, "ath"},
		"too old":           {func(*Request) {}, 61 * time.Second, "iat"},
		"from the future":   {func(*Request) {}, -61 * time.Second, "iat"},
		"a day off":         {func(*Request) {}, 24 * time.Hour, "iat"},
	} {
		r := request()
		test.change(&r)
		_, err := Check(proof, r, noon.Add(test.at))
		refused(t, name, err, test.detail)
	}
	for _, at := range []time.Duration{-time.Minute, time.Minute} {
		if _, err := Check(proof, request(), noon.Add(at)); err != nil {
			t.Error("at the edge of the window:", err)
		}
	}
	bare := prove(t, k, Request{Method: "POST", URL: address})
	_, err := Check(bare, request(), noon)
	refused(t, "a proof without the token's hash", err, "ath")
}

func TestAddressesThatAreTheSame(t *testing.T) {
	t.Parallel()
	for _, same := range [][2]string{
		{"HTTPS://Wallet.Example:443/v1", "https://wallet.example/v1"}, {"http://127.0.0.1:80", "http://127.0.0.1/"},
		{"https://w.example/v1?cursor=1#x", "https://w.example/v1"}, {"http://[::1]:80/a%2Fb", "http://[::1]/a%2Fb"}, {"https://w.example:", "https://w.example/"},
	} {
		a, err := target(same[0])
		if b, _ := target(same[1]); err != nil || a != b || a != same[1] {
			t.Errorf("%s is %s, want %s (%v)", same[0], a, same[1], err)
		}
	}
	for _, bad := range []string{"", "/v1", "wallet.example/v1", "ftp://w.example/", "https://", "https://:443/", "https://u:p@w.example/", "https:w.example", "https://w.example/%zz", "http://w.example\n/"} {
		if got, err := target(bad); err == nil {
			t.Errorf("%q is %q", bad, got)
		}
		if _, err := Prove(newKey(t), Request{Method: "GET", URL: bad}, noon); fault.From(err).Code != fault.Internal {
			t.Errorf("%q is proved: %v", bad, err)
		}
	}
}

// forge signs whatever header and claims a hole needs.
func forge(t testing.TB, k device.Key, header, payload string) string {
	t.Helper()
	if header == "" {
		header = `{"alg":"ES256","jwk":` + string(k.Public().JWK()) + `,"typ":"dpop+jwt"}`
	}
	proof, err := k.Sign([]byte(header), []byte(payload))
	if err != nil {
		t.Fatal(err)
	}
	return proof
}

func TestForgedProofs(t *testing.T) {
	t.Parallel()
	k, stranger := newKey(t), newKey(t)
	good := map[string]any{"htm": "GET", "htu": address, "iat": noon.Unix(), "jti": "0123456789abcdef"}
	with := func(name string, value any) string {
		changed := map[string]any{}
		for n, v := range good {
			changed[n] = v
		}
		if changed[name] = value; value == nil {
			delete(changed, name)
		}
		text, err := json.Marshal(changed)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	r := Request{Method: "GET", URL: address}
	if _, err := Check(forge(t, k, "", with("extra", "claims are allowed")), r, noon); err != nil {
		t.Fatal(err)
	}
	jwk := string(k.Public().JWK())
	plain := with("jti", good["jti"])
	for name, test := range map[string]struct{ header, payload, detail string }{
		"no method":          {"", with("htm", nil), "htm"},
		"no address":         {"", with("htu", nil), "htu"},
		"no time":            {"", with("iat", nil), "iat"},
		"time as text":       {"", with("iat", "1"), "iat"},
		"time with point":    {"", strings.Replace(plain, `"iat":`, `"iat":0.5e10,"x":`, 1), "iat"},
		"no id":              {"", with("jti", nil), "jti"},
		"short id":           {"", with("jti", "1234"), "jti"},
		"long id":            {"", with("jti", strings.Repeat("j", mostID+1)), "jti"},
		"id as number":       {"", with("jti", 1), "jti"},
		"empty token hash":   {"", with("ath", ""), "ath"},
		"method twice":       {"", strings.Replace(plain, `{`, `{"htm":"POST",`, 1), "claims"},
		"other spelling":     {"", strings.Replace(plain, `"htm"`, `"HTM"`, 1), "htm"},
		"no object":          {"", `[]`, "claims"},
		"no key":             {`{"alg":"ES256","typ":"dpop+jwt"}`, plain, "jwk"},
		"stranger's key":     {`{"alg":"ES256","jwk":` + string(stranger.Public().JWK()) + `,"typ":"dpop+jwt"}`, plain, "jws"},
		"a receipt's type":   {`{"alg":"ES256","jwk":` + jwk + `,"typ":"jandon-confirm+jwt"}`, plain, "jws"},
		"no algorithm":       {`{"alg":"none","jwk":` + jwk + `,"typ":"dpop+jwt"}`, plain, "jws"},
		"critical member":    {`{"alg":"ES256","crit":["exp"],"jwk":` + jwk + `,"typ":"dpop+jwt"}`, plain, "header"},
		"key by reference":   {`{"alg":"ES256","jwk":` + jwk + `,"jku":"https://e.example","typ":"dpop+jwt"}`, plain, "header"},
		"key twice":          {`{"jwk":` + jwk + `,"alg":"ES256","jwk":` + jwk + `,"typ":"dpop+jwt"}`, plain, "jws"},
		"with a private key": {`{"alg":"ES256","jwk":` + strings.Replace(jwk, "{", `{"d":"AA",`, 1) + `,"typ":"dpop+jwt"}`, plain, "jwk"},
	} {
		_, err := Check(forge(t, k, test.header, test.payload), r, noon)
		refused(t, name, err, test.detail)
	}
	_, err := Check(strings.Repeat("A", maxProof+1), r, noon)
	refused(t, "too long", err, "length")
}

func TestReplay(t *testing.T) {
	t.Parallel()
	k := newKey(t)
	proof := prove(t, k, request())
	var memory Replay
	use := func(proof string, now time.Time) error {
		p, err := Check(proof, request(), now)
		if err != nil {
			return err
		}
		return memory.Use(p, now)
	}
	if err := use(proof, noon); err != nil {
		t.Fatal(err)
	}
	for at := time.Duration(0); at <= Window; at += 5 * time.Second {
		wantCode(t, use(proof, noon.Add(at)), fault.ProofReplayed)
	}
	refused(t, "after its time", use(proof, noon.Add(Window+time.Second)), "iat")
	if err := use(prove(t, k, request()), noon); err != nil {
		t.Error("another proof of the same request:", err)
	}
}

// (r, n−s) verifies as well as (r, s): another text, the same proof.
func TestTwinSignature(t *testing.T) {
	t.Parallel()
	proof := prove(t, newKey(t), request())
	cut := strings.LastIndexByte(proof, '.') + 1
	signature, err := base64.RawURLEncoding.DecodeString(proof[cut:])
	if err != nil {
		t.Fatal(err)
	}
	s := new(big.Int).SetBytes(signature[32:])
	s.Sub(elliptic.P256().Params().N, s).FillBytes(signature[32:])
	twin := proof[:cut] + base64.RawURLEncoding.EncodeToString(signature)
	first, err := Check(proof, request(), noon)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Check(twin, request(), noon)
	if err != nil || twin == proof {
		t.Fatal("the twin does not verify; the memory could go by bytes:", err)
	}
	var memory Replay
	if err := memory.Use(first, noon); err != nil {
		t.Fatal(err)
	}
	wantCode(t, memory.Use(second, noon), fault.ProofReplayed)
}

// The same id under another key is another proof: a stranger can't use ids up.
func TestReplayGoesByKey(t *testing.T) {
	t.Parallel()
	var memory Replay
	for _, jkt := range []string{"a", "b"} {
		if err := memory.Use(Proof{JKT: jkt, ID: "same", Made: noon}, noon); err != nil {
			t.Error(jkt, err)
		}
	}
}

func TestReplayTwiceAtOnce(t *testing.T) {
	t.Parallel()
	var memory Replay
	var taken atomic.Int32
	var all sync.WaitGroup
	for range 64 {
		all.Go(func() {
			if memory.Use(Proof{JKT: "k", ID: "one", Made: noon}, noon) == nil {
				taken.Add(1)
			}
		})
	}
	all.Wait()
	if taken.Load() != 1 {
		t.Errorf("taken %d times", taken.Load())
	}
}

func TestReplayForgetsAndIsBounded(t *testing.T) {
	t.Parallel()
	var memory Replay
	for i := range perKey {
		if err := memory.Use(Proof{JKT: "k", ID: fmt.Sprint(i), Made: noon}, noon); err != nil {
			t.Fatal(i, err)
		}
	}
	wantCode(t, memory.Use(Proof{JKT: "k", ID: "more", Made: noon}, noon), fault.RateLimited)
	if err := memory.Use(Proof{JKT: "other", ID: "more", Made: noon}, noon); err != nil {
		t.Error("one device fills the memory of another:", err)
	}
	later := noon.Add(2*Window + sweepEvery*time.Second)
	if err := memory.Use(Proof{JKT: "k", ID: "more", Made: later}, later); err != nil || memory.count != 1 || len(memory.seen) != 1 {
		t.Error(err, memory.count, len(memory.seen))
	}
}

// Whatever order times come in, no id is taken twice while Check would let it pass.
func TestReplayAgainstAModel(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var memory Replay
		used := map[string]bool{}
		now := noon
		for range rapid.IntRange(1, 60).Draw(t, "proofs") {
			now = now.Add(time.Duration(rapid.IntRange(0, 40).Draw(t, "pause")) * time.Second)
			p := Proof{JKT: "k", ID: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "id"),
				Made: now.Add(time.Duration(rapid.IntRange(-60, 60).Draw(t, "clock")) * time.Second)}
			name := p.ID + p.Made.String() // a proof's own bytes: id and time
			err := memory.Use(p, now)
			if used[name] && err == nil {
				t.Fatal("replayed", name)
			}
			used[name] = used[name] || err == nil
		}
	})
}

func TestNonces(t *testing.T) {
	t.Parallel()
	n := NewNonces()
	nonce := n.New(noon)
	for _, age := range []time.Duration{0, time.Second, nonceLife} {
		if err := n.Check(nonce, noon.Add(age)); err != nil {
			t.Error(age, err)
		}
	}
	for name, err := range map[string]error{
		"old": n.Check(nonce, noon.Add(nonceLife+time.Millisecond)), "future": n.Check(nonce, noon.Add(-time.Millisecond)), "none": n.Check("", noon),
		"another process": NewNonces().Check(nonce, noon), "changed": n.Check("B"+nonce[1:], noon), "cut": n.Check(nonce[:20], noon),
	} {
		if fault.From(err) == nil || fault.From(err).Code != fault.NonceNeeded {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNothingPrintsTheToken(t *testing.T) {
	t.Parallel()
	k := newKey(t)
	r := request()
	proof := prove(t, k, r)
	p, err := Check(proof, r, noon)
	if err != nil {
		t.Fatal(err)
	}
	_, failed := Check(proof, Request{Method: "GET", URL: address, Token: token()}, noon)
	n := NewNonces()
	payload, err := base64.RawURLEncoding.DecodeString(strings.Split(proof, ".")[1])
	if err != nil {
		t.Fatal(err)
	}
	secrettest.Hides(t, token().Copy(), r, &r, proof, p, failed, string(payload))
	secrettest.Hides(t, k.Bytes().Copy(), k, proof, p)
	secrettest.Hides(t, n.key.Copy(), n, *n, n.New(noon))
}

func FuzzCheck(f *testing.F) {
	k := newKey(f)
	f.Add(prove(f, k, request()))
	f.Fuzz(func(t *testing.T, proof string) {
		if p, err := Check(proof, request(), noon); err == nil && p.JKT != p.Key.Thumbprint() {
			t.Error(p)
		}
	})
}

// FuzzClaims signs what the fuzzer makes, so that it gets past the signature.
func FuzzClaims(f *testing.F) {
	k := newKey(f)
	f.Add(`{"htm":"GET","htu":"https://w.example/","iat":1795348800,"jti":"0123456789abcdef"}`)
	f.Fuzz(func(t *testing.T, payload string) {
		r := Request{Method: "GET", URL: "https://w.example/"}
		p, err := Check(forge(t, k, "", payload), r, noon)
		if err == nil && (len(p.ID) < leastID || p.Made.Before(noon.Add(-Window)) || p.Made.After(noon.Add(Window))) {
			t.Errorf("%+v", p)
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	proof := prove(b, newKey(b), request())
	for b.Loop() {
		if _, err := Check(proof, request(), noon); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkProve(b *testing.B) {
	k := newKey(b)
	for b.Loop() {
		if _, err := Prove(k, request(), noon); err != nil {
			b.Fatal(err)
		}
	}
}
