package pin

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"jandon/internal/fault"
	"jandon/keystore/internal/fresh"
	"jandon/keystore/secret"
	"jandon/keystore/secret/secrettest"
)

// Tests of the format run with a cheap function; its price is the benchmark's.
var (
	cheap      = costs{passes: 1, kib: 8, lanes: 1}
	cheapLimit = bounds{least: cheap, most: limits.most}
)

const good = "284751"

func typed(text string) secret.Secret { return secret.New([]byte(text)) }

func freshly(t testing.TB, k []byte) Fresh {
	t.Helper()
	f, err := fresh.New(secret.New(bytes.Clone(k)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func sealed(t testing.TB, k []byte, pin string) []byte {
	t.Helper()
	blob, err := seal(freshly(t, k), typed(pin), cheap)
	if err != nil {
		t.Fatal(err)
	}
	return blob
}

func wantCode(t testing.TB, err error, code fault.Code) {
	t.Helper()
	if !errors.Is(err, fault.New(code)) && fault.From(err).Code != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

func TestOpensWithItsPIN(t *testing.T) {
	t.Parallel()
	k := secret.Random(KeyLen).Copy()
	for _, pin := range []string{good, "２８４７５１", " 284751 "} {
		got, err := cheapLimit.open(sealed(t, k, good), typed(pin))
		if err != nil || !got.Equal(secret.New(bytes.Clone(k))) {
			t.Errorf("%q: %v", pin, err)
		}
	}
}

// The real price, once: what Seal writes Open reads.
func TestSealAndOpenAtTheRealPrice(t *testing.T) {
	t.Parallel()
	k := secret.Random(KeyLen).Copy()
	blob, err := Seal(freshly(t, k), typed(good))
	if err != nil || blob.Len() != BlobLen || Whole(blob) != nil {
		t.Fatal(blob.Len(), err)
	}
	secrettest.Hides(t, blob.Copy(), blob)
	if got := blob.Copy()[:headLen]; !bytes.Equal(got, []byte{1, 0, 0, 0, 3, 0, 1, 0, 0, 4}) {
		t.Errorf("parameters %x", got)
	}
	got, err := Open(blob, typed(good))
	if err != nil || !got.Equal(secret.New(k)) {
		t.Error(err)
	}
}

// A stolen blob must give no way to tell a right PIN from a wrong one: every
// PIN opens, without an error, to 32 bytes that look alike.
func TestAnyPINOpensToAPlausibleKey(t *testing.T) {
	t.Parallel()
	blob := sealed(t, secret.Random(KeyLen).Copy(), good)
	seen := map[string]bool{}
	ones := 0
	const pins = 2000
	for i := range pins {
		k, err := cheapLimit.open(blob, typed(fmt.Sprintf("%06d", i)))
		if err != nil || k.Len() != KeyLen {
			t.Fatal(i, err)
		}
		b := k.Copy()
		seen[string(b)] = true
		for _, c := range b {
			for ; c != 0; c &= c - 1 {
				ones++
			}
		}
	}
	mean, sigma := float64(pins*KeyLen*4), math.Sqrt(float64(pins*KeyLen*8))/2
	if len(seen) != pins || math.Abs(float64(ones)-mean) > 5*sigma {
		t.Errorf("%d different keys, %d ones", len(seen), ones)
	}
}

// Two blobs of one K let a thief of both try PINs at home: for the right pair
// of PINs, and for no other, both open to the same K. So a K is sealed once.
func TestTwoBlobsOfOneKeyGiveAwayBothPINsSoItIsSealedOnce(t *testing.T) {
	t.Parallel()
	k := secret.Random(KeyLen).Copy()
	one, two := sealed(t, k, good), sealed(t, k, "930582")
	open := func(blob []byte, pin string) secret.Secret {
		got, err := cheapLimit.open(blob, typed(pin))
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if !open(one, good).Equal(open(two, "930582")) || open(one, good).Equal(open(two, "930583")) {
		t.Error("the attack that the rule is made for does not work; read it again")
	}
	f := freshly(t, k)
	copied := f
	if _, err := seal(f, typed(good), cheap); err != nil {
		t.Fatal(err)
	}
	for _, again := range []Fresh{f, copied, {}} {
		if blob, err := seal(again, typed("930582"), cheap); !errors.Is(err, ErrUsed) || blob != nil {
			t.Error("sealed twice:", err)
		}
	}
}

func TestKeyIsTakenOnceByManyAtOnce(t *testing.T) {
	t.Parallel()
	f := freshly(t, secret.Random(KeyLen).Copy())
	var taken atomic.Int32
	var all sync.WaitGroup
	for range 32 {
		all.Go(func() {
			if _, err := f.Take(); err == nil {
				taken.Add(1)
			}
		})
	}
	all.Wait()
	if taken.Load() != 1 {
		t.Errorf("taken %d times", taken.Load())
	}
}

// A refused PIN must not use the key up: the person types another one.
func TestRefusedPINKeepsTheKeyFresh(t *testing.T) {
	t.Parallel()
	f := freshly(t, secret.Random(KeyLen).Copy())
	_, err := seal(f, typed("111111"), cheap)
	wantCode(t, err, fault.WeakPIN)
	if _, err := seal(f, typed(good), cheap); err != nil {
		t.Error(err)
	}
}

func TestSaltIsNew(t *testing.T) {
	t.Parallel()
	k := secret.Random(KeyLen).Copy()
	a, b := sealed(t, k, good), sealed(t, k, good)
	if bytes.Equal(a[headLen:], b[headLen:]) || bytes.Equal(a[headLen:headLen+saltLen], b[headLen:headLen+saltLen]) {
		t.Error("two blobs share a salt")
	}
}

// Damage is told apart from a wrong PIN: every single bit is covered.
func TestBlobBitFlip(t *testing.T) {
	t.Parallel()
	blob := sealed(t, secret.Random(KeyLen).Copy(), good)
	for i := range 8 * len(blob) {
		hurt := bytes.Clone(blob)
		hurt[i/8] ^= 1 << (i % 8)
		_, err := cheapLimit.open(hurt, typed(good))
		if code := fault.From(err); code == nil || code.Code != fault.KeyringDamaged && code.Code != fault.StoreNewer {
			t.Fatalf("bit %d: %v", i, err)
		}
	}
	for n := range len(blob) {
		_, err := cheapLimit.open(blob[:n], typed(good))
		wantCode(t, err, fault.KeyringDamaged)
	}
}

// asking is a well-formed blob with parameters of somebody's choice.
func asking(passes, kib uint32, lanes uint8) []byte {
	b := append([]byte{blobVersion}, make([]byte, bodyLen-1)...)
	binary.BigEndian.PutUint32(b[1:], passes)
	binary.BigEndian.PutUint32(b[5:], kib)
	b[9] = lanes
	sum := sha256.Sum256(b)
	return append(b, sum[:sumLen]...)
}

func TestBlobAskingForFourTebibytes(t *testing.T) {
	t.Parallel()
	for name, blob := range map[string][]byte{
		"4 TiB": asking(3, math.MaxUint32, 4), "over 1 GiB": asking(3, 1<<20+1, 4), "4 billion passes": asking(math.MaxUint32, 64<<10, 4),
		"11 passes": asking(11, 64<<10, 4), "255 lanes": asking(3, 64<<10, 255), "no lanes": asking(3, 64<<10, 0), "no passes": asking(0, 64<<10, 4),
		"too cheap": asking(3, 64<<10-1, 4), "nothing": asking(0, 0, 0),
	} {
		k, err := Open(secret.New(blob), typed(good))
		if k.Len() != 0 {
			t.Error(name, "opens")
		}
		wantCode(t, err, fault.KeyringDamaged)
	}
	wantCode(t, Whole(secret.New(asking(3, math.MaxUint32, 4))), fault.KeyringDamaged)
	if err := Whole(secret.New(asking(10, 1<<20, 16))); err != nil {
		t.Error("the bounds themselves:", err)
	}
}

// Only 32 bytes without structure may be hidden: a PIN would be tried until a
// device key or a base32 text comes out.
func TestNothingButAKeyIsHidden(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 16, 31, 33, 64} {
		if _, err := fresh.New(secret.Random(n)); !errors.Is(err, ErrUsed) {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
	k := secret.Random(KeyLen)
	if _, err := fresh.New(k); err != nil || k.Len() != 0 {
		t.Error("the argument keeps the key", err)
	}
}

func TestNothingPrintsKeyOrPIN(t *testing.T) {
	t.Parallel()
	k := []byte("canary-K-0123456789-canary-K-012")
	f := freshly(t, k)
	secrettest.Hides(t, k, f, &f, struct{ F Fresh }{f})
	blob := sealed(t, k, good)
	opened, err := cheapLimit.open(blob, typed(good))
	if err != nil {
		t.Fatal(err)
	}
	secrettest.Hides(t, k, opened, blob)
	for _, pin := range []string{"777777", "28475x", "1234567890123456789"} {
		_, err := seal(f, typed(pin), cheap)
		secrettest.Hides(t, []byte(pin), err)
		_, err = cheapLimit.open(blob[:9], typed(pin))
		secrettest.Hides(t, []byte(pin), err)
	}
}

// Sealing and opening are one for any K and any PIN that is not refused.
func TestSealThenOpen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.SliceOfN(rapid.Byte(), KeyLen, KeyLen).Draw(t, "k")
		pin := rapid.StringMatching(`[0-9]{6,12}`).Draw(t, "pin")
		f, err := fresh.New(secret.New(bytes.Clone(k)))
		if err != nil {
			t.Fatal(err)
		}
		blob, err := seal(f, typed(pin), cheap)
		if errors.Is(err, ErrUsed) || err != nil && fault.From(err).Code != fault.WeakPIN {
			t.Fatal(err)
		}
		if err != nil {
			return
		}
		got, err := cheapLimit.open(blob, typed(pin))
		if err != nil || !got.Equal(secret.New(k)) {
			t.Fatal(err)
		}
	})
}

// Whatever stands in a keyring, reading it neither panics nor allocates by its word.
func FuzzBlob(f *testing.F) {
	f.Add(asking(3, 64<<10, 4))
	f.Add(asking(3, math.MaxUint32, 4))
	f.Add([]byte{2})
	f.Fuzz(func(t *testing.T, blob []byte) {
		c, err := limits.read(blob)
		if err == nil && (!limits.hold(c) || len(blob) != BlobLen) {
			t.Errorf("%+v passes", c)
		}
	})
}

// BenchmarkOpen is what a person waits after typing a PIN.
func BenchmarkOpen(b *testing.B) {
	blob, err := Seal(freshly(b, secret.Random(KeyLen).Copy()), typed(good))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Open(blob, typed(good)); err != nil {
			b.Fatal(err)
		}
	}
}
