package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
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

// A sheet that could not be written has voided the one before all the same.
func TestRecoveryCodesThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	w := openHall(t).wallet()
	w.enrolled()
	var told bytes.Buffer
	a := w.app(strings.NewReader(""), full{}, &told)
	status := a.run(t.Context(), []string{"recovery", "--yes", "--pin-fd", handed(t, canaryPIN)[0]})
	if said := strings.Join(strings.Fields(told.String()), " "); status != 8 || !strings.Contains(said, "The codes from before are void") || strings.Contains(said, "nothing was lost") {
		t.Errorf("exit status %d\n%s", status, said)
	}
}

// A directory that can't be made is no file that can't be read.
func TestServeWhereNoDirectoryCanBeMade(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var told bytes.Buffer
	a := &app{
		in: strings.NewReader(""), out: &told, err: &told, environ: []string{"JANDON_HOME=" + t.TempDir(), "LANG=C.UTF-8"},
		now: func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) },
	}
	status := a.run(t.Context(), []string{"serve", "--listen", "127.0.0.1:0", "--db", filepath.Join(file, "below", "books.db")})
	if status != 8 || !strings.Contains(told.String(), "[store_denied · ") {
		t.Errorf("exit status %d\n%s", status, told.String())
	}
}
