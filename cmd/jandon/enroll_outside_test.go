//go:build outside

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// served is `jandon serve` as another process.
type served struct {
	url, handle string
	cmd         *exec.Cmd
	log         *bytes.Buffer
	codes       chan string   // activation codes that it showed
	done        chan struct{} // closed when the log has ended
}

func startServe(t *testing.T, jandon string, args ...string) *served {
	t.Helper()
	if !slices.Contains(args, "--listen") {
		args = append(args, "--listen", "127.0.0.1:0")
	}
	cmd := exec.Command(jandon, append([]string{"serve"}, args...)...)
	cmd.Env = append(os.Environ(), "JANDON_HOME="+t.TempDir(), "LANG=C.UTF-8")
	pipe, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	s := &served{cmd: cmd, log: new(bytes.Buffer), codes: make(chan string, 8), done: make(chan struct{})}
	lines := bufio.NewScanner(io.TeeReader(pipe, s.log))
	for s.url == "" && lines.Scan() {
		if _, handle, ok := strings.Cut(lines.Text(), "--handle "); ok {
			s.handle = handle
		}
		if _, rest, ok := strings.Cut(lines.Text(), "Listening on "); ok {
			s.url, _, _ = strings.Cut(rest, " ")
		}
	}
	if s.url == "" {
		t.Fatalf("it does not listen: %s", s.log)
	}
	go func() {
		defer close(s.done)
		for lines.Scan() {
			if _, rest, ok := strings.Cut(lines.Text(), "activation code for "); ok {
				_, rest, _ = strings.Cut(rest, ": ")
				code, _, _ := strings.Cut(rest, " ")
				s.codes <- code
			}
		}
	}()
	return s
}

// stop ends it as Ctrl+C does and returns its exit status.
func (s *served) stop(t *testing.T) int {
	t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	<-s.done
	_ = s.cmd.Wait() // its status is the answer
	return s.cmd.ProcessState.ExitCode()
}

// person runs jandon in one home, with a secret on descriptor 3 if there is one.
type person struct {
	t            *testing.T
	jandon, home string
}

func (p person) run(secret string, args ...string) (status int, stdout, stderr string) {
	p.t.Helper()
	cmd := exec.CommandContext(context.Background(), p.jandon, args...)
	cmd.Env = append(os.Environ(), "JANDON_HOME="+p.home, "LANG=C.UTF-8")
	var out, err bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &err
	if secret != "" {
		name := filepath.Join(p.t.TempDir(), "secret")
		if err := os.WriteFile(name, []byte(secret+"\n"), 0o600); err != nil {
			p.t.Fatal(err)
		}
		f, err := os.Open(name)
		if err != nil {
			p.t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		cmd.ExtraFiles = []*os.File{f}
	}
	if failed := cmd.Run(); failed != nil && !errors.As(failed, new(*exec.ExitError)) {
		p.t.Fatal(failed)
	}
	return cmd.ProcessState.ExitCode(), out.String(), err.String()
}

// want runs jandon and fails the test on another exit status.
func (p person) want(status int, secret string, args ...string) (stdout, stderr string) {
	p.t.Helper()
	got, stdout, stderr := p.run(secret, args...)
	if got != status {
		p.t.Fatalf("jandon %v: exit status %d, want %d\n%s%s", args, got, status, stdout, stderr)
	}
	return stdout, stderr
}

// secretPIN is found nowhere.
const secretPIN = "739105826417"

// enroll registers with a platform: the code comes as it shows it, and the PIN
// behind it on the same descriptor.
func (p person) enroll(s *served) {
	p.t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		p.t.Fatal(err)
	}
	cmd := exec.CommandContext(context.Background(), p.jandon, "enroll", s.url, "--handle", s.handle, "--name", "desk", "--code-fd", "3", "--pin-fd", "3")
	cmd.Env = append(os.Environ(), "JANDON_HOME="+p.home, "LANG=C.UTF-8")
	cmd.ExtraFiles = []*os.File{r}
	go func() {
		_, _ = io.WriteString(w, <-s.codes+"\n"+secretPIN+"\n")
		_ = w.Close()
	}()
	out, err := cmd.CombinedOutput()
	_ = r.Close()
	if err != nil {
		p.t.Fatalf("enroll: %v\n%s", err, out)
	}
	if bytes.Contains(out, []byte(secretPIN)) {
		p.t.Errorf("the PIN is told: %s", out)
	}
}

