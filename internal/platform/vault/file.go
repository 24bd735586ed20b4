package vault

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"jandon/internal/fault"
	"jandon/keystore/secret"
)

// Suffix is what the key's file adds to the database's name.
const Suffix = ".key"

// header stands before the key, so that another file is not taken for one.
const header = "jandon key 1\n"

// Open is the vault of the key in a file. Without one it makes a key if it may,
// which is when nothing was sealed yet: a new key would open none of it.
// Errors are fault.NoFile, fault.FileExposed, fault.StoreUnsafe and fault.BadFile.
func Open(path string, may bool) (*Vault, error) {
	v, err := read(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return v, err
	}
	if !may {
		return nil, fault.Wrap(err, fault.NoFile, "file", path)
	}
	if err := write(path); err != nil {
		return nil, fault.Wrap(err, fault.BadFile, "file", path, "detail", "the key can't be kept there")
	}
	return read(path) // whoever was first has made it
}

func read(path string) (*Vault, error) {
	about, err := os.Lstat(path)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		return nil, fault.Wrap(err, fault.BadFile, "file", path, "detail", "it can't be looked at")
	}
	if !about.Mode().IsRegular() {
		return nil, fault.New(fault.StoreUnsafe, "file", path)
	}
	if runtime.GOOS != "windows" && about.Mode().Perm()&0o077 != 0 {
		return nil, fault.New(fault.FileExposed, "file", path)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fault.Wrap(err, fault.BadFile, "file", path, "detail", "it can't be read")
	}
	defer clear(b)
	text, ok := bytes.CutPrefix(bytes.TrimSpace(b), []byte(header))
	key := make([]byte, keyLen)
	if n, err := hex.Decode(key, text[:min(len(text), 2*keyLen)]); !ok || err != nil || n != keyLen || len(text) != 2*keyLen {
		clear(key)
		return nil, fault.New(fault.BadFile, "file", path, "detail", "it holds no key")
	}
	return &Vault{secret.New(key)}, nil
}

// write makes a key and puts it where none is: whole or not at all.
func write(path string) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	key := make([]byte, keyLen)
	rand.Read(key)
	defer clear(key)
	_, err = f.Write(append(hex.AppendEncode([]byte(header), key), '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
