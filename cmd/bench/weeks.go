package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"jandon/client/store"
	"jandon/internal/history"
)

// weeks measures weekly totals: whole processes, from the store's file to the
// answer, beside hledger on the same lines as a journal.
func (b *bench) weeks(ctx context.Context) error {
	middle := b.large / 10
	journal := filepath.Join(b.dir, "journal")
	f, err := os.Create(journal)
	if err != nil {
		return err
	}
	export := b.command(ctx, middle, "export", "--format", "hledger", "--at", at)
	export.Stdout, export.Stderr = f, os.Stderr
	if err := export.Run(); err != nil {
		return fmt.Errorf("exporting a journal: %w", err)
	}
	if err := f.Close(); err != nil {
		return err
	}
	hledger := func() (time.Duration, error) {
		return wall(exec.CommandContext(ctx, "hledger", "-f", journal, "balance", "-W"))
	}
	times, err := takeTurns(1+b.rounds/5, hledger, b.history(ctx, middle))
	if err != nil {
		return err
	}
	b.table.atLeast(fmt.Sprintf("history --json, %d lines, against hledger balance -W", middle), times[1], times[0], ratio(times[0], times[1]), 200)
	if times, err = takeTurns(b.rounds, b.history(ctx, b.large/100), b.history(ctx, b.large)); err != nil {
		return err
	}
	b.table.atMost(fmt.Sprintf("history --json, %d lines against %d", b.large, b.large/100), times[1], times[0], ratio(times[1], times[0]), 1.5)
	return b.homeData(ctx)
}

func (b *bench) history(ctx context.Context, n int) func() (time.Duration, error) {
	return func() (time.Duration, error) { return wall(b.command(ctx, n, "history", "--json", "--at", at)) }
}

// wall is how long a process takes, from its start to its end.
func wall(c *exec.Cmd) (time.Duration, error) {
	c.Stdout, c.Stderr = io.Discard, os.Stderr
	from := time.Now()
	if err := c.Run(); err != nil {
		return 0, fmt.Errorf("%v: %w", c.Args, err)
	}
	return time.Since(from), nil
}

// homeData measures what the first screen reads, opening the store included.
func (b *bench) homeData(ctx context.Context) error {
	read := func(n int) func() (time.Duration, error) {
		return func() (time.Duration, error) {
			from := time.Now()
			s, err := b.open(ctx, n)
			if err != nil {
				return 0, err
			}
			if err := firstScreen(ctx, s); err != nil {
				return 0, err
			}
			took := time.Since(from)
			return took, s.Close()
		}
	}
	times, err := takeTurns(3*b.rounds, read(b.large/100), read(b.large))
	if err != nil {
		return err
	}
	b.table.atMost(fmt.Sprintf("Home's data, %d lines against %d", b.large, b.large/100), times[1], times[0], ratio(times[1], times[0]), 1.5)
	return nil
}

func firstScreen(ctx context.Context, s *store.Store) error {
	span, err := s.Span(ctx)
	if err != nil {
		return err
	}
	if _, err := s.Wallet(ctx); err != nil {
		return err
	}
	if _, err := s.Alerts(ctx); err != nil {
		return err
	}
	week := history.WeekOf(span.Last)
	if _, err := s.Weeks(ctx, week.Add(-8), week, history.ByNothing); err != nil {
		return err
	}
	if _, err := s.Days(ctx, week.Monday, week.Sunday()); err != nil {
		return err
	}
	_, err = s.Groups(ctx, week.Add(-3).Monday, week.Sunday(), history.ByMerchant)
	return err
}
