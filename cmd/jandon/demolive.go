package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"jandon/client"
	"jandon/client/store"
	"jandon/internal/fault"
	"jandon/internal/platform"
	"jandon/internal/platform/clock"
	"jandon/internal/platform/faults"
	"jandon/internal/scenario"
	"jandon/internal/wallet"
	"jandon/keystore"
)

// demoPIN is the PIN of every demo. It is shown on the first screen: what it
// opens is made up.
const demoPIN = "284751"

// live is a demo that is played: a platform of its own in memory whose clock
// runs on, a copy of the wallet, and this device enrolled with real keys, all
// gone at the end. The kept world stays as it was. The platform and the
// enrolment take a second and come behind the first frame.
type live struct {
	file  *scenario.File
	at    time.Time        // of what was made up
	clock func() time.Time // the platform's, and this computer's
	zone  *time.Location
	store *store.Store
	plan  *faults.Plan // met once this device is enrolled: before, there is nothing to try out
	moved *clock.Clock // behind clock, if a tester moves it
	log   *slog.Logger // the wallet's

	turn     chan struct{}   // one at a time makes it
	life     context.Context //nolint:containedctx // of the demo, which is longer than that of who asks first
	end      context.CancelFunc
	platform *platform.Platform

	mu   sync.Mutex // over open
	open *client.Account
}

// enliven lets a kept demo be played from now on.
func (a *app) enliven(ctx context.Context, s *source) (*source, error) {
	fork, err := s.world.store.Fork(ctx, s.clock)
	if err != nil {
		return nil, err
	}
	l := &live{
		file: s.world.file, at: s.world.at, clock: s.clock, zone: a.cfg.Zone, store: fork, plan: s.faults, moved: s.moved, log: a.log(), turn: make(chan struct{}, 1),
	}
	l.life, l.end = context.WithCancel(context.WithoutCancel(ctx))
	played := *s
	played.reader, played.mark = fork, markOf(fork)
	played.asOf = func() time.Time { return syncedAt(fork) }
	played.refresh, played.trail, played.bank, played.lock, played.pin = l.refresh, l.trail, l.bank, l.lock, demoPIN
	played.teller = mover{bank: l.bank, wallet: fork.Wallet}
	played.close = func() error { return errors.Join(l.close(), s.close()) }
	return &played, nil
}

// bank is the account of the demo's device, enrolled when it is first asked for.
func (l *live) bank(ctx context.Context) (*client.Account, error) {
	select {
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
	case <-ctx.Done():
		return nil, fault.Wrap(ctx.Err(), fault.Canceled)
	}
	if open := l.opened(); open != nil {
		return open, nil
	}
	open, err := l.enrol(l.life) // half of it is worth nothing, whoever left meanwhile
	if err != nil && l.moved != nil {
		open, err = l.enrol(l.life) // a tester has made its code expire
	}
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open = open
	return open, nil
}

func (l *live) opened() *client.Account {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.open
}

// enrol makes the platform and goes the whole way that a person goes, from the
// activation code to the first session.
func (l *live) enrol(ctx context.Context) (*client.Account, error) {
	if l.platform == nil {
		plan, err := l.file.Generate(l.at)
		if err != nil {
			return nil, err
		}
		p, err := platform.Open(ctx, platform.Options{
			Path: platform.Memory, Now: l.clock, Tester: l.moved != nil, Clock: l.moved,
		})
		if err != nil {
			return nil, err
		}
		if err := p.Seed(ctx, plan, nil); err != nil {
			return nil, errors.Join(err, p.Close())
		}
		l.platform = p
	}
	begun, err := client.Enrol(ctx, client.Settings{
		Options: client.Options{URL: "http://127.0.0.1", Now: l.clock, Dial: l.platform.Dial, Sleep: waiting(l.moved), Log: l.log},
		ID:      "demo", Zone: l.zone, Keys: keystore.NewMemory(), Kept: l.store,
	}, l.file.Person(), thisComputer())
	if err != nil {
		return nil, err
	}
	pin := keystore.NewSecret([]byte(demoPIN))
	defer pin.Wipe()
	letters := l.platform.Outbox() // the newest is about this device: nobody else is here
	if err = begun.Activate(ctx, letters[len(letters)-1].Code); err == nil {
		err = begun.Seal(ctx, pin)
	}
	var open *client.Account
	if err == nil {
		open, err = begun.Finish(ctx, pin)
	}
	if err == nil {
		err = begun.Settle(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, begun.Leave(context.WithoutCancel(ctx)))
	}
	l.platform.Provoke(l.plan)
	open.Lock() // the PIN is asked for as it would be
	return open, nil
}

func (l *live) refresh(ctx context.Context, progress func(done, total int)) (bool, error) {
	open, err := l.bank(ctx)
	if err != nil {
		return false, err
	}
	report, err := open.Sync(ctx, progress)
	return report.Changed, err
}

func (l *live) trail(ctx context.Context, id string) ([]wallet.TrailStep, error) {
	open, err := l.bank(ctx)
	if err != nil {
		return nil, err
	}
	return open.Trail(ctx, id)
}

// lock wipes what the PIN opened.
func (l *live) lock() {
	if open := l.opened(); open != nil {
		open.Lock()
	}
}

// close ends all of it. What is being made just then is in memory alone and is
// not waited for: who leaves at once should not have to wait for a PIN's key.
func (l *live) close() error {
	l.end()
	select {
	case l.turn <- struct{}{}:
	default:
		return nil
	}
	var err error
	if open := l.opened(); open != nil {
		err = open.Close() // and the store with it
	} else {
		err = l.store.Close()
	}
	if l.platform != nil {
		err = errors.Join(err, l.platform.Close())
	}
	return err
}
