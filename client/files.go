package client

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"jandon/client/store"
	"jandon/internal/fault"
	"jandon/keystore"
)

// FilesID is the account of a person who has statement files and no platform.
// Once one is connected, it becomes that platform's account and keeps the files.
const FilesID = "files"

// HasFiles reports whether there is a store of files in a directory of stores.
func HasFiles(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, FilesID+".store"))
	return !errors.Is(err, fs.ErrNotExist)
}

// OpenFiles opens the store of a person without a platform. Where there is
// none yet, one is made with a new key in the keyring if create is set; else
// that is NoPlatform. Errors: those of the keyring and the store.
func OpenFiles(ctx context.Context, s Settings, create bool) (*store.Store, error) {
	s.ID = FilesID
	there := HasFiles(s.Dir)
	if !there && !create {
		return nil, fault.New(fault.NoPlatform)
	}
	item, err := keystore.Load(ctx, s.Keys, s.ID)
	if err != nil && !there && replaceable(err) {
		item = keystore.Item{StoreKey: keystore.RandomSecret(keystore.StoreKeyLen)}
		err = keystore.Save(ctx, s.Keys, s.ID, item)
	}
	if err != nil {
		return nil, err
	}
	return store.Open(ctx, store.Options{Path: s.path(), Key: item.StoreKey, Zone: s.Zone, Now: s.Now, Progress: s.Rebuild})
}
