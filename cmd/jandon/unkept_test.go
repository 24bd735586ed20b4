package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A demo needs no place to be kept: where its cache can't be written it is made
// up in memory, the same to the won, and says so once.
func TestDemoWhereNothingCanBeWritten(t *testing.T) {
	t.Parallel()
	home := cacheless(t)
	for _, args := range [][]string{
		{"balance", "--demo", "student", "--json"}, {"history", "--demo", "student", "--json"}, {"preview", "--demo", "student", "--amount", "1300", "--json"},
		{"limits", "--demo", "student", "--json"}, {"demo", "--scenario", "student", "--plain"},
	} {
		out, told, status := demoAt(home, args)
		if want, _, _ := demoAt(t.TempDir(), args); status != 0 || out != want {
			t.Errorf("%v: exit status %d\n%s%s\nwant\n%s", args, status, told, out, want)
		}
		if strings.Count(told, home) != 1 {
			t.Errorf("%v: it says\n%s", args, told)
		}
	}
}

// A kept world that was damaged is made up anew: nothing of it was anybody's.
func TestDemoWhoseCacheIsDamaged(t *testing.T) {
	t.Parallel()
	home, args := t.TempDir(), []string{"balance", "--demo", "student", "--json"}
	want, _, _ := demoAt(home, args)
	stores, err := filepath.Glob(filepath.Join(home, "cache", "demo", "*", "store.db"))
	if err != nil || len(stores) != 1 {
		t.Fatalf("%v: %v", err, stores)
	}
	if err := os.WriteFile(stores[0], bytes.Repeat([]byte("no store "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, told, status := demoAt(home, args); status != 0 || out != want || told != "" {
		t.Errorf("exit status %d\n%s%s", status, told, out)
	}
}

// cacheless is a home whose cache nobody can write, root included: a file
// stands where the directory would be.
func cacheless(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	if err := os.WriteFile(filepath.Join(home, "cache"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return home
}

func demoAt(home string, args []string) (out, told string, status int) {
	var o, e bytes.Buffer
	a := &app{
		in: strings.NewReader(""), out: &o, err: &e, environ: []string{"JANDON_HOME=" + home, "LANG=C.UTF-8"},
		now: func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) },
	}
	status = a.run(context.Background(), args)
	return o.String(), e.String(), status
}
