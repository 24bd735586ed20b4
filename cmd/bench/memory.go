package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// memory measures what programs hold at most while they work on files of
// several lengths: reading alone, which a dry run into an empty store is, the
// import, and the same file once more, whose lines are all there. The last
// looks lines up and fills its pages, at most 16 MiB of them, only on a large
// file, and is held to itself on a larger one. Then an import is taken out again.
func (b *bench) memory(ctx context.Context, small, large string) error {
	huge := filepath.Join(b.dir, "huge.csv")
	if err := writeStatement(huge, 3*b.large); err != nil {
		return err
	}
	files := []struct {
		path  string
		lines int
	}{{small, b.large / 10}, {large, b.large}, {huge, 3 * b.large}}
	last := len(files) - 1
	for _, x := range []struct {
		what    string
		args    []string
		again   bool
		against int
	}{
		{"history --from", []string{"history", "--json", "--from"}, false, 0},
		{"import --dry-run", []string{"import", "--dry-run", "--json"}, false, 0},
		{"import", []string{"import", "--json"}, false, 0},
		{"import", []string{"import", "--json"}, false, 1},
		{"import of what is there", []string{"import", "--json"}, true, 1},
	} {
		held := map[int]int64{}
		for _, i := range []int{x.against, last} {
			args := append(slices.Clone(x.args), files[i].path)
			var err error
			if held[i], _, err = b.alone(ctx, args...); err == nil && x.again {
				held[i], _, err = b.last(ctx, args...)
			}
			if err != nil {
				return err
			}
		}
		b.table.atMost(fmt.Sprintf("%s, peak memory of %d lines, against %d", x.what, files[last].lines, files[x.against].lines),
			kibibytes(held[last]), kibibytes(held[x.against]), float64(held[last])/float64(held[x.against]), 1.1)
	}
	_, in, err := b.alone(ctx, "import", "--json", large)
	if err != nil {
		return err
	}
	_, out, err := b.last(ctx, "import", "--json", "--undo", "1")
	if err != nil {
		return err
	}
	b.table.atMost(fmt.Sprintf("import --undo of %d lines, against their import", b.large), took(out), took(in), ratio(took(out), took(in)), 0.2)
	return nil
}

// alone runs jandon for somebody who has nothing yet, and tells the most memory
// that it held, in KiB, and how long it took.
func (b *bench) alone(ctx context.Context, args ...string) (peak int64, d time.Duration, err error) {
	if err := os.RemoveAll(b.nobody()); err != nil {
		return 0, 0, err
	}
	return b.last(ctx, args...)
}

// last is alone for the one who was there before.
func (b *bench) last(ctx context.Context, args ...string) (peak int64, d time.Duration, err error) {
	c := exec.CommandContext(ctx, b.jandon, args...)
	c.Env = append(os.Environ(), "JANDON_HOME="+b.nobody(), "JANDON_LANG=en")
	c.Stdout, c.Stderr = io.Discard, os.Stderr
	from := time.Now()
	if err := c.Start(); err != nil {
		return 0, 0, err
	}
	done := make(chan error, 1)
	go func() { done <- c.Wait() }()
	look := time.NewTicker(2 * time.Millisecond)
	defer look.Stop()
	for {
		select {
		case err := <-done:
			if err != nil {
				err = fmt.Errorf("%v: %w", c.Args, err)
			}
			return peak, time.Since(from), err
		case <-look.C:
			peak = max(peak, heldBy(c.Process.Pid))
		}
	}
}

// heldBy is the most that a process has held so far, in KiB. What its parent
// is told at its end (rusage) counts the parent's own memory before the start.
func heldBy(pid int) (most int64) {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid)) // it may be gone
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			most, _ = strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
		}
	}
	return most
}

func (b *bench) nobody() string { return filepath.Join(b.dir, "nobody") }

// kibibytes is an amount of memory.
type kibibytes int64

func (k kibibytes) String() string { return fmt.Sprintf("%.1f MiB", float64(k)/1024) }
