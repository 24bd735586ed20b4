package store_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jandon/client/store"
	"jandon/client/store/storetest"
	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// made is a closed store of some lines.
func made(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "data", "store")
	s, err := store.Open(t.Context(), options(path))
	if err != nil {
		t.Fatal(err)
	}
	if err := storetest.Fill(t.Context(), s, 1200, year); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func chmod(t *testing.T, path string, mode fs.FileMode) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}

// TestOddDirectories opens stores below names that mean something in a URL: a
// person's directory may well have a space in it.
func TestOddDirectories(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Jane Doe", "a+b", "100%", "a#b", "a?mode=memory", "a&vfs=memdb", "잔돈"} {
		path := filepath.Join(t.TempDir(), name, "store")
		s, err := store.Open(t.Context(), options(path))
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		if info, err := os.Stat(path); err != nil || info.Size() == 0 {
			t.Errorf("%q: the store is elsewhere", name)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestFilesThatAreNoStores opens what should not be there: each has its fault,
// and the file stays as it was.
func TestFilesThatAreNoStores(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		want fault.Code
		do   func(t *testing.T, path string)
	}{
		{"cut in the middle", fault.StoreDamaged, func(t *testing.T, p string) { b := read(t, p); write(t, p, b[:len(b)/2]) }},
		{"cut in a block", fault.StoreDamaged, func(t *testing.T, p string) { write(t, p, read(t, p)[:4000]) }},
		{"first block only", fault.StoreDamaged, func(t *testing.T, p string) { write(t, p, read(t, p)[:4096]) }},
		{"first block flipped", fault.StoreDamaged, func(t *testing.T, p string) { b := read(t, p); b[99] ^= 4; write(t, p, b) }},
		{"first block gone", fault.StoreDamaged, func(t *testing.T, p string) { b := read(t, p); clear(b[:4096]); write(t, p, b) }},
		{"text", fault.StoreDamaged, func(t *testing.T, p string) { write(t, p, bytes.Repeat([]byte("my notes, not a wallet\n"), 2000)) }},
		{"short text", fault.StoreDamaged, func(t *testing.T, p string) { write(t, p, []byte("hello")) }},
		{"zeroes", fault.StoreDamaged, func(t *testing.T, p string) { write(t, p, make([]byte, 64<<10)) }},
		{"plain SQLite", fault.StoreDamaged, func(t *testing.T, p string) {
			write(t, p, append([]byte("SQLite format 3\x00\x10\x00\x01\x01\x00\x40\x20\x20"), make([]byte, 8168)...))
		}},
		{"a directory", fault.StoreUnsafe, func(t *testing.T, p string) {
			if err := errors.Join(os.Remove(p), os.Mkdir(p, 0o700)); err != nil {
				t.Fatal(err)
			}
		}},
		{"a link", fault.StoreUnsafe, func(t *testing.T, p string) {
			if err := errors.Join(os.Rename(p, p+".real"), os.Symlink(p+".real", p)); err != nil {
				t.Fatal(err)
			}
		}},
		{"a link to nothing", fault.StoreUnsafe, func(t *testing.T, p string) {
			if err := errors.Join(os.Remove(p), os.Symlink(p+".none", p)); err != nil {
				t.Fatal(err)
			}
		}},
		{"read-only file", fault.StoreDenied, func(t *testing.T, p string) { chmod(t, p, 0o400) }},
		{"read-only directory", fault.StoreDenied, func(t *testing.T, p string) {
			chmod(t, filepath.Dir(p), 0o500)
			t.Cleanup(func() { _ = os.Chmod(filepath.Dir(p), 0o700) })
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			path := made(t)
			c.do(t, path)
			before, _ := os.ReadFile(path)
			s, err := store.Open(t.Context(), options(path))
			if err == nil {
				_, err = s.Totals(t.Context(), history.Query{Text: "nova"})
				_ = s.Close()
			}
			if !errors.Is(err, fault.New(c.want)) {
				t.Fatalf("got %v, want %s", err, c.want)
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestWrongKey(t *testing.T) {
	t.Parallel()
	path := made(t)
	before := read(t, path)
	opts := options(path)
	opts.Key = testKey(2)
	if _, err := store.Open(t.Context(), opts); !errors.Is(err, fault.New(fault.StoreKey)) {
		t.Fatal(err)
	}
	opts.Key = shortKey{}
	if _, err := store.Open(t.Context(), opts); !errors.Is(err, fault.New(fault.StoreKey)) {
		t.Fatal(err)
	}
	if !bytes.Equal(before, read(t, path)) {
		t.Error("the file was changed")
	}
	s, err := store.Open(t.Context(), options(path))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Check(t.Context()), s.Close()); err != nil {
		t.Fatal(err)
	}
}

type shortKey struct{}

func (shortKey) Expose(use func([]byte)) { use([]byte("short")) }

// TestFlippedBits flips bits all over the file: whatever is asked, the answer is
// right or StoreDamaged, and Check always notices.
func TestFlippedBits(t *testing.T) {
	t.Parallel()
	path := made(t)
	good := read(t, path)
	want := answers(t, path)
	r := rand.New(rand.NewPCG(3, 4))
	const flips = 30
	noticed := 0
	for range flips {
		b := bytes.Clone(good)
		b[r.IntN(len(b))] ^= 1 << r.IntN(8)
		write(t, path, b)
		s, err := store.Open(t.Context(), options(path))
		if err != nil {
			mustBeDamaged(t, err)
			noticed++
			continue
		}
		got, err := ask(t.Context(), s)
		if err != nil {
			mustBeDamaged(t, err)
		} else if got != want {
			t.Errorf("a wrong answer: %+v, want %+v", got, want)
		}
		if err := s.Check(t.Context()); err != nil {
			mustBeDamaged(t, err)
			noticed++
		}
		_ = s.Close()
	}
	if noticed != flips {
		t.Errorf("%d of %d flipped bits were noticed", noticed, flips)
	}
}

func mustBeDamaged(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, fault.New(fault.StoreDamaged)) {
		t.Errorf("got %v, want store_damaged", err)
	}
}

type answer struct {
	all, text history.Totals
	rows      int
	first     string
}

func ask(ctx context.Context, s *store.Store) (a answer, err error) {
	if a.all, err = s.Totals(ctx, history.Query{}); err != nil {
		return a, err
	}
	if a.text, err = s.Totals(ctx, history.Query{Text: "커피"}); err != nil {
		return a, err
	}
	page, err := s.Rows(ctx, history.Query{}, history.Window{Older: true, Limit: 500})
	if a.rows = len(page.Rows); a.rows > 0 {
		a.first = page.Rows[0].ID
	}
	return a, err
}

func answers(t *testing.T, path string) answer {
	t.Helper()
	s, err := store.Open(t.Context(), options(path))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	a, err := ask(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestEmptyFile: a process killed while making a store leaves an empty file.
func TestEmptyFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	write(t, path, nil)
	s, err := store.Open(t.Context(), options(path))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(storetest.Fill(t.Context(), s, 10, year), s.Check(t.Context()), s.Close()); err != nil {
		t.Fatal(err)
	}
}

// TestNothingReadableOnDisk plants a merchant and looks for it in every file,
// while the store is open and after.
func TestNothingReadableOnDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "store")
	s, err := store.Open(t.Context(), options(path))
	if err != nil {
		t.Fatal(err)
	}
	x := storetest.Line(1, 10, year)
	x.Merchant, x.Order, x.Amount = "CanaryMerchantÆ", "CANARY-ORDER-77", money.Won(-7_077_077_077)
	w := storetest.Wallet()
	w.Issuers = []wallet.Issuer{{ID: "canary-issuer", Name: "CanaryIssuer"}}
	err = errors.Join(s.Apply(t.Context(), store.Batch{Ledger: "canary-ledger", Transactions: []wallet.Transaction{x}}), s.PutWallet(t.Context(), w))
	if err != nil {
		t.Fatal(err)
	}
	look := func() {
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			b := strings.ToLower(string(read(t, filepath.Join(dir, f.Name()))))
			for _, canary := range []string{"canary", "sqlite format", "\x01\xa5\xd3\x2c\xd5", "\xd5\x2c\xd3\xa5\x01"} { // 7,077,077,077 in either byte order
				if strings.Contains(b, canary) {
					t.Errorf("%s holds %q", f.Name(), canary)
				}
			}
			if info, err := f.Info(); err != nil || f.Name() != "store-shm" && info.Mode().Perm() != 0o600 {
				t.Errorf("%s: mode %v, %v", f.Name(), info.Mode(), err)
			}
		}
	}
	look()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	look()
}
