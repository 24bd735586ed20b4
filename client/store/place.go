package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"

	"jandon/internal/fault"
)

// prepare makes sure that path is a place for a store: a plain file of ours
// that others can't read, or nothing yet, in a directory that can be written.
// Modes are looked at, not only tried, because to root everything is writable.
func prepare(path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return denied(err, path)
	}
	info, err := os.Stat(dir)
	if err != nil {
		return denied(err, path)
	}
	if info.Mode().Perm()&0o300 != 0o300 {
		return denied(fmt.Errorf("%s: mode %v", dir, info.Mode()), path)
	}
	info, err = os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			return prepare(path) // another process was quicker; look at what it made
		}
		if err != nil {
			return err
		}
		return f.Close()
	}
	switch {
	case err != nil:
		return denied(err, path)
	case !info.Mode().IsRegular():
		return fault.New(fault.StoreUnsafe, "file", path)
	case info.Mode().Perm()&0o600 != 0o600:
		return denied(fmt.Errorf("mode %v", info.Mode()), path)
	case info.Mode().Perm()&0o077 != 0:
		return denied(os.Chmod(path, 0o600), path)
	}
	return nil
}

func denied(err error, path string) error {
	if err == nil {
		return nil
	}
	if known := fault.From(asFault(err, path)); known.Code == fault.NoSpace {
		return known
	}
	return fault.Wrap(err, fault.StoreDenied, "file", path)
}

// why finds the fault of a store that did not open.
func why(err error, path string, key Key) error {
	f := fault.From(asFault(err, path))
	if f.Code != fault.StoreDamaged && !errors.Is(err, sqlite3.IOERR_BADKEY) {
		return f
	}
	switch sniff(path, key) {
	case otherKey:
		return fault.Wrap(err, fault.StoreKey, "file", path)
	case unreadable:
		return fault.Wrap(err, fault.StoreDenied, "file", path)
	case notAStore, rightKey:
		return fault.Wrap(err, fault.StoreDamaged, "file", path)
	}
	return f
}
