package store_test

import (
	"context"
	"testing"
	"time"

	"jandon/client/store"
	"jandon/internal/history/historytest"
)

// TestConformance asks a store the questions that a history in memory answers.
func TestConformance(t *testing.T) {
	t.Parallel()
	conform(t, func(*store.Store) {})
}

// TestConformanceOfLongHistories goes the ways that are meant for histories too
// long to look at line by line.
func TestConformanceOfLongHistories(t *testing.T) {
	t.Parallel()
	conform(t, (*store.Store).Hasten)
}

func conform(t *testing.T, adjust func(*store.Store)) {
	historytest.Run(t, func(t *testing.T, d historytest.Data) historytest.Reader {
		s, err := store.OpenMemory(context.Background(), d.Zone, func() time.Time { return d.Now })
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		adjust(s)
		fill(t, s, d)
		return s
	})
}

// fill gives the data in batches, as a platform does.
func fill(t *testing.T, s *store.Store, d historytest.Data) {
	t.Helper()
	const size = 100
	for from := 0; from < len(d.Transactions); from += size {
		to := min(from+size, len(d.Transactions))
		if err := s.Apply(t.Context(), store.Batch{Ledger: "l", Seq: int64(to), More: true, Transactions: d.Transactions[from:to]}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Apply(t.Context(), store.Batch{Ledger: "l", Seq: d.Wallet.Seq, Settlements: d.Settlements, Alerts: d.Alerts}); err != nil {
		t.Fatal(err)
	}
	if err := s.PutWallet(t.Context(), d.Wallet); err != nil {
		t.Fatal(err)
	}
	if err := s.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
}
