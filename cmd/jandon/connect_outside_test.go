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
	"strings"
	"syscall"
	"testing"
)

// served is `jandon serve` as another process.
type served struct {
	url, token string
	cmd        *exec.Cmd
	log        *bytes.Buffer
	done       chan struct{} // closed when the log has ended
}

func startServe(t *testing.T, jandon string, args ...string) *served {
	t.Helper()
	cmd := exec.Command(jandon, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
	cmd.Env = append(os.Environ(), "JANDON_HOME="+t.TempDir(), "LANG=C.UTF-8")
	pipe, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	s := &served{cmd: cmd, log: new(bytes.Buffer), done: make(chan struct{})}
	lines := bufio.NewScanner(io.TeeReader(pipe, s.log))
	for s.url == "" && lines.Scan() {
		if _, token, ok := strings.Cut(lines.Text(), "shown this once: "); ok {
			s.token = token
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

// person runs jandon in one home, with a token on descriptor 3 if there is one.
type person struct {
	t            *testing.T
	jandon, home string
}

func (p person) run(token string, args ...string) (status int, stdout, stderr string) {
	p.t.Helper()
	cmd := exec.CommandContext(context.Background(), p.jandon, args...)
	cmd.Env = append(os.Environ(), "JANDON_HOME="+p.home, "LANG=C.UTF-8")
	var out, err bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &err
	if token != "" {
		name := filepath.Join(p.t.TempDir(), "token")
		if err := os.WriteFile(name, []byte(token+"\n"), 0o600); err != nil {
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
func (p person) want(status int, token string, args ...string) (stdout, stderr string) {
	p.t.Helper()
	got, stdout, stderr := p.run(token, args...)
	if got != status {
		p.t.Fatalf("jandon %v: exit status %d, want %d\n%s%s", args, got, status, stdout, stderr)
	}
	return stdout, stderr
}

// TestConnectSyncAndStayReadable goes the whole way with the real keyring:
// serve, connect, sync, read; then the platform goes away.
func TestConnectSyncAndStayReadable(t *testing.T) {
	t.Parallel()
	jandon := program(t)
	db := filepath.Join(t.TempDir(), "platform.db")
	s := startServe(t, jandon, "--scenario", "student", "--db", db, "--at", "2026-11-22T09:00:00+09:00")
	p := person{t, jandon, t.TempDir()}

	_, told := p.want(7, "wrong-token", "connect", s.url, "--token-fd", "3")
	if strings.Contains(told, "wrong-token") {
		t.Errorf("the token is told: %s", told)
	}
	p.want(3, "", "balance") // a refused token connects nothing
	p.want(0, s.token, "connect", s.url, "--token-fd", "3")

	synced, _ := p.want(0, "", "sync", "--json")
	if !strings.Contains(synced, `"changed": false`) {
		t.Errorf("a second sync says %s", synced)
	}
	online, _ := p.want(0, "", "balance", "--json")
	var balance struct {
		Total int64 `json:"total_minor"`
	}
	if err := json.Unmarshal([]byte(online), &balance); err != nil || balance.Total <= 0 {
		t.Errorf("the balance is %s (%v)", online, err)
	}
	doctor, _ := p.want(0, "", "doctor", "--json")
	for _, personal := range []string{s.token, s.url, p.home} {
		if strings.Contains(doctor, personal) {
			t.Errorf("doctor tells %q", personal)
		}
	}

	if status := s.stop(t); status != 0 {
		t.Errorf("serve ends with %d: %s", status, s.log)
	}
	p.want(6, "", "sync")
	offline, told := p.want(0, "", "balance", "--json", "--sync")
	if offline != online {
		t.Errorf("offline the balance is\n%s\nonline it was\n%s", offline, online)
	}
	if !strings.Contains(told, "as of") {
		t.Errorf("nothing says how old it is: %q", told)
	}
	p.want(3, "", "balance", "--platform-url", "http://127.0.0.1:9")
	p.want(6, "", "doctor")
	if out, _ := p.want(0, "", "serve", "--check", "--db", db); !strings.Contains(out, "balance") {
		t.Errorf("check says %s", out)
	}

	again := startServe(t, jandon, "--db", db, "--new-token", "--scenario", "student")
	if again.token == "" || again.token == s.token {
		t.Errorf("the new token is %q", again.token)
	}
	p.want(0, again.token, "connect", again.url, "--token-fd", "3")
	for _, token := range []string{s.token, again.token} {
		nothingSecret(t, token, p.home, filepath.Dir(db))
	}
}

// nothingSecret looks for a token in every file of some directories.
func nothingSecret(t *testing.T, token string, dirs ...string) {
	t.Helper()
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			if bytes.Contains(data, []byte(token)) {
				t.Errorf("%s holds the token", path)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}
