package store_test

import (
	"reflect"
	"testing"

	"jandon/client/store"
)

// What was asked is found again after a restart, and after the platform came
// to keep another ledger; what ended is gone.
func TestJournalOutlivesARestart(t *testing.T) {
	t.Parallel()
	path := made(t)
	first := store.Entry{Key: "key-1", At: end().UTC(), Asked: []byte(`{"quote":"q-1"}`)}
	second := store.Entry{Key: "key-2", At: end().UTC(), Asked: []byte("{}")}
	for round := range 4 {
		s, err := store.Open(t.Context(), options(path))
		if err != nil {
			t.Fatal(err)
		}
		want := []store.Entry{}
		switch round {
		case 0:
			if err := s.Begin(t.Context(), first); err != nil {
				t.Fatal(err)
			}
			if err := s.Begin(t.Context(), second); err != nil {
				t.Fatal(err)
			}
			other := first
			other.Asked = []byte("other")
			if err := s.Begin(t.Context(), other); err != nil { // the same key again changes nothing
				t.Fatal(err)
			}
			want = append(want, first, second)
		case 1:
			first.Act = "act-1"
			if err := s.Named(t.Context(), "key-1", "act-1"); err != nil {
				t.Fatal(err)
			}
			if err := s.Reset(t.Context()); err != nil {
				t.Fatal(err)
			}
			want = append(want, first, second)
		case 2:
			if err := s.End(t.Context(), "key-2"); err != nil {
				t.Fatal(err)
			}
			want = append(want, first)
		case 3:
			want = append(want, first)
		}
		got, err := s.Journal(t.Context())
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("round %d: %v\n got %+v\nwant %+v", round, err, got, want)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// No two codes of a session are of one step, also across programs that share
// the store; a step of a clock that was far wrong bars nothing.
func TestNoStepIsTakenTwice(t *testing.T) {
	t.Parallel()
	path := made(t)
	for i, c := range []struct{ now, want uint64 }{
		{100, 100}, {100, 101}, {100, 102}, {101, 103}, {110, 110}, {109, 111}, {5000, 5000}, {120, 120}, {120, 121},
	} {
		s, err := store.Open(t.Context(), options(path))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := s.TakeStep(t.Context(), c.now, 10); err != nil || got != c.want {
			t.Errorf("%d: step %d, want %d: %v", i, got, c.want, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// A step that was refused is there again; one that was followed by another is not.
func TestRefusedStepIsReturned(t *testing.T) {
	t.Parallel()
	s, err := store.OpenMemory(t.Context(), seoul, end)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for i, c := range []struct{ give, want uint64 }{{0, 100}, {100, 100}, {0, 101}, {100, 102}, {102, 102}} {
		if c.give != 0 {
			if err := s.ReturnStep(t.Context(), c.give); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := s.TakeStep(t.Context(), 100, 10); err != nil || got != c.want {
			t.Errorf("%d: step %d, want %d: %v", i, got, c.want, err)
		}
	}
}
