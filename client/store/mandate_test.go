package store_test

import (
	"reflect"
	"testing"
	"time"

	"jandon/client/store"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// What a person agreed to is known offline; a newer word replaces an older one
// and not the other way round.
func TestMandatesAreKept(t *testing.T) {
	t.Parallel()
	path := made(t)
	at := end().UTC()
	m := wallet.Mandate{
		ID: "m-1", Seq: 5, Issuer: "golmok", Merchant: "나비TV", First: "t-1", Price: money.Won(9_900), Since: at, Trial: at.Add(time.Hour),
		Consents: []wallet.Consent{{At: at.Add(-time.Minute), Charge: "t-1", Price: money.Won(9_900)}},
	}
	newer := m
	newer.Seq, newer.Canceled = 6, at.Add(2*time.Hour)
	s, err := store.Open(t.Context(), options(path))
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range []wallet.Mandate{newer, m} {
		if err := s.Apply(t.Context(), store.Batch{Ledger: "made-up", Seq: int64(1_000_000 + i), Mandates: []wallet.Mandate{m}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = store.Open(t.Context(), options(path)); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	got, err := s.Mandates(t.Context())
	if err != nil || !reflect.DeepEqual(got, []wallet.Mandate{newer}) {
		t.Errorf("%v\n got %+v\nwant %+v", err, got, newer)
	}
	if err := s.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Mandates(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("after a reset: %v, %v", got, err)
	}
}
