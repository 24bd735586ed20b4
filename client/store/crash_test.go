package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"jandon/client/store"
	"jandon/client/store/storetest"
	"jandon/internal/history"
	"jandon/internal/notes"
	"jandon/internal/wallet"
)

// childPath is the environment variable that makes the test binary a child
// that applies batches to the store named by it until it is killed.
const childPath = "JANDON_STORE_TEST_CHILD"

// crashLines is how many lines each of the child's batches has. Every other
// batch replaces lines of the one before, so that sums are also subtracted.
const crashLines = 40

func crashBatch(i int) store.Batch {
	b := store.Batch{Ledger: storetest.Ledger, Seq: int64(i + 1), More: true}
	for j := range crashLines {
		n := i*crashLines + j
		x := storetest.Line(n, 1_000_000, year)
		if i%2 == 1 && j < crashLines/2 {
			x.ID = storetest.Line(n-crashLines, 1_000_000, year).ID
		}
		x.Seq = int64(n + 1)
		b.Transactions = append(b.Transactions, x)
	}
	return b
}

// linesAfter is how many lines there are after n batches.
func linesAfter(n int) int { return n*crashLines - n/2*crashLines/2 }

// crashNotes are what the child says after a batch: the same in two notes.
func crashNotes(seq int64) (list []notes.Note) {
	for _, key := range []string{"one", "other"} {
		list = append(list, notes.Note{Kind: "crash", Key: key, Value: strconv.FormatInt(seq, 10), At: storetest.End})
	}
	return list
}

// notedAfter is the batch that the notes speak of; 0 if there are none.
func notedAfter(t *testing.T, s *store.Store) int {
	t.Helper()
	list, err := s.Notes(t.Context(), "crash")
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		return 0
	}
	if len(list) != 2 || list[0].Value != list[1].Value {
		t.Fatalf("half of what was said: %+v", list)
	}
	n, err := strconv.Atoi(list[0].Value)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func applyUntilKilled(path string) {
	ctx := context.Background()
	s, err := store.Open(ctx, options(path))
	for err == nil {
		var state store.State
		if state, err = s.State(ctx); err == nil {
			if err = s.Apply(ctx, crashBatch(int(state.Seq))); err == nil {
				err = s.PutNotes(ctx, crashNotes(state.Seq+1)...)
			}
			fmt.Println(state.Seq + 1)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// TestKilledWhileApplying kills a child at random moments, again and again on
// one store: it always opens, and holds whole batches with the right sums, and
// whole sets of notes.
func TestKilledWhileApplying(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	r := rand.New(rand.NewPCG(1, 2))
	answered := 0
	for range 15 {
		answered = max(answered, killChild(t, path, r.IntN(4), time.Duration(r.IntN(12_000))*time.Microsecond))
		s, err := store.Open(t.Context(), options(path))
		if err != nil {
			t.Fatal(err)
		}
		state, err := s.State(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if int(state.Seq) < answered {
			t.Fatalf("batch %d was answered, the store has %d", answered, state.Seq)
		}
		if want := linesAfter(int(state.Seq)); state.Lines != want {
			t.Fatalf("after %d batches %d lines, want %d", state.Seq, state.Lines, want)
		}
		if n := notedAfter(t, s); n < answered || n > int(state.Seq) {
			t.Fatalf("batch %d was noted and answered, the notes are of batch %d of %d", answered, n, state.Seq)
		}
		if err := s.Check(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if answered == 0 {
		t.Fatal("no child ever finished a batch")
	}
}

// killChild starts a child, waits for some batches and a moment, and kills it.
// It returns the last batch that the child saw answered.
func killChild(t *testing.T, path string, batches int, moment time.Duration) (answered int) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childPath+"="+path)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	next := func() bool {
		line, err := lines.ReadString('\n')
		if errors.Is(err, io.EOF) {
			return false
		}
		if err != nil {
			t.Fatal(err)
		}
		if n, err := strconv.Atoi(line[:len(line)-1]); err == nil {
			answered = n
		}
		return true
	}
	for range batches {
		if !next() {
			t.Fatal("the child ended by itself")
		}
	}
	kill := time.AfterFunc(moment, func() { _ = child.Process.Kill() })
	defer kill.Stop()
	for next() {
	}
	_ = child.Wait() // killed
	return answered
}

// TestTwoProcesses reads a store while another process applies batches to it.
func TestTwoProcesses(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	s, err := store.Open(t.Context(), options(path))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childPath+"="+path)
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = child.Process.Kill(); _ = child.Wait() }()
	seen := int64(-1)
	for changes := 0; changes < 12; {
		state, err := s.State(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if state.Lines != linesAfter(int(state.Seq)) {
			t.Fatalf("half a batch: %+v", state)
		}
		page, err := s.Rows(t.Context(), history.Query{Type: wallet.Payment}, history.Window{Older: true, Limit: 20})
		if err != nil || state.Lines > 100 && len(page.Rows) != 20 {
			t.Fatal(len(page.Rows), err)
		}
		if state.Seq != seen {
			seen = state.Seq
			changes++
		}
	}
	if err := s.PutWallet(t.Context(), storetest.Wallet()); err != nil { // among the other's writes
		t.Fatal(err)
	}
}
