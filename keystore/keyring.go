package keystore

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/zalando/go-keyring"

	"jandon/internal/fault"
)

// Keyring is the Store of the operating system, through zalando/go-keyring,
// which alone would wait for ever, report success for a dismissed prompt, and
// start a bus of its own. Use NewKeyring.
type Keyring struct {
	limits  Limits
	waiting Waiting
	probe   func(ctx context.Context, start time.Duration) *session
	newest  sync.Map       // account to the *job that last began to change it
	late    sync.WaitGroup // jobs that nobody waits for any more
}

// turn lets one operation at a time through, in the whole process: go-keyring
// has one connection for all, and giving up on an operation cuts it.
var turn = make(chan struct{}, 1)

// Limits are the deadlines of a Keyring; zero fields take the defaults.
type Limits struct {
	Quick   time.Duration // a whole operation that nobody has to answer; 2.5 s, so that its end is on the screen within three
	Start   time.Duration // of Quick: starting the service; two thirds, at most 2 s
	Patient time.Duration // while a person may be answering the keyring's window; 60 s
	Settle  time.Duration // how long an abandoned write is watched, to take it back; 10 min
}

// Waiting is called when the keyring's own window has to be answered, so that
// the screen can say so, and what it gives when that is over. stop gives up on
// the window: what needed it then fails as if the window had been closed, and
// nothing else of what the caller does is stopped.
type Waiting func(stop func()) (over func())

// NewKeyring uses the keyring of the session. A nil waiting says that there is
// nobody: then a locked keyring is an error at once.
func NewKeyring(limits Limits, waiting Waiting) *Keyring {
	set := func(d *time.Duration, normal time.Duration) {
		if *d <= 0 {
			*d = normal
		}
	}
	set(&limits.Quick, 2500*time.Millisecond)
	set(&limits.Start, min(2*time.Second, limits.Quick*2/3))
	set(&limits.Patient, time.Minute)
	set(&limits.Settle, 10*time.Minute)
	return &Keyring{limits: limits, waiting: waiting, probe: probe}
}

// State probes; it takes at most Limits.Quick.
func (k *Keyring) State(ctx context.Context) State {
	quick, stop := k.quick(ctx)
	defer stop()
	s := k.probe(quick, k.limits.Start)
	defer s.close()
	return s.state
}

// Get reads the value of an account.
func (k *Keyring) Get(ctx context.Context, account string) (found Secret, err error) {
	value := make(chan string, 1) // not a variable: act may end after Get gave up
	err = k.operate(ctx, account, func(*job) error {
		text, err := keyring.Get(Service, account)
		value <- text
		return err
	})
	if err != nil {
		return Secret{}, err
	}
	return NewSecret([]byte(<-value)), nil
}

// Set writes the value of an account and reads it back. If it fails, what was
// there before stays or is put back, even when the keyring answers late.
func (k *Keyring) Set(ctx context.Context, account string, value Secret) error {
	text := string(value.Copy()) // go-keyring takes strings; this copy can't be wiped
	return k.change(ctx, account, &text, func() error { return keyring.Set(Service, account, text) })
}

// Delete removes the value of an account, with the promises of Set.
func (k *Keyring) Delete(ctx context.Context, account string) error {
	return k.change(ctx, account, nil, func() error { return keyring.Delete(Service, account) })
}

// change writes and looks whether the entry now is what it should be (nil: none).
func (k *Keyring) change(ctx context.Context, account string, want *string, write func() error) error {
	return k.operate(ctx, account, func(j *job) error {
		before, err := look(account)
		if err != nil {
			return err
		}
		j.undo = func() { k.takeBack(account, j, want, before) }
		if !j.commit() {
			return errSlow
		}
		k.newest.Store(account, j)
		if err := write(); err != nil {
			return err
		}
		kept, err := look(account)
		if err == nil && !same(kept, want) {
			err = fault.Wrap(errors.New("keystore: the keyring said yes and did something else"), fault.KeyringDenied)
		}
		return err
	})
}

// look reads an entry; nil is none.
func look(account string) (*string, error) {
	text, err := keyring.Get(Service, account)
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, err
	default:
		return &text, nil
	}
}

func same(a, b *string) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

func (k *Keyring) quick(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, k.limits.Quick)
}

// operate runs one act on the keyring: wait for the turn, probe, unlock if
// there is somebody to ask, act.
func (k *Keyring) operate(ctx context.Context, account string, act func(*job) error) error {
	if err := begin(ctx, account); err != nil {
		return err
	}
	quick, stop := k.quick(ctx)
	defer func() { stop() }()
	select {
	case turn <- struct{}{}:
		defer func() { <-turn }()
	case <-quick.Done():
		return ended(ctx)
	}
	s := k.probe(quick, k.limits.Start)
	defer s.close()
	switch {
	case ctx.Err() != nil:
		return ended(ctx)
	case s.state == Locked && k.waiting != nil:
		if err := k.unlock(ctx, s); err != nil {
			return err
		}
		stop()
		quick, stop = k.quick(ctx)
	case s.state != Ready:
		return s.state.Fault()
	}
	return k.run(ctx, quick, s, act)
}

func (k *Keyring) unlock(ctx context.Context, s *session) error {
	patient, stop := context.WithTimeout(ctx, k.limits.Patient)
	defer stop()
	defer k.waiting(stop)()
	err := s.unlock(patient, k.limits.Quick)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ended(ctx)
	case patient.Err() != nil:
		return fault.Wrap(errSlow, fault.KeyringLocked)
	default:
		return explain(err)
	}
}
