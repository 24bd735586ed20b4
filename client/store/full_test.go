package store

import (
	"errors"
	"fmt"
	"testing"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/fault"
)

// A full disk is called that, by whichever of its names the driver reports it.
func TestFullDiskIsNoDeniedStore(t *testing.T) {
	t.Parallel()
	for _, code := range []error{sqlite3.FULL, sqlite3.IOERR_WRITE, sqlite3.IOERR_SHMSIZE} {
		if err := asFault(fmt.Errorf("open: %w", code), "store.db"); !errors.Is(err, fault.New(fault.NoSpace)) {
			t.Errorf("%v is told as %v", code, err)
		}
	}
	if err := asFault(sqlite3.IOERR_READ, "store.db"); !errors.Is(err, fault.New(fault.StoreDenied)) {
		t.Errorf("a failed read is told as %v", err)
	}
}
