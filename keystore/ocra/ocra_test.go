package ocra

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	_ "embed"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"pgregory.net/rapid"

	"jandon/keystore/secret"
	"jandon/keystore/secret/secrettest"
)

//go:embed testdata/ocra_vectors.json
var vectors []byte

func shown(s secret.Secret) (text string) {
	s.Expose(func(b []byte) { text = string(b) })
	return text
}

func unhex(t *testing.T, text string) []byte {
	t.Helper()
	b, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAllVectorsOfAppendixC(t *testing.T) {
	t.Parallel()
	var file struct {
		Vectors []struct {
			Section, Suite, Question, Response string
			Key                                string `json:"key_hex"`
			Counter                            uint64
			PIN                                string `json:"pin_sha1_hex"`
			Steps                              string `json:"time_steps_hex"`
		}
	}
	if err := json.Unmarshal(vectors, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Vectors) != 70 {
		t.Fatalf("%d vectors, not 70", len(file.Vectors))
	}
	for _, v := range file.Vectors {
		suite, err := Parse(v.Suite)
		if err != nil {
			t.Fatal(v.Suite, err)
		}
		in := Input{Counter: v.Counter, Question: v.Question, PINHash: unhex(t, v.PIN)}
		if v.Steps != "" {
			if in.Steps, err = strconv.ParseUint(v.Steps, 16, 64); err != nil {
				t.Fatal(err)
			}
		}
		code, err := suite.Code(secret.New(unhex(t, v.Key)), in)
		if err != nil || shown(code) != v.Response {
			t.Errorf("%s %s %s: %s, %v; want %s", v.Section, v.Suite, v.Question, shown(code), err, v.Response)
		}
	}
}

func confirm(t testing.TB) Suite {
	s, err := Parse(Confirm)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Zero padding would give a shorter question the code of a longer one.
func TestOnlySixtyFourCharactersConfirm(t *testing.T) {
	t.Parallel()
	key := secret.New([]byte("12345678901234567890123456789012"))
	full := strings.Repeat("a1", 32)
	for _, q := range []string{"", full[:63], full + "0", full + full, full[:63] + "\x00", full[:63] + " ", full[:62] + "é", full[:63] + "-"} {
		if code, err := confirm(t).Code(key, Input{Question: q}); !errors.Is(err, ErrQuestion) || code.Len() != 0 {
			t.Errorf("%d characters: %v", len(q), err)
		}
	}
	code, err := confirm(t).Code(key, Input{Question: full})
	if err != nil || code.Len() != 8 {
		t.Error(err)
	}
}

// A code is bound to its suite, key and every character of its question.
func TestCodeFitsOneQuestionOnly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, err := Parse(Confirm)
		if err != nil {
			t.Fatal(err)
		}
		key := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "key")
		sum := sha256.Sum256(rapid.SliceOf(rapid.Byte()).Draw(t, "challenge"))
		q := hex.EncodeToString(sum[:])
		message, err := s.message(Input{Question: q})
		if err != nil || len(message) != len(Confirm)+1+questionSize {
			t.Fatal(len(message), err)
		}
		at := rapid.IntRange(0, 63).Draw(t, "at")
		changed := []byte(q)
		changed[at] = "123456789abcdef0"[strings.IndexByte("0123456789abcdef", q[at])]
		other, err := s.message(Input{Question: string(changed)})
		if err != nil || bytes.Equal(message, other) {
			t.Fatal("two questions share a message", err)
		}
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte("OCRA-1:HOTP-SHA256-8:QA64\x00" + q + strings.Repeat("\x00", 64)))
		code, err := s.Code(secret.New(bytes.Clone(key)), Input{Question: q})
		if err != nil || shown(code) != string(truncate(mac.Sum(nil), 8)) {
			t.Fatal("not the code of the message of section 5.1", err)
		}
	})
}

// QN: the number, not its digits, goes in, as hexadecimal digits padded on the
// right to whole bytes; 16 is "10" and 1 is "10" too.
func TestDecimalQuestionIsPaddedOnTheRight(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"00000000": "00", "00000001": "10", "00000016": "10", "12345678": "bc614e", "99999999": "5f5e0ff0", "0000000000000255": "ff",
	} {
		q, err := decimal(text)
		if err != nil || hex.EncodeToString(q) != want {
			t.Errorf("%s: %x %v, want %s", text, q, err, want)
		}
	}
	for _, text := range []string{"-1", "+1", "1e3", "0x10", "1_0", "١٢٣٤", " 1"} {
		if _, err := decimal(text); !errors.Is(err, ErrQuestion) {
			t.Errorf("%q passes", text)
		}
	}
}

