package ledger

import (
	"context"
	"time"

	"jandon/internal/act"
)

// How long what is over is kept.
const (
	keepChallenges = 30 * 24 * time.Hour // what was confirmed stays with its act, signed
	keepDetails    = 90 * 24 * time.Hour // of the log, whose chain stays
	keepEnrolments = 24 * time.Hour      // of those that went nowhere
)

// Forget erases what is kept no longer. Acts, their receipts and keys stay, as
// does the log's chain, but for the asking of devices that nobody let in: any
// stranger can ask.
func (l *Ledger) Forget(ctx context.Context, at time.Time) error {
	now := millis(at)
	err := l.change(ctx, 0, func(b *book) error {
		if err := b.lapse(at); err != nil { // of the platform's own user: see Enrol
			return err
		}
		for _, x := range []struct {
			query string
			args  []any
		}{
			{"DELETE FROM challenges WHERE made <= $1", []any{millis(at.Add(-keepChallenges))}},
			{"DELETE FROM sessions WHERE expires <= $1 OR used <= $2", []any{now, millis(at.Add(-IdleTime - time.Minute))}}, // the books may lag a little behind
			{"DELETE FROM tries WHERE at <= $1", []any{millis(at.Add(-countTime))}},
			{"UPDATE devices SET state = 'revoked', secret = NULL WHERE state = 'pending' AND dies <= $1", []any{now}},
			{"DELETE FROM seals WHERE EXISTS (SELECT 1 FROM acts a WHERE a.owner = seals.owner AND a.id = seals.act AND a.ended <= $1)", []any{millis(at.Add(-keepChallenges))}},
			{"DELETE FROM audit_details WHERE EXISTS (SELECT 1 FROM audit a WHERE a.owner = audit_details.owner AND a.n = audit_details.n AND a.at <= $1)", []any{millis(at.Add(-keepDetails))}},
			{"DELETE FROM enrolments WHERE expires <= $1", []any{millis(at.Add(-keepEnrolments))}},
			{`DELETE FROM acts WHERE action = $1 AND state = $2 AND ended <= $3
				AND NOT EXISTS (SELECT 1 FROM challenges c WHERE c.owner = acts.owner AND c.act = acts.id)`,
				[]any{string(act.AddDevice), string(act.Lapsed), millis(at.Add(-keepEnrolments))}},
		} {
			if err := b.exec(x.query, x.args...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	// The log beside the books still has their pages as they were. It is emptied now,
	// or the next time, if somebody reads in it just then.
	_, err = l.write.exec(ctx, nil, "PRAGMA wal_checkpoint(TRUNCATE)")
	return l.told(err)
}
