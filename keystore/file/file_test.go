package file

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"jandon/internal/fault"
	"jandon/keystore"
	"jandon/keystore/secret"
	"jandon/keystore/secret/secrettest"
)

const (
	words   = "correct horse battery staple"
	account = "a-test"
	canary  = "canary-value-0123456789"
)

func text(s string) secret.Secret { return secret.New([]byte(s)) }

// cheap is a store whose files cost little to open.
func cheap(t testing.TB, dir, phrase string) *Store {
	t.Helper()
	s, err := New(dir, Agree(true), text(phrase))
	if err != nil {
		t.Fatal(err)
	}
	if s.work != workFactor {
		t.Fatal("not age's default")
	}
	s.work = 2
	return s
}

func place(t testing.TB) string { return filepath.Join(t.TempDir(), "data", "keys") }

func wantCode(t testing.TB, what string, err error, code fault.Code) {
	t.Helper()
	if f := fault.From(err); f == nil || f.Code != code {
		t.Errorf("%s: got %v, want %s", what, err, code)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestStoreKeepsItems(t *testing.T) {
	t.Parallel()
	ctx, dir := t.Context(), place(t)
	s := cheap(t, dir, words)
	if s.State(ctx) != keystore.Ready {
		t.Error(s.State(ctx))
	}
	_, err := keystore.Load(ctx, s, account)
	wantCode(t, "nothing there", err, fault.KeyringMissing)
	wantCode(t, "nothing to delete", s.Delete(ctx, account), fault.KeyringMissing)
	want := keystore.Item{Server: "https://wallet.example", StoreKey: keystore.RandomSecret(keystore.StoreKeyLen)}
	must(t, keystore.Save(ctx, s, account, want))
	must(t, keystore.Save(ctx, s, account, want))
	got, err := keystore.Load(ctx, cheap(t, dir, words), account)
	if err != nil || !got.StoreKey.Equal(want.StoreKey) {
		t.Error(err)
	}
	names, err := os.ReadDir(dir)
	if err != nil || len(names) != 1 || names[0].Name() != account+".age" {
		t.Error(names, err)
	}
	must(t, s.Delete(ctx, account))
	_, err = s.Get(ctx, account)
	wantCode(t, "deleted", err, fault.KeyringMissing)
	over, cancel := context.WithCancel(ctx)
	cancel()
	wantCode(t, "stopped", s.Set(over, account, text("x")), fault.Canceled)
	for _, id := range []string{"", "../a", "A", "a/b", "a.age", strings.Repeat("a", 65)} {
		wantCode(t, id, s.Set(ctx, id, text("x")), fault.Internal)
	}
}

// A keyring that is gone is an error and no reason to write files: without a
// person's Yes there is no store, and nothing is touched.
func TestNoConsentNoFile(t *testing.T) {
	t.Parallel()
	dir := place(t)
	for name, c := range map[string]Consent{
		"zero": {}, "no": Agree(false), "nothing pinned": Pinned(""), "keyring pinned": Pinned("keyring"), "misspelt": Pinned("File"),
	} {
		s, err := New(dir, c, text(words))
		wantCode(t, name, err, fault.NoConsent)
		if s != nil || c.Given() {
			t.Error(name, "gives a store")
		}
	}
	if _, err := os.Lstat(filepath.Dir(dir)); !errors.Is(err, fs.ErrNotExist) {
		t.Error("something was made:", err)
	}
	for name, c := range map[string]Consent{"yes": Agree(true), "pinned": Pinned(Setting)} {
		if _, err := New(dir, c, text(words)); err != nil {
			t.Error(name, err)
		}
	}
}

func TestPassphrases(t *testing.T) {
	t.Parallel()
	why := func(phrase, pin string) string {
		f := fault.From(CheckPassphrase(text(phrase), text(pin)))
		if f == nil {
			return ""
		}
		if f.Code != fault.WeakPassphrase {
			t.Errorf("%q: %v", phrase, f)
		}
		return f.Args["why"]
	}
	for _, test := range []struct{ phrase, pin, want string }{
		{words, "284751", ""}, {"elevenchars", "", short}, {"twelve chars", "", ""}, {"", "", short}, {"열한글자는짧은암호문이다", "", ""}, {"열한글자는짧은암호문임", "", short},
		{"284751284751", "284751284751", same}, {"２８４７５１284751", "284751284751", same}, {"2847 5128 4751", "284751284751", same},
		{"284751", "284751", same}, {"284751284752", "284751284751", ""}, {"\xff\xfe twelve chars", "", short}, {strings.Repeat("x", 1025), "", short},
	} {
		if got := why(test.phrase, test.pin); got != test.want {
			t.Errorf("%q with PIN %q: %q, want %q", test.phrase, test.pin, got, test.want)
		}
	}
	if _, err := New(place(t), Agree(true), text("too short")); fault.From(err).Code != fault.WeakPassphrase {
		t.Error(err)
	}
}

// Whoever registers waits for as many seconds as files are opened: what was sealed
// or opened here is known for as long as the file is the same, and no longer.
func TestAFileIsOpenedOnce(t *testing.T) {
	t.Parallel()
	ctx, dir := t.Context(), place(t)
	s, other := cheap(t, dir, words), cheap(t, dir, words)
	holds := func(what, want string) {
		t.Helper()
		got, err := s.Get(ctx, account)
		if err != nil || !got.Equal(text(want)) {
			t.Errorf("%s: %v", what, err)
		}
		got.Wipe() // the caller's own
	}
	keys := s.phrase
	must(t, s.Set(ctx, account, text(canary)))
	s.phrase = text("with these words nothing opens")
	holds("sealed here", canary)
	holds("sealed here, again", canary)
	must(t, other.Set(ctx, account, text("newer")))
	_, err := s.Get(ctx, account)
	wantCode(t, "sealed by another", err, fault.WrongPassphrase)
	s.phrase = keys
	holds("sealed by another", "newer")
	s.phrase = text("with these words nothing opens")
	holds("opened here", "newer")
	must(t, s.Delete(ctx, account))
	_, err = s.Get(ctx, account)
	wantCode(t, "deleted", err, fault.KeyringMissing)
	s.phrase = keys
	must(t, s.Set(ctx, account, text(canary)))
	s.Close()
	_, err = s.Get(ctx, account)
	wantCode(t, "closed", err, fault.WrongPassphrase)
}

// Hangul typed composed on one system and decomposed on another.
func TestPassphraseIsReadAlikeEverywhere(t *testing.T) {
	t.Parallel()
	dir := place(t)
	must(t, cheap(t, dir, "가나다라마바사아자차카타").Set(t.Context(), account, text(canary)))
	decomposed := "\u1100\u1161\u1102\u1161\u1103\u1161\u1105\u1161\u1106\u1161\u1107\u1161\u1109\u1161\u110b\u1161\u110c\u1161\u110e\u1161\u110f\u1161\u1110\u1161"
	if _, err := cheap(t, dir, decomposed).Get(t.Context(), account); err != nil {
		t.Error(err)
	}
}

func TestWrongPassphraseAndDamage(t *testing.T) {
	t.Parallel()
	ctx, dir := t.Context(), place(t)
	s := cheap(t, dir, words)
	must(t, s.Set(ctx, account, text(canary)))
	_, err := cheap(t, dir, words+"!").Get(ctx, account)
	wantCode(t, "another passphrase", err, fault.WrongPassphrase)
	path := filepath.Join(dir, account+".age")
	good, err := os.ReadFile(path)
	must(t, err)
	for name, b := range map[string][]byte{
		"empty": nil, "plain text": []byte(canary), "cut": good[:len(good)-1], "more": append(bytes.Clone(good), 'x'),
		"last byte": append(bytes.Clone(good[:len(good)-1]), good[len(good)-1]^1), "far too long": append(bytes.Clone(good), make([]byte, maxFile)...),
	} {
		must(t, os.WriteFile(path, b, 0o600))
		_, err := s.Get(ctx, account)
		wantCode(t, name, err, fault.KeyFileDamaged)
	}
	for _, work := range []string{" 30\n", " 21\n"} { // 1 TiB; 2 GiB
		dear := bytes.Replace(good, []byte(" 2\n"), []byte(work), 1)
		if bytes.Equal(dear, good) {
			t.Fatal("age writes the work factor elsewhere")
		}
		must(t, os.WriteFile(path, dear, 0o600))
		_, err = s.Get(ctx, account)
		wantCode(t, "a file that asks for"+work, err, fault.KeyFileDamaged)
	}
	must(t, os.WriteFile(path, good, 0o600))
	s.Close()
	_, err = s.Get(ctx, account)
	wantCode(t, "closed", err, fault.WrongPassphrase)
	wantCode(t, "closed", s.Set(ctx, account, text("x")), fault.WrongPassphrase)
}

func TestFileIsForItsOwnerAlone(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		return
	}
	ctx, dir := t.Context(), place(t)
	s := cheap(t, dir, words)
	must(t, s.Set(ctx, account, text(canary)))
	path := filepath.Join(dir, account+".age")
	for name, mode := range map[string]fs.FileMode{path: 0o600, dir: 0o700} {
		info, err := os.Lstat(name)
		if err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: %v %v", name, info.Mode(), err)
		}
	}
	for _, mode := range []fs.FileMode{0o644, 0o640, 0o604, 0o620, 0o601} { // file store 0644
		must(t, os.Chmod(path, mode))
		_, err := s.Get(ctx, account)
		wantCode(t, mode.String(), err, fault.FileExposed)
		wantCode(t, mode.String(), s.Set(ctx, account, text("x")), fault.FileExposed)
	}
	must(t, os.Chmod(path, 0o600))
	for _, mode := range []fs.FileMode{0o755, 0o750, 0o701} {
		must(t, os.Chmod(dir, mode))
		_, err := s.Get(ctx, account)
		wantCode(t, mode.String(), err, fault.FileExposed)
		wantCode(t, mode.String(), s.Set(ctx, account, text("x")), fault.FileExposed)
		if s.State(ctx) == keystore.Ready {
			t.Error("an open directory is ready")
		}
	}
	must(t, os.Chmod(dir, 0o700))
	must(t, os.Chmod(path, 0o644))
	must(t, s.Delete(ctx, account))
}

