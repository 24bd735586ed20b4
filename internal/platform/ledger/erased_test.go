package ledger_test

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"jandon/internal/platform/ledger"
)

// The books and all that SQLite keeps beside them are for their owner alone:
// who may read the shared memory may lock, and so stop, the platform.
func TestBooksAreForTheirOwnerAlone(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		return // there the profile's access list keeps others out
	}
	dir := t.TempDir()
	l, _ := books(t, filepath.Join(dir, "p.db"))
	letIn(t, l, "mina", "laptop", day(0))
	files, err := os.ReadDir(dir)
	must(t, err)
	if len(files) < 3 {
		t.Fatalf("%d files: the log and the shared memory are missing", len(files))
	}
	for _, f := range files {
		about, err := f.Info()
		must(t, err)
		if about.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is %v", f.Name(), about.Mode())
		}
	}
}

// What is kept no longer is gone from the files, too, and not only from their
// tables, while the platform runs and afterwards: a copy of the books must not
// tell what was to be forgotten.
func TestForgottenDetailsAreNotInTheFiles(t *testing.T) {
	t.Parallel()
	const canary = "by-canary-5d01e7"
	dir := t.TempDir()
	there := func() (in []string) {
		files, err := os.ReadDir(dir)
		must(t, err)
		for _, f := range files {
			b, err := os.ReadFile(filepath.Join(dir, f.Name()))
			must(t, err)
			if bytes.Contains(b, []byte(canary)) {
				in = append(in, f.Name())
			}
		}
		return in
	}
	path := filepath.Join(dir, "p.db")
	l, u := books(t, path)
	revoke := func(name string) {
		must(t, l.RevokeDevice(t.Context(), u, letIn(t, l, "mina", name, day(0)).ID, canary, day(0)))
	}
	revoke("laptop")
	must(t, l.Close())
	if in := there(); !slices.Equal(in, []string{"p.db"}) {
		t.Fatalf("the details are in %v: this test sees nothing", in)
	}
	l, err := ledger.Open(t.Context(), ledger.Options{Path: path})
	must(t, err)
	revoke("tablet")
	if in := there(); len(in) != 2 {
		t.Fatalf("the details are in %v: this test sees nothing", in)
	}
	must(t, l.Forget(t.Context(), day(91)))
	if in := there(); len(in) > 0 {
		t.Errorf("they are still in %v", in)
	}
	must(t, l.Close())
	if in := there(); len(in) > 0 {
		t.Errorf("closed, they are still in %v", in)
	}
}
