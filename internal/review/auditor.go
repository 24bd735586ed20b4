package review

import (
	"context"
	"sync"
	"time"

	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/notes"
	"jandon/internal/wallet"
)

// Lines is a history that can be looked through.
type Lines interface {
	Span(ctx context.Context) (history.Span, error)
	Rows(ctx context.Context, q history.Query, w history.Window) (history.Page, error)
}

// Auditor looks through a history when asked, and remembers what it read until
// the history or the day is another.
type Auditor struct {
	Lines Lines
	Book  notes.Book
	Zone  *time.Location
	Now   func() time.Time
	// Mandates lists the standing agreements that the source keeps; nil if it keeps none.
	Mandates func(ctx context.Context) ([]wallet.Mandate, error)
	// Mark changes when the history does; nil if it never changes.
	Mark func(ctx context.Context) (int64, error)
	// Ends says that a history which stops before today is looked at as on its
	// last day: what a statement does not tell is no sign that something ended.
	Ends bool

	mu    sync.Mutex
	mark  int64
	input *audit.Input // nil until the first reading
}

// Findings audits the history, with what the person said about it.
func (a *Auditor) Findings(ctx context.Context) (Findings, error) {
	said, err := a.Book.Notes(ctx, Decisions)
	if err != nil {
		return Findings{}, err
	}
	in, err := a.read(ctx)
	if err != nil {
		return Findings{}, err
	}
	var held []wallet.Mandate
	if a.Mandates != nil {
		if held, err = a.Mandates(ctx); err != nil {
			return Findings{}, err
		}
		in.Mandates = MandatesFor(held, a.Zone)
	}
	rep, err := audit.Run(ctx, in, Verdicts(said)...)
	if err != nil {
		return Findings{}, err
	}
	return Of(&in, &rep, said, held), nil
}

// Progress tells how far reviews have come.
func (a *Auditor) Progress(ctx context.Context) (Progress, error) {
	reviews, err := a.Book.Notes(ctx, Reviews)
	if err != nil {
		return Progress{}, err
	}
	seen, err := a.Book.Notes(ctx, Seen)
	return ProgressOf(reviews, seen), err
}

// read gives the lines up to today; one reading serves all that ask meanwhile.
func (a *Auditor) read(ctx context.Context) (audit.Input, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	var mark int64
	if a.Mark != nil {
		var err error
		if mark, err = a.Mark(ctx); err != nil {
			return audit.Input{}, err
		}
	}
	span, err := a.Lines.Span(ctx)
	if err != nil {
		return audit.Input{}, err
	}
	day := history.DayOf(a.Now(), a.Zone)
	if a.Ends && span.Lines > 0 {
		day = min(day, span.Last)
	}
	if a.input == nil || a.mark != mark || a.input.AsOf != day {
		in, err := a.lines(ctx, span, day)
		if err != nil {
			return audit.Input{}, err
		}
		a.input, a.mark = &in, mark
	}
	return *a.input, nil
}

// readAtOnce is how many lines are read at a time: few enough to stop soon when asked to.
const readAtOnce = 4000

func (a *Auditor) lines(ctx context.Context, span history.Span, day history.Day) (audit.Input, error) {
	var failed error
	q := history.Query{Currency: span.Currency, To: &day}
	rows := func(yield func(history.Row) bool) {
		for from := (history.Cursor{}); span.Lines > 0; {
			page, err := a.Lines.Rows(ctx, q, history.Window{From: from, Older: true, Limit: readAtOnce})
			if err != nil {
				failed = err
				return
			}
			for _, row := range page.Rows {
				if !yield(row) {
					return
				}
			}
			if !page.More || len(page.Rows) == 0 {
				return
			}
			from = page.Rows[len(page.Rows)-1].Cursor
		}
	}
	in := audit.FromRows(rows, span.Currency, a.Zone, day)
	return in, failed
}
