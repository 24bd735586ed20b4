package store_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jandon/client/store"
	"jandon/client/store/storetest"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// importPath is the environment variable that makes the test binary a child
// that takes a file of manyLines into the store named by it.
const importPath = "JANDON_STORE_TEST_IMPORT"

const manyLines = 20_000

// bulk are n lines as a statement has them.
func bulk(n int) iter.Seq2[*wallet.Transaction, error] {
	return func(yield func(*wallet.Transaction, error) bool) {
		for i := range n {
			x := storetest.Line(i, n, 2*year)
			x.ID, x.Seq, x.Settlement, x.Channel = fmt.Sprintf("s%013x", uint64(i)*0x9e3779b97f4a7c15>>12), 0, "", "statement"
			if !yield(&x, nil) {
				return
			}
		}
	}
}

func bulkFile(n int) store.File {
	return store.File{
		Source: "card", Name: "bulk.csv", Digest: fmt.Sprint(n), Format: "csv", Currency: money.KRW, Lines: bulk(n),
		Made: func(id string) bool { return strings.HasPrefix(id, "s") },
	}
}

func importAndExit(path string) {
	ctx := context.Background()
	s, err := store.Open(ctx, options(path))
	if err == nil {
		fmt.Println("open")
		_, err = s.Import(ctx, bulkFile(manyLines))
	}
	if err == nil {
		err = s.Close()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// TestKilledWhileImporting kills a child in the middle of a file: there is
// nothing of it afterwards or all of it, and it can be taken in then.
func TestKilledWhileImporting(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	halves := 0
	for i := range 4 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), importPath+"="+path)
		child.Stderr = os.Stderr
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := out.Read(make([]byte, 16)); err != nil {
			t.Fatal(err)
		}
		kill := time.AfterFunc(time.Duration(20+40*i)*time.Millisecond, func() { _ = child.Process.Kill() })
		if child.Wait() != nil {
			halves++
		}
		kill.Stop()
		s, err := store.Open(t.Context(), options(path))
		if err != nil {
			t.Fatal(err)
		}
		state, err := s.State(t.Context())
		list, err2 := s.Imports(t.Context())
		if err := errors.Join(err, err2, s.Check(t.Context())); err != nil {
			t.Fatal(err)
		}
		if state.Lines != len(list)*manyLines {
			t.Fatalf("%d lines of %d files", state.Lines, len(list))
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if halves == 0 {
		t.Fatal("no child was killed in the middle of it")
	}
	s, err := store.Open(t.Context(), options(path))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Import(t.Context(), bulkFile(manyLines)); err != nil {
		t.Fatal(err)
	}
	if state, err := s.State(t.Context()); err != nil || state.Lines != manyLines {
		t.Fatal(state, err)
	}
}

// BenchmarkImport100k takes a file of 100,000 lines into a new store.
func BenchmarkImport100k(b *testing.B) {
	for b.Loop() {
		s, err := store.Open(b.Context(), options(filepath.Join(b.TempDir(), "store")))
		must(b, err)
		_, err = s.Import(b.Context(), bulkFile(100_000))
		must(b, err)
		must(b, s.Close())
	}
}
