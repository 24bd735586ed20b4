// Package file keeps secrets in files sealed with a passphrase, for computers
// without a keyring.
//
// It is never chosen by itself: no value of it exists without a person's
// Consent, and nothing here looks whether there is a keyring. One file per
// account in age's format (scrypt), mode 0600 in a directory of mode 0700; a
// link, or a file that others can read, is refused and not mended, because
// somebody else made it so. A file is replaced as a whole by renaming, after
// it was read back. A file is read each time but opened once: as long as its
// bytes are the ones that were sealed or opened here, what is in them is known.
package file

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"path/filepath"
	"sync"

	"filippo.io/age"

	"jandon/internal/fault"
	"jandon/keystore"
	"jandon/keystore/secret"
)

const (
	// workFactor is age's own default, 2^18: about a second and 256 MiB.
	workFactor = 18
	// mostWork is the dearest file that is opened, 2^20 and 1 GiB: a file is
	// data that something else may have written.
	mostWork = 20
	// maxFile is the longest file in bytes: an item and age's head, with room.
	maxFile = 16 << 10
)

// Store is a keystore.Store in a directory of its own.
type Store struct {
	dir    string
	phrase secret.Secret
	work   int
	mu     sync.Mutex // one writer in this process; between processes renaming decides

	opened map[string]opened // by path: scrypt's second is long for whoever waits, and a registration looks ten times
	seen   sync.Mutex        // of opened
}

// opened is what is in a file of these bytes.
type opened struct {
	sum   [sha256.Size]byte
	value secret.Secret
}

var _ keystore.Store = (*Store)(nil)

// New is the store of a directory, which is made at the first Set. Without
// consent it is fault.NoConsent and touches nothing.
func New(dir string, consent Consent, passphrase secret.Secret) (*Store, error) {
	if !consent.Given() {
		return nil, fault.New(fault.NoConsent)
	}
	if err := CheckPassphrase(passphrase, secret.Secret{}); err != nil {
		return nil, err
	}
	phrase, err := normal(passphrase)
	if err != nil {
		return nil, err
	}
	return &Store{dir: filepath.Clean(dir), phrase: phrase, work: workFactor}, nil
}

// Close forgets the passphrase; after it every call is fault.WrongPassphrase.
func (s *Store) Close() {
	s.phrase.Wipe()
	s.seen.Lock()
	defer s.seen.Unlock()
	for _, o := range s.opened {
		o.value.Wipe()
	}
	s.opened = nil
}

// know notes what is in a file; no bytes: nothing is.
func (s *Store) know(path string, sealed []byte, value secret.Secret) {
	s.seen.Lock()
	defer s.seen.Unlock()
	s.opened[path].value.Wipe()
	switch {
	case sealed == nil:
		delete(s.opened, path)
	case s.phrase.Len() == 0: // closed meanwhile
	case s.opened == nil:
		s.opened = make(map[string]opened)
		fallthrough
	default:
		s.opened[path] = opened{sha256.Sum256(sealed), secret.New(value.Copy())}
	}
}

// known is what is in a file of these bytes, if it was sealed or opened here.
func (s *Store) known(path string, sealed []byte) (value secret.Secret, ok bool) {
	s.seen.Lock()
	defer s.seen.Unlock()
	o, there := s.opened[path]
	if !there || o.sum != sha256.Sum256(sealed) {
		return secret.Secret{}, false
	}
	return secret.New(o.value.Copy()), true
}

// State is Ready unless what stands in the directory's place can't be used.
func (s *Store) State(context.Context) keystore.State {
	if err := checkDir(s.dir); err != nil && fault.From(err).Code != fault.KeyringMissing {
		return keystore.NoCollection
	}
	return keystore.Ready
}

// Get opens the account's file. The first time takes about a second.
func (s *Store) Get(ctx context.Context, account string) (secret.Secret, error) {
	path, err := s.path(ctx, account)
	if err != nil {
		return secret.Secret{}, err
	}
	if err := checkDir(s.dir); err != nil {
		return secret.Secret{}, err
	}
	sealed, err := read(path)
	if err != nil {
		return secret.Secret{}, err
	}
	if value, ok := s.known(path, sealed); ok {
		return value, nil
	}
	value, err := s.open(path, sealed)
	if err == nil {
		s.know(path, sealed, value)
	}
	return value, err
}

// Set seals a value into the account's file.
func (s *Store) Set(ctx context.Context, account string, value secret.Secret) error {
	path, err := s.path(ctx, account)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	sealed, err := s.seal(path, value)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil { // the second of scrypt may have been too long for somebody
		return fault.Wrap(err, fault.Canceled)
	}
	if err := makeDir(s.dir); err != nil {
		return err
	}
	if err := replace(path, sealed); err != nil {
		return err
	}
	s.know(path, sealed, value)
	return nil
}

// Delete removes the account's file.
func (s *Store) Delete(ctx context.Context, account string) error {
	path, err := s.path(ctx, account)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := checkDir(s.dir); err != nil {
		return err
	}
	s.know(path, nil, secret.Secret{})
	return remove(path)
}

func (s *Store) path(ctx context.Context, account string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", fault.Wrap(err, fault.Canceled)
	}
	if err := keystore.CheckAccount(account); err != nil {
		return "", err
	}
	return filepath.Join(s.dir, account+".age"), nil
}

func (s *Store) seal(path string, value secret.Secret) ([]byte, error) {
	var recipient *age.ScryptRecipient
	var err error
	s.phrase.Expose(func(b []byte) { recipient, err = age.NewScryptRecipient(string(b)) })
	if err != nil { // an empty one: closed
		return nil, fault.New(fault.WrongPassphrase, "file", path)
	}
	recipient.SetWorkFactor(s.work)
	var out bytes.Buffer
	w, err := age.Encrypt(&out, recipient)
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal)
	}
	value.Expose(func(b []byte) { _, err = w.Write(b) })
	if err = errors.Join(err, w.Close()); err != nil {
		return nil, fault.Wrap(err, fault.Internal)
	}
	if out.Len() > maxFile {
		return nil, fault.New(fault.TooLarge, "limit", "16 KiB")
	}
	return out.Bytes(), nil
}

func (s *Store) open(path string, sealed []byte) (secret.Secret, error) {
	damaged := func(err error) (secret.Secret, error) {
		return secret.Secret{}, fault.Wrap(err, fault.KeyFileDamaged, "file", path)
	}
	var identity *age.ScryptIdentity
	var err error
	s.phrase.Expose(func(b []byte) { identity, err = age.NewScryptIdentity(string(b)) })
	if err != nil {
		return secret.Secret{}, fault.New(fault.WrongPassphrase, "file", path)
	}
	identity.SetMaxWorkFactor(mostWork)
	r, err := age.Decrypt(bytes.NewReader(sealed), identity)
	var none *age.NoIdentityMatchError
	switch {
	case errors.As(err, &none):
		return secret.Secret{}, fault.New(fault.WrongPassphrase, "file", path)
	case err != nil:
		return damaged(err)
	}
	value, err := io.ReadAll(io.LimitReader(r, maxFile))
	if err != nil {
		clear(value)
		return damaged(err)
	}
	return secret.New(value), nil
}
