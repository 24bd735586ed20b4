//go:build unix

package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"io"
	"net"
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

func openHall(t *testing.T) *hall { return openHallBy(t, nil) }

// openHallBy is a hall with a certificate; nil: in the clear.
func openHallBy(t *testing.T, secure *tls.Config) *hall {
	t.Helper()
	return openHallOf(t, "everyday", secure)
}

// openHallOf is a hall with the person of a scenario.
func openHallOf(t *testing.T, name string, secure *tls.Config) *hall {
	t.Helper()
	h := &hall{t: t, letters: make(chan platform.Letter, 4), now: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)}
	file, err := scenario.Load(name)
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
	if secure != nil {
		h.url = "https://" + ln.Addr().String()
		ln = tls.NewListener(ln, secure)
	}
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

	quiet chan struct{} // closed once all that was said was heard
}

func (w walletHome) sit(args ...string) *sitting { return w.sitBefore(false, args...) }

// sitBefore is sit where the output may go to the terminal as well.
func (w walletHome) sitBefore(all bool, args ...string) *sitting {
	t := w.h.t
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	s := &sitting{t: t, pty: master, done: make(chan int, 1), news: make(chan struct{}, 1), quiet: make(chan struct{})}
	go func() {
		defer close(s.quiet)
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
	var out io.Writer = &s.out
	if all {
		out = tty
	}
	go func() {
		s.done <- w.app(tty, out, tty).run(context.Background(), args)
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
	for ended := false; ; {
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
			s.done <- status // for ends
			if ended {
				s.t.Fatalf("it ended with %d before it said %q:\n%s", status, words, s.heard())
			}
			<-s.quiet // its last words
			ended = true
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

func (w walletHome) devices() []deviceJSON {
	w.h.t.Helper()
	out, _ := w.want(0, "devices", "--json")
	var d devicesJSON
	if err := json.Unmarshal([]byte(out), &d); err != nil || len(d.Devices) == 0 {
		w.h.t.Fatal(err, out)
	}
	return d.Devices
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
