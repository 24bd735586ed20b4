// Package pace shows what small sums come to: a week, a month and a year of
// each merchant or category at the pace of the last weeks, and how far small
// charges on the phone bill have piled up.
package pace

import (
	"context"

	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/money"
)

// Source is what the page reads.
type Source interface {
	Span(ctx context.Context) (history.Span, error)
	Groups(ctx context.Context, from, to history.Day, by history.Dimension) ([]history.Group, error)
	Totals(ctx context.Context, q history.Query) (history.Totals, error)
}

// Options are the limits that a person has set.
type Options struct {
	// PhoneBill is what a person wants to put on the phone bill in a month at
	// most; the zero Amount sets no limit.
	PhoneBill money.Amount
}

// The page's message is kit.Answer[Paced].

// Paced is what a read brings.
type Paced struct {
	Span     history.Span
	Week     history.Week // the one that the weeks lead up to
	Weeks    int          // that the pace was taken from; 0: the history is too young
	From, To history.Day  // of those weeks
	By       history.Dimension
	All      history.Pace
	Each     []Row        // most spent first
	Pile     history.Pile // on the phone bill this month
}

// Row is the pace of one group.
type Row struct {
	history.Pace
	Like bool // as audit.Gathered has it
}

// small is the largest charge, in minor units, that is called small: most
// items of games and chapters of books cost less.
const small = 5_000

// billWarning is the share of the limit from which the pile is worth a warning: half is gone.
const billWarning = history.Whole / 2

// read takes the pace of the last weeks before the one that a history is at.
func read(ctx context.Context, from Source, today history.Day, opens func(history.Span) history.Week, weeks int, by history.Dimension, limit money.Amount) (p Paced, err error) {
	if p.Span, err = from.Span(ctx); err != nil || p.Span.Lines == 0 {
		return p, err
	}
	p.By, p.Week = by, opens(p.Span)
	y, m, _ := today.Date()
	if p.Pile, err = history.ReadPile(ctx, from, history.DateOf(y, m, 1), today, limit, small); err != nil {
		return p, err
	}
	first := history.WeekOf(p.Span.First + 6)
	p.Weeks = min(weeks, first.Until(p.Week))
	if p.Weeks <= 0 {
		p.Weeks = 0
		return p, nil
	}
	p.From, p.To = p.Week.Add(-p.Weeks).Monday, p.Week.Monday-1
	groups, err := from.Groups(ctx, p.From, p.To, by)
	if err != nil {
		return p, err
	}
	var all history.Totals
	for _, g := range audit.GatherBy(groups, by) {
		all.Merge(g.Totals)
		if g.Spent > 0 {
			p.Each = append(p.Each, Row{history.PaceOf(g.Name, g.Totals, 7*p.Weeks), g.Like})
		}
	}
	p.All = history.PaceOf("", all, 7*p.Weeks)
	return p, nil
}
