package ledger

import (
	"context"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
)

// Confirm carries a waiting act out as its confirmation does, without the code.
func Confirm(ctx context.Context, l *Ledger, u User, id string, at time.Time) (a act.Act, err error) {
	err = l.change(ctx, u.ID, func(b *book) error {
		if err := b.sweep(at); err != nil {
			return err
		}
		if a, err = b.act(id); err != nil {
			return err
		}
		if a.State != act.Waiting {
			return fault.New(fault.TooLate)
		}
		a, err = b.carryOut(a, at)
		return err
	})
	return a, err
}

// Held is what open holds pin of each lot.
func Held(ctx context.Context, l *Ledger, u User) (held map[string]int64, err error) {
	err = l.View(ctx, u, func(v *View) error {
		m, err := means(v, v.owner, time.Time{})
		held = m.Pinned
		return err
	})
	return held, err
}

// Delivered is what the simulated partner has paid by an instant, by leg.
func Delivered(ctx context.Context, l *Ledger, at time.Time) (map[string]int64, error) {
	rows, err := l.read.query(ctx, nil, "SELECT id, amount FROM partner_orders WHERE heard = 1 AND refusal = '' AND ends <= $1", millis(at))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	paid := map[string]int64{}
	for rows.Next() {
		var id string
		var n int64
		if err := rows.Scan(&id, &n); err != nil {
			return nil, err
		}
		paid[id] = n
	}
	return paid, rows.Err()
}

// Trust makes a person one of long standing and a verified account, for whom
// every act needs a code.
func Trust(ctx context.Context, l *Ledger, u User, at time.Time) error {
	return l.change(ctx, u.ID, func(b *book) error {
		if err := b.joined(at.AddDate(-1, 0, 0)); err != nil {
			return err
		}
		return b.exec("UPDATE standings SET verified = 1, acts = 500, level = 'careful' WHERE owner = $1", b.owner)
	})
}

// LinkTo gives a person a destination that can be used already.
func LinkTo(ctx context.Context, l *Ledger, u User, rail, number string, at time.Time) error {
	return l.change(ctx, u.ID, func(b *book) error {
		long := at.AddDate(-1, 0, 0)
		return b.link(linking{ID: "to-" + rail + number, Rail: rail, Name: "Mina", Number: masked(number), Digest: []byte(number)}, long, long, long)
	})
}

// Story is what happened to a person's acts, by id, in the order of their changes.
func Story(ctx context.Context, l *Ledger, u User) (ids []string, err error) {
	rows, err := l.read.query(ctx, nil, "SELECT ref FROM events WHERE owner = $1 AND what = $2 ORDER BY n", u.ID, whatAct)
	return scanned[string](rows, err)
}
