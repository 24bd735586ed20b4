package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"jandon/client/store"
	"jandon/client/store/storetest"
	"jandon/internal/fault"
	"jandon/internal/notes"
	"jandon/internal/notes/notestest"
)

func TestNotesConformance(t *testing.T) {
	t.Parallel()
	notestest.Run(t, func(t *testing.T) notes.Book {
		s, err := store.OpenMemory(t.Context(), seoul, end)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		return s
	})
}

// TestNotesOutliveAllElse: neither closing, nor another ledger, nor batches
// touch what the person said.
func TestNotesOutliveAllElse(t *testing.T) {
	t.Parallel()
	path := made(t)
	said := notes.Note{Kind: "decision", Key: "tx_1", Value: "keep", At: end().UTC()}
	for round := range 3 {
		s, err := store.Open(t.Context(), options(path))
		if err != nil {
			t.Fatal(err)
		}
		switch round {
		case 0:
			err = s.PutNotes(t.Context(), said)
		case 1:
			err = errors.Join(s.Reset(t.Context()), storetest.Fill(t.Context(), s, 300, year))
		}
		list, read := s.Notes(t.Context(), "decision")
		if err := errors.Join(err, read, s.Check(t.Context()), s.Close()); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(list, []notes.Note{said}) {
			t.Fatalf("in round %d the store says %+v", round, list)
		}
	}
}

// TestOlderStoreGetsNotes: a store of the first schema is carried up with all it holds.
func TestOlderStoreGetsNotes(t *testing.T) {
	t.Parallel()
	path := made(t)
	s, err := store.Open(t.Context(), options(path))
	if err != nil {
		t.Fatal(err)
	}
	before, err := s.State(t.Context())
	if err = errors.Join(err, s.Exec(t.Context(), "DROP TABLE note; DROP TABLE file; DROP TABLE claim; DROP TABLE alias; DROP TABLE became; DROP TABLE zone; DROP TABLE gone; DROP TABLE journal; ALTER TABLE tx DROP COLUMN original; ALTER TABLE tx DROP COLUMN approval; PRAGMA user_version=1"), s.Close()); err != nil {
		t.Fatal(err)
	}
	if s, err = store.Open(t.Context(), options(path)); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	said := notes.Note{Kind: "review", Key: "2026-11-22", Value: "9", At: end().UTC()}
	err = s.PutNotes(t.Context(), said)
	list, read := s.Notes(t.Context(), "review")
	after, state := s.State(t.Context())
	if err := errors.Join(err, read, state, s.Check(t.Context())); err != nil || after != before || !slices.Equal(list, []notes.Note{said}) {
		t.Fatalf("%+v became %+v with %+v, %v", before, after, list, err)
	}
}

// TestNotesFull: notes that find no space leave those that were there.
func TestNotesFull(t *testing.T) {
	t.Parallel()
	s, err := store.OpenMemory(t.Context(), seoul, end)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	said := notes.Note{Kind: "decision", Key: "a", Value: "keep", At: end().UTC()}
	if err := errors.Join(s.PutNotes(t.Context(), said), s.Fill(t.Context(), 1)); err != nil {
		t.Fatal(err)
	}
	many := []notes.Note{{Kind: "decision", Key: "a", Value: "not", At: end()}}
	for i := range 2000 {
		many = append(many, notes.Note{Kind: "decision", Key: fmt.Sprint(i, strings.Repeat("x", 1000)), Value: "keep", At: end()})
	}
	if err := s.PutNotes(t.Context(), many...); !errors.Is(err, fault.New(fault.NoSpace)) {
		t.Fatal(err)
	}
	if list, err := s.Notes(t.Context(), "decision"); err != nil || !slices.Equal(list, []notes.Note{said}) {
		t.Fatalf("%d notes, %v", len(list), err)
	}
}
