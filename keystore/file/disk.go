package file

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"jandon/internal/fault"
)

// exposed reports whether others may do anything with it. Windows has no such
// bits: there the profile's access list keeps others out.
func exposed(info fs.FileInfo) bool {
	return runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0
}

// denied is the error of a file operation.
func denied(err error, path string) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fault.New(fault.KeyringMissing)
	}
	return fault.Wrap(err, fault.StoreDenied, "file", path)
}

// look refuses what is not exactly the kind of thing that should be there; a
// link is not followed to find out.
func look(path string, dir bool) (fs.FileInfo, error) {
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		return nil, denied(err, path)
	case info.IsDir() != dir || !dir && !info.Mode().IsRegular() || foreign(info):
		return nil, fault.New(fault.StoreUnsafe, "file", path)
	case exposed(info):
		return nil, fault.New(fault.FileExposed, "file", path)
	}
	return info, nil
}

func checkDir(dir string) error {
	_, err := look(dir, true)
	return err
}

func makeDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fault.Wrap(err, fault.StoreDenied, "file", dir)
	}
	return checkDir(dir) // one that was there already is not mended
}

// read takes a file only if what was looked at is what was opened. A writer may
// have replaced it in between, so it looks again before it calls that unsafe.
func read(path string) (b []byte, err error) {
	for range 10 {
		if b, err = readOnce(path, os.Open); !errors.Is(err, errSwapped) {
			break
		}
	}
	return b, err
}

var errSwapped = errors.New("file: it was replaced while it was opened")

func readOnce(path string, open func(string) (*os.File, error)) ([]byte, error) {
	seen, err := look(path, false)
	if err != nil {
		return nil, err
	}
	f, err := open(path)
	if err != nil {
		return nil, denied(err, path)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return nil, denied(err, path)
	}
	if !os.SameFile(seen, info) {
		return nil, fault.Wrap(errSwapped, fault.StoreUnsafe, "file", path)
	}
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, denied(err, path)
	}
	if len(b) > maxFile {
		return nil, fault.Wrap(errors.New("file: too long to be ours"), fault.KeyFileDamaged, "file", path)
	}
	return b, nil
}

// replace puts a new file in the place of the old: written beside it, forced
// to disk, read back, renamed. Whatever stops it leaves the old one whole.
func replace(path string, b []byte) error { return put(path, b, (*os.File).Write) }

func put(path string, b []byte, write func(*os.File, []byte) (int, error)) error {
	if _, err := look(path, false); err != nil && fault.From(err).Code != fault.KeyringMissing {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*") // 0600, and never through a link
	if err != nil {
		return fault.Wrap(err, fault.StoreDenied, "file", path)
	}
	name := f.Name()
	_, err = write(f, b)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = readBack(name, b)
	}
	if err == nil {
		err = os.Rename(name, path)
	}
	if err != nil {
		return errors.Join(fault.Wrap(err, fault.StoreDenied, "file", path), os.Remove(name))
	}
	return syncDir(filepath.Dir(path))
}

func readBack(name string, want []byte) error {
	got, err := read(name)
	if err == nil && !bytes.Equal(got, want) {
		err = errors.New("file: it does not read as it was written")
	}
	return err
}

// syncDir makes the new name last; Windows can't and needs not.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return fault.Wrap(err, fault.StoreDenied, "file", dir)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fault.Wrap(err, fault.StoreDenied, "file", dir)
	}
	return nil
}

func remove(path string) error {
	if _, err := look(path, false); err != nil && fault.From(err).Code != fault.FileExposed { // that one too should go
		return err
	}
	if err := os.Remove(path); err != nil {
		return denied(err, path)
	}
	return syncDir(filepath.Dir(path))
}
