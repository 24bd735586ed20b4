package store_test

import (
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"jandon/client/store"
	"jandon/internal/notes"
)

// A fork has what the store had, and from then on each goes its own way; of a
// store in memory as well.
func TestForkGoesItsOwnWay(t *testing.T) {
	t.Parallel()
	now := func() time.Time { return time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC) }
	path := filepath.Join(t.TempDir(), "x.store")
	s, err := store.Open(t.Context(), store.Options{Path: path, Key: testKey(7), Zone: time.UTC, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	goesItsOwnWay(t, s, now)
	if s, err = store.OpenMemory(t.Context(), time.UTC, now); err != nil {
		t.Fatal(err)
	}
	goesItsOwnWay(t, s, now)
}

func goesItsOwnWay(t *testing.T, s *store.Store, now func() time.Time) {
	t.Helper()
	ctx := t.Context()
	note := func(s *store.Store, key string) {
		t.Helper()
		if err := s.PutNotes(ctx, notes.Note{Kind: "x", Key: key, Value: key, At: now()}); err != nil {
			t.Fatal(err)
		}
	}
	keys := func(s *store.Store) (list []string) {
		t.Helper()
		found, err := s.Notes(ctx, "x")
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range found {
			list = append(list, n.Key)
		}
		return list
	}
	note(s, "before")
	f, err := s.Fork(ctx, now)
	if err != nil {
		t.Fatal(err)
	}
	note(s, "here")
	note(f, "there")
	if got := keys(s); !reflect.DeepEqual(got, []string{"before", "here"}) {
		t.Errorf("the store has %v", got)
	}
	if got := keys(f); !reflect.DeepEqual(got, []string{"before", "there"}) {
		t.Errorf("the fork has %v", got)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if got := keys(s); len(got) != 2 {
		t.Errorf("closing the fork left %v", got)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
