package onetime

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
	"testing"

	"jandon/internal/fault"
	"jandon/keystore/secret"
	"jandon/keystore/secret/secrettest"
)

func typed(s string) secret.Secret { return secret.New([]byte(s)) }

func digest(t testing.TB, k Kind, owner, code string) string {
	t.Helper()
	d, err := Digest(k, owner, typed(code))
	if err != nil {
		t.Fatalf("%q: %v", code, err)
	}
	return d
}

// Digests are kept for years: what they are made of can't change.
func TestDigestAsItIsDefined(t *testing.T) {
	t.Parallel()
	for k, want := range map[Kind][2]string{Activation: {"jandon activation v1", "3F6FCD6C"}, Recovery: {"jandon recovery v1", "KF028VKGW15R81V9"}} {
		sum := sha256.Sum256([]byte(want[0] + "\x00a-1\x00" + want[1]))
		if got := digest(t, k, "a-1", want[1]); got != hex.EncodeToString(sum[:]) {
			t.Errorf("%s: %s", want[0], got)
		}
	}
}

func TestShape(t *testing.T) {
	t.Parallel()
	for k, shape := range map[Kind]string{Activation: `^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$`, Recovery: `^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$`} {
		seen := map[byte]int{}
		for range 500 {
			code, err := New(k)
			if err != nil || !regexp.MustCompile(shape).Match(code.Copy()) {
				t.Fatal(err)
			}
			for _, c := range code.Copy() {
				seen[c]++
			}
		}
		if len(seen) != 33 { // all 32 and the dash
			t.Errorf("%d characters are used", len(seen))
		}
	}
	for _, k := range []Kind{KindUnknown, 99} {
		if _, err := New(k); fault.From(err).Code != fault.Internal {
			t.Error(k, err)
		}
	}
}

func TestReadAsMeant(t *testing.T) {
	t.Parallel()
	want := digest(t, Activation, "e-1", "10AB-CDEF")
	for _, same := range []string{"10abcdef", "lOab cdef", "IoAB-CDEF\n", "１０ＡＢ－ＣＤＥＦ", " 10 AB CD EF "} {
		if digest(t, Activation, "e-1", same) != want {
			t.Errorf("%q is another code", same)
		}
	}
	for _, bad := range []string{"", "10AB-CDE", "10AB-CDEF0", "10AB-CDEU", "10AB_CDEF", "10AB-CDE\x00", "十ABCDEFG", strings.Repeat("1", longest+1)} {
		if _, err := Digest(Activation, "e-1", typed(bad)); fault.From(err) == nil || fault.From(err).Code != fault.WrongCode {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestDigestIsBoundToPurposeAndOwner(t *testing.T) {
	t.Parallel()
	const code = "0123-4567-89AB-CDEF"
	seen := map[string]string{}
	for name, d := range map[string]string{
		"one": digest(t, Recovery, "a-1", code), "other owner": digest(t, Recovery, "a-2", code), "other code": digest(t, Recovery, "a-1", code[:18]+"G"),
		"other kind": digest(t, Activation, "a-1", code[:9]),
	} {
		if twin, there := seen[d]; there || len(d) != 64 {
			t.Errorf("%s and %s share %s", name, twin, d)
		}
		seen[d] = name
	}
	for _, owner := range []string{"", "a\x00b"} {
		if _, err := Digest(Recovery, owner, typed(code)); fault.From(err).Code != fault.Internal {
			t.Errorf("%q: %v", owner, err)
		}
	}
}

func TestNothingPrintsACode(t *testing.T) {
	t.Parallel()
	sheet, err := Sheet()
	if err != nil {
		t.Fatal(err)
	}
	d := digest(t, Recovery, "a-1", string(sheet[0].Copy()))
	_, failed := Digest(Activation, "a-1", sheet[0])
	plain := strings.ReplaceAll(string(sheet[0].Copy()), "-", "")
	for _, raw := range []string{plain, string(sheet[0].Copy())} {
		secrettest.Hides(t, []byte(raw), sheet, sheet[0], d, failed)
	}
}

func FuzzDigest(f *testing.F) {
	f.Add("0123-4567-89AB-CDEF")
	f.Fuzz(func(t *testing.T, text string) {
		code := plain(typed(text))
		if strings.Trim(string(code), alphabet) != "" {
			t.Errorf("%q is read as %q", text, code)
		}
		if again := plain(typed(string(code))); string(again) != string(code) {
			t.Errorf("%q changes when read again", code)
		}
	})
}
