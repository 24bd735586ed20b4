package ledger_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
)

func TestOpenSaysWhatIsWrongWithTheFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	garbage := filepath.Join(dir, "garbage.db")
	must(t, os.WriteFile(garbage, []byte("This is a letter to my grandmother, not a database, and it goes on for a while: "+string(make([]byte, 4096))), 0o600))
	newer := filepath.Join(dir, "newer.db")
	l, err := ledger.Open(t.Context(), ledger.Options{Path: newer})
	must(t, err)
	must(t, ledger.Exec(t.Context(), l, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)"))
	must(t, l.Close())
	for path, want := range map[string]fault.Code{
		garbage: fault.BooksDamaged, newer: fault.StoreNewer, filepath.Join(dir, "none", "x.db"): fault.BadFile, dir: fault.BadFile,
	} {
		l, err := ledger.Open(t.Context(), ledger.Options{Path: path})
		if err == nil {
			_ = l.Close()
		}
		if code(err) != want || fault.From(err).Args["file"] != path {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
	}
	if b, err := os.ReadFile(garbage); err != nil || string(b[:9]) != "This is a" {
		t.Errorf("the letter was changed: %v", err)
	}
}

// Names of files are no part of a URL: what stands in them means nothing.
func TestOddFileNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a b.db", "잔돈.db", "a?mode=memory", "a#b%20c.db", "a&vfs=memdb"} {
		path := filepath.Join(t.TempDir(), name)
		l := open(t, path)
		must(t, l.Ping(t.Context()))
		for _, file := range []string{path, path + "-wal"} {
			if about, err := os.Stat(file); err != nil || about.Mode().Perm() != 0o600 {
				t.Errorf("%q: %v %v", file, about, err)
			}
		}
	}
}

// Several processes may find the same new file at once.
func TestOpenedByManyAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "books.db")
	names := make([]string, 6)
	var wg sync.WaitGroup
	for i := range names {
		wg.Go(func() {
			l, err := ledger.Open(background, ledger.Options{Path: path, Busy: time.Minute})
			if err != nil {
				t.Errorf("opening: %v", err)
				return
			}
			defer func() { _ = l.Close() }()
			if names[i], err = l.ID(background); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, n := range names {
		if n == "" || n != names[0] {
			t.Fatalf("the books have the names %v", names)
		}
	}
}

func TestCancelledBeforeItBegan(t *testing.T) {
	t.Parallel()
	l, u := books(t, ledger.Memory)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.Charge(ctx, u, onBill(line("c", day(0), wallet.Payment, -5))); code(err) != fault.Canceled {
		t.Errorf("charged for somebody who had left: %v", err)
	}
	if err := l.Seed(ctx, long(2), nil); code(err) != fault.Canceled {
		t.Errorf("seeded for somebody who had left: %v", err)
	}
	if r := balanced(t, l); r.Transfers != 0 {
		t.Errorf("%+v", r)
	}
}
