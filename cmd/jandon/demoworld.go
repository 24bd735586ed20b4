package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"jandon/client"
	"jandon/client/store"
	"jandon/internal/fault"
	"jandon/internal/platform"
	"jandon/internal/platform/ledger"
	"jandon/internal/scenario"
	"jandon/internal/wallet"
	"jandon/keystore"
)

// world is a demo: a platform of its own with a made-up person, and that
// person's wallet. Both are kept, so that the second start only reads; the
// platform is opened when it is first asked for something.
type world struct {
	dir  string // empty: it is kept in memory, since there is nowhere else
	file *scenario.File
	at   time.Time
	now  func() time.Time // for how old things are
	log  *slog.Logger     // the wallet's

	store *store.Store

	mu       sync.Mutex // over what is opened when it is first wanted
	platform *platform.Platform
	client   *client.Client
	syncer   *client.Syncer
}

// kept is how many demo worlds are kept; the others are made again when asked for.
const kept = 4

// openDemo opens a demo at the clock's time. If that is not pinned by a flag,
// the world is that of the full hour, so that it can be found again.
func (a *app) openDemo(ctx context.Context, name string, pinned bool, clock func() time.Time) (*source, error) {
	file, err := scenario.Open(name)
	if err != nil {
		return nil, err
	}
	w := &world{file: file, at: clock().UTC().Truncate(time.Second), now: a.now, log: a.log()}
	if pinned {
		w.now = func() time.Time { return w.at }
	} else {
		w.at = w.at.Truncate(time.Hour)
	}
	demos := filepath.Join(a.cfg.Paths.Cache, "demo")
	w.dir = filepath.Join(demos, fmt.Sprintf("%s-%s-%s", dirOf(file), w.at.Format("20060102T150405Z"), edition()))
	open := func() {
		w.store, err = store.Open(ctx, store.Options{Path: filepath.Join(w.dir, "store.db"), Key: w.key(), Zone: a.cfg.Zone, Now: w.now})
	}
	open()
	if spoilt(err) { // a cache is made anew
		_ = os.RemoveAll(w.dir)
		open()
	}
	if unwritable(err) {
		a.note(a.text().F("cli.demo.unkept", "Dir", demos))
		w.dir = ""
		w.store, err = store.OpenMemory(ctx, a.cfg.Zone, w.now)
	}
	if err != nil {
		return nil, err
	}
	if w.dir != "" && w.asOf().IsZero() {
		prune(demos, w.dir)
	}
	return &source{
		reader: w.store, name: a.text().F("cli.source.demo", "Name", file.Name), scenario: file.Name, clock: clock,
		asOf: w.asOf, refresh: w.refresh, trail: w.trail, close: w.close,
		said: w.store, mark: markOf(w.store), teller: books{w}, world: w,
	}, nil
}

// unwritable reports that a place can't be written; a demo needs none.
func unwritable(err error) bool {
	return errors.Is(err, fault.New(fault.StoreDenied)) || errors.Is(err, fault.New(fault.StoreUnsafe)) || errors.Is(err, fault.New(fault.NoSpace))
}

// spoilt reports a kept world that is none any more.
func spoilt(err error) bool {
	return errors.Is(err, fault.New(fault.StoreDamaged)) || errors.Is(err, fault.New(fault.StoreKey)) || errors.Is(err, fault.New(fault.StoreNewer))
}

// dirOf is a scenario in the name of a directory: a file of one's own goes by
// its content, so that it can be changed.
func dirOf(file *scenario.File) string {
	if file.Own != "" {
		return "own-" + file.Own
	}
	return file.Name
}

// key opens the store of a demo. It is no secret: what it opens is made up.
func (w *world) key() keystore.Secret {
	sum := sha256.Sum256([]byte("jandon demo store v1 " + w.file.Name))
	return keystore.NewSecret(sum[:])
}

func (w *world) asOf() time.Time { return syncedAt(w.store) }

// connected opens the platform, makes up its books if they are new, and reads
// them from inside the process: there is no device in a kept world.
func (w *world) connected(ctx context.Context, progress func(done, total int)) (*client.Client, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.client != nil {
		return w.client, nil
	}
	books := platform.Memory
	if w.dir != "" {
		books = filepath.Join(w.dir, "platform.db")
	}
	p, err := platform.Open(ctx, platform.Options{Path: books, Now: func() time.Time { return w.at }})
	if err != nil {
		return nil, err
	}
	c, err := w.reading(ctx, p, progress)
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	w.platform, w.client, w.syncer = p, c, client.NewSyncer(c, w.store)
	return c, nil
}

func (w *world) reading(ctx context.Context, p *platform.Platform, progress func(done, total int)) (*client.Client, error) {
	_, err := p.Ledger().User(ctx, w.file.Person())
	if err != nil && fault.From(err).Code == fault.NotFound {
		err = w.fill(ctx, p, progress)
	}
	if err != nil {
		return nil, err
	}
	return client.New(client.Options{URL: "http://127.0.0.1", Now: w.now, Dial: p.DialAs(w.file.Person()), Log: w.log})
}

// fill makes up the books; another process may have been quicker.
func (w *world) fill(ctx context.Context, p *platform.Platform, progress func(done, total int)) error {
	plan, err := patiently(ctx, func() (scenario.Plan, error) { return w.file.Generate(w.at) })
	if err != nil {
		return err
	}
	if err := p.Seed(ctx, plan, progress); err != nil && !errors.Is(err, ledger.ErrSeeded) {
		return err
	}
	return nil
}

func (w *world) refresh(ctx context.Context, progress func(done, total int)) (bool, error) {
	if _, err := w.connected(ctx, progress); err != nil {
		return false, err
	}
	report, err := w.syncer.Sync(ctx, progress)
	return report.Changed, err
}

func (w *world) trail(ctx context.Context, id string) ([]wallet.TrailStep, error) {
	c, err := w.connected(ctx, func(int, int) {})
	if err != nil {
		return nil, err
	}
	return c.Trail(ctx, id)
}

func (w *world) close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	err := w.store.Close()
	if w.platform != nil {
		err = errors.Join(err, w.platform.Close())
	}
	return err
}

// edition tells builds apart, which may make up different worlds.
func edition() string {
	h := sha256.New()
	name, commit := build()
	fmt.Fprint(h, name, commit)
	if exe, err := os.Executable(); err == nil {
		if info, err := os.Stat(exe); err == nil {
			fmt.Fprint(h, info.Size(), info.ModTime().UnixNano())
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}

// prune removes all but the newest worlds. What is open elsewhere lives on
// until it is closed; what can't be removed is tried again another time.
func prune(demos, except string) {
	entries, err := os.ReadDir(demos)
	if err != nil {
		return
	}
	age := func(e os.DirEntry) time.Time {
		info, err := e.Info()
		if err != nil {
			return time.Time{}
		}
		return info.ModTime()
	}
	slices.SortFunc(entries, func(x, y os.DirEntry) int { return age(y).Compare(age(x)) })
	for i, e := range entries {
		if dir := filepath.Join(demos, e.Name()); i >= kept && dir != except {
			_ = os.RemoveAll(dir)
		}
	}
}
