//go:build unix

package main

import (
	"strings"
	"testing"
	"time"
)

// What is said of a secret that nobody gives names the flag that gives it.
func TestAMissingSecretNamesItsFlag(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	enroll := []string{"enroll", h.url, "--handle", h.person}
	for want, more := range map[string][]string{"--code-fd 3": {"--pin-fd", "9"}, "--pin-fd 3": {"--code-fd", "9"}} {
		if _, told := w.want(2, append(enroll, more...)...); !strings.Contains(told, "[no_secret]") || !strings.Contains(told, want) {
			t.Errorf("%v: %s", more, told)
		}
	}
	w.enrolled()
	if _, told := w.want(2, "cashout", "--amount", "1300", "--yes"); !strings.Contains(told, "--pin-fd 3") {
		t.Errorf("told: %s", told)
	}
}

// The wrong PIN that makes the device wait says until when, and does not ask to try again.
func TestTheFifthWrongPINSaysUntilWhen(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	w.enrolled()
	for n := 1; n <= 5; n++ {
		_, told := w.want(7, "cashout", "--amount", "1300", "--yes", "--pin-fd", handed(t, "739105826418")[0])
		if waits := strings.Contains(told, "has to wait until"); waits != (n == 5) || waits == strings.Contains(told, "Try again") {
			t.Errorf("the wrong PIN number %d: %s", n, told)
		}
		h.pass(time.Minute)
	}
}
