package client_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"jandon/client"
	"jandon/client/store"
)

// killed is a key for children that get killed; they can't be handed a keyring.
func killedKey() []byte { return []byte("0123456789abcdef0123456789abcdef") }

// TestKillChild is not a test of its own: the tests below run it as a child,
// which syncs until it is killed.
func TestKillChild(t *testing.T) {
	url, path := os.Getenv("JANDON_TEST_URL"), os.Getenv("JANDON_TEST_STORE")
	if url == "" {
		return
	}
	s, err := store.Open(t.Context(), store.Options{Path: path, Key: secret(string(killedKey())), Zone: time.UTC, Now: func() time.Time { return noon }})
	must(t, err)
	_, err = client.NewSyncer(dialled(t, options(url)), s).Sync(t.Context(), nil)
	must(t, err)
	must(t, s.Close())
}

// kill -9 at any page leaves a store that opens, holds whole pages, and ends up
// with the same totals as one that was never disturbed.
func TestKilledWhileSyncing(t *testing.T) {
	t.Parallel()
	const lines, page = 400, 20
	path := filepath.Join(t.TempDir(), "killed.store")
	s := newSite(lines)
	s.page = page
	running := make(chan *os.Process, 1) // the child, once it is started
	var pages, deadly atomic.Int32
	s.set(func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/v1/changes" && pages.Add(1) == deadly.Load() {
			// Killed while it waits for this page, or, with the answer on its
			// way, while it writes it.
			child := <-running
			if deadly.Load()%2 == 0 {
				_ = child.Kill()
			} else {
				go func() { _ = child.Kill() }()
			}
		}
		return false
	})
	server := httptest.NewServer(s)
	defer server.Close()
	before := int64(0)
	for round := int32(2); round <= 7; round++ {
		pages.Store(0)
		deadly.Store(round)
		cmd := exec.Command(os.Args[0], "-test.run=^TestKillChild$")
		cmd.Env = append(os.Environ(), "JANDON_TEST_URL="+server.URL, "JANDON_TEST_STORE="+path)
		cmd.Stdout, cmd.Stderr = io.Discard, os.Stderr
		must(t, cmd.Start())
		running <- cmd.Process
		_ = cmd.Wait()
		to, err := store.Open(t.Context(), store.Options{Path: path, Key: secret(string(killedKey())), Zone: time.UTC, Now: func() time.Time { return noon }})
		must(t, err)
		state, err := to.State(t.Context())
		must(t, err)
		if state.Seq < before || state.Seq%page != 0 || int64(state.Lines) != state.Seq {
			t.Errorf("round %d: %+v after %d", round, state, before)
		}
		holds(t, to, state.Seq)
		before = state.Seq
		must(t, to.Close())
	}
	if before == 0 {
		t.Error("no page survived: the child never got to write")
	}
	deadly.Store(0)
	to, err := store.Open(context.Background(), store.Options{Path: path, Key: secret(string(killedKey())), Zone: time.UTC, Now: func() time.Time { return noon }})
	must(t, err)
	defer to.Close()
	_, err = client.NewSyncer(dialled(t, options(server.URL)), to).Sync(t.Context(), nil)
	must(t, err)
	holds(t, to, lines)
	undisturbed := memory(t)
	_, err = client.NewSyncer(dialled(t, options(server.URL)), undisturbed).Sync(t.Context(), nil)
	must(t, err)
	holds(t, undisturbed, lines)
}
