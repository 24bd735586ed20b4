package store_test

import (
	"reflect"
	"testing"
	"time"

	"jandon/client/store"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// How far a dispute has come is known offline; a newer word replaces an older
// one and not the other way round.
func TestDisputesAreKept(t *testing.T) {
	t.Parallel()
	path := made(t)
	at := end().UTC()
	d := wallet.Dispute{
		ID: "d-1", Seq: 5, Transaction: "t-1", Issuer: "golmok", Merchant: "나비TV", Amount: money.Won(9_900), Charged: at.Add(-time.Hour),
		Reason: wallet.Double, Note: "두 번 결제됐어요", State: wallet.DisputeOpen, Opened: at, Next: wallet.TheMerchant, Deadline: at.Add(72 * time.Hour),
		Steps: []wallet.DisputeStep{{At: at, Who: wallet.You, What: wallet.StepOpened}},
	}
	newer := d
	newer.Seq, newer.State, newer.Next, newer.Deadline, newer.Ended, newer.Refund = 6, wallet.DisputeRefunded, wallet.Nobody, time.Time{}, at.Add(time.Hour), "r-1"
	newer.Steps = append(newer.Steps[:1:1], wallet.DisputeStep{At: newer.Ended, Who: wallet.ThePlatform, What: wallet.StepRefunded})
	s, err := store.Open(t.Context(), options(path))
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range []wallet.Dispute{newer, d} {
		if err := s.Apply(t.Context(), store.Batch{Ledger: "made-up", Seq: int64(1_000_000 + i), Disputes: []wallet.Dispute{d}}); err != nil {
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
	got, err := s.Disputes(t.Context())
	if err != nil || !reflect.DeepEqual(got, []wallet.Dispute{newer}) {
		t.Errorf("%v\n got %+v\nwant %+v", err, got, newer)
	}
	if err := s.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Disputes(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("after a reset: %v, %v", got, err)
	}
}
