package client

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"jandon/client/store"
	"jandon/internal/fault"
	"jandon/internal/wallet"
	"jandon/keystore"
	"jandon/keystore/device"
)

// Settings say which account is meant and where its things are.
type Settings struct {
	Options                       // URL, clock, log …
	ID      string                // of the account on this device (keystore.NewAccount); Enrol makes one if it is ""
	Dir     string                // where stores are
	Zone    *time.Location        // of days and weeks
	Keys    keystore.Store        // the keyring
	Rebuild func(done, total int) // if set, is told of a rebuild of the store's sums
	Kept    *store.Store          // if set, is used instead of one in Dir, and closed with the account
	File    bool                  // Keys keeps secrets in a sealed file; the platform is told
}

// Account is an open account: what was stored, the way to bring it up to date,
// and, on an enrolled device, the way to move value and trust.
type Account struct {
	*store.Store
	*Syncer
	ID     string
	Client *Client
	set    Settings
	lock   *lock
	known  *known
	asked  *questions
	keys   *onceKeys
	logs   chan struct{} // held by who looks at the log of the platform
}

// Enrolled reports whether this device can ask the platform. An account that an
// earlier version connected by a token can't, until it is enrolled once.
func (a *Account) Enrolled() bool { return a.Client.who != nil }

// State is where the stored copy stands and how old it is.
func (a *Account) State(ctx context.Context) (store.State, error) { return a.Store.State(ctx) }

// Trail asks the platform for the way of the value in a transaction.
func (a *Account) Trail(ctx context.Context, id string) ([]wallet.TrailStep, error) {
	steps, err := a.Client.Trail(ctx, id)
	return steps, a.stranger(err)
}

// stranger says of a platform that does not know us what that means here.
func (a *Account) stranger(err error) error {
	if !a.Enrolled() && errors.Is(err, fault.New(fault.Unauthorized)) {
		return fault.Wrap(err, fault.NotEnrolled)
	}
	return err
}

// Sync is Syncer.Sync; what was known of limits is asked anew if anything changed.
func (a *Account) Sync(ctx context.Context, progress func(done, total int)) (SyncReport, error) {
	report, err := a.synced(ctx, progress)
	if report.Changed {
		a.known.drop()
	}
	return report, a.stranger(err)
}

// Close locks the account, closes the store and lets go of connections.
func (a *Account) Close() error {
	a.Lock()
	a.lock.stop()
	a.Client.Close()
	return a.Store.Close()
}

// Open opens the account that was enrolled before; it calls nobody but the
// keyring. A keyring that is gone is an error, never a new start. Errors: those
// of the keyring and the store, and OtherServer if its keys are for another address.
func Open(ctx context.Context, s Settings) (*Account, error) {
	item, err := keystore.Load(ctx, s.Keys, s.ID)
	if err != nil {
		return nil, err
	}
	base, shown, err := CheckURL(s.URL)
	if err != nil {
		return nil, err
	}
	if item.Server != base { // a device's key proves nothing to anybody but its platform
		return nil, fault.New(fault.OtherServer, "url", shown)
	}
	return s.open(ctx, item)
}

// Now is the time that a person is shown things by: this computer's, or the
// platform's where the two are known to be more than a minute apart.
func (a *Account) Now() time.Time { return a.Client.clock.screens() }

// replaceable reports an entry that a new connection may write over.
func replaceable(err error) bool {
	code := fault.From(err).Code
	return code == fault.KeyringMissing || code == fault.KeyringDamaged || code == fault.KeyFileDamaged
}

// client speaks for what an item holds: an enrolled device, or nobody.
func (s Settings) client(item keystore.Item) (*Client, error) {
	if !item.Enrolled() {
		return New(s.Options)
	}
	key, err := device.KeyFrom(item.Enrol.Key)
	if err != nil {
		return nil, err
	}
	o := s.Options
	o.Pin = item.SPKI
	c, err := New(o)
	if err != nil {
		return nil, err
	}
	c.who = newWho(key, item.Enrol.Device, item.Enrol.Account)
	return c, nil
}

func (s Settings) path() string { return filepath.Join(s.Dir, s.ID+".store") }

func (s Settings) open(ctx context.Context, item keystore.Item) (*Account, error) {
	c, err := s.client(item)
	if err != nil {
		return nil, err
	}
	if s.Kept != nil {
		return s.account(c, s.Kept), nil
	}
	kept, err := store.Open(ctx, store.Options{Path: s.path(), Key: item.StoreKey, Zone: s.Zone, Now: c.clock.screens, Progress: s.Rebuild})
	if err != nil {
		return nil, err
	}
	return s.account(c, kept), nil
}

func (s Settings) account(c *Client, kept *store.Store) *Account {
	a := &Account{
		Store: kept, Syncer: NewSyncer(c, kept), ID: s.ID, Client: c, set: s, lock: newLock(), known: &known{}, asked: &questions{}, keys: &onceKeys{}, logs: make(chan struct{}, 1),
	}
	if c.who != nil {
		c.who.ended = a.wipe
	}
	return a
}

// setAside moves a store whose key is lost out of the way of a new one. The
// platform has all that was in it.
func (s Settings) setAside() error {
	for _, suffix := range []string{"", "-wal", "-shm"} {
		from := s.path() + suffix
		err := os.Rename(from, s.path()+".aside"+suffix)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fault.Wrap(err, fault.StoreDenied, "file", from)
		}
	}
	return nil
}
