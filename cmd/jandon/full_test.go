package main

import (
	"bytes"
	"context"
	"strings"
	"syscall"
	"testing"
	"time"
)

// full is an output without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// Every command says so when its output has no room, in words and as JSON.
func TestFullOutputIsNoInnerError(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	for _, args := range [][]string{{"balance"}, {"balance", "--json"}, {"history"}, {"search", "a"}, {"export", "--format", "csv"}, {"completion", "bash"}} {
		var told bytes.Buffer
		a := &app{
			in: strings.NewReader(""), out: full{}, err: &told, environ: []string{"JANDON_HOME=" + home, "LANG=C.UTF-8"},
			now: func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) },
		}
		if status := a.run(context.Background(), about(args)); status != 8 || !strings.Contains(told.String(), "[no_space · ") {
			t.Errorf("%v: exit status %d\n%s", args, status, told.String())
		}
	}
}

// about is a command on made-up data; a completion needs none.
func about(args []string) []string {
	if args[0] == "completion" {
		return args
	}
	return append(args, "--demo", "student")
}
