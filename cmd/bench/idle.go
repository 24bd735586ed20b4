package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// rest is how long an idle program is watched.
const rest = 5 * time.Second

// idle watches the wallet while nothing happens: what it writes, and how often
// any of its threads is woken.
func (b *bench) idle(ctx context.Context) error {
	s, err := show(b.command(ctx, b.large, "--at", at))
	if err != nil {
		return err
	}
	if err := s.await(ctx, "₩"); err != nil {
		_ = s.leave("q")
		return err
	}
	select { // until what a start brings has come and gone
	case <-time.After(rest):
	case <-ctx.Done():
		return ctx.Err()
	}
	bytes, wakes := s.written(), wakeUps(s.cmd.Process.Pid)
	select {
	case <-time.After(rest):
	case <-ctx.Done():
		return ctx.Err()
	}
	bytes, wakes = s.written()-bytes, wakeUps(s.cmd.Process.Pid)-wakes
	if err := s.leave("q"); err != nil {
		return err
	}
	b.table.atMost("idle: bytes written", count{float64(bytes), "bytes"}, took(rest), float64(bytes), 0)
	perSecond := float64(wakes) / rest.Seconds()
	b.table.atMost("idle: wake-ups a second", count{float64(wakes), "wake-ups"}, took(rest), perSecond, 1)
	return nil
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
