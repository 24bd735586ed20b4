// Package platform is the reference platform that Jandon talks to.
//
// It holds value in a double-entry ledger and answers the HTTP contract of
// internal/wire. It is a simulator: there are no live payment rails, and its
// status says so. One process serves one database; the same handler answers
// on a port (Serve) and inside the process (Dial). The clock is the caller's.
package platform

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"jandon/internal/platform/clock"
	"jandon/internal/platform/faults"
	"jandon/internal/platform/ledger"
	"jandon/internal/scenario"
)

// Memory is the Path of a platform that forgets everything when it is closed.
const Memory = ledger.Memory

// Options say where a platform keeps its books and what it lives by.
type Options struct {
	Path    string           // database file, or Memory
	Now     func() time.Time // the platform's clock
	Log     *slog.Logger     // nil: no log
	Version string           // of the program, for /v1/status
	Busy    time.Duration    // how long to wait for another process's lock; 5 s if zero
	Partner ledger.Partner   // who carries value over the rails; nil: the simulator

	Merchants ledger.Merchants // with whom charges are disputed; nil: simulated ones

	Step    func(string) // hears of each step of moving value; nil: nobody does
	Origins []string     // by which wallets reach it, as https://wallet.example, beside the addresses of its listeners
	Deliver func(Letter) // who brings letters to persons; nil: they are only kept (Outbox)
	Faults  *faults.Plan // that requests meet; nil: none

	// Tester opens /test, where whoever reaches the platform moves its clock,
	// has it fail, and reads the letters of all persons. It belongs on a
	// loopback address or inside a process, and answers nobody else.
	Tester bool
	Clock  *clock.Clock // of a tester, in place of Now; nil: one over Now
}

// Platform is an open platform. It may be used by many goroutines.
type Platform struct {
	ledger  *ledger.Ledger
	now     func() time.Time
	log     *slog.Logger
	version string
	trust   *trust
	handler http.Handler
	inside  *inside
	partner ledger.Partner
	sellers ledger.Merchants
	flights flights
	faults  atomic.Pointer[faults.Plan]
	clock   *clock.Clock // of a tester; nil: nobody moves it
	worker  *worker
}

// Open opens the books and makes the platform ready to answer. Errors are faults.
func Open(ctx context.Context, o Options) (*Platform, error) {
	switch {
	case o.Clock != nil:
		o.Now = o.Clock.Now
	case o.Now == nil:
		return nil, errors.New("platform: no clock")
	case o.Tester:
		o.Clock = clock.New(o.Now, o.Now())
		o.Now = o.Clock.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Version == "" {
		o.Version = "unknown"
	}
	l, err := ledger.Open(ctx, ledger.Options{Path: o.Path, Busy: o.Busy, Step: o.Step})
	if err != nil {
		return nil, err
	}
	t, err := newTrust(ctx, o, l)
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	p := &Platform{ledger: l, now: o.Now, log: o.Log, version: o.Version, trust: t, partner: o.Partner, worker: newWorker()}
	p.faults.Store(o.Faults)
	if o.Tester {
		p.clock = o.Clock
		if err := p.catchUp(ctx); err != nil {
			return nil, errors.Join(err, l.Close())
		}
	}
	if p.partner == nil {
		p.partner = l.Simulator(o.Now)
	}
	if p.sellers = o.Merchants; p.sellers == nil {
		p.sellers = ledger.SimulatedMerchants{Now: o.Now}
	}
	p.handler = p.routes()
	p.inside = newInside(p.server())
	return p, nil
}

// catchUp sets a tester's clock ahead to what the books have seen: they may
// have lived on faster than the world, or be opened at an earlier time.
func (p *Platform) catchUp(ctx context.Context) error {
	seen, err := p.ledger.Seen(ctx)
	if err == nil && seen.After(p.clock.Now()) {
		err = p.clock.Set(seen)
	}
	if errors.Is(err, clock.ErrBack) { // it got there by itself meanwhile
		return nil
	}
	return err
}

// Close stops what Dial started and closes the books. Servers started by
// Serve are stopped by their contexts, before.
func (p *Platform) Close() error {
	return errors.Join(p.inside.close(), p.worker.close(), p.ledger.Close())
}

// Handler answers the contract.
func (p *Platform) Handler() http.Handler { return p.handler }

// Clock is what a tester moves; nil if nobody does.
func (p *Platform) Clock() *clock.Clock { return p.clock }

// Ledger gives the books.
func (p *Platform) Ledger() *ledger.Ledger { return p.ledger }

// Seed opens the books of a plan's person and applies the plan, all or nothing;
// ledger.ErrSeeded if the person is here already.
func (p *Platform) Seed(ctx context.Context, plan scenario.Plan, progress func(done, total int)) error {
	return p.ledger.Seed(ctx, plan, progress)
}

// Check reports whether the books balance; fault.Unbalanced names what doesn't.
func (p *Platform) Check(ctx context.Context) (ledger.Report, error) { return p.ledger.Check(ctx) }
