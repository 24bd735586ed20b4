package ledger_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"jandon/internal/platform/ledger"
)

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
