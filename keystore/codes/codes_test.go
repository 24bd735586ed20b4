package codes

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
	"pgregory.net/rapid"

	"jandon/internal/fault"
	"jandon/keystore/secret"
	"jandon/keystore/secret/secrettest"
)

func key() secret.Secret           { return secret.New([]byte("canary-K-0123456789-canary-K-012")) }
func typed(s string) secret.Secret { return secret.New([]byte(s)) }
func shown(s secret.Secret) string { return string(s.Copy()) }

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func wrong(t testing.TB, err error) {
	t.Helper()
	if !errors.Is(err, fault.New(fault.WrongCode)) {
		t.Errorf("got %v, want wrong_code", err)
	}
}

// The derived keys are RFC 5869's, written out: extract with a zero salt, one
// block of expansion.
func TestKeysPerPurpose(t *testing.T) {
	t.Parallel()
	mac := func(key, message []byte) []byte {
		h := hmac.New(sha256.New, key)
		h.Write(message)
		return h.Sum(nil)
	}
	prk := mac(make([]byte, 32), key().Copy())
	for _, purpose := range []string{forSessions, forActs} {
		got := must[secret.Secret](t)(derive(key(), purpose))
		if want := mac(prk, append([]byte(purpose), 1)); !bytes.Equal(got.Copy(), want) {
			t.Errorf("%s: %x, want %x", purpose, got.Copy(), want)
		}
	}
	for _, k := range []secret.Secret{{}, secret.Random(31), secret.Random(33)} {
		if _, err := derive(k, forActs); !errors.Is(err, errKey) {
			t.Error(k.Len(), err)
		}
	}
}

// Appendix B of RFC 6238 through the same options (SHA-256).
func TestVectorsOfRFC6238(t *testing.T) {
	t.Parallel()
	k := typed("12345678901234567890123456789012")
	for at64, want := range map[int64]string{59: "46119246", 1111111109: "68084774", 1111111111: "67062674", 1234567890: "91819424", 2000000000: "90698825", 20000000000: "77737706"} {
		if got := shown(must[secret.Secret](t)(at(k, Step(time.Unix(at64, 0)), sessions))); got != want {
			t.Errorf("%d: %s, want %s", at64, got, want)
		}
	}
}

// TOTP replay: a code is taken once, and with it every earlier one.
func TestSessionCodeIsTakenOnce(t *testing.T) {
	t.Parallel()
	code := must[secret.Secret](t)(Session(key(), noon))
	step := must[uint64](t)(CheckSession(key(), code, noon, 0))
	if step != Step(noon) {
		t.Errorf("step %d, want %d", step, Step(noon))
	}
	for _, later := range []time.Duration{0, 10 * time.Second, Period} {
		_, err := CheckSession(key(), code, noon.Add(later), step)
		wrong(t, err)
	}
	before := must[secret.Secret](t)(Session(key(), noon.Add(-Period)))
	if _, err := CheckSession(key(), before, noon, step-2); err != nil {
		t.Error("the step before, unused:", err)
	}
	_, err := CheckSession(key(), before, noon, step)
	wrong(t, err)
	next := must[secret.Secret](t)(Session(key(), noon.Add(Period)))
	if got, err := CheckSession(key(), next, noon, step); err != nil || got != step+1 {
		t.Error(got, err)
	}
}

func TestWindowIsOneStepEachWay(t *testing.T) {
	t.Parallel()
	for steps := -4; steps <= 4; steps++ {
		code := must[secret.Secret](t)(Session(key(), noon.Add(time.Duration(steps)*Period)))
		_, err := CheckSession(key(), code, noon, 0)
		if inside := steps >= -1 && steps <= 1; inside != (err == nil) {
			t.Errorf("%+d steps: %v", steps, err)
		}
	}
	// A clock a day off fails: the client counts from the platform's time, which each answer gives.
	for _, day := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
		code := must[secret.Secret](t)(Session(key(), noon.Add(day)))
		_, err := CheckSession(key(), code, noon, 0)
		wrong(t, err)
	}
}

