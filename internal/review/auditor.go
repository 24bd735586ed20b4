package review

import (
	"context"
	"sync"
	"time"

	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/notes"
)

// Lines is a history that can be looked through.
type Lines interface {
	Span(ctx context.Context) (history.Span, error)
	Rows(ctx context.Context, q history.Query, w history.Window) (history.Page, error)
}

// Auditor looks through a history when asked, and remembers what it read and
// found until the history, the day or what was decided is another.
type Auditor struct {
	Lines Lines
	Book  notes.Book
	Zone  *time.Location
	Now   func() time.Time
	// Mark changes when the history does; nil if it never changes.
	Mark func(ctx context.Context) (int64, error)
	// Country is whose holidays move billing days, by ISO 3166.
	Country string

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
	if err := ctx.Err(); err != nil {
		return Findings{}, err
	}
	rep := audit.Run(in, Verdicts(said)...)
	return Of(&in, &rep, said), nil
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
	if a.input == nil || a.mark != mark {
		in, err := a.lines(ctx)
		if err != nil {
			return audit.Input{}, err
		}
		a.input, a.mark = &in, mark
	}
	in := *a.input
	in.AsOf = history.DayOf(a.Now(), a.Zone)
	return in, nil
}

// readAtOnce is how many lines are read at a time: few enough to stop soon when asked to.
const readAtOnce = 4000

func (a *Auditor) lines(ctx context.Context) (audit.Input, error) {
	span, err := a.Lines.Span(ctx)
	in := audit.Input{Country: a.Country, Currency: span.Currency}
	if err != nil || span.Lines == 0 {
		return in, err
	}
	in.Items = make([]audit.Item, 0, span.Lines)
	timed := false
	q := history.Query{Currency: span.Currency}
	for from := (history.Cursor{}); ; {
		page, err := a.Lines.Rows(ctx, q, history.Window{From: from, Older: true, Limit: readAtOnce})
		if err != nil {
			return in, err
		}
		for i := range page.Rows {
			x := &page.Rows[i]
			h, m, s := x.At.In(a.Zone).Clock()
			second := int32(h*3600 + m*60 + s)
			timed = timed || second > 0
			in.Items = append(in.Items, audit.Item{
				ID: x.ID, Day: x.Day, Second: second, Minor: x.Amount.Minor, Merchant: x.Merchant, Category: x.Category, Type: x.Type,
			})
		}
		if !page.More || len(page.Rows) == 0 {
			break
		}
		from = page.Rows[len(page.Rows)-1].Cursor
	}
	if !timed { // a statement without times of day has all its lines at midnight
		for i := range in.Items {
			in.Items[i].Second = -1
		}
	}
	return in, nil
}
