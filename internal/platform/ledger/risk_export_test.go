package ledger

import (
	"context"
	"time"

	"jandon/internal/act"
)

// Bind gives a person an active device that is held short until an instant.
func Bind(ctx context.Context, l *Ledger, u User, id string, at, until time.Time) error {
	return l.change(ctx, u.ID, func(b *book) error {
		if err := b.exec(`INSERT INTO devices (id, owner, name, store, state, jwk, jkt, paused, created, used, limited, dies)
			VALUES ($1, $2, $1, 'keyring', 'active', x'', $1, $3, $4, $4, $5, $3)`, id, b.owner, int64(unset), millis(at), millis(until)); err != nil {
			return err
		}
		return b.settled(id, at)
	})
}

// Weigh decides what an act would need, and leaves no trace.
func Weigh(ctx context.Context, l *Ledger, u User, a act.Act) (act.Act, error) {
	undo := context.Canceled
	err := l.change(ctx, u.ID, func(b *book) error {
		if err := b.assess(&a); err != nil {
			return err
		}
		return undo
	})
	if a.Need != "" {
		err = nil
	}
	return a, err
}

// Learned is how many acts a person's profile has learned from.
func Learned(ctx context.Context, l *Ledger, u User, at time.Time) (n int, err error) {
	err = l.change(ctx, u.ID, func(b *book) error {
		s, err := standingOf(b, b.owner, at)
		n = s.profile.Learned()
		return err
	})
	return n, err
}

// Logged are the details of a person's log lines of one kind, oldest first.
func Logged(ctx context.Context, l *Ledger, u User, what string) ([]string, error) {
	rows, err := l.read.query(ctx, nil, "SELECT d.detail FROM audit a JOIN audit_details d ON d.owner = a.owner AND d.n = a.n WHERE a.owner = $1 AND a.what = $2 ORDER BY a.n", u.ID, what)
	return scanned[string](rows, err)
}

// Profile is all that is stored of what is usual for a person.
func Profile(ctx context.Context, l *Ledger, u User) (b []byte, err error) {
	err = l.read.row(ctx, nil, "SELECT profile FROM standings WHERE owner = $1", u.ID).Scan(&b)
	return b, err
}
