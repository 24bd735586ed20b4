//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/base32"
	"encoding/json"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"jandon/internal/platform"
	"jandon/internal/scenario"
	"jandon/keystore"
	"jandon/keystore/codes"
)

// hall is a platform on a port of this machine, whose clock the test moves.
type hall struct {
	*platform.Platform
	t       *testing.T
	url     string
	person  string
	letters chan platform.Letter

	mu  sync.Mutex
	now time.Time
}

func (h *hall) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *hall) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

func openHall(t *testing.T) *hall {
	t.Helper()
	h := &hall{t: t, letters: make(chan platform.Letter, 4), now: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)}
	file, err := scenario.Load("everyday")
	if err != nil {
		t.Fatal(err)
	}
	plan, err := file.Generate(h.now)
	if err != nil {
		t.Fatal(err)
	}
	h.person = file.Person()
	h.Platform, err = platform.Open(t.Context(), platform.Options{
		Path: platform.Memory, Now: h.clock, Deliver: func(l platform.Letter) { h.letters <- l },
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Seed(t.Context(), plan, nil); err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.url = "http://" + ln.Addr().String()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(ctx, ln) }()
	t.Cleanup(func() {
		stop()
		<-ended
		if _, err := h.Check(context.Background()); err != nil {
			t.Error(err)
		}
		_ = h.Close()
	})
	return h
}

// wallet is somebody's computer: a home and a keyring of its own.
type walletHome struct {
	h    *hall
	home string
	keys *keystore.Memory
}

func (h *hall) wallet() walletHome {
	return walletHome{h, h.t.TempDir(), keystore.NewMemory()}
}

func (w walletHome) app(in io.Reader, out, told io.Writer) *app {
	return &app{
		in: in, out: out, err: told, environ: []string{"JANDON_HOME=" + w.home, "LANG=C.UTF-8", "TERM=xterm"}, now: w.h.clock, keys: w.keys,
		pause: func(ctx context.Context, d time.Duration) error { // waiting is the platform's clock going on
			w.h.pass(d)
			_, err := w.h.Work(ctx)
			return err
		},
	}
}

// own is a file's descriptor that nobody here closes any more: whoever is given
// it does.
func own(t *testing.T, f *os.File) string {
	t.Helper()
	fd, err := syscall.Dup(int(f.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	_ = f.Close()
	return strconv.Itoa(fd)
}

// handed puts lines onto descriptors, as a script does, and gives their numbers.
func handed(t *testing.T, lines ...string) (fds []string) {
	t.Helper()
	for _, line := range lines {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, line+"\n"); err != nil {
			t.Fatal(err)
		}
		_ = w.Close()
		fds = append(fds, own(t, r))
	}
	return fds
}

// run runs a command where nobody sits.
func (w walletHome) run(args ...string) (status int, out, told string) {
	var o, e bytes.Buffer
	status = w.app(strings.NewReader(""), &o, &e).run(context.Background(), args)
	return status, o.String(), e.String()
}

// want runs a command that nobody answers and fails on another exit status.
func (w walletHome) want(status int, args ...string) (out, told string) {
	w.h.t.Helper()
	got, out, told := w.run(args...)
	if got != status {
		w.h.t.Fatalf("jandon %v: exit status %d, want %d\n%s%s", args, got, status, out, told)
	}
	return out, told
}

// shared is what a command has printed so far.
type shared struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *shared) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(b)
}

func (s *shared) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// sitting is a command with a person at its terminal.
type sitting struct {
	t    *testing.T
	pty  *os.File
	out  shared
	done chan int

	mu   sync.Mutex
	said bytes.Buffer // since what was last heard
	all  bytes.Buffer
	news chan struct{}
}

func (w walletHome) sit(args ...string) *sitting {
	t := w.h.t
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	s := &sitting{t: t, pty: master, done: make(chan int, 1), news: make(chan struct{}, 1)}
	go func() {
		buf := make([]byte, 4096)
		for {
			n, err := master.Read(buf)
			s.mu.Lock()
			s.said.Write(buf[:n])
			s.all.Write(buf[:n])
			s.mu.Unlock()
			select {
			case s.news <- struct{}{}:
			default:
			}
			if err != nil {
				return
			}
		}
	}()
	go func() {
		s.done <- w.app(tty, &s.out, tty).run(context.Background(), args)
		_ = tty.Close()
	}()
	t.Cleanup(func() { _ = master.Close() })
	return s
}

