package history

import (
	"cmp"
	"context"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/fault"
	past "jandon/internal/history"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// usualWeeks is how many whole weeks the usual one is taken from.
const usualWeeks = 8

func readKnown(ctx context.Context, from Source) (k Known, err error) {
	w, err := from.Wallet(ctx)
	if err != nil {
		return k, err
	}
	span, err := from.Span(ctx)
	if err != nil {
		return k, err
	}
	disputes, err := disputesOf(ctx, from)
	return Known{Issuers: w.Issuers, Currency: cmp.Or(span.Currency, w.Currency), Disputed: wallet.Disputed(disputes)}, err
}

func readWeek(ctx context.Context, from Weekly, w past.Week, by past.Dimension) (r Week, err error) {
	r.Week = w
	if r.Span, err = from.Span(ctx); err != nil {
		return r, err
	}
	if r.Weeks, err = from.Weeks(ctx, w.Add(-usualWeeks), w, past.ByNothing); err != nil {
		return r, err
	}
	if r.Days, err = from.Days(ctx, w.Add(-1).Monday, w.Sunday()); err != nil {
		return r, err
	}
	r.By = by
	r.Groups, err = from.Groups(ctx, w.Monday, w.Sunday(), by)
	return r, err
}

// query is what the list shows.
func (p *weeksPage) query() (past.Query, error) {
	q, err := past.ParseQuery(p.find, p.currency())
	if err != nil || p.whole {
		return q, err
	}
	for _, n := range p.narrow {
		q = q.In(n.by, n.name)
	}
	if p.day != nil {
		return q.Between(*p.day, *p.day), nil
	}
	return q.Between(p.week.Monday, p.week.Sunday()), nil
}

func (p *weeksPage) readKnown(ctx context.Context) tea.Cmd {
	source := p.source
	return kit.Ask(ctx, &p.knowing, func(ctx context.Context) (Known, error) { return readKnown(ctx, source) })
}

// reread reads what is shown anew, and keeps the place in the list.
func (p *weeksPage) reread(ctx context.Context) tea.Cmd {
	if !p.listed {
		return tea.Batch(p.readKnown(ctx), p.readAll(ctx))
	}
	cmd := tea.Batch(p.readKnown(ctx), p.readSums(ctx), p.list.Reload(ctx))
	if p.whole {
		return cmd
	}
	return tea.Batch(cmd, p.readWeek(ctx))
}

func (p *weeksPage) readAll(ctx context.Context) tea.Cmd {
	if p.whole {
		return p.readList(ctx)
	}
	return tea.Batch(p.readWeek(ctx), p.readList(ctx))
}

func (p *weeksPage) readWeek(ctx context.Context) tea.Cmd {
	source, week, by := p.source, p.week, p.by
	return kit.Ask(ctx, &p.weekly, func(ctx context.Context) (Week, error) { return readWeek(ctx, source, week, by) })
}

// readList starts the list anew for what is asked for now. A search that can't
// be understood leaves the list as it is and says why.
func (p *weeksPage) readList(ctx context.Context) tea.Cmd {
	q, err := p.query()
	if p.findErr = fault.From(err); err != nil {
		p.summing.Drop()
		return nil
	}
	source := p.source
	p.listed = true
	read := func(ctx context.Context, w past.Window) (past.Page, error) { return source.Rows(ctx, q, w) }
	return tea.Batch(p.list.Start(ctx, read, 0), p.readSums(ctx))
}

func (p *weeksPage) readSums(ctx context.Context) tea.Cmd {
	q, err := p.query()
	if err != nil {
		return nil
	}
	source := p.source
	return kit.Ask(ctx, &p.summing, func(ctx context.Context) (past.Totals, error) { return source.Totals(ctx, q) })
}

// issuerOf finds an issuer; one that the wallet doesn't list goes by its id.
func issuerOf(ctx context.Context, from Holder, id string) (wallet.Issuer, error) {
	w, err := from.Wallet(ctx)
	if err != nil {
		return wallet.Issuer{}, err
	}
	for _, i := range w.Issuers {
		if i.ID == id {
			return i, nil
		}
	}
	return wallet.Issuer{ID: id, Name: id}, nil
}
