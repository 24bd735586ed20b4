package notes_test

import (
	"testing"

	"jandon/internal/notes"
	"jandon/internal/notes/notestest"
)

func TestMemory(t *testing.T) {
	t.Parallel()
	notestest.Run(t, func(*testing.T) notes.Book { return &notes.Memory{} })
}
