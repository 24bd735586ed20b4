// Command bench measures what Jandon promises, as ratios within one run, and
// prints one table: the figure, what it is compared with, the ratio and its bar.
// It exits with 1 if a bar is missed.
//
//	go run ./cmd/bench [-quick] [-only weeks|starts|list|idle|audit|files|acts|record]
//
// It needs hledger, mlr, dbus-run-session and gnome-keyring-daemon, and starts itself
// again with a keyring of its own. Everything it makes is in a temporary
// directory. Compared runs take turns, and each figure is the median of its runs.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
)

// inside is set in the environment of the second start, which has a keyring.
const inside = "JANDON_BENCH_INSIDE"

func main() {
	quick := flag.Bool("quick", false, "a tenth of the lines and few rounds: only to see that it runs")
	only := flag.String("only", "", "measure just weeks, starts, list, idle, audit, files, acts or record")
	flag.Parse()
	if err := run(*quick, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(quick bool, only string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if os.Getenv(inside) == "" {
		return again(ctx)
	}
	b := &bench{large: 1_000_000, rounds: 11}
	if quick {
		b.large, b.rounds = 100_000, 3
	}
	var err error
	if b.dir, err = os.MkdirTemp("", "jandon-bench"); err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(b.dir) }()
	if err := b.prepare(ctx); err != nil {
		return err
	}
	for _, m := range []struct {
		name    string
		measure func(context.Context) error
	}{{"weeks", b.weeks}, {"starts", b.starts}, {"list", b.list}, {"idle", b.idle}, {"audit", b.audits}, {"files", b.files}, {"acts", b.acts}, {"record", b.record}} {
		if only != "" && only != m.name {
			continue
		}
		if err := m.measure(ctx); err != nil {
			return err
		}
	}
	return b.table.print(os.Stdout)
}

// again starts this program with a D-Bus session and a keyring of its own.
func again(ctx context.Context) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	root, err := moduleRoot()
	if err != nil {
		return err
	}
	args := append([]string{"--", filepath.Join(root, "keystore/testdata/with-keyring.sh"), self}, os.Args[1:]...)
	c := exec.CommandContext(ctx, "dbus-run-session", args...)
	c.Env = append(os.Environ(), inside+"=1")
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	return c.Run()
}
