package ledger

import (
	"context"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/platform/risk"
)

// beginAct begins an act that moves no value itself, once per key: what it
// needs is weighed, then it is written down.
func (l *Ledger) beginAct(ctx context.Context, u User, k Key, at time.Time, make func(*book) (act.Act, any, error)) (a act.Act, err error) {
	err = l.change(ctx, u.ID, func(b *book) error {
		var again bool
		if a, again, err = b.repeated(k); err != nil || again {
			return err
		}
		if err := b.sweep(at); err != nil {
			return err
		}
		var detail any
		if a, detail, err = make(b); err != nil {
			return err
		}
		a.Made = at
		if err := b.assess(&a); err != nil {
			return err
		}
		a, err = b.begin(a, k, detail)
		return err
	})
	if err != nil {
		return act.Act{}, err
	}
	return a, nil
}

// Pause stops everything that moves value, at once: what waits is canceled,
// and nothing is begun until the pause ends or is ended by act.Resume.
func (l *Ledger) Pause(ctx context.Context, u User, by string, at time.Time) error {
	return l.change(ctx, u.ID, func(b *book) error {
		if err := b.sweep(at); err != nil {
			return err
		}
		return b.pause(by, at)
	})
}

func (b *book) pause(by string, at time.Time) error {
	w, err := risk.Shipped()
	if err != nil {
		return err
	}
	if err := b.joined(at); err != nil {
		return err
	}
	if err := b.exec("UPDATE standings SET paused = max(paused, $1), why = 'asked' WHERE owner = $2", millis(at.Add(w.PauseTime())), b.owner); err != nil {
		return err
	}
	if err := b.mark("pause", "", at); err != nil {
		return err
	}
	if err := b.cancelAll(at, "SELECT id FROM acts WHERE owner = $1 AND state IN ('waiting', 'review') AND action IN ('cashout', 'destination.add', 'auto.set')", b.owner); err != nil {
		return err
	}
	return b.log("pause.begun", at, note{"by": by})
}

// Resume begins to end a pause before its time, once per key; fault.TooLate if
// there is none.
func (l *Ledger) Resume(ctx context.Context, u User, device string, k Key, at time.Time) (act.Act, error) {
	return l.beginAct(ctx, u, k, at, func(b *book) (act.Act, any, error) {
		s, err := b.standing(at)
		if err != nil {
			return act.Act{}, nil, err
		}
		until := s.stopped(at)
		if until.IsZero() {
			return act.Act{}, nil, fault.New(fault.TooLate)
		}
		w, err := risk.Shipped()
		return act.Act{Action: act.Resume, Device: device, Subject: act.Payee{Name: "Simulated pause", ID: until.In(w.Zone).Format(time.DateOnly)}}, nil, err
	})
}

// resume is the deed of act.Resume. Others that wait for the same are over with
// it: none may end a later pause.
func (b *book) resume(a act.Act, at time.Time) (act.State, error) {
	if err := b.cancelAll(at, "SELECT id FROM acts WHERE owner = $1 AND state = 'waiting' AND action = 'resume' AND id <> $2", b.owner, a.ID); err != nil {
		return "", err
	}
	if err := b.exec("UPDATE standings SET paused = $1, why = '' WHERE owner = $2", int64(unset), b.owner); err != nil {
		return "", err
	}
	return act.Done, b.log("pause.ended", at, note{"act": a.ID})
}

// SetLevel makes the platform more careful at once; less so by an act, once per
// key, which is there if it is one.
func (l *Ledger) SetLevel(ctx context.Context, u User, device string, k Key, to act.Level, at time.Time) (now act.Level, a *act.Act, err error) {
	if _, ok := levels[to]; !ok {
		return "", nil, fault.New(fault.BadRequest, "detail", "level must be standard, careful or strict")
	}
	raised := false
	if err := l.change(ctx, u.ID, func(b *book) error {
		if _, again, err := b.repeated(k); err != nil || again {
			return err
		}
		if err := b.sweep(at); err != nil {
			return err
		}
		now, raised, err = b.raise(to, at)
		return err
	}); err != nil || raised {
		return now, nil, err
	}
	lower, err := l.beginAct(ctx, u, k, at, func(b *book) (act.Act, any, error) {
		s, err := b.standing(at)
		now = s.level
		return act.Act{Action: act.LowerLevel, Device: device, Subject: act.Payee{Name: "Simulated security level", ID: string(to)}}, to, err
	})
	if err != nil {
		return "", nil, err
	}
	return now, &lower, nil
}

// raise sets a level that is not less careful; acts that would lower it are over.
func (b *book) raise(to act.Level, at time.Time) (now act.Level, raised bool, err error) {
	s, err := b.standing(at)
	if err != nil || levels[to] < levels[s.level] {
		return s.level, false, err
	}
	if to == s.level {
		return to, true, nil
	}
	if err := b.cancelAll(at, "SELECT id FROM acts WHERE owner = $1 AND state IN ('waiting', 'review') AND action = 'level.lower'", b.owner); err != nil {
		return "", false, err
	}
	if err := b.exec("UPDATE standings SET level = $1 WHERE owner = $2", string(to), b.owner); err != nil {
		return "", false, err
	}
	return to, true, b.log("level.raised", at, note{"from": string(s.level), "to": string(to)})
}

// lower is the deed of act.LowerLevel.
func (b *book) lower(a act.Act, at time.Time) (act.State, error) {
	var to act.Level
	if err := b.detail(a.ID, &to); err != nil {
		return "", err
	}
	if err := b.exec("UPDATE standings SET level = $1 WHERE owner = $2", string(to), b.owner); err != nil {
		return "", err
	}
	return act.Done, b.log("level.lowered", at, note{"act": a.ID, "to": string(to)})
}
