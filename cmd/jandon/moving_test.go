//go:build unix

package main

import (
	"crypto/sha256"
	"crypto/tls"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"jandon/keystore"
	"jandon/keystore/codes"
)

// TestRegisterByHand goes through the questions with a person who slips.
func TestRegisterByHand(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	s := w.sit("enroll", h.url)
	s.hears("Your handle at the platform:")
	s.types(h.person + "\n")
	s.hears("Name of this device")
	s.types("\n")
	s.hears("Activation code (not shown):")
	s.types("0000-0000\n")
	s.hears("Activation code (not shown):")
	letter := <-h.letters
	letter.Code.Expose(func(code []byte) { s.types(string(code) + "\n") })
	s.hears("New PIN")
	s.types("123456\n")
	s.hears("Its digits run up or down.")
	s.hears("New PIN")
	s.types(canaryPIN + "\n")
	s.hears("The same once more:")
	s.types("284751\n")
	s.hears("The two are not alike.")
	s.hears("New PIN")
	s.types(canaryPIN + "\n")
	s.hears("The same once more:")
	s.types(canaryPIN + "\n")
	s.hears("This device is registered")
	s.ends(0)
	if heard := s.heard(); strings.Contains(heard, canaryPIN) {
		t.Errorf("the PIN was echoed: %s", heard)
	}
	devices, _ := w.want(0, "devices")
	if !strings.Contains(devices, "this device") {
		t.Errorf("devices says %s", devices)
	}
}

// TestCashOutByHand: what was typed before a question stood there answers
// nothing; No leaves everything as it was; a wrong PIN can be typed again.
func TestTypedAheadCashesNothingOut(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	w.enrolled()
	before := w.total()

	s := w.sit("cashout", "--amount", "1300", "--goal", "fast", "--wait", "--json")
	s.types("y\ny\n") // long before anything is asked
	s.hears("PIN (not shown):")
	s.types("739105826418\n")
	s.hears("PIN (not shown):")
	s.types(canaryPIN + "\ny\ny\ny\n") // with the next answers behind it
	s.hears("Send it? [y/N]")
	select {
	case status := <-s.done:
		t.Fatalf("it went on by itself and ended with %d:\n%s", status, s.heard())
	case <-time.After(300 * time.Millisecond): // a question that nobody answers waits
	}
	s.types("\n") // No is what Enter says
	s.ends(1)
	if list := w.acts(); len(list) != 0 || w.total() != before {
		t.Fatalf("something moved: %+v", list)
	}

	h.pass(2 * time.Minute)
	s = w.sit("cashout", "--amount", "1300", "--goal", "fast", "--wait", "--json")
	s.hears("PIN (not shown):")
	s.types(canaryPIN + "\n")
	s.hears("₩1,300 → ₩1,000 mobile top-up + ₩300 donation credit")
	s.hears("Send it? [y/N]")
	s.types("y\n")
	s.hears("leaves your balance")
	s.hears("Confirm exactly this? [y/N]")
	s.types("n\n")
	s.ends(1)
	if list := w.acts(); len(list) != 1 || list[0].State != "canceled" || w.total() != before {
		t.Fatalf("a No at the last question leaves %+v", list)
	}

	h.pass(2 * time.Minute)
	s = w.sit("cashout", "--amount", "1300", "--goal", "fast", "--wait", "--json")
	s.hears("PIN (not shown):")
	s.types(canaryPIN + "\n")
	s.hears("Send it? [y/N]")
	s.types("y\n")
	s.hears("Confirm exactly this? [y/N]")
	s.types("y\n")
	s.ends(0)
	var one oneActJSON
	if err := json.Unmarshal([]byte(s.out.String()), &one); err != nil || one.Act.State != "done" || one.Act.Receipt == "" || one.Act.AmountMinor != 1300 {
		t.Fatalf("%v: %s", err, s.out.String())
	}
	if after := w.total(); after != before-1300 {
		t.Errorf("the balance went from %d to %d", before, after)
	}
}

