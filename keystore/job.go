package keystore

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/zalando/go-keyring"

	"jandon/internal/fault"
)

// job is one act on a goroutine of its own, which may outlive the wait for it.
type job struct {
	mu        sync.Mutex
	abandoned bool
	committed bool
	finished  bool
	undo      func() // set before commit
}

// commit marks the point from which the keyring may change; false: given up before.
func (j *job) commit() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.committed = !j.abandoned
	return j.committed
}

// abandon gives up waiting; false: it is over already.
func (j *job) abandon() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.abandoned = !j.finished
	return j.abandoned
}

// finish ends the job and undoes what it did after it was given up.
func (j *job) finish() {
	j.mu.Lock()
	j.finished = true
	late := j.abandoned && j.committed
	j.mu.Unlock()
	if late {
		j.undo()
	}
}

// run calls act and gives up on it in time. While the service still answers
// others, a silent act means a window of the keyring that waits for a person.
func (k *Keyring) run(ctx, quick context.Context, s *session, act func(*job) error) error {
	j := &job{}
	answer := make(chan error, 1)
	k.late.Go(func() {
		// A connection closed under go-keyring while it waits for a prompt
		// makes it dereference nil.
		defer func() {
			if p := recover(); p != nil {
				answer <- fmt.Errorf("keystore: the keyring library panicked: %w", fault.Caught(p))
			}
			j.finish()
		}()
		s.prepare()
		answer <- act(j)
	})
	err, over := k.wait(ctx, quick, s, answer)
	if over {
		return explain(err)
	}
	if !j.abandon() {
		return explain(<-answer) // it ended in the same instant
	}
	s.abandon()
	if err != nil {
		return err
	}
	return ended(ctx)
}

// wait waits for the answer as long as it is worth it. err of what is not over
// says why it was given up; nil: for want of time.
func (k *Keyring) wait(ctx, quick context.Context, s *session, answer <-chan error) (err error, over bool) {
	half, stop := context.WithTimeout(quick, k.limits.Quick/2)
	defer stop()
	select {
	case err = <-answer:
		return err, true
	case <-half.Done():
	}
	if k.waiting == nil || !s.alive(quick) {
		select {
		case err = <-answer:
			return err, true
		case <-quick.Done():
			return nil, false
		}
	}
	patient, stop := context.WithTimeout(ctx, k.limits.Patient)
	defer stop()
	defer k.waiting(stop)()
	select {
	case err = <-answer:
		return err, true
	case <-patient.Done():
		if ctx.Err() == nil && errors.Is(patient.Err(), context.Canceled) {
			err = fault.Wrap(patient.Err(), fault.KeyringDenied)
		}
		return err, false
	}
}

// takeBack undoes a change that nobody waits for any more, once the keyring
// answers again: its caller was told that it failed. It looks again after
// growing pauses, since a keyring may take its time; a newer change of the
// account makes it moot.
func (k *Keyring) takeBack(account string, j *job, wrote, before *string) {
	ctx, stop := context.WithTimeout(context.Background(), k.limits.Settle)
	defer stop()
	for pause := k.limits.Quick; ; pause *= 2 {
		if k.lookBack(ctx, account, j, wrote, before) {
			return
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
	}
}

// lookBack is one look of takeBack; true: there is nothing more to do.
func (k *Keyring) lookBack(ctx context.Context, account string, j *job, wrote, before *string) (done bool) {
	s := k.probe(ctx, k.limits.Settle)
	defer s.close()
	if s.state != Ready {
		return false
	}
	select {
	case turn <- struct{}{}:
		defer func() { <-turn }()
	case <-ctx.Done():
		return true
	}
	if newest, _ := k.newest.Load(account); newest != j {
		return true
	}
	quick, stop := k.quick(ctx)
	defer stop()
	alone := &Keyring{limits: k.limits} // with nobody to ask
	err := alone.run(ctx, quick, s, func(*job) error {
		kept, err := look(account)
		switch {
		case err != nil:
			return err
		case !same(kept, wrote):
			return errNotYet
		case before != nil:
			return keyring.Set(Service, account, *before)
		default:
			return keyring.Delete(Service, account)
		}
	})
	return err == nil
}

var errNotYet = errors.New("keystore: the late change is not there")

// errSlow stands for an end by our own deadline rather than the caller's.
var errSlow = errors.New("keystore: no answer in time")

// ended says why waiting is over: the caller's end comes first.
func ended(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fault.Wrap(err, fault.Canceled)
	}
	return fault.Wrap(errSlow, fault.KeyringStuck)
}

// explain turns an error from below into a fault.
func explain(err error) error {
	var f *fault.Error
	switch {
	case err == nil || errors.As(err, &f):
		return err
	case errors.Is(err, keyring.ErrNotFound):
		return fault.Wrap(err, fault.KeyringMissing)
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return fault.Wrap(err, fault.TooLarge, "limit", "2.5 KB")
	default:
		return fault.Wrap(err, codeOf(err))
	}
}
