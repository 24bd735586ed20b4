package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"jandon/internal/fault"
)

// SetAside renames a store that can't be opened, and the files beside it, so
// that a new one can be made in its place: nothing is deleted. It returns the
// new name, FILE.damaged-DATE. The store must not be open.
func SetAside(path string, now time.Time) (string, error) {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", fault.Wrap(err, fault.NotFound, "what", path)
	case err != nil:
		return "", asFault(err, path)
	case !info.Mode().IsRegular():
		return "", fault.New(fault.StoreUnsafe, "file", path)
	}
	base := path + ".damaged-" + now.UTC().Format("20060102T150405Z")
	aside := base
	for i := 2; ; i++ {
		if _, err := os.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
			break
		}
		aside = fmt.Sprintf("%s-%d", base, i)
	}
	// The log goes first: should the machine stop in between, the file alone
	// still opens as it was before its last batches.
	for _, suffix := range []string{"-wal", "-journal"} {
		if err := os.Rename(path+suffix, aside+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", asFault(err, path)
		}
	}
	if err := os.Remove(path + "-shm"); err != nil && !errors.Is(err, fs.ErrNotExist) { // an index of the log, made anew when needed
		return "", asFault(err, path)
	}
	if err := os.Rename(path, aside); err != nil {
		return "", asFault(err, path)
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return "", asFault(err, path)
	}
	return aside, asFault(errors.Join(dir.Sync(), dir.Close()), path)
}
