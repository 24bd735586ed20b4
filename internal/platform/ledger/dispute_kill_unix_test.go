//go:build unix

package ledger_test

import (
	"crypto/sha256"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"jandon/internal/platform/ledger"
	"jandon/internal/wallet"
)

// Where books are killed: a step of a dispute and which time it is passed.
var disputeKills = []string{
	"disputing 1", "disputed 1", // inside the opening, and after it
	"replied 1", "judged 1", // the merchant has said nothing yet
	"replied 2", "judged 2", // objected: the platform takes it up
	"judged 3", // decided and refunded
}

// Books that are killed -9 at any step of a dispute and opened again have the
// dispute once, and its refund once.
func TestKilledAtEveryStepOfADispute(t *testing.T) {
	if path := os.Getenv("JANDON_TEST_DISPUTE"); path != "" {
		disputeUntilKilled(t, path, os.Getenv("JANDON_TEST_DISPUTE_AT"))
		return
	}
	t.Parallel()
	for _, at := range disputeKills {
		path := filepath.Join(t.TempDir(), "books.db")
		l := open(t, path)
		u, err := l.AddUser(t.Context(), "mina", "KRW")
		must(t, err)
		must(t, l.Grant(t.Context(), u, line("g", day(1), wallet.Topup, 5000), lot("l", 5000, day(1), time.Time{})))
		must(t, l.Spend(t.Context(), u, line("s", day(5), wallet.Payment, -700)))
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledAtEveryStepOfADispute$") //nolint:gosec // ourselves
		cmd.Env = append(os.Environ(), "JANDON_TEST_DISPUTE="+path, "JANDON_TEST_DISPUTE_AT="+at)
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL { //nolint:errcheck // Unix
			t.Fatalf("killed at %q: %v\n%s", at, err, out)
		}
		playDispute(t, l, u) // as if nothing had happened: the same key, the same clock
		view(t, l, u, func(v *ledger.View) error {
			list, err := v.Disputes()
			if err != nil || len(list) != 1 || list[0].State != wallet.DisputeRefunded || len(list[0].Steps) != 5 {
				t.Errorf("killed at %q: %v, %+v", at, err, list)
			}
			lots, err := v.Lots()
			if len(lots) != 1 || lots[0].Amount.Minor != 5000 {
				t.Errorf("killed at %q: lots %+v", at, lots)
			}
			return err
		})
		balanced(t, l)
	}
}

// playDispute disputes a charge and lets a week pass.
func playDispute(t *testing.T, l *ledger.Ledger, u ledger.User) {
	k := ledger.Key{ID: "key-of-sixteen-letters", Request: sha256.Sum256([]byte("x"))}
	now := day(10)
	_, err := l.Dispute(t.Context(), u, k, wallet.DisputeAsk{Transaction: "s", Reason: wallet.NotMine}, now)
	must(t, err)
	for range 8 {
		_, err := l.Complain(t.Context(), ledger.SimulatedMerchants{Now: func() time.Time { return now }}, now)
		must(t, err)
		now = now.Add(24 * time.Hour)
	}
}

func disputeUntilKilled(t *testing.T, path, at string) {
	name, times, _ := strings.Cut(at, " ")
	left, err := strconv.Atoi(times)
	must(t, err)
	l, err := ledger.Open(t.Context(), ledger.Options{Path: path, Busy: time.Second, Step: func(step string) {
		if step != name {
			return
		}
		if left--; left == 0 {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {} // the signal is on its way: nothing more must happen
		}
	}})
	must(t, err)
	u, err := l.User(t.Context(), "mina")
	must(t, err)
	playDispute(t, l, u)
	t.Fatalf("passed %s without dying", at)
}
