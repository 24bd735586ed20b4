package ledger

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/fault"
)

// A full disk is called that, by whichever of its names the driver reports it.
func TestFullDiskIsNoInnerError(t *testing.T) {
	t.Parallel()
	l := &Ledger{path: "books.db"}
	for _, code := range []error{sqlite3.FULL, sqlite3.IOERR_WRITE, sqlite3.IOERR_SHMSIZE} {
		if err := l.told(fmt.Errorf("begin: %w", code)); !errors.Is(err, fault.New(fault.NoSpace)) {
			t.Errorf("%v is told as %v", code, err)
		}
	}
	if err := l.told(sqlite3.IOERR_READ); errors.Is(err, fault.New(fault.NoSpace)) {
		t.Errorf("a failed read is told as %v", err)
	}
}

// Who stops in the middle is told so, whether the wait or the statement ended.
func TestStoppingIsNoInnerError(t *testing.T) {
	t.Parallel()
	l := &Ledger{path: "books.db"}
	for _, code := range []error{context.Canceled, sqlite3.INTERRUPT} {
		if err := l.told(fmt.Errorf("step 49: %w", code)); !errors.Is(err, fault.New(fault.Canceled)) {
			t.Errorf("%v is told as %v", code, err)
		}
	}
}
