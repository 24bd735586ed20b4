package store

import (
	"context"

	"jandon/internal/notes"
)

// logHead is the note that keeps the last head of the platform's log.
var logHead = notes.Note{Kind: "device", Key: "log.head"}

// LogHead is the head of the platform's log that was kept last; nil if none
// was. Like what a person said it outlives a new start from the platform,
// which would else be a way to have it forgotten.
func (s *Store) LogHead(ctx context.Context) ([]byte, error) {
	list, err := s.Notes(ctx, logHead.Kind)
	for _, n := range list {
		if n.Key == logHead.Key {
			return []byte(n.Value), err
		}
	}
	return nil, err
}

// KeepLogHead keeps a head in place of the last one.
func (s *Store) KeepLogHead(ctx context.Context, head []byte) error {
	n := logHead
	n.Value = string(head)
	return s.PutNotes(ctx, n)
}
