//go:build outside && linux

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// kept waits until the draft holds a word; "" until there is none.
func (p person) kept(word string) {
	p.t.Helper()
	name := filepath.Join(p.home, "state", "registration.json")
	for deadline := time.After(patience); ; {
		data, err := os.ReadFile(name)
		if word == "" && os.IsNotExist(err) || word != "" && bytes.Contains(data, []byte(word)) {
			return
		}
		select {
		case <-time.After(10 * time.Millisecond):
		case <-deadline:
			p.t.Fatalf("no %q is kept: %s %v", word, data, err)
		}
	}
}

// kill -9 of the wallet at every step before the platform is asked for anything,
// with real processes: each start goes on at the very step, with what was given.
func TestKilledAtEachStepBeforeTheCode(t *testing.T) {
	t.Parallel()
	jandon, cert := program(t), newRelay(t).files
	served := startServe(t, jandon, "--scenario", "everyday", "--db", filepath.Join(t.TempDir(), "platform.db"), "--tls-cert", cert[0], "--tls-key", cert[1])
	p := person{t, jandon, t.TempDir()}

	s := p.at()
	s.until("q  Quit")
	s.press("2\r")
	s.until("Which platform")
	s.press("https://nobody:secret@127.0.0.1:9\r") // a password in it: nothing is kept
	s.until("is no address of a platform")
	s.killed()
	p.kept("")

	s = p.at()
	s.until("q  Quit")
	s.press("2\r")
	s.until("Which platform")
	s.press("http://127.0.0.1:9\r")
	p.kept("127.0.0.1:9")
	s.killed()

	s = p.at()
	s.until("A registration waits", "127.0.0.1:9", "an address that answers")
	s.insist("\r", "Which platform")
	s.press("\x15" + served.url + "\r")
	s.until("Compare this fingerprint")
	p.kept("trust")
	s.killed()

	s = p.at()
	s.until("A registration waits", "its fingerprint, to be compared")
	s.insist("\r", "Compare this fingerprint")
	s.insist("y", "Who are you to")
	p.kept("fingerprint")
	s.killed()

	s = p.at()
	s.until("A registration waits", "your name there")
	s.insist("\r", "Who are you to") // what was compared is
	s.press(served.handle + "\r")
	p.kept(served.handle)
	s.killed()

	for _, leave := range []func(*tty){
		func(s *tty) { s.press("\x03"); s.until("go on with it"); s.gone(0) },
		(*tty).hangUp,
		func(s *tty) { s.signal(syscall.SIGTERM); <-s.done },
	} {
		s = p.at()
		s.until("A registration waits", served.handle, "a name for this device")
		s.insist("\r", "Who are you to", served.handle)
		leave(s)
	}
	s = p.at()
	s.until("A registration waits")
	s.insist("\r", "Who are you to", served.handle)
	s.press("\x15laptop\r")
	s.until("Which code")
	<-served.codes
	s.killed()
	p.kept("") // it is in the keyring now

	s = p.at()
	s.until("A registration waits", "laptop", "the activation code")
	s.insist("n", "Which platform", served.url)
	s.killed()
	s = p.at()
	s.until("q  Quit") // nothing waits
	s.press("q\r")
	s.gone(0)

	// The same by command, and from the one to the other.
	s = p.at("enroll", served.url)
	s.until("Is it exactly that?")
	s.killed()
	s = p.at("enroll")
	s.until("left before the platform was asked")
	s.insist("y\r", "Is it exactly that?")
	s.insist("y\r", "Your handle")
	s.killed()
	s = p.at("enroll", served.url)
	s.until("left before the platform was asked")
	s.insist("y\r", "Your handle")
	s.press(served.handle + "\r")
	s.until("Name of this device")
	s.press("\x03")
	s.until("go on with it")
	s.gone(1)
	s = p.at()
	s.until("A registration waits", served.handle, "a name for this device")
	s.killed()
	s = p.at("enroll")
	s.until("left before the platform was asked")
	s.insist("y\r", "Name of this device")
	s.press("desk\r")
	s.until("Activation code (not shown)")
	<-served.codes
	s.killed()
	p.kept("")
	p.want(2, "", "enroll", "--anew")
}
