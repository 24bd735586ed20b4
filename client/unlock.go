package client

import (
	"context"
	"errors"
	"sync"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/wire"
	"jandon/keystore"
	"jandon/keystore/codes"
	"jandon/keystore/digits"
	"jandon/keystore/onetime"
	"jandon/keystore/pin"
)

// lock holds what the PIN opened, until it is locked again.
type lock struct {
	turn chan struct{} // one unlocking at a time
	done sync.WaitGroup
	end  context.CancelFunc // of what runs on after Lock
	ctx  context.Context

	mu   sync.Mutex
	k    keystore.Secret // K; empty: locked, or opened without the PIN
	idle *time.Timer
}

func newLock() *lock {
	ctx, end := context.WithCancel(context.Background())
	return &lock{turn: make(chan struct{}, 1), ctx: ctx, end: end}
}

// stop ends what runs on after Lock, which gets a moment to tell the platform.
func (l *lock) stop() {
	const moment = time.Second
	over := time.AfterFunc(moment, l.end)
	defer over.Stop()
	l.done.Wait()
	l.end()
}

// Unlock opens a session that may act, with the code that the PIN's K makes.
// Whether the PIN is right is the platform's to say (WrongCode): it counts
// tries, and nothing here could tell. Errors besides those of calls and the
// keyring: NotEnrolled, BadPIN, WrongCode, DevicePaused, DeviceBlocked, DeviceRevoked.
func (a *Account) Unlock(ctx context.Context, typed keystore.Secret) (act.Session, error) {
	leave, err := a.unlocking(ctx)
	if err != nil {
		return act.Session{}, err
	}
	defer leave()
	k, err := a.openK(ctx, typed)
	if err != nil {
		return act.Session{}, err
	}
	s, err := a.unlockWith(ctx, k)
	if err != nil {
		k.Wipe()
	}
	return s, err
}

// unlockWith opens a session with K and keeps K.
func (a *Account) unlockWith(ctx context.Context, k keystore.Secret) (act.Session, error) {
	step, err := a.takeStep(ctx)
	if err != nil {
		return act.Session{}, err
	}
	code, err := codes.Session(k, timeOf(step))
	if err != nil {
		return act.Session{}, err
	}
	defer code.Wipe()
	p, err := a.Client.openSession(ctx, wire.Totp, code)
	if err != nil {
		if fault.From(err).Code.Family() == fault.FamilyRefused {
			err = errors.Join(err, a.Store.ReturnStep(context.WithoutCancel(ctx), step))
		}
		return act.Session{}, err
	}
	a.hold(k, p)
	return p.Session, nil
}

// UnlockByApp opens a session with the code of an authenticator app, where the
// PIN fails. K stays closed: it confirms nothing beyond small acts.
func (a *Account) UnlockByApp(ctx context.Context, typed keystore.Secret) (act.Session, error) {
	plain, ok := digits.Plain(typed)
	if !ok {
		return act.Session{}, fault.New(fault.WrongCode)
	}
	defer plain.Wipe()
	return a.unlockBy(ctx, wire.Authenticator, plain)
}

// UnlockByRecovery opens a session with a recovery code, which is used up.
// K stays closed: it confirms nothing beyond small acts. What can be no such
// code is WrongCode without a try: it may be another secret, typed in the wrong
// place, and is nobody else's to see.
func (a *Account) UnlockByRecovery(ctx context.Context, typed keystore.Secret) (act.Session, error) {
	if err := a.enrolled(); err != nil {
		return act.Session{}, err
	}
	if _, err := onetime.Digest(onetime.Recovery, a.Client.who.account, typed); err != nil {
		return act.Session{}, err
	}
	return a.unlockBy(ctx, wire.Recovery, typed)
}

func (a *Account) unlockBy(ctx context.Context, method wire.SessionRequestMethod, code keystore.Secret) (act.Session, error) {
	leave, err := a.unlocking(ctx)
	if err != nil {
		return act.Session{}, err
	}
	defer leave()
	p, err := a.Client.openSession(ctx, method, code)
	if err != nil {
		return act.Session{}, err
	}
	a.hold(keystore.Secret{}, p)
	return p.Session, nil
}