func TestEdgesOfTime(t *testing.T) {
	t.Parallel()
	if Step(time.Time{}) != 0 || Step(time.Unix(29, 0)) != 0 || Step(time.Unix(30, 0)) != 1 {
		t.Error("steps")
	}
	code := must[secret.Secret](t)(Session(key(), time.Unix(0, 0)))
	_, err := CheckSession(key(), code, time.Unix(0, 0), 0)
	wrong(t, err)
}

func TestTypedCodes(t *testing.T) {
	t.Parallel()
	code := shown(must[secret.Secret](t)(Session(key(), noon)))
	var wide strings.Builder
	for _, c := range code {
		wide.WriteRune(c - '0' + '０')
	}
	for _, good := range []string{code, wide.String(), " " + code[:4] + " " + code[4:] + "\n"} {
		if _, err := CheckSession(key(), typed(good), noon, 0); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{"", code[:7], code + "0", "0" + code, code[:6], "abcdefgh", "-" + code[1:], code + "\x00"} {
		_, err := CheckSession(key(), typed(bad), noon, 0)
		wrong(t, err)
		if ok, err := Confirms(key(), []byte("x"), typed(bad)); ok || err != nil {
			t.Errorf("%q confirms: %v", bad, err)
		}
	}
}

// pquerna's own check would take a code again within its 90 s: the reason for
// CheckSession.
func TestValidateOfTheLibraryTakesACodeTwice(t *testing.T) {
	t.Parallel()
	text := "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	opts := totp.ValidateOpts{Period: 30, Skew: 1, Digits: otp.DigitsEight, Algorithm: otp.AlgorithmSHA256}
	code := must[string](t)(totp.GenerateCodeCustom(text, noon, opts))
	for range 2 {
		if ok := must[bool](t)(totp.ValidateCustom(code, text, noon, opts)); !ok {
			t.Error("no longer: simplify CheckSession")
		}
	}
}

// Code of challenge A on B; a code of the session on an act; another K.
func TestCodeConfirmsItsChallengeOnly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.SliceOfN(rapid.Byte(), 1, 400).Draw(t, "challenge")
		code, err := Confirm(key(), a)
		if err != nil || code.Len() != Digits {
			t.Fatal(err)
		}
		if ok, err := Confirms(key(), a, code); !ok || err != nil {
			t.Fatal("its own:", err)
		}
		b := bytes.Clone(a)
		b[rapid.IntRange(0, len(b)-1).Draw(t, "at")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		other, err := Confirm(key(), b)
		if err != nil {
			t.Fatal(err)
		}
		ok, err := Confirms(key(), b, code)
		if err != nil || ok != code.Equal(other) { // equal by a chance of 1 in 10^8
			t.Fatal("the code of another challenge", err)
		}
		if ok, err := Confirms(secret.Random(KeyLen), a, code); ok || err != nil {
			t.Fatal("another key:", err)
		}
		session, err := Session(key(), noon)
		if err != nil {
			t.Fatal(err)
		}
		if ok, _ := Confirms(key(), a, session); ok {
			t.Fatal("a session's code confirms")
		}
	})
}

