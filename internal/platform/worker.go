package platform

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"jandon/internal/fault"
)

// While something is under way the clock is looked at this often, for the
// platform's need not run as this machine's does.
const (
	lookAgain = time.Second
	lookSoon  = 10 * time.Millisecond
)

// worker sees to legs and acts in the background.
type worker struct {
	start  sync.Once
	nudge  chan struct{}
	ctx    context.Context //nolint:containedctx // the life of the background, not of a request
	cancel context.CancelFunc
	alive  sync.WaitGroup
}

func newWorker() *worker {
	w := &worker{nudge: make(chan struct{}, 1)}
	w.ctx, w.cancel = context.WithCancel(context.Background())
	return w
}

// Work sees to all that is due by the platform's clock, and says when
// something will be due next; zero if nothing is under way. What Serve and
// Dial start does the same in the background.
func (p *Platform) Work(ctx context.Context) (next time.Time, err error) {
	at := p.now().UTC().Truncate(time.Millisecond)
	next, failed := p.ledger.Work(ctx, p.partner, at)
	dispute, err := p.ledger.Complain(ctx, p.sellers, at) // also where legs fail
	if next.IsZero() || !dispute.IsZero() && dispute.Before(next) {
		next = dispute
	}
	if err = errors.Join(failed, err); err != nil {
		return time.Time{}, err
	}
	return next, nil
}

// wake has the background look for work now.
func (p *Platform) wake() {
	select {
	case p.worker.nudge <- struct{}{}:
	default: // it is awake already
	}
}

// beginWork starts the background, once.
func (p *Platform) beginWork() {
	w := p.worker
	w.start.Do(func() { w.alive.Go(func() { p.workOn(w.ctx) }) })
}

func (p *Platform) workOn(ctx context.Context) {
	for ctx.Err() == nil {
		if !rest(ctx, p.worker.nudge, p.workOnce(ctx)) {
			return
		}
	}
}

// workOnce works, and says how long to rest; zero until somebody wakes it.
// Something of ours that breaks is noted, and tried again.
func (p *Platform) workOnce(ctx context.Context) (wait time.Duration) {
	note := func(cause string) { p.log.LogAttrs(ctx, slog.LevelError, "work", slog.String("cause", cause)) }
	defer func() {
		if v := recover(); v != nil {
			wait = lookAgain
			note(fault.Caught(v).Error())
		}
	}()
	next, err := p.Work(ctx)
	switch {
	case err != nil:
		if ctx.Err() == nil {
			note(err.Error())
		}
		return lookAgain
	case next.IsZero():
		return 0
	}
	return min(max(next.Sub(p.now()), lookSoon), lookAgain)
}

// rest waits for a nudge, or for a while if it isn't zero; false at the end.
func rest(ctx context.Context, nudge <-chan struct{}, wait time.Duration) bool {
	var over <-chan time.Time
	if wait > 0 {
		t := time.NewTimer(wait)
		defer t.Stop()
		over = t.C
	}
	select {
	case <-ctx.Done():
		return false
	case <-nudge:
	case <-over:
	}
	return true
}

// close stops the background and waits for it.
func (w *worker) close() error {
	w.start.Do(func() {}) // from now on it does not start
	w.cancel()
	w.alive.Wait()
	return nil
}