func TestLinksAreNotFollowed(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		return
	}
	ctx, dir := t.Context(), place(t)
	s := cheap(t, dir, words)
	must(t, s.Set(ctx, account, text(canary)))
	path := filepath.Join(dir, account+".age")
	elsewhere := filepath.Join(t.TempDir(), "elsewhere")
	must(t, os.Rename(path, elsewhere))
	before, err := os.ReadFile(elsewhere)
	must(t, err)
	must(t, os.Symlink(elsewhere, path))
	_, err = s.Get(ctx, account)
	wantCode(t, "reading through a link", err, fault.StoreUnsafe)
	wantCode(t, "writing through a link", s.Set(ctx, account, text("x")), fault.StoreUnsafe)
	wantCode(t, "deleting a link", s.Delete(ctx, account), fault.StoreUnsafe)
	if after, err := os.ReadFile(elsewhere); err != nil || !bytes.Equal(before, after) {
		t.Error("what the link leads to was touched", err)
	}
	must(t, os.Remove(path))
	must(t, os.Mkdir(path, 0o700))
	wantCode(t, "a directory in its place", s.Set(ctx, account, text("x")), fault.StoreUnsafe)
	other := filepath.Join(t.TempDir(), "link")
	must(t, os.Symlink(dir, other))
	linked := cheap(t, other, words)
	wantCode(t, "a link for a directory", linked.Set(ctx, account, text("x")), fault.StoreUnsafe)
	_, err = linked.Get(ctx, account)
	wantCode(t, "a link for a directory", err, fault.StoreUnsafe)
	must(t, os.WriteFile(filepath.Join(dir, "f"), nil, 0o600))
	wantCode(t, "a file for a directory", cheap(t, filepath.Join(dir, "f"), words).Set(ctx, account, text("x")), fault.StoreDenied)
}