// A terminal that hands over more than a line at a time, as scripts and programs
// in between set it, brings the answers to later questions along: they are none.
func TestTypedAheadInOneReadConfirmsNothing(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	w.enrolled()
	before := w.total()
	s := w.sit("cashout", "--amount", "1300", "--goal", "fast")
	s.hears("PIN (not shown):")
	s.types(canaryPIN + "\n")
	s.hears("Send it? [y/N]")
	fd := int(s.pty.Fd())
	mode, err := unix.IoctlGetTermios(fd, getTermios)
	if err == nil {
		mode.Lflag &^= unix.ICANON
		mode.Cc[unix.VMIN], mode.Cc[unix.VTIME] = 1, 0
		err = unix.IoctlSetTermios(fd, setTermios, mode)
	}
	if err != nil {
		t.Fatal(err)
	}
	s.types("y\ny\ny\n")
	s.hears("Confirm exactly this? [y/N]")
	select {
	case status := <-s.done:
		t.Fatalf("it went on by itself and ended with %d:\n%s", status, s.heard())
	case <-time.After(300 * time.Millisecond): // a question that nobody answers waits
	}
	s.types("\n")
	s.ends(1)
	if list := w.acts(); len(list) != 1 || list[0].State != "canceled" || w.total() != before {
		t.Fatalf("something moved: %+v", list)
	}
}

// TestCashOutWithoutATerminal hands the PIN over by a descriptor; --yes is no PIN.
func TestCashOutWithoutATerminal(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	w.enrolled()
	for _, args := range [][]string{
		{"cashout", "--amount", "1300"}, {"cashout", "--amount", "1300", "--yes"}, {"pin", "change"}, {"devices", "revoke", "x"},
		{"destinations", "add", "bank_transfer", "Mina", "110-1"}, {"acts", "cancel", "x"},
	} {
		if _, told := w.want(2, args...); !strings.Contains(told, "[no_secret]") {
			t.Errorf("%v: %s", args, told)
		}
	}
	if _, told := w.want(2, "destinations", "add", "instant_transfer", "Mina", "110-1"); !strings.Contains(told, "bank_transfer | bank_instant") {
		t.Errorf("a way that is none: %s", told)
	}
	if list := w.acts(); len(list) != 0 {
		t.Fatalf("something moved: %+v", list)
	}
	pin := handed(t, canaryPIN, canaryPIN, "739105826418", canaryPIN)
	if _, told := w.want(2, "cashout", "--amount", "1300", "--pin-fd", pin[0]); !strings.Contains(told, "[no_answer]") || !strings.Contains(told, "--yes") {
		t.Errorf("nobody said yes: %s", told) // the question has no answer
	}
	h.pass(time.Minute)
	if _, told := w.want(7, "cashout", "--amount", "1300", "--yes", "--pin-fd", pin[2]); !strings.Contains(told, "[wrong_code") {
		t.Errorf("a wrong PIN: %s", told)
	}
	h.pass(time.Minute)
	out, told := w.want(0, "cashout", "--amount", "1300", "--goal", "fast", "--yes", "--json", "--wait", "--pin-fd", pin[1])
	var one oneActJSON
	if err := json.Unmarshal([]byte(out), &one); err != nil || one.Act.State != "done" {
		t.Errorf("%v: %s%s", err, out, told)
	}
	h.pass(time.Minute)
	if list := w.acts(); len(list) != 1 || list[0].ID != one.Act.ID {
		t.Errorf("acts are %+v", list)
	}
	this := w.devices()[0].ID
	if _, told := w.want(2, "devices", "revoke", this, "--pin-fd", pin[3]); !strings.Contains(told, "[no_answer]") || !strings.Contains(told, "--yes") {
		t.Errorf("nobody agreed to revoke: %s", told)
	}
	if list := w.devices(); list[0].State != "active" {
		t.Errorf("devices are %+v", list)
	}
	nowhere(t, canaryPIN, w.home)
	for _, text := range []string{out, told} {
		if strings.Contains(text, canaryPIN) {
			t.Errorf("the PIN is told: %s", text)
		}
	}
}

