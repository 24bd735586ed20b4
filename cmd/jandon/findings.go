package main

import (
	"context"
	"time"

	"jandon/client"
	"jandon/internal/notes"
	"jandon/internal/review"
	"jandon/internal/wallet"
)

// findings are a source and the audit of it, as the pages about subscriptions
// and the review ask for them.
type findings struct {
	*source
	notes.Book
	auditor *review.Auditor
}

// Findings looks through the history.
func (f findings) Findings(ctx context.Context) (review.Findings, error) {
	return f.auditor.Findings(ctx)
}

// Progress tells how far reviews have come.
func (f findings) Progress(ctx context.Context) (review.Progress, error) {
	return f.auditor.Progress(ctx)
}

// Alerts lists the alerts that still want an answer.
func (f findings) Alerts(ctx context.Context) ([]wallet.Alert, error) {
	alerts, err := f.source.Alerts(ctx)
	if err != nil {
		return nil, err
	}
	said, err := f.Notes(ctx, review.Decisions)
	return review.Unanswered(alerts, said), err
}

// reviewed tells when a review was last done.
func (f findings) reviewed(ctx context.Context) (time.Time, error) {
	p, err := f.auditor.Progress(ctx)
	return p.Last, err
}

// findings makes the audit of a source; all pages share it.
func (a *app) findings(s *source) findings {
	return findings{source: s, Book: s.said, auditor: &review.Auditor{
		Lines: s, Book: s.said, Zone: a.cfg.Zone, Now: s.clock, Mark: s.mark, Ends: s.statement, Mandates: s.mandates(),
	}}
}

// markOf tells when a copy has other lines than before.
func markOf(kept client.Copy) func(context.Context) (int64, error) {
	return func(ctx context.Context) (int64, error) {
		state, err := kept.State(ctx)
		return state.Seq<<20 ^ int64(state.Lines), err
	}
}
