package ledger_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/money"
	"jandon/internal/platform/ledger"
	"jandon/internal/scenario"
	"jandon/internal/wallet"
)

// Thirty-two who spend from one balance at once never get more than there is.
func TestManySpendersNeverOverdraw(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, path string) {
		l, err := ledger.Open(t.Context(), ledger.Options{Path: path, Busy: time.Minute})
		must(t, err)
		t.Cleanup(func() { must(t, l.Close()) })
		u, err := l.AddUser(t.Context(), "mina", "KRW")
		must(t, err)
		for i := range 5 {
			id := fmt.Sprint(i)
			must(t, l.Grant(t.Context(), u, line("g"+id, day(0), wallet.Topup, 1000), lot("l"+id, 1000, day(0), day(10+i))))
		}
		const each = 300 // 32 × 2 × 300 = 19,200 wanted of 5,000
		var spent, refused atomic.Int64
		var wg sync.WaitGroup
		for i := range 32 {
			wg.Go(func() {
				for j := range 2 {
					err := l.Spend(background, u, line(fmt.Sprintf("s%d-%d", i, j), day(1), wallet.Payment, -each))
					switch {
					case err == nil:
						spent.Add(each)
					case code(err) == fault.Insufficient:
						refused.Add(1)
					default:
						t.Errorf("spending: %v", err)
					}
				}
			})
		}
		wg.Wait()
		if spent.Load() != 4800 || refused.Load() != 64-16 {
			t.Errorf("spent %d, refused %d", spent.Load(), refused.Load())
		}
		sum := int64(0)
		for _, n := range left(t, l, u) {
			sum += n
		}
		if sum != 200 {
			t.Errorf("%d left", sum)
		}
		balanced(t, l)
	})
}

// long is a plan that takes a while.
func long(steps int) scenario.Plan {
	p := scenario.Plan{Name: "long", Person: "mina", Zone: time.UTC, Currency: money.KRW, At: day(4000)}
	for i := range steps / 2 {
		at := start.Add(time.Duration(i) * time.Hour)
		id := fmt.Sprintf("%06d", i)
		p.Steps = append(p.Steps,
			scenario.Step{At: at, Act: scenario.Grant, Transaction: line("g"+id, at, wallet.Earn, 100), Lot: lot("l"+id, 100, at, at.AddDate(0, 0, 90))},
			scenario.Step{At: at, Act: scenario.Spend, Transaction: line("s"+id, at, wallet.Payment, -90)})
	}
	return p
}

// A process killed while it seeds leaves books that open and balance, with
// nothing of the seed in them.
func TestKilledWhileSeeding(t *testing.T) {
	if path := os.Getenv("JANDON_TEST_SEED"); path != "" {
		seedUntilKilled(t, path)
		return
	}
	t.Parallel()
	path := filepath.Join(t.TempDir(), "books.db")
	for round, after := range []int{1, 24} {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledWhileSeeding$")
		cmd.Env = append(os.Environ(), "JANDON_TEST_SEED="+path)
		out, err := cmd.StdoutPipe()
		must(t, err)
		must(t, cmd.Start())
		lines := bufio.NewScanner(out)
		for seen := 0; seen < after && lines.Scan(); {
			if lines.Text() == "under way" {
				seen++
			}
		}
		must(t, cmd.Process.Kill())
		var exit *exec.ExitError
		if err := cmd.Wait(); !errors.As(err, &exit) || exit.Exited() {
			t.Fatalf("round %d: the child was not killed but ended: %v", round, err)
		}
		l, err := ledger.Open(t.Context(), ledger.Options{Path: path})
		must(t, err)
		if r := balanced(t, l); r.Users != 0 || r.Transfers != 0 || r.Entries != 0 {
			t.Errorf("round %d: half a seed: %+v", round, r)
		}
		must(t, l.Close())
	}
	l := open(t, path)
	must(t, l.Seed(t.Context(), long(200), nil))
	if r := balanced(t, l); r.Users != 1 || r.Transfers < 200 {
		t.Errorf("seeded afterwards: %+v", r)
	}
}

// seedUntilKilled is the child: it says when it is under way and never ends by itself.
func seedUntilKilled(t *testing.T, path string) {
	l, err := ledger.Open(t.Context(), ledger.Options{Path: path})
	must(t, err)
	for {
		must(t, l.Seed(t.Context(), long(40_000), func(int, int) { fmt.Println("under way") }))
	}
}
