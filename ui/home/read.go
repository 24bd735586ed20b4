package home

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"jandon/internal/audit"
	"jandon/internal/history"
	"jandon/internal/wallet"
	"jandon/ui/kit"
)

// stripWeeks is how many weeks the strip shows: a season.
const stripWeeks = 12

// paceMost is how many habits of a kind are told of, where there is room.
const paceMost = 4

// read asks for everything anew; both parts come when they come.
func (p *Page) read(ctx context.Context) tea.Cmd {
	today := p.env.Today()
	p.asked = today
	var waiting tea.Cmd
	if p.opts.Waiting != nil {
		waiting = kit.Ask(ctx, &p.asking, p.opts.Waiting)
	}
	return tea.Batch(
		waiting,
		kit.Ask(ctx, &p.holding, func(ctx context.Context) (Held, error) { return readHeld(ctx, p.source, p.opts.Reviewed) }),
		kit.Ask(ctx, &p.spending, func(ctx context.Context) (Spent, error) { return readSpent(ctx, p.source, today) }),
	)
}

func readHeld(ctx context.Context, from Holder, reviewed func(context.Context) (time.Time, error)) (h Held, err error) {
	if h.Wallet, err = from.Wallet(ctx); err != nil {
		return Held{}, err
	}
	if h.Alerts, err = from.Alerts(ctx); err != nil || reviewed == nil {
		return h, err
	}
	h.Reviewed, err = reviewed(ctx)
	return h, err
}

func readSpent(ctx context.Context, from Spender, today history.Day) (s Spent, err error) {
	s.Today, s.Week = today, history.WeekOf(today)
	if s.Span, err = from.Span(ctx); err != nil || s.Span.Lines == 0 {
		return s, err
	}
	s.Week = kit.OpensOn(today, s.Span)
	if s.Weeks, err = from.Weeks(ctx, s.Week.Add(1-stripWeeks), s.Week, history.ByNothing); err != nil {
		return s, err
	}
	if s.Days, err = from.Days(ctx, s.Week.Add(-1).Monday, s.Week.Sunday()); err != nil {
		return s, err
	}
	if s.OnBill, err = onBill(ctx, from, today); err != nil {
		return s, err
	}
	for _, by := range []history.Dimension{history.ByMerchant, history.ByCategory} {
		paced, err := pace(ctx, from, s, by)
		if err != nil {
			return s, err
		}
		s.Pace = append(s.Pace, paced...)
	}
	return s, nil
}

// onBill sums what went on the phone bill since the month began.
func onBill(ctx context.Context, from Spender, today history.Day) (history.Totals, error) {
	y, m, _ := today.Date()
	kinds, err := from.Groups(ctx, history.DateOf(y, m, 1), today, history.ByKind)
	for _, k := range kinds {
		if k.Name == wallet.CarrierCredit.String() {
			return k.Totals, err
		}
	}
	return history.Totals{}, err
}

// pace finds what most was spent on in the whole weeks before the one shown.
func pace(ctx context.Context, from Spender, s Spent, by history.Dimension) (list []Paced, err error) {
	first, last, ok := history.PaceStretch(s.Span, s.Week.Monday)
	if !ok {
		return nil, nil
	}
	groups, err := from.Groups(ctx, first, last, by)
	if err != nil {
		return nil, err
	}
	for _, g := range audit.GatherBy(groups, by) {
		if g.Spent > 0 && len(list) < paceMost {
			list = append(list, Paced{By: by, Like: g.Like, Pace: history.PaceOf(g.Name, g.Totals, int(last-first)+1)})
		}
	}
	return list, nil
}
