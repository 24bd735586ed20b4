package main

import (
	"context"

	"github.com/spf13/cobra"

	"jandon/internal/fault"
	"jandon/internal/history"
)

// period are the flags that choose days.
type period struct{ week, since, until string }

func (p *period) flags(c *cobra.Command) {
	c.Flags().StringVar(&p.week, "week", "", "cli.flag.week")
	c.Flags().StringVar(&p.since, "since", "", "cli.flag.since")
	c.Flags().StringVar(&p.until, "until", "", "cli.flag.until")
}

// days are the first and last day that the flags name, or else the whole
// history, widened to full weeks.
func (p *period) days(span history.Span) (from, to history.Day, err error) {
	if p.week != "" {
		if p.since != "" || p.until != "" {
			return 0, 0, fault.New(fault.Together, "name", "--week", "value", "--since/--until")
		}
		w, err := history.ParseWeek(p.week)
		if err != nil {
			return 0, 0, fault.Wrap(err, fault.BadWeek, "value", p.week)
		}
		return w.Monday, w.Sunday(), nil
	}
	from, to = history.WeekOf(span.First).Monday, history.WeekOf(span.Last).Sunday()
	if p.since != "" {
		if from, err = history.ParseDay(p.since); err != nil {
			return 0, 0, fault.Wrap(err, fault.BadDate, "value", p.since)
		}
	}
	if p.until != "" {
		if to, err = history.ParseDay(p.until); err != nil {
			return 0, 0, fault.Wrap(err, fault.BadDate, "value", p.until)
		}
	}
	if p.since != "" && p.until != "" && to < from {
		return 0, 0, fault.New(fault.BadSpan, "from", p.since, "to", p.until)
	}
	return from, to, nil
}

// stretch is a week, or the part of it that was asked for.
type stretch struct {
	history.WeekTotal
	from, to history.Day
}

// stretches totals the weeks that hold from..to. Days outside are not counted:
// a first or last week that is not asked for as a whole is summed by its days.
func stretches(ctx context.Context, r sums, from, to history.Day, by history.Dimension) ([]stretch, error) {
	if to < from {
		return nil, nil
	}
	weeks, err := r.Weeks(ctx, history.WeekOf(from), history.WeekOf(to), by)
	if err != nil {
		return nil, err
	}
	list := make([]stretch, len(weeks))
	for i, w := range weeks {
		one := stretch{w, max(from, w.Week.Monday), min(to, w.Week.Sunday())}
		if one.to-one.from < 6 {
			if err := one.narrow(ctx, r, by); err != nil {
				return nil, err
			}
		}
		list[i] = one
	}
	return list, nil
}

func (s *stretch) narrow(ctx context.Context, r sums, by history.Dimension) error {
	days, err := r.Days(ctx, s.from, s.to)
	if err != nil {
		return err
	}
	s.Totals, s.By = history.Totals{}, nil
	for _, d := range days {
		s.Merge(d.Totals)
	}
	if by != history.ByNothing {
		s.By, err = r.Groups(ctx, s.from, s.to, by)
	}
	return err
}