func TestInputsMustFitTheSuite(t *testing.T) {
	t.Parallel()
	key := secret.New([]byte("k"))
	q := strings.Repeat("a", 64)
	for name, in := range map[string]Input{
		"counter": {Question: q, Counter: 1}, "PIN": {Question: q, PINHash: make([]byte, 20)},
		"session": {Question: q, Session: []byte("s")}, "time": {Question: q, Steps: 1},
	} {
		if _, err := confirm(t).Code(key, in); !errors.Is(err, ErrInput) {
			t.Errorf("an ignored %s: %v", name, err)
		}
	}
	s, err := Parse("OCRA-1:HOTP-SHA256-8:C-QH08-PSHA256-S064-T30S")
	if err != nil || s.step != 30*time.Second {
		t.Fatal(err, s.step)
	}
	if _, err := s.Code(key, Input{Question: "abc", PINHash: make([]byte, 20)}); !errors.Is(err, ErrInput) {
		t.Error("a PIN hash of another function:", err)
	}
	if _, err := s.Code(key, Input{Question: "xyz", PINHash: make([]byte, 32)}); !errors.Is(err, ErrQuestion) {
		t.Error("a question that is no hexadecimal:", err)
	}
	m, err := s.message(Input{Counter: 7, Question: "abc", PINHash: make([]byte, 32), Session: []byte("s"), Steps: 9})
	if err != nil || len(m) != len(s.name)+1+8+128+32+64+8 || m[len(s.name)+9] != 0xab || m[len(s.name)+10] != 0xc0 || m[len(m)-9] != 's' {
		t.Errorf("%x %v", m, err)
	}
	if _, err := confirm(t).Code(secret.Secret{}, Input{Question: q}); !errors.Is(err, ErrKey) {
		t.Error(err)
	}
	if _, err := (Suite{}).Code(key, Input{}); !errors.Is(err, ErrSuite) {
		t.Error(err)
	}
}

func TestSuitesThatDoNotExist(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"", "OCRA-1", "OCRA-2:HOTP-SHA256-8:QA64", "OCRA-1:HOTP-MD5-8:QA64", "OCRA-1:HOTP-SHA256-0:QA64", "OCRA-1:HOTP-SHA256-11:QA64",
		"OCRA-1:HOTP-SHA256-08:QA64", "OCRA-1:TOTP-SHA256-8:QA64", "OCRA-1:HOTP-SHA256-8:QA65", "OCRA-1:HOTP-SHA256-8:QA03", "OCRA-1:HOTP-SHA256-8:QB64",
		"OCRA-1:HOTP-SHA256-8:QA064", "OCRA-1:HOTP-SHA256-8:QA64-C", "OCRA-1:HOTP-SHA256-8:QA64-PMD5", "OCRA-1:HOTP-SHA256-8:QA64-S64",
		"OCRA-1:HOTP-SHA256-8:QA64-S513", "OCRA-1:HOTP-SHA256-8:QA64-T60S", "OCRA-1:HOTP-SHA256-8:QA64-T49H", "OCRA-1:HOTP-SHA256-8:QA64-T",
		"OCRA-1:HOTP-SHA256-8:QA64-T01M", "OCRA-1:HOTP-SHA256-8:QA64-T1D", "OCRA-1:HOTP-SHA256-8:QA64-", "OCRA-1:HOTP-SHA256-8:CX-QA64", "ocra-1:hotp-sha256-8:qa64",
	} {
		if s, err := Parse(name); !errors.Is(err, ErrSuite) {
			t.Errorf("%q is taken: %+v", name, s)
		}
	}
}

func TestCodeHidesItself(t *testing.T) {
	t.Parallel()
	s := confirm(t)
	code, err := s.Code(secret.New([]byte("12345678901234567890123456789012")), Input{Question: strings.Repeat("a", 64)})
	if err != nil {
		t.Fatal(err)
	}
	secrettest.Hides(t, []byte(shown(code)), code, struct{ Code secret.Secret }{code})
}

// pquerna/otp truncates the same way; it only MACs other bytes.
func FuzzTruncation(f *testing.F) {
	f.Add([]byte("12345678901234567890"), uint64(0), byte(8))
	f.Add([]byte{0}, uint64(1)<<63, byte(6))
	f.Fuzz(func(t *testing.T, key []byte, counter uint64, pick byte) {
		if len(key) == 0 {
			return
		}
		digits := 6 + int(pick%3)
		for algorithm, h := range map[otp.Algorithm]func() hash.Hash{
			otp.AlgorithmSHA1: sha1.New, otp.AlgorithmSHA256: sha256.New, otp.AlgorithmSHA512: sha512.New,
		} {
			want, err := hotp.GenerateCodeCustom(base32.StdEncoding.EncodeToString(key), counter, hotp.ValidateOpts{Digits: otp.Digits(digits), Algorithm: algorithm})
			if err != nil {
				t.Fatal(err)
			}
			mac := hmac.New(h, key)
			_ = binary.Write(mac, binary.BigEndian, counter)
			if got := string(truncate(mac.Sum(nil), digits)); got != want {
				t.Errorf("%v: %s, want %s", algorithm, got, want)
			}
		}
	})
}

// Whatever a suite's name says, reading it and making a code neither panics nor hangs.
func FuzzSuite(f *testing.F) {
	f.Add(Confirm, "a")
	f.Add("OCRA-1:HOTP-SHA512-8:C-QN08-PSHA1-S064-T1M", "12345678")
	f.Fuzz(func(t *testing.T, name, question string) {
		s, err := Parse(name)
		if err != nil {
			return
		}
		if s.String() != name {
			t.Error("the name changed")
		}
		in := Input{Question: question}
		if s.pin != "" {
			in.PINHash = make([]byte, hashes[s.pin]().Size())
		}
		code, err := s.Code(secret.New([]byte("key")), in)
		if err == nil && code.Len() != s.digits {
			t.Errorf("%d digits, want %d", code.Len(), s.digits)
		}
	})
}
