//go:build unix

package main

import "testing"

// Ctrl+D at a question that nobody sees the answer of leaves, as at any other
// question, and what was begun waits. Keys that take back take back.
func TestTheEndOfTheInputLeavesAHiddenQuestion(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	s := w.sit("enroll", h.url, "--handle", h.person, "--name", "desk")
	s.hears("Activation code")
	s.types("\x04")
	s.hears("is kept")
	s.ends(1)
	s = w.sit("enroll", "--resume")
	s.hears("Activation code")
	letter := <-h.letters
	letter.Code.Expose(func(code []byte) { s.types("zz\x7f\b" + string(code) + "\n") })
	s.hears("New PIN")
	s.types("\x04")
	s.ends(1)
}
