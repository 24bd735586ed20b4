package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jandon/client/store"
	"jandon/client/store/storetest"
	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
)

// model is what a store should hold: lines in order of arrival.
type model struct {
	lines []wallet.Transaction
	zone  *time.Location
}

func (m *model) apply(x wallet.Transaction) {
	i := slices.IndexFunc(m.lines, func(y wallet.Transaction) bool { return y.ID == x.ID })
	switch {
	case i < 0:
		m.lines = append(m.lines, x)
	case m.lines[i].Seq <= x.Seq:
		m.lines[i] = x
	}
}

func drawLine(t *rapid.T, seq int64) wallet.Transaction {
	word := rapid.SampledFrom([]string{"", "커피", "Nova", "GS25", "nova 커피"})
	x := wallet.Transaction{
		ID: fmt.Sprint("t", rapid.IntRange(0, 40).Draw(t, "id")), Seq: seq - rapid.Int64Range(0, 3).Draw(t, "late"),
		At:   time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 24*90).Draw(t, "hour")) * time.Hour),
		Type: wallet.Type(rapid.IntRange(1, 9).Draw(t, "type")), Status: wallet.Status(rapid.IntRange(1, 3).Draw(t, "status")),
		Kind: wallet.Kind(rapid.IntRange(0, 5).Draw(t, "kind")), Merchant: word.Draw(t, "merchant"), Category: word.Draw(t, "category"),
		Issuer: word.Draw(t, "issuer"), Reason: word.Draw(t, "reason"), Channel: word.Draw(t, "channel"), Contact: word.Draw(t, "contact"),
		Order: rapid.SampledFrom([]string{"", "", "A-1", "A-22", "nova"}).Draw(t, "order"), Approval: rapid.SampledFrom([]string{"", "", "A-1", "커피 7"}).Draw(t, "approval"), Settlement: rapid.SampledFrom([]string{"", "", "bill"}).Draw(t, "bill"),
	}
	if rapid.IntRange(0, 2).Draw(t, "verbose") == 0 { // merchants that never say the same twice
		x.Merchant, x.Reason = "Wordy", fmt.Sprint("reason ", rapid.IntRange(0, 500).Draw(t, "reason"))
	}
	x.Amount = money.Of(rapid.Int64Range(-9999, 9999).Draw(t, "minor"), rapid.SampledFrom([]money.Currency{"KRW", "KRW", "USD"}).Draw(t, "currency"))
	return x
}

// TestModel applies random batches, with replacements and late ones, changes
// the zone, reopens, and compares with a history in memory after each step.
func TestModel(t *testing.T) {
	t.Parallel()
	zones := []*time.Location{seoul, time.UTC, time.FixedZone("west", -11*3600)}
	dir := t.TempDir()
	run := 0
	rapid.Check(t, func(t *rapid.T) {
		run++
		opts := options(filepath.Join(dir, fmt.Sprint(run)))
		m := model{zone: opts.Zone}
		s, err := store.Open(context.Background(), opts)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.Close() }()
		seq := int64(0)
		for range rapid.IntRange(1, 3).Draw(t, "steps") {
			switch rapid.IntRange(0, 7).Draw(t, "step") {
			case 0:
				err = s.Reset(context.Background())
				m.lines = nil
			case 1, 2:
				opts.Zone = rapid.SampledFrom(zones).Draw(t, "zone")
				m.zone = opts.Zone
				if err = s.Close(); err == nil {
					s, err = store.Open(context.Background(), opts)
				}
			default:
				b := store.Batch{Ledger: "l"}
				for range rapid.IntRange(0, 80).Draw(t, "size") {
					seq++
					b.Transactions = append(b.Transactions, drawLine(t, seq))
				}
				b.Seq = seq
				for _, x := range b.Transactions {
					m.apply(x)
				}
				err = s.Apply(context.Background(), b)
			}
			if err != nil {
				t.Fatal(err)
			}
			m.compare(t, s)
		}
	})
}