// TestPINChange: the old one opens nothing afterwards.
func TestPINChange(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	w.enrolled()
	const next = "615029384756"
	pins := handed(t, canaryPIN, next, canaryPIN, next, canaryPIN, "111111")
	w.want(2, "pin", "change", "--pin-fd", pins[4], "--new-pin-fd", pins[5])
	h.pass(time.Minute)
	w.want(0, "pin", "change", "--pin-fd", pins[0], "--new-pin-fd", pins[1])
	h.pass(2 * time.Minute)
	if _, told := w.want(7, "devices", "rename", "x", "y", "--pin-fd", pins[2]); !strings.Contains(told, "wrong_code") {
		t.Errorf("the old PIN: %s", told)
	}
	h.pass(2 * time.Minute)
	w.want(0, "devices", "rename", w.devices()[0].ID, "kitchen", "--pin-fd", pins[3])
	if out, _ := w.want(0, "devices"); !strings.Contains(out, "kitchen") {
		t.Errorf("devices says %s", out)
	}
	nowhere(t, next, w.home)
}

// TestACertificateThatNobodyVouchesFor: it is shown before anybody says who they
// are, No is what Enter says, and a script has to have been told it.
func TestACertificateThatNobodyVouchesFor(t *testing.T) {
	t.Parallel()
	made := httptest.NewTLSServer(nil) // for its certificate of its own making
	made.Close()
	h := openHallBy(t, &tls.Config{Certificates: made.TLS.Certificates, MinVersion: tls.VersionTLS13})
	w := h.wallet()
	sum := sha256.Sum256(made.Certificate().RawSubjectPublicKeyInfo)
	mark := fmt.Sprintf("%X", sum[:4])

	s := w.sit("enroll", h.url)
	s.hears("Nobody vouches")
	s.hears(mark)
	s.hears("[y/N]")
	s.types("\n")
	s.ends(1)
	if strings.Contains(s.heard(), "Your handle") {
		t.Error("it went on")
	}

	script := func(status int, more ...string) string {
		t.Helper()
		args := append([]string{"enroll", h.url, "--handle", h.person, "--code-fd", handed(t, "0000-0000")[0], "--pin-fd", handed(t, canaryPIN)[0]}, more...)
		_, told := w.want(status, args...)
		return told
	}
	if told := script(2); !strings.Contains(told, "--fingerprint") || !strings.Contains(told, mark) {
		t.Errorf("without a fingerprint: %s", told)
	}
	if told := script(7, "--fingerprint", strings.Repeat("00", 32)); !strings.Contains(told, "[pin_changed · ") {
		t.Errorf("with another fingerprint: %s", told)
	}
	select {
	case <-h.letters:
		t.Error("a code went out")
	default:
	}
	if told := script(7, "--fingerprint", fmt.Sprintf("%x", sum)); !strings.Contains(told, "[wrong_code") {
		t.Errorf("with the right one only the code is wrong: %s", told)
	}
}

// TestPauseAndLevel: stopping needs nothing, going on and being less careful do.
func TestPauseAndLevel(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	w.enrolled()
	level := func() (l limitsJSON) {
		t.Helper()
		out, _ := w.want(0, "limits", "--json")
		if err := json.Unmarshal([]byte(out), &l); err != nil {
			t.Fatal(err)
		}
		return l
	}
	pin := handed(t, canaryPIN, canaryPIN, canaryPIN, canaryPIN)
	w.want(2, "limits", "level", "lax", "--pin-fd", pin[0])
	h.pass(time.Minute)
	out, _ := w.want(0, "limits", "level", "strict", "--json", "--pin-fd", pin[1])
	var told limitsJSON
	if err := json.Unmarshal([]byte(out), &told); err != nil || told.Version != version || told.Level != "strict" {
		t.Errorf("it answers %v: %s", err, out)
	}
	if l := level(); l.Level != "strict" {
		t.Errorf("the level is %s", l.Level)
	}
	h.pass(time.Minute)
	w.want(0, "limits", "level", "standard", "--yes", "--pin-fd", pin[2])
	if l := level(); l.Level != "standard" {
		t.Errorf("the level is %s", l.Level)
	}
	w.want(0, "limits", "pause")
	if l := level(); l.PausedUntil == nil {
		t.Error("nothing is paused")
	}
	h.pass(time.Minute)
	w.want(0, "limits", "resume", "--yes", "--pin-fd", pin[3])
	if l := level(); l.PausedUntil != nil {
		t.Errorf("paused until %s", *l.PausedUntil)
	}
}

