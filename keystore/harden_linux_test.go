package keystore

import (
	"os"
	"os/exec"
	"testing"

	"golang.org/x/sys/unix"
)

// TestHarden runs in a child, since a process can't take it back.
func TestHarden(t *testing.T) {
	t.Parallel()
	const mark = "JANDON_TEST_HARDEN"
	if os.Getenv(mark) == "" {
		child := exec.Command(os.Args[0], "-test.run=^TestHarden$")
		child.Env = append(os.Environ(), mark+"=1")
		if out, err := child.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	if err := Harden(); err != nil {
		t.Fatal(err)
	}
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CORE, &limit); err != nil || limit.Cur != 0 || limit.Max != 0 {
		t.Error(err, limit)
	}
	if dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0); err != nil || dumpable != 0 {
		t.Error(err, dumpable)
	}
}