// What was looked at is what is read: a file or a link that takes its place in
// between is not.
func TestSwappedBetweenLookingAndOpening(t *testing.T) {
	t.Parallel()
	for name, swap := range map[string]func(path, other string) error{
		"another file": func(path, other string) error { return os.Rename(other, path) },
		"a link": func(path, other string) error {
			return errors.Join(os.Remove(path), os.Symlink(other, path))
		},
	} {
		if runtime.GOOS == "windows" && name == "a link" { // which takes rights there
			continue
		}
		dir := t.TempDir()
		path, other := filepath.Join(dir, "a.age"), filepath.Join(dir, "b.age")
		must(t, os.WriteFile(path, []byte("mine"), 0o600))
		must(t, os.WriteFile(other, []byte("theirs"), 0o600))
		b, err := readOnce(path, func(path string) (*os.File, error) {
			must(t, swap(path, other))
			return os.Open(path)
		})
		if b != nil || !errors.Is(err, errSwapped) {
			t.Errorf("%s: read %q, %v", name, b, err)
		}
		wantCode(t, name, err, fault.StoreUnsafe)
	}
	path := filepath.Join(t.TempDir(), "a.age")
	must(t, os.WriteFile(path, []byte("mine"), 0o600))
	if b, err := read(path); err != nil || string(b) != "mine" {
		t.Errorf("left alone: %q, %v", b, err)
	}
}