func (m *model) compare(t *rapid.T, s *store.Store) {
	ctx := context.Background()
	if err := s.Check(ctx); err != nil {
		t.Fatal(err)
	}
	// In order of time, or a book would take lines that happen to fall for a
	// list that comes newest first, and turn those of one instant round.
	inOrder := slices.Clone(m.lines)
	slices.SortStableFunc(inOrder, func(a, b wallet.Transaction) int { return a.At.Compare(b.At) })
	book := history.NewBook(inOrder, history.BookOptions{Zone: m.zone})
	same := func(what string, got, want any, err1, err2 error) {
		if err := errors.Join(err1, err2); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%s:\n got %+v\nwant %+v", what, got, want)
		}
	}
	want, _ := book.Span(ctx)
	got, err := s.Span(ctx)
	same("span", got, want, err, nil)
	by := history.Dimension(rapid.IntRange(0, 4).Draw(t, "by"))
	w1, err1 := s.Weeks(ctx, history.WeekOf(want.First-3), history.WeekOf(want.First+80), by)
	w2, err2 := book.Weeks(ctx, history.WeekOf(want.First-3), history.WeekOf(want.First+80), by)
	same("weeks", w1, w2, err1, err2)
	for range 3 {
		q := rapid.SampledFrom([]history.Query{
			{}, {Text: "nova"}, {Text: "커피 nova"}, {Text: "reason"}, {Text: "reason 7"}, {Text: "A-"}, {Type: wallet.Payment}, {Settlement: "bill"}, {Merchant: "Wordy"},
		}).Draw(t, "query")
		if rapid.Bool().Draw(t, "dated") {
			q = q.Between(want.First+5, want.First+history.Day(rapid.IntRange(0, 70).Draw(t, "days")))
		}
		t1, err1 := s.Totals(ctx, q)
		t2, err2 := book.Totals(ctx, q)
		same(fmt.Sprintf("totals of %+v", q), t1, t2, err1, err2)
		p1, err1 := s.Rows(ctx, q, history.Window{Older: true, Limit: 30})
		p2, err2 := book.Rows(ctx, q, history.Window{Older: true, Limit: 30})
		same(fmt.Sprintf("rows of %+v", q), lines(p1), lines(p2), err1, err2)
	}
}

func lines(p history.Page) (list []wallet.Transaction) {
	for _, r := range p.Rows {
		list = append(list, r.Transaction)
	}
	return list
}

func TestOtherLedger(t *testing.T) {
	t.Parallel()
	s, err := store.OpenMemory(t.Context(), seoul, end)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Apply(t.Context(), store.Batch{Ledger: "a", Seq: 7}); err != nil {
		t.Fatal(err)
	}
	if err := s.Apply(t.Context(), store.Batch{Ledger: "b", Seq: 9}); !errors.Is(err, fault.New(fault.CursorOld)) {
		t.Fatal(err)
	}
	state, err := s.State(t.Context())
	if want := (store.State{LedgerID: "a", Seq: 7, SyncedAt: end()}); err != nil || state != want {
		t.Fatalf("%+v, %v", state, err)
	}
	if err := errors.Join(s.Reset(t.Context()), s.Apply(t.Context(), store.Batch{Ledger: "b", Seq: 2, More: true})); err != nil {
		t.Fatal(err)
	}
	if state, err = s.State(t.Context()); err != nil || state != (store.State{LedgerID: "b", Seq: 2}) {
		t.Fatalf("%+v, %v", state, err)
	}
}

// TestCanceledBatch: a batch whose context ends leaves nothing behind.
func TestCanceledBatch(t *testing.T) {
	t.Parallel()
	s, err := store.OpenMemory(t.Context(), seoul, end)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Apply(ctx, crashBatch(0)); !errors.Is(err, fault.New(fault.Canceled)) || !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if state, err := s.State(t.Context()); err != nil || state != (store.State{}) {
		t.Fatalf("%+v, %v", state, err)
	}
	if err := errors.Join(s.Apply(t.Context(), crashBatch(0)), s.Check(t.Context())); err != nil {
		t.Fatal(err)
	}
}

// TestRezoneCanceled: sums are made anew for another zone whole or not at all.
func TestRezoneCanceled(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	s, err := store.Open(t.Context(), options(path))
	if err != nil {
		t.Fatal(err)
	}
	const lines = 6000
	if err := storetest.Fill(t.Context(), s, lines, year); err != nil {
		t.Fatal(err)
	}
	before, err := s.Weeks(t.Context(), thisWeek.Add(-52), thisWeek, history.ByMerchant)
	if err = errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	opts := options(path)
	opts.Zone, opts.Progress = time.UTC, func(done, total int) {
		if done > total || total != lines {
			t.Errorf("progress %d of %d", done, total)
		}
		cancel()
	}
	if _, err := store.Open(ctx, opts); !errors.Is(err, fault.New(fault.Canceled)) {
		t.Fatal(err)
	}
	if s, err = store.Open(t.Context(), options(path)); err != nil {
		t.Fatal(err)
	}
	after, err := s.Weeks(t.Context(), thisWeek.Add(-52), thisWeek, history.ByMerchant)
	if err = errors.Join(err, s.Check(t.Context()), s.Close()); err != nil || !reflect.DeepEqual(before, after) {
		t.Fatal(err)
	}
}
