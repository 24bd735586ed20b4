package main

import (
	"context"
	"time"

	"jandon/internal/history"
	"jandon/internal/statement"
	"jandon/internal/wallet"
)

// sums is what totals are read from: any reader, or a file of which only its
// sums were kept.
type sums interface {
	Span(ctx context.Context) (history.Span, error)
	Weeks(ctx context.Context, from, to history.Week, by history.Dimension) ([]history.WeekTotal, error)
	Days(ctx context.Context, from, to history.Day) ([]history.DayTotal, error)
	Groups(ctx context.Context, from, to history.Day, by history.Dimension) ([]history.Group, error)
	Wallet(ctx context.Context) (wallet.Wallet, error)
}

// openSums is open for who wants totals by a dimension alone. Of one file no
// line is kept then, and the source has no reader; several may share lines,
// which only all of them together show.
func (a *app) openSums(ctx context.Context, o origin, by history.Dimension) (*source, sums, error) {
	if len(o.from) != 1 || o.demo != "" {
		s, err := a.open(ctx, o)
		return s, s, err
	}
	clock, err := a.clock(o)
	if err != nil {
		return nil, nil, err
	}
	rules, err := a.readRules(o.rule)
	if err != nil {
		return nil, nil, err
	}
	name := o.from[0]
	g, err := a.openGiven(ctx, name)
	if err != nil {
		return nil, nil, err
	}
	defer g.close()
	all, told, err := statement.Sum(ctx, g, g.size, statement.Options{
		Name: name, Source: sourceName(name), Zone: a.cfg.Zone, Now: clock(), Rules: rules,
	}, by)
	if err != nil {
		return nil, nil, unread(ctx, name, err)
	}
	skipped := a.tellSkipped(name, told)
	a.tellStated(name, told)
	return a.statementSource([]string{name}, clock, skipped), all, nil
}

// clock is the time that the flags name, or now.
func (a *app) clock(o origin) (func() time.Time, error) {
	if o.at == "" {
		return a.now, nil
	}
	at, err := parseTime(o.at, a.cfg.Zone)
	return func() time.Time { return at }, err
}