// Readers see the old value or the new one, never half of one.
func TestReplacedAsAWhole(t *testing.T) {
	t.Parallel()
	ctx, dir := t.Context(), place(t)
	s := cheap(t, dir, words)
	old, next := strings.Repeat("o", 700), strings.Repeat("n", 900)
	must(t, s.Set(ctx, account, text(old)))
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			for range 15 {
				if i%2 == 0 {
					if err := s.Set(ctx, account, text([]string{old, next}[i/2])); err != nil {
						t.Error(err)
					}
					continue
				}
				got, err := cheap(t, dir, words).Get(ctx, account)
				if value := string(got.Copy()); err != nil || value != old && value != next {
					t.Errorf("%v %d bytes", err, len(value))
				}
			}
		})
	}
	all.Wait()
	if names, err := os.ReadDir(dir); err != nil || len(names) != 1 {
		t.Error("left behind:", names, err)
	}
}

func TestDiskThatSaysYesAndKeepsSomethingElse(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(*os.File, []byte) (int, error){
		"nothing":      func(_ *os.File, b []byte) (int, error) { return len(b), nil },
		"a byte less":  func(f *os.File, b []byte) (int, error) { return f.Write(b[:len(b)-1]) },
		"another byte": func(f *os.File, b []byte) (int, error) { return f.Write(append(bytes.Clone(b[1:]), 0)) },
		"a byte more":  func(f *os.File, b []byte) (int, error) { return f.Write(append(bytes.Clone(b), 0)) },
	} {
		dir := filepath.Join(t.TempDir(), "keys")
		s := cheap(t, dir, words)
		if err := s.Set(t.Context(), account, text(canary)); err != nil {
			t.Fatal(err)
		}
		path, err := s.path(t.Context(), account)
		if err != nil {
			t.Fatal(err)
		}
		sealed, err := s.seal(path, text("another value"))
		if err != nil {
			t.Fatal(err)
		}
		if err := put(path, sealed, write); err == nil || fault.From(err).Code != fault.StoreDenied {
			t.Errorf("%s: %v", name, err)
		}
		if got, err := s.Get(t.Context(), account); err != nil || !got.Equal(text(canary)) {
			t.Errorf("%s: the old file does not stay: %v", name, err)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
			t.Errorf("%s: it left %v %v", name, left, err)
		}
	}
}

func TestNothingIsPlain(t *testing.T) {
	t.Parallel()
	ctx, dir := t.Context(), place(t)
	s := cheap(t, dir, words)
	must(t, s.Set(ctx, account, text(canary)))
	sealed, err := os.ReadFile(filepath.Join(dir, account+".age"))
	must(t, err)
	value, err := s.Get(ctx, account)
	must(t, err)
	_, wrong := cheap(t, dir, words+"!").Get(ctx, account)
	secrettest.Hides(t, []byte(canary), s, value, string(sealed), wrong)
	secrettest.Hides(t, []byte(words), s, string(sealed), wrong, CheckPassphrase(text(words), text(words)))
}

func TestAnyValueComesBack(t *testing.T) {
	t.Parallel()
	dir := place(t)
	s := cheap(t, dir, words)
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(rapid.Byte(), 0, 1024).Draw(t, "value")
		if err := s.Set(context.Background(), account, secret.New(bytes.Clone(want))); err != nil {
			t.Fatal(err)
		}
		got, err := s.Get(context.Background(), account)
		if err != nil || !bytes.Equal(got.Copy(), want) {
			t.Fatal(err)
		}
	})
	wantCode(t, "too large", s.Set(t.Context(), account, secret.Random(maxFile)), fault.TooLarge)
}

// Whatever stands in the file, opening it neither panics nor takes its word on costs.
func FuzzOpen(f *testing.F) {
	s := cheap(f, f.TempDir(), words)
	sealed, err := s.seal("x", text(canary))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sealed)
	f.Add([]byte("age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if bytes.Contains(b, []byte(" 1")) || bytes.Contains(b, []byte(" 20")) {
			return // honest costs that would only slow the fuzzer down
		}
		if value, err := s.open("x", b); err == nil && string(value.Copy()) != canary {
			t.Error("something that was never sealed opens")
		}
	})
}

// BenchmarkGet is what starting with the file store costs.
func BenchmarkGet(b *testing.B) {
	s, err := New(filepath.Join(b.TempDir(), "keys"), Agree(true), text(words))
	if err != nil {
		b.Fatal(err)
	}
	if err := s.Set(b.Context(), account, text(canary)); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := s.Get(b.Context(), account); err != nil {
			b.Fatal(err)
		}
	}
}