// TestOpenedAgainAtOnce: each command opens a session by a code of its own, and
// who opens several at once is told of the wait and not left before a dead prompt.
func TestOpenedAgainAtOnce(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	w.enrolled()
	heard := ""
	for _, fd := range handed(t, canaryPIN, canaryPIN, canaryPIN) {
		_, told := w.want(0, "limits", "level", "strict", "--pin-fd", fd)
		heard += told
	}
	if !strings.Contains(heard, "One moment") {
		t.Errorf("nobody said why it takes so long: %q", heard)
	}
}

// TestWhatWasDoneIsKnownOffline: what a command changed is what the next one
// tells, also if the platform is gone by then.
func TestWhatWasDoneIsKnownOffline(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	w.enrolled()
	held := func() int64 {
		t.Helper()
		var b balanceJSON
		out, _ := w.want(0, "balance", "--json")
		if err := json.Unmarshal([]byte(out), &b); err != nil {
			t.Fatal(err)
		}
		return b.TotalMinor
	}
	before, pin := held(), handed(t, canaryPIN)[0]
	w.want(0, "cashout", "--amount", "1300", "--goal", "fast", "--yes", "--wait", "--pin-fd", pin)
	if after := held(); after != before-1300 {
		t.Errorf("the balance went from %d to %d", before, after)
	}
}

// TestWaysInWithoutThePIN makes recovery codes and sets up an app.
func TestWaysInWithoutThePIN(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	w := h.wallet()
	w.enrolled()
	pin := handed(t, canaryPIN)
	out, told := w.want(0, "recovery", "--yes", "--pin-fd", pin[0])
	sheet := strings.Fields(out)
	if len(sheet) != 10 || len(sheet[0]) != len("XXXX-XXXX-XXXX-XXXX") || strings.Contains(told, sheet[0]) {
		t.Errorf("the sheet is %q; said was %s", sheet, told)
	}
	nowhere(t, sheet[0], w.home)
	listed, _ := w.want(0, "devices", "--json")
	var d devicesJSON
	if err := json.Unmarshal([]byte(listed), &d); err != nil || len(d.Devices) != 1 {
		t.Fatal(err, listed)
	}
	code := handed(t, sheet[0], sheet[1], sheet[1])
	w.want(2, "devices", "rename", d.Devices[0].ID, "attic", "--unlock-by", "magic")
	w.want(7, "devices", "rename", d.Devices[0].ID, "attic", "--unlock-by", "recovery", "--pin-fd", code[0]) // it moves no trust
	w.want(0, "limits", "level", "careful", "--unlock-by", "recovery", "--pin-fd", code[1])                  // and may protect
	w.want(7, "limits", "level", "strict", "--unlock-by", "recovery", "--pin-fd", code[2])                   // once each

	h.pass(2 * time.Minute)
	s := w.sit("authenticator", "--yes")
	s.hears("PIN (not shown):")
	s.types(canaryPIN + "\n")
	s.hears("to confirm exactly this")
	s.types(canaryPIN + "\n")
	s.hears("First code of the app")
	uri, err := url.Parse(strings.TrimSpace(s.out.String()))
	if err != nil || uri.Scheme != "otpauth" {
		t.Fatalf("the app would scan %q", s.out.String())
	}
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(uri.Query().Get("secret"))
	if err != nil {
		t.Fatal(err)
	}
	first, err := codes.Authenticator(keystore.NewSecret(key), h.clock())
	if err != nil {
		t.Fatal(err)
	}
	s.types("000000\n")
	s.hears("First code of the app")
	first.Expose(func(b []byte) { s.types(string(b) + "\n") })
	s.hears("The app is set up")
	s.ends(0)
	nowhere(t, uri.Query().Get("secret"), w.home)
}
