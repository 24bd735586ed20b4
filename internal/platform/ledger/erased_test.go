package ledger_test

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
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

// What is kept no longer is gone from the file, too, and not only from its
// tables: a copy of the books must not tell what was to be forgotten.
func TestForgottenDetailsAreNotInTheFile(t *testing.T) {
	t.Parallel()
	const canary = "by-canary-5d01e7"
	path := filepath.Join(t.TempDir(), "p.db")
	l, u := books(t, path)
	must(t, l.RevokeDevice(t.Context(), u, letIn(t, l, "mina", "laptop", day(0)).ID, canary, day(0)))
	there := func() bool {
		must(t, l.Close())
		b, err := os.ReadFile(path)
		must(t, err)
		return bytes.Contains(b, []byte(canary))
	}
	if !there() {
		t.Fatal("the details were never in the file: this test sees nothing")
	}
	l, err := ledger.Open(t.Context(), ledger.Options{Path: path})
	must(t, err)
	must(t, l.Forget(t.Context(), day(91)))
	if there() {
		t.Error("the file still has them")
	}
}
