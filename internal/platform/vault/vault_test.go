package vault_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"jandon/internal/fault"
	"jandon/internal/platform/vault"
	"jandon/keystore/secret"
	"jandon/keystore/secret/secrettest"
)

var raw = []byte("canary-K-0123456789-canary-K-012")

func k() secret.Secret { return secret.New(bytes.Clone(raw)) }

func code(err error) fault.Code {
	if err == nil {
		return ""
	}
	return fault.From(err).Code
}

func TestSealedForOneThing(t *testing.T) {
	t.Parallel()
	v := vault.New()
	one, err := v.Seal(k(), "d-1")
	if err != nil {
		t.Fatal(err)
	}
	two, err := v.Seal(k(), "d-1")
	if err != nil || bytes.Equal(one, two) || bytes.Contains(one, raw) {
		t.Error("the same twice", err)
	}
	if got, err := v.Open(one, "d-1"); err != nil || !got.Equal(k()) {
		t.Error(err)
	}
	for what, open := range map[string]func() (secret.Secret, error){
		"another thing": func() (secret.Secret, error) { return v.Open(one, "d-2") },
		"another vault": func() (secret.Secret, error) { return vault.New().Open(one, "d-1") },
		"nothing":       func() (secret.Secret, error) { return v.Open(nil, "d-1") },
		"a part":        func() (secret.Secret, error) { return v.Open(one[:20], "d-1") },
	} {
		if s, err := open(); code(err) != fault.Internal || s.Len() != 0 {
			t.Errorf("%s: %v", what, err)
		}
	}
	for i := range one {
		bad := bytes.Clone(one)
		bad[i] ^= 1
		if _, err := v.Open(bad, "d-1"); err == nil {
			t.Errorf("byte %d changed, and it opens", i)
		}
	}
	secrettest.Hides(t, raw, v, k())
}

func TestKeyFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "p.db"+vault.Suffix)
	if _, err := vault.Open(path, false); code(err) != fault.NoFile {
		t.Errorf("without one: %v", err)
	}
	one, err := vault.Open(path, true)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := one.Seal(k(), "d-1")
	if err != nil {
		t.Fatal(err)
	}
	if about, err := os.Stat(path); err != nil || about.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", about, err)
	}
	for _, may := range []bool{true, false} {
		two, err := vault.Open(path, may)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := two.Open(sealed, "d-1"); err != nil || !got.Equal(k()) {
			t.Errorf("opened again: %v", err)
		}
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
		t.Errorf("%v %v", left, err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	secrettest.Hides(t, bytes.TrimSpace(text)[len("jandon key 1\n"):], one)
}

// Processes that start together agree on one key.
func TestKeyFileMadeByManyAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "p.db"+vault.Suffix)
	vaults := make([]*vault.Vault, 16)
	var wg sync.WaitGroup
	for i := range vaults {
		wg.Go(func() {
			var err error
			if vaults[i], err = vault.Open(path, true); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	sealed, err := vaults[0].Seal(k(), "d-1")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range vaults {
		if _, err := v.Open(sealed, "d-1"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestKeyFileThatCannotBe(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	good := filepath.Join(dir, "good")
	if _, err := vault.Open(good, true); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(good, link); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]fault.Code{
		write("open", string(text), 0o644):                                        fault.FileExposed,
		write("group", string(text), 0o640):                                       fault.FileExposed,
		write("empty", "", 0o600):                                                 fault.BadFile,
		write("other", strings.Repeat("a", 77), 0o600):                            fault.BadFile,
		write("short", string(text[:len(text)-3]), 0o600):                         fault.BadFile,
		write("long", strings.TrimSpace(string(text))+"00", 0o600):                fault.BadFile,
		write("no digits", strings.Replace(string(text), "\n", "\nzz", 1), 0o600): fault.BadFile,
		link: fault.StoreUnsafe, dir: fault.StoreUnsafe, filepath.Join(dir, "none", "key"): fault.BadFile,
	} {
		if _, err := vault.Open(path, true); code(err) != want {
			t.Errorf("%s: %v, want %s", filepath.Base(path), err, want)
		}
	}
}
