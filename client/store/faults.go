package store

import (
	"context"
	"errors"
	"io/fs"
	"syscall"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/fault"
)

// asFault turns what SQLite or the file system says into the code that a
// person is told. Faults pass unchanged.
func asFault(err error, file string) error {
	var known *fault.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.Is(err, sqlite3.INTERRUPT):
		return fault.Wrap(err, fault.Canceled)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG), errors.Is(err, sqlite3.FULL),
		// The driver looks for ENOSPC below an error that hides it, and so calls
		// most full disks a failed write or a failed size of the shared memory.
		errors.Is(err, sqlite3.IOERR_WRITE), errors.Is(err, sqlite3.IOERR_SHMSIZE):
		return fault.Wrap(err, fault.NoSpace, "file", file)
	case errors.Is(err, sqlite3.BUSY), errors.Is(err, sqlite3.LOCKED):
		return fault.Wrap(err, fault.StoreBusy, "file", file)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, sqlite3.READONLY), errors.Is(err, sqlite3.PERM):
		return fault.Wrap(err, fault.StoreDenied, "file", file)
	case errors.Is(err, sqlite3.CORRUPT), errors.Is(err, sqlite3.NOTADB), errors.Is(err, sqlite3.IOERR_DATA),
		errors.Is(err, sqlite3.IOERR_CORRUPTFS), errors.Is(err, sqlite3.IOERR_SHORT_READ), errors.Is(err, errDamaged):
		return fault.Wrap(err, fault.StoreDamaged, "file", file)
	case errors.Is(err, sqlite3.IOERR), errors.Is(err, sqlite3.CANTOPEN), errors.As(err, new(*fs.PathError)):
		return fault.Wrap(err, fault.StoreDenied, "file", file)
	}
	return fault.Wrap(err, fault.Internal)
}

// errDamaged is the cause where SQLite finds nothing wrong but we do.
var errDamaged = errors.New("store: content out of order")
