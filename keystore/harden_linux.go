package keystore

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// Harden keeps the memory of this process out of core files and out of the
// reach of other processes of the same user (ptrace, /proc/PID/mem). main calls
// it first. An error means that the kernel refused; nothing else depends on it.
func Harden() error {
	none := unix.Rlimit{}
	var failed error
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &none); err != nil {
		failed = fmt.Errorf("keystore: no core files: %w", err)
	}
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		failed = errors.Join(failed, fmt.Errorf("keystore: not dumpable: %w", err))
	}
	return failed
}
