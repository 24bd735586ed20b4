package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// rest is how long an idle program is watched.
const rest = 4 * time.Second

// idle watches the wallet while nothing happens: what it writes, and how often
// any of its threads is woken. An empty Bubble Tea program stands beside it: its
// renderer looks for a new frame 60 times a second, and Go wakes several threads
// for each look.
func (b *bench) idle(ctx context.Context) error {
	var bytes int64
	var ours, empty []float64
	for range 3 {
		written, wakes, err := watch(ctx, b.command(ctx, b.large, "--at", at), "q", "₩")
		if err != nil {
			return err
		}
		bytes, ours = max(bytes, written), append(ours, wakes)
		if _, wakes, err = watch(ctx, b.smallest(ctx), "x", hello); err != nil {
			return err
		}
		empty = append(empty, wakes)
	}
	slices.Sort(ours)
	slices.Sort(empty)
	wakes, least := ours[1], empty[1]
	b.table.atMost("idle: bytes written", count{float64(bytes), "bytes"}, took(rest), float64(bytes), 0)
	b.table.atMost("idle: wake-ups a second, beside an empty Bubble Tea program", count{wakes, "a second"}, count{least, "a second"}, wakes, 1)
	return nil
}

// watch gives the bytes that a resting program writes, and its wake-ups a second.
func watch(ctx context.Context, c *exec.Cmd, quit string, shown string) (bytes int64, wakes float64, err error) {
	s, err := show(c)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, s.leave(quit)) }()
	if err := s.await(ctx, shown); err != nil {
		return 0, 0, err
	}
	pause := func() error {
		select {
		case <-time.After(rest):
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if err := pause(); err != nil { // what a start brings comes and goes
		return 0, 0, err
	}
	written, woken := s.written(), wakeUps(c.Process.Pid)
	if err := pause(); err != nil {
		return 0, 0, err
	}
	return s.written() - written, float64(wakeUps(c.Process.Pid)-woken) / rest.Seconds(), nil
}

// wakeUps is how often the threads of a process gave up the processor by
// themselves: each time they were woken before.
func wakeUps(pid int) (n int) {
	files, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/status", pid))
	for _, f := range files {
		status, _ := os.ReadFile(f)
		for line := range strings.Lines(string(status)) {
			if value, ok := strings.CutPrefix(line, "voluntary_ctxt_switches:"); ok {
				k, _ := strconv.Atoi(strings.TrimSpace(value))
				n += k
			}
		}
	}
	return n
}
