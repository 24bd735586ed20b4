package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jandon/internal/platform"
)

// A first start that was broken off (a full disk, Ctrl+C) leaves books of nobody:
// the next start fills them, since nobody could register with them.
func TestServeFillsBooksThatWereLeftEmpty(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "platform.db")
	now := func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) }
	p, err := platform.Open(t.Context(), platform.Options{Path: db, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	told := &stopper{stop: stop}
	a := &app{in: strings.NewReader(""), out: new(bytes.Buffer), err: told, environ: []string{"JANDON_HOME=" + t.TempDir(), "LANG=C.UTF-8"}, now: now}
	if status := a.run(ctx, []string{"serve", "--db", db, "--listen", "127.0.0.1:0"}); status != 0 {
		t.Fatalf("exit status %d: %s", status, told.String())
	}
	if !strings.Contains(told.String(), "Filled a new database") {
		t.Errorf("it says %s", told.String())
	}
}

// stopper ends the server once it listens.
type stopper struct {
	bytes.Buffer
	stop func()
}

func (s *stopper) Write(b []byte) (int, error) {
	if bytes.Contains(b, []byte("Listening on")) {
		s.stop()
	}
	return s.Buffer.Write(b)
}
