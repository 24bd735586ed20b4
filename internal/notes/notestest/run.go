// Package notestest holds what every keeper of notes must do.
package notestest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"jandon/internal/notes"
)

// Run asks a fresh, empty book for everything that notes promise.
func Run(t *testing.T, book func(t *testing.T) notes.Book) {
	t.Run("empty", func(t *testing.T) { t.Parallel(); want(t, book(t), "decision") })
	t.Run("order and replacement", func(t *testing.T) { t.Parallel(); order(t, book(t)) })
	t.Run("forgetting", func(t *testing.T) { t.Parallel(); forgetting(t, book(t)) })
	t.Run("any text", func(t *testing.T) { t.Parallel(); anyText(t, book(t)) })
	t.Run("a call that ended", func(t *testing.T) { t.Parallel(); ended(t, book(t)) })
}

// at is an instant some milliseconds after the first.
func at(ms int) time.Time {
	return time.Date(2026, 11, 22, 0, 0, 0, ms*1_000_000, time.UTC)
}

func want(t *testing.T, b notes.Book, kind string, list ...notes.Note) {
	t.Helper()
	got, err := b.Notes(context.Background(), kind)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, list) {
		t.Errorf("%s has %+v, want %+v", kind, got, list)
	}
}

func put(t *testing.T, b notes.Book, list ...notes.Note) {
	t.Helper()
	if err := b.PutNotes(context.Background(), list...); err != nil {
		t.Fatal(err)
	}
}

func order(t *testing.T, b notes.Book) {
	late := notes.Note{Kind: "decision", Key: "a", Value: "keep", At: at(9)}
	one := notes.Note{Kind: "decision", Key: "c", Value: "not", At: at(5)}
	two := notes.Note{Kind: "decision", Key: "b", Value: "snooze", At: at(5)}
	put(t, b, late, one, two, notes.Note{Kind: "review", Key: "a", Value: "done", At: at(1)})
	want(t, b, "decision", two, one, late)
	one.Value, one.At = "keep", at(20).In(time.FixedZone("KST", 9*3600))
	put(t, b, one)
	one.At = at(20)
	want(t, b, "decision", two, late, one)
	want(t, b, "review", notes.Note{Kind: "review", Key: "a", Value: "done", At: at(1)})
}

func forgetting(t *testing.T, b notes.Book) {
	kept := notes.Note{Kind: "decision", Key: "kept", Value: "keep", At: at(1)}
	put(t, b, kept, notes.Note{Kind: "decision", Key: "gone", Value: "not", At: at(2)})
	put(t, b, notes.Note{Kind: "decision", Key: "gone"}, notes.Note{Kind: "decision", Key: "never"}, notes.Note{Kind: "review", Key: "kept"})
	want(t, b, "decision", kept)
	put(t, b)
	want(t, b, "decision", kept)
}

func anyText(t *testing.T, b notes.Book) {
	odd := notes.Note{Kind: "k'; DROP TABLE note; --", Key: "한 글\n%\x01", Value: "\"값\" \\ 'x'", At: at(0)}
	put(t, b, odd)
	want(t, b, odd.Kind, odd)
	want(t, b, "K'; DROP TABLE NOTE; --")
}

func ended(t *testing.T, b notes.Book) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := b.PutNotes(ctx, notes.Note{Kind: "decision", Key: "a", Value: "keep", At: at(1)}); !errors.Is(err, context.Canceled) {
		t.Errorf("a call that has ended answers %v", err)
	}
	want(t, b, "decision")
}
