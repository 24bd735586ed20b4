// Package review is the weekly review: it walks what is new, doubtful or
// dearer and was not looked at yet, one thing at a time.
//
// Each answer is kept at once, so a review that is left goes on where it was;
// when nothing is left, that it was done is kept with its date.
package review

import (
	"context"

	"jandon/internal/history"
	"jandon/internal/notes"
	past "jandon/internal/review"
	"jandon/internal/wallet"
)

// Reviewer knows what there is to look at, and how far reviews have come.
type Reviewer interface {
	Findings(ctx context.Context) (past.Findings, error)
	Progress(ctx context.Context) (past.Progress, error)
}

// Disputer knows which charges are disputed. A source that does not know has none.
type Disputer interface {
	Disputes(ctx context.Context) ([]wallet.Dispute, error)
}

// Weekly reads what the week came to.
type Weekly interface {
	Weeks(ctx context.Context, from, to history.Week, by history.Dimension) ([]history.WeekTotal, error)
}

// Source is all that the page reads, and where answers are kept.
type Source interface {
	Reviewer
	Weekly
	notes.Book
}

// The page's messages are kit.Answer of Review and of Said.

// Review is what a read brings.
type Review struct {
	Findings past.Findings
	Progress past.Progress
	Spent    int64    // this week
	Disputed []string // the charges whose disputes have not ended
}

// Said is what became of an answer.
type Said struct {
	Undone bool
	Keys   []string // that were taken back
}
