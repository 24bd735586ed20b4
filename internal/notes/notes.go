// Package notes is what a person said about their own money: decisions on
// findings, and how far a review has come.
//
// A note has a kind, a key within that kind, a value and an instant; there is
// one value to a key. Nothing but the person makes them, and nobody else can
// give them back, so whoever keeps them keeps them beside the lines and apart
// from what can be fetched again. A batch of notes is kept whole or not at all.
package notes

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"
)

// Note is one thing that was said.
type Note struct {
	Kind  string    // what it is about, in a word
	Key   string    // which of that kind
	Value string    // what was said; a note without a value is forgotten
	At    time.Time // when, to the millisecond
}

// Book keeps notes. The local store is one, Memory another.
type Book interface {
	// Notes lists the notes of a kind, oldest first and then by key.
	Notes(ctx context.Context, kind string) ([]Note, error)
	// PutNotes keeps notes in place of those with their kind and key, and
	// forgets those without a value: all of them or none.
	PutNotes(ctx context.Context, list ...Note) error
}

// Memory keeps notes for as long as the program runs: a statement that was
// read from a file has no store of its own. The zero Memory is empty.
type Memory struct {
	mu   sync.Mutex
	kept map[[2]string]Note
}

// Notes lists the notes of a kind, oldest first and then by key.
func (m *Memory) Notes(ctx context.Context, kind string) ([]Note, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var list []Note
	for _, n := range m.kept {
		if n.Kind == kind {
			list = append(list, n)
		}
	}
	slices.SortFunc(list, Older)
	return list, nil
}

// PutNotes keeps or forgets notes.
func (m *Memory) PutNotes(ctx context.Context, list ...Note) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kept == nil {
		m.kept = map[[2]string]Note{}
	}
	for _, n := range list {
		at := [2]string{n.Kind, n.Key}
		if n.Value == "" {
			delete(m.kept, at)
			continue
		}
		n.At = n.At.UTC().Truncate(time.Millisecond)
		m.kept[at] = n
	}
	return nil
}

// Older is the order of notes.
func Older(a, b Note) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Key, b.Key)) }

var _ Book = (*Memory)(nil)
