package kittest

import (
	"context"
	"time"

	"jandon/internal/history"
	"jandon/internal/notes"
	"jandon/internal/review"
	"jandon/internal/wallet"
)

// Audited is a book with its audit, and with notes in memory: what the pages
// about subscriptions and the review ask for.
type Audited struct {
	*history.Book
	notes.Memory
	Held    []wallet.Mandate
	Err     error // that looking through it ends with; nil if it does not fail
	auditor review.Auditor
}

// Audit is the audit of a book at an instant in a zone.
func Audit(book *history.Book, zone *time.Location, now func() time.Time) *Audited {
	a := &Audited{Book: book}
	a.auditor = review.Auditor{Lines: book, Book: &a.Memory, Zone: zone, Now: now}
	a.auditor.Mandates = func(context.Context) ([]wallet.Mandate, error) { return a.Held, nil }
	return a
}

// Findings looks through the book.
func (a *Audited) Findings(ctx context.Context) (review.Findings, error) {
	if a.Err != nil {
		return review.Findings{}, a.Err
	}
	return a.auditor.Findings(ctx)
}

// Alerts lists the alerts that still want an answer.
func (a *Audited) Alerts(ctx context.Context) ([]wallet.Alert, error) {
	alerts, err := a.Book.Alerts(ctx)
	if err != nil {
		return nil, err
	}
	said, err := a.Notes(ctx, review.Decisions)
	return review.Unanswered(alerts, said), err
}

// Progress tells how far reviews have come.
func (a *Audited) Progress(ctx context.Context) (review.Progress, error) {
	return a.auditor.Progress(ctx)
}
