package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"jandon/client/store/storetest"
	"jandon/internal/money"
)

// lastPart is in the part of Home whose data takes the longest to read: a frame
// with it is full.
const lastPart = "At this pace"

// starts measures from the start of a process to its first full frame.
func (b *bench) starts(ctx context.Context) error {
	empty := func() *exec.Cmd { return b.smallest(ctx) }
	demo := func() *exec.Cmd {
		c := b.command(ctx, 1000, "demo", "--at", at)
		c.Env = append(c.Env, "JANDON_HOME="+filepath.Join(b.dir, "demo"))
		return c
	}
	wallet := func() *exec.Cmd { return b.command(ctx, b.large, "--at", at) }
	total := money.Won(0)
	for _, l := range storetest.Wallet().Lots {
		total.Minor += l.Amount.Minor
	}
	times, err := takeTurns(b.rounds,
		b.frame(ctx, empty, "x", hello),
		b.frame(ctx, demo, "q", "₩", lastPart),
		b.frame(ctx, wallet, "q", money.Style{}.Format(total), lastPart))
	if err != nil {
		return err
	}
	b.table.atMost("first full frame of jandon demo, against an empty Bubble Tea program", times[1], times[0], ratio(times[1], times[0]), 3)
	b.table.atMost(fmt.Sprintf("first full frame of jandon on %d lines, against the same", b.large), times[2], times[0], ratio(times[2], times[0]), 3)
	return nil
}

// hello is what the empty program shows.
const hello = "hello, small change"

// smallest is a run of the empty program.
func (b *bench) smallest(ctx context.Context) *exec.Cmd {
	c := exec.CommandContext(ctx, b.empty)
	c.Env = append(os.Environ(), "TERM=xterm-256color")
	return c
}

func (b *bench) frame(ctx context.Context, command func() *exec.Cmd, quit string, want ...string) func() (time.Duration, error) {
	return func() (time.Duration, error) {
		from := time.Now()
		s, err := show(command())
		if err != nil {
			return 0, err
		}
		if err := s.await(ctx, want...); err != nil {
			_ = s.leave(quit)
			return 0, err
		}
		took := time.Since(from)
		return took, s.leave(quit)
	}
}
