//go:build unix

package file

import (
	"os"
	"path/filepath"
	"testing"

	"jandon/internal/fault"
)

func TestAFileOfAnotherOwnerIsRefused(t *testing.T) {
	t.Parallel()
	ours, err := os.Lstat(t.TempDir())
	must(t, err)
	roots, err := os.Lstat("/")
	must(t, err)
	if foreign(ours) || foreign(roots) != (os.Geteuid() != 0) {
		t.Error("owners are mixed up")
	}
	if os.Geteuid() != 0 { // nobody else can give a file away
		return
	}
	ctx, dir := t.Context(), place(t)
	s := cheap(t, dir, words)
	must(t, s.Set(ctx, account, text(canary)))
	for _, name := range []string{filepath.Join(dir, account+".age"), dir} {
		must(t, os.Lchown(name, 12345, -1))
		_, err := s.Get(ctx, account)
		wantCode(t, "reading "+name, err, fault.StoreUnsafe)
		wantCode(t, "writing "+name, s.Set(ctx, account, text("x")), fault.StoreUnsafe)
		must(t, os.Lchown(name, 0, -1))
	}
	if _, err := s.Get(ctx, account); err != nil {
		t.Error("its own again:", err)
	}
}
