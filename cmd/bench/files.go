package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// files measures what is made of a person's own statement: history straight
// from the file, beside the least parser and two programs for such work, and
// its way into the encrypted store, beside the bare driver.
func (b *bench) files(ctx context.Context) error {
	small, large := filepath.Join(b.dir, "small.csv"), filepath.Join(b.dir, "large.csv")
	for path, n := range map[string]int{small: b.large / 10, large: b.large} {
		if err := writeStatement(path, n); err != nil {
			return err
		}
	}
	if err := b.weeksOfFile(ctx, small, large); err != nil {
		return err
	}
	if err := b.memory(ctx, small, large); err != nil {
		return err
	}
	return b.intoStore(ctx, large)
}

// writeStatement makes a card's export of n lines over two years, newest first.
func writeStatement(path string, n int) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "date,time,merchant,amount,category")
	r := rand.New(rand.NewPCG(1, 2))
	t := time.Date(2026, 11, 22, 21, 0, 0, 0, time.UTC)
	for range n {
		t = t.Add(-span / time.Duration(n))
		fmt.Fprintf(w, "%s,%s,%s %d호점,%d,%s\n", t.Format(time.DateOnly), t.Format(time.TimeOnly),
			[]string{"스타벅스", "GS25", "Netflix"}[r.IntN(3)], r.IntN(100), -(r.IntN(50_000) + 100), []string{"cafe", "store", "media"}[r.IntN(3)])
	}
	return w.Flush()
}

// weeksOfFile measures processor time, which a second core does not flatter.
func (b *bench) weeksOfFile(ctx context.Context, small, large string) error {
	history := func(path string) func() (time.Duration, error) {
		return func() (time.Duration, error) {
			return processor(b.command(ctx, 1000, "history", "--from", path, "--json"))
		}
	}
	least := func() (time.Duration, error) { return processor(exec.CommandContext(ctx, b.least, large)) }
	times, err := takeTurns(1+b.rounds/2, history(large), least)
	if err != nil {
		return err
	}
	b.table.atMost(fmt.Sprintf("history --from, %d lines, against the least parser (CPU)", b.large), times[0], times[1], ratio(times[0], times[1]), 6)

	miller := func() (time.Duration, error) {
		return wall(exec.CommandContext(ctx, "mlr", "--icsv", "--ojson", "put", monday, "then", "stats1", "-a", "sum,count", "-f", "amount", "-g", "week,category", large))
	}
	whole := func() (time.Duration, error) { return wall(b.command(ctx, 1000, "history", "--from", large, "--json")) }
	if times, err = takeTurns(1+b.rounds/5, whole, miller); err != nil {
		return err
	}
	b.table.atLeast(fmt.Sprintf("history --from, %d lines, against Miller", b.large), times[0], times[1], ratio(times[1], times[0]), 15)

	journal := filepath.Join(b.dir, "file.journal")
	out, err := os.Create(journal)
	if err != nil {
		return err
	}
	export := b.command(ctx, 1000, "export", "--from", small, "--format", "hledger")
	export.Stdout, export.Stderr = out, os.Stderr
	if err := errors.Join(export.Run(), out.Close()); err != nil {
		return err
	}
	hledger := func() (time.Duration, error) {
		return wall(exec.CommandContext(ctx, "hledger", "-f", journal, "balance", "-W"))
	}
	if times, err = takeTurns(1+b.rounds/5, whole, hledger); err != nil {
		return err
	}
	grown := 10 * times[1] // ten times the lines take hledger at least ten times as long, and 8 GB
	b.table.atLeast(fmt.Sprintf("history --from, %d lines, against 10 × hledger balance -W of %d", b.large, b.large/10), times[0], grown, ratio(grown, times[0]), 100)
	return nil
}

// monday gives Miller the week of a line by the date of its Monday, as the answer has it.
const monday = `t = strptime($date, "%Y-%m-%d"); $week = strftime(t - 86400 * ((t // 86400 + 3) % 7), "%Y-%m-%d")`

// processor is the processor time of a process.
func processor(c *exec.Cmd) (time.Duration, error) {
	c.Stderr = os.Stderr
	if err := c.Run(); err != nil {
		return 0, fmt.Errorf("%s: %w", strings.Join(c.Args, " "), err)
	}
	return c.ProcessState.UserTime() + c.ProcessState.SystemTime(), nil
}
