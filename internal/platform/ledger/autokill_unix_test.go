//go:build unix

package ledger_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"jandon/internal/platform/ledger"
)

// A platform that is killed -9 between the hold and the mark of the period, or
// right after both, sends the period once.
func TestKilledBetweenHoldAndPeriod(t *testing.T) {
	at, err := time.Parse(time.RFC3339, mondayNine)
	must(t, err)
	if path := os.Getenv("JANDON_TEST_AUTO_KILL"); path != "" {
		step := os.Getenv("JANDON_TEST_AUTO_STEP")
		l, err := ledger.Open(t.Context(), ledger.Options{Path: path, Step: func(passed string) {
			if passed == step {
				_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
				select {} // the signal is on its way
			}
		}})
		must(t, err)
		_, err = l.Work(t.Context(), l.Simulator(func() time.Time { return at }), at)
		t.Fatalf("passed %s without dying: %v", step, err)
	}
	t.Parallel()
	for _, step := range []string{"held", "begun", "auto"} {
		path := filepath.Join(t.TempDir(), "p.db")
		c := steady(t, path, 90_000)
		c.allow(weekly(20_000, 0))
		c.to(sundayNine)
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledBetweenHoldAndPeriod$")
		cmd.Env = append(os.Environ(), "JANDON_TEST_AUTO_KILL="+path, "JANDON_TEST_AUTO_STEP="+step)
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL { //nolint:errcheck // Unix
			t.Fatalf("%s: %v\n%s", step, err, out)
		}
		if n := len(c.gone()); step != "auto" && n != 0 || step == "auto" && n != 1 {
			t.Errorf("%s: %d are there after the kill", step, n)
		}
		c.now = at
		c.work()
		c.work()
		if n := len(c.gone()); n != 1 {
			t.Errorf("%s: %d went", step, n)
		}
		balanced(t, c.Ledger)
	}
}