func (s *sitting) heard() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all.String()
}

// hears waits for words that come after those heard before, and forgets them.
func (s *sitting) hears(words string) {
	s.t.Helper()
	deadline := time.After(patience)
	for {
		s.mu.Lock()
		_, after, found := bytes.Cut(s.said.Bytes(), []byte(words))
		if found {
			rest := bytes.Clone(after)
			s.said.Reset()
			s.said.Write(rest)
		}
		s.mu.Unlock()
		if found {
			return
		}
		select {
		case <-s.news:
		case status := <-s.done:
			s.t.Fatalf("it ended with %d before it said %q:\n%s", status, words, s.heard())
		case <-deadline:
			s.t.Fatalf("it does not say %q:\n%s", words, s.heard())
		}
	}
}

func (s *sitting) types(text string) {
	s.t.Helper()
	if _, err := io.WriteString(s.pty, text); err != nil {
		s.t.Fatal(err)
	}
}

func (s *sitting) ends(status int) {
	s.t.Helper()
	select {
	case got := <-s.done:
		if got != status {
			s.t.Fatalf("exit status %d, want %d:\n%s", got, status, s.heard())
		}
	case <-time.After(patience):
		s.t.Fatalf("it does not end:\n%s", s.heard())
	}
}

// canaryPIN is found nowhere.
const canaryPIN = "739105826417"

// enrolled registers a wallet without a person: code and PIN come by descriptors.
func (w walletHome) enrolled() {
	t := w.h.t
	t.Helper()
	pin := handed(t, canaryPIN)
	r, code, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		letter := <-w.h.letters
		letter.Code.Expose(func(b []byte) { _, _ = code.Write(append(bytes.Clone(b), '\n')) })
		_ = code.Close()
	}()
	w.want(0, "enroll", w.h.url, "--handle", w.h.person, "--name", "desk", "--code-fd", own(t, r), "--pin-fd", pin[0])
	w.h.pass(time.Minute) // a code is good once in its half minute
}

func (w walletHome) acts() (list []actJSON) {
	w.h.t.Helper()
	out, _ := w.want(0, "acts", "--json")
	var a actsJSON
	if err := json.Unmarshal([]byte(out), &a); err != nil {
		w.h.t.Fatal(err)
	}
	for _, one := range a.Acts {
		if one.Action == "cashout" {
			list = append(list, one)
		}
	}
	return list
}

func (w walletHome) total() int64 {
	w.h.t.Helper()
	out, _ := w.want(0, "balance", "--json", "--sync")
	var b balanceJSON
	if err := json.Unmarshal([]byte(out), &b); err != nil {
		w.h.t.Fatal(err)
	}
	return b.TotalMinor
}

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
	s.hears("PIN once more")
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

// TestCashOutByScript hands the PIN over by a descriptor; --yes is no PIN.
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
	if list := w.acts(); len(list) != 0 {
		t.Fatalf("something moved: %+v", list)
	}
	pin := handed(t, canaryPIN, canaryPIN, "739105826418")
	if _, told := w.want(2, "cashout", "--amount", "1300", "--pin-fd", pin[0]); !strings.Contains(told, "[no_terminal]") {
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
	out, _ := w.want(0, "devices", "--json")
	var d devicesJSON
	if err := json.Unmarshal([]byte(out), &d); err != nil || len(d.Devices) != 1 {
		t.Fatal(err, out)
	}
	w.want(0, "devices", "rename", d.Devices[0].ID, "kitchen", "--pin-fd", pins[3])
	if out, _ := w.want(0, "devices"); !strings.Contains(out, "kitchen") {
		t.Errorf("devices says %s", out)
	}
	nowhere(t, next, w.home)
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
	code, err := codes.Authenticator(keystore.NewSecret(key), h.clock())
	if err != nil {
		t.Fatal(err)
	}
	s.types("000000\n")
	s.hears("First code of the app")
	code.Expose(func(b []byte) { s.types(string(b) + "\n") })
	s.hears("The app is set up")
	s.ends(0)
	nowhere(t, uri.Query().Get("secret"), w.home)
}

// nowhere looks for a secret in every file of a home.
func nowhere(t *testing.T, secret, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(secret)) {
			t.Errorf("%s holds it", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