// Lock wipes K and the session that may act. Drafts and acts stay.
func (a *Account) Lock() {
	a.wipe()
	w := a.Client.who
	if w == nil {
		return
	}
	p := w.take(act.ScopeAct)
	if p == nil || a.lock.ctx.Err() != nil {
		return
	}
	a.lock.done.Go(func() {
		const patience = 5 * time.Second // a platform that can't be told ends it by itself
		ctx, stop := context.WithTimeout(a.lock.ctx, patience)
		defer stop()
		a.Client.closeSession(ctx, p)
	})
}

// Unlocked reports whether there is a session that may act.
func (a *Account) Unlocked() bool {
	w := a.Client.who
	return w != nil && w.open(act.ScopeAct, a.Client.clock.Now()) != nil
}

// unlocking waits for the turn to unlock.
func (a *Account) unlocking(ctx context.Context) (leave func(), err error) {
	if a.Client.who == nil {
		return nil, fault.New(fault.NotEnrolled)
	}
	select {
	case a.lock.turn <- struct{}{}:
		return func() { <-a.lock.turn }, nil
	case <-ctx.Done():
		return nil, a.Client.transportFault(ctx, ctx.Err())
	}
}

// openK is the K that a PIN leads to, by the keyring's entry as it is now: a
// keyring that vanished is an error, and another program may have changed the PIN.
func (a *Account) openK(ctx context.Context, typed keystore.Secret) (keystore.Secret, error) {
	item, err := keystore.Load(ctx, a.set.Keys, a.ID)
	if err != nil {
		return keystore.Secret{}, err
	}
	defer item.Wipe()
	if !item.Enrolled() {
		return keystore.Secret{}, fault.New(fault.NotEnrolled)
	}
	return pin.Open(item.Enrol.Blob, typed)
}

// hold keeps K as long as the session lives: it goes with Lock, with the
// session's end on the platform, and after its idle time.
func (a *Account) hold(k keystore.Secret, p *pass) {
	a.wipe()
	a.lock.mu.Lock()
	defer a.lock.mu.Unlock()
	a.lock.k = k
	a.lock.idle = time.AfterFunc(p.Idle, a.idled)
}

// idled looks whether the session was used meanwhile.
func (a *Account) idled() {
	p := a.Client.who.open(act.ScopeAct, a.Client.clock.Now()) // wipes K through ended if its time is over
	if p == nil {
		return
	}
	a.lock.mu.Lock()
	defer a.lock.mu.Unlock()
	if a.lock.idle != nil {
		a.lock.idle.Reset(max(p.Idle/10, time.Second))
	}
}

func (a *Account) wipe() {
	a.lock.mu.Lock()
	defer a.lock.mu.Unlock()
	a.lock.k.Wipe()
	a.lock.k = keystore.Secret{}
	if a.lock.idle != nil {
		a.lock.idle.Stop()
		a.lock.idle = nil
	}
}

// heldK is a copy of the K in memory; empty while locked.
func (a *Account) heldK() keystore.Secret {
	if !a.Unlocked() {
		return keystore.Secret{}
	}
	a.lock.mu.Lock()
	defer a.lock.mu.Unlock()
	return keystore.NewSecret(a.lock.k.Copy())
}

// takeStep is the time step of the next session code. A wrong clock would make
// a wrong code, which the platform counts, so its time is asked first. It takes
// no step twice and only those beside its own, so that there may be a wait.
func (a *Account) takeStep(ctx context.Context) (uint64, error) {
	c := a.Client
	if _, err := c.Status(ctx); err != nil {
		return 0, err
	}
	const most = 20 // ten minutes: further ahead is no step that was waited for
	step, err := a.Store.TakeStep(ctx, codes.Step(c.clock.Now()), most)
	if err != nil {
		return 0, err
	}
	if early := timeOf(step).Sub(c.clock.Now()) - codes.Skew*codes.Period; early > 0 {
		if c.opts.Due != nil {
			c.opts.Due(early + time.Second)
		}
		if err := c.opts.Sleep(ctx, early+time.Second); err != nil {
			return 0, c.transportFault(ctx, err)
		}
	}
	return step, nil
}

// timeOf is when a time step begins.
func timeOf(step uint64) time.Time {
	return time.Unix(int64(step)*int64(codes.Period/time.Second), 0).UTC()
}
