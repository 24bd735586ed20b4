package store_test

import (
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"jandon/client/store"
	"jandon/client/store/storetest"
	"jandon/internal/fault"
	"jandon/internal/history"
)

func TestNewerStore(t *testing.T) {
	t.Parallel()
	path := made(t)
	s, err := store.Open(t.Context(), options(path))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Exec(t.Context(), "PRAGMA user_version=99"), s.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), options(path)); !errors.Is(err, fault.New(fault.StoreNewer)) {
		t.Fatal(err)
	}
}

// TestBusy: who can't get the writing lock in time is told so; readers never wait.
func TestBusy(t *testing.T) {
	t.Parallel()
	path := made(t)
	first, err := store.Open(t.Context(), options(path))
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	opts := options(path)
	opts.Patience = time.Millisecond
	second, err := store.Open(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	err = first.Writing(t.Context(), func() {
		if err := second.PutWallet(t.Context(), storetest.Wallet()); !errors.Is(err, fault.New(fault.StoreBusy)) {
			t.Error(err)
		}
		if page, err := second.Rows(t.Context(), history.Query{}, history.Window{Older: true, Limit: 10}); err != nil || len(page.Rows) != 10 {
			t.Error(err)
		}
	})
	if err = errors.Join(err, second.PutWallet(t.Context(), storetest.Wallet())); err != nil {
		t.Fatal(err)
	}
}

// TestFull: a batch that finds no space leaves the store as it was.
func TestFull(t *testing.T) {
	t.Parallel()
	s, err := store.OpenMemory(t.Context(), seoul, end)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := errors.Join(s.Apply(t.Context(), crashBatch(0)), s.Fill(t.Context(), 40)); err != nil {
		t.Fatal(err)
	}
	if err := storetest.Fill(t.Context(), s, 5000, year); !errors.Is(err, fault.New(fault.NoSpace)) {
		t.Fatal(err)
	}
	state, err := s.State(t.Context())
	if err = errors.Join(err, s.Check(t.Context())); err != nil || state.Lines != linesAfter(1) {
		t.Fatalf("%+v, %v", state, err)
	}
}

// TestReadersBesideWriter reads in several goroutines while batches arrive: every
// answer is that of a whole number of batches.
func TestReadersBesideWriter(t *testing.T) {
	t.Parallel()
	s, err := store.Open(t.Context(), options(filepath.Join(t.TempDir(), "store")))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	whole := map[int]bool{}
	const batches = 12
	for n := range batches + 1 {
		whole[linesAfter(n)] = true
	}
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for range 6 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				sum, err := s.Totals(t.Context(), history.Query{})
				if err != nil || !whole[sum.Lines] {
					t.Errorf("%+v, %v", sum, err)
					return
				}
				if _, err := s.Rows(t.Context(), history.Query{Text: "커피"}, history.Window{Older: true, Limit: 30}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for i := range batches {
		if err := s.Apply(t.Context(), crashBatch(i)); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	readers.Wait()
	if err := s.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestResetBesideReaders empties the store while others read it: words and
// strands of before and after, which have the same numbers, are never mixed up.
func TestResetBesideReaders(t *testing.T) {
	t.Parallel()
	s, err := store.Open(t.Context(), options(filepath.Join(t.TempDir(), "store")))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				page, err := s.Rows(t.Context(), history.Query{Text: "life"}, history.Window{Older: true, Limit: 5})
				if err != nil {
					t.Error(err)
					return
				}
				for _, r := range page.Rows {
					if r.Merchant != r.Category+" life" {
						t.Errorf("%q in %q", r.Merchant, r.Category)
						return
					}
				}
			}
		})
	}
	for i := range 20 {
		b := crashBatch(0)
		for j := range b.Transactions {
			x := &b.Transactions[j]
			x.Category, x.Reason = []string{"first", "second"}[i%2], ""
			x.Merchant = x.Category + " life"
		}
		if err := errors.Join(s.Reset(t.Context()), s.Apply(t.Context(), b)); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	readers.Wait()
}