// TestEnrolCashOutRestartCashOut goes the whole way with the real keyring:
// serve, enroll, cash out; the platform goes away and comes back; cash out.
func TestEnrolCashOutRestartCashOut(t *testing.T) {
	t.Parallel()
	jandon := program(t)
	db := filepath.Join(t.TempDir(), "platform.db")
	s := startServe(t, jandon, "--scenario", "everyday", "--db", db, "--at", "2026-11-22T09:00:00+09:00")
	p := person{t, jandon, t.TempDir()}
	p.want(3, "", "balance") // nothing is connected yet
	p.enroll(s)

	synced, _ := p.want(0, "", "sync", "--json")
	if !strings.Contains(synced, `"changed": false`) {
		t.Errorf("a second sync says %s", synced)
	}
	total := func(args ...string) int64 {
		t.Helper()
		out, _ := p.want(0, "", append([]string{"balance", "--json"}, args...)...)
		var balance struct {
			Total int64 `json:"total_minor"`
		}
		if err := json.Unmarshal([]byte(out), &balance); err != nil || balance.Total <= 0 {
			t.Errorf("the balance is %s (%v)", out, err)
		}
		return balance.Total
	}
	before := total()
	p.want(2, "", "cashout", "--amount", "1300", "--yes") // nobody to ask for the PIN
	first, _ := p.want(0, secretPIN, "cashout", "--amount", "1300", "--goal", "fast", "--yes", "--pin-fd", "3", "--json")
	if !strings.Contains(first, `"state": "going"`) {
		t.Errorf("the first is %s", first)
	}
	last := total("--sync")
	doctor, _ := p.want(0, "", "doctor", "--json")
	for _, personal := range []string{secretPIN, s.url, p.home, s.handle} {
		if strings.Contains(doctor, personal) {
			t.Errorf("doctor tells %q", personal)
		}
	}

	if status := s.stop(t); status != 0 {
		t.Errorf("serve ends with %d: %s", status, s.log)
	}
	p.want(6, "", "sync")
	if offline := total(); offline != last {
		t.Errorf("offline the balance is %d, and was %d", offline, last)
	}
	if _, told := p.want(0, "", "balance", "--json", "--sync"); !strings.Contains(told, "as of") {
		t.Errorf("nothing says how old it is: %q", told)
	}
	p.want(6, secretPIN, "cashout", "--amount", "1300", "--yes", "--pin-fd", "3")
	p.want(3, "", "balance", "--platform-url", "http://127.0.0.1:9")
	p.want(6, "", "doctor")
	if out, _ := p.want(0, "", "serve", "--check", "--db", db); !strings.Contains(out, "balance") {
		t.Errorf("check says %s", out)
	}

	again := startServe(t, jandon, "--db", db, "--listen", strings.TrimPrefix(s.url, "http://"), "--at", "2026-11-22T10:00:00+09:00")
	p.want(0, secretPIN, "cashout", "--amount", "1000", "--goal", "fast", "--yes", "--pin-fd", "3")
	if after := total("--sync"); after != before-1300 && after != before-2300 { // the first has arrived meanwhile, the second may have
		t.Errorf("the balance went from %d to %d", before, after)
	}
	acts, _ := p.want(0, "", "acts", "--json")
	if n := strings.Count(acts, `"action": "cashout"`); n != 2 {
		t.Errorf("%d cash-outs: %s", n, acts)
	}
	if status := again.stop(t); status != 0 {
		t.Errorf("serve ends with %d: %s", status, again.log)
	}
	nothingSecret(t, secretPIN, p.home, filepath.Dir(db))
}

// nothingSecret looks for a secret in every file of some directories.
func nothingSecret(t *testing.T, secret string, dirs ...string) {
	t.Helper()
	for _, dir := range dirs {
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
}