// The code of an act, put together from its written definition.
func TestConfirmationCodeAsItIsDefined(t *testing.T) {
	t.Parallel()
	challenge := []byte(`{"v":1}`)
	k, err := hkdf.Key(sha256.New, key().Copy(), nil, "jandon ocra v1", 32)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(challenge)
	mac := hmac.New(sha256.New, k)
	fmt.Fprintf(mac, "OCRA-1:HOTP-SHA256-8:QA64\x00%x%s", sum, strings.Repeat("\x00", 64))
	h := mac.Sum(nil)
	want := fmt.Sprintf("%08d", binary.BigEndian.Uint32(h[h[31]&15:])&0x7fffffff%100_000_000)
	if got := shown(must[secret.Secret](t)(Confirm(key(), challenge))); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestAuthenticatorURI(t *testing.T) {
	t.Parallel()
	k := typed("12345678901234567890")
	uri := must[secret.Secret](t)(AuthenticatorURI(k, "Jandon 잔돈", "a-k3j4"))
	parsed := must[*otp.Key](t)(otp.NewKeyFromURL(shown(uri)))
	if parsed.Issuer() != "Jandon 잔돈" || parsed.AccountName() != "a-k3j4" || parsed.Secret() != "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" ||
		parsed.Type() != "totp" || parsed.Period() != 30 || parsed.Digits() != otp.DigitsSix || parsed.Algorithm() != otp.AlgorithmSHA1 {
		t.Error(shown(uri))
	}
	if u := must[*url.URL](t)(url.Parse(shown(uri))); strings.Contains(shown(uri), "+") || u.Host != "totp" {
		t.Error("spaces must be %20: apps show a plus", shown(uri))
	}
	code := must[secret.Secret](t)(Authenticator(k, noon))
	if want := must[string](t)(totp.GenerateCode(parsed.Secret(), noon)); shown(code) != want {
		t.Errorf("%s, want %s", shown(code), want)
	}
	step := must[uint64](t)(CheckAuthenticator(k, code, noon, 0))
	_, err := CheckAuthenticator(k, code, noon, step)
	wrong(t, err)
	for _, bad := range [][2]string{{"", "a"}, {"Jandon", ""}, {"a:b", "c"}, {"a", "b:c"}, {"a\n", "b"}, {"a", strings.Repeat("x", 65)}} {
		if _, err := AuthenticatorURI(k, bad[0], bad[1]); !errors.Is(err, errURI) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := CheckAuthenticator(key(), code, noon, 0); !errors.Is(err, errURI) {
		t.Error("K is no authenticator's key:", err)
	}
}

func TestNothingPrintsKeysOrCodes(t *testing.T) {
	t.Parallel()
	raw := key().Copy()
	session := must[secret.Secret](t)(Session(key(), noon))
	code := must[secret.Secret](t)(Confirm(key(), []byte("x")))
	uri := must[secret.Secret](t)(AuthenticatorURI(typed("12345678901234567890"), "Jandon", "a-1"))
	_, failed := CheckSession(key(), typed("98765432"), noon, 0)
	_, short := derive(secret.New(raw[:31:31]), forActs)
	for text, values := range map[string][]any{
		shown(key()): {key(), session, code, failed, short}, shown(session): {session}, shown(code): {code},
		shown(uri): {uri}, "98765432": {failed, fmt.Errorf("x: %w", failed)},
	} {
		secrettest.Hides(t, []byte(text), values...)
	}
}

// A session code is what the library makes at the step, for any key and time.
func FuzzSession(f *testing.F) {
	f.Add([]byte("12345678901234567890123456789012"), int64(59), "46119246")
	f.Fuzz(func(t *testing.T, k []byte, unix int64, other string) {
		if len(k) != KeyLen || unix < 0 || unix > 1<<40 {
			return
		}
		now := time.Unix(unix, 0)
		code, err := Session(secret.New(bytes.Clone(k)), now)
		if err != nil || code.Len() != Digits {
			t.Fatal(err)
		}
		step, err := CheckSession(secret.New(bytes.Clone(k)), code, now, 0)
		if Step(now) > 0 && (err != nil || step < Step(now)) {
			t.Error(step, err)
		}
		_, _ = CheckSession(secret.New(bytes.Clone(k)), typed(other), now, 0)
	})
}

func BenchmarkConfirm(b *testing.B) {
	k, challenge := key(), bytes.Repeat([]byte("c"), 500)
	for b.Loop() {
		if _, err := Confirm(k, challenge); err != nil {
			b.Fatal(err)
		}
	}
}
