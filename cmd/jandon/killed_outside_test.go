//go:build outside

package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"jandon/keystore"
	"jandon/keystore/pin"
)

// branch is a platform as another process with books on the disk and a
// certificate of its own, and a wallet that reaches it over the relay.
type branch struct {
	person
	*relay
	t      *testing.T
	db     string
	port   string
	at     time.Time // the platform's clock, a day and more off the wallet's
	served *served
	said   bytes.Buffer // all that the wallet has printed
	logs   bytes.Buffer // and the platform, when it ended
}

func (b *branch) start() {
	b.t.Helper()
	b.at = b.at.Add(time.Minute)
	b.served = startServe(b.t, b.jandon, "--db", b.db, "--listen", b.port, "--at", b.at.Format(time.RFC3339), "--tls-cert", b.files[0], "--tls-key", b.files[1])
	b.port = strings.TrimPrefix(b.served.url, "https://")
	b.leads(b.port)
}

// kill is a SIGKILL, and the platform started anew at once.
func (b *branch) kill() {
	_ = b.served.cmd.Process.Kill()
	<-b.served.done
	_ = b.served.cmd.Wait()
	b.logs.Write(b.served.log.Bytes())
	b.start()
}

// wallet is a command of the wallet that is under way.
func (b *branch) wallet(lines string, args ...string) *exec.Cmd {
	b.t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { _ = r.Close() })
	cmd := exec.CommandContext(context.Background(), b.jandon, args...)
	cmd.Env = append(os.Environ(), "JANDON_HOME="+b.home, "LANG=C.UTF-8", "HTTPS_PROXY="+b.proxy)
	cmd.Dir = b.home // where a core file would be
	cmd.ExtraFiles = []*os.File{r}
	if _, err := io.WriteString(w, lines); err != nil {
		b.t.Fatal(err)
	}
	_ = w.Close()
	return cmd
}

// does runs a command to its end and gives what it printed.
func (b *branch) does(lines string, args ...string) (string, error) {
	b.t.Helper()
	cmd := b.wallet(lines, args...)
	var told bytes.Buffer
	cmd.Stderr = &told
	out, err := cmd.Output()
	b.said.Write(out)
	b.said.Write(told.Bytes())
	if err != nil {
		err = fmt.Errorf("jandon %v: %w\n%s%s", args, err, out, told.Bytes())
	}
	return string(out), err
}

func (b *branch) must(lines string, args ...string) string {
	b.t.Helper()
	out, err := b.does(lines, args...)
	if err != nil {
		b.t.Fatal(err)
	}
	return out
}

// cashOuts are those that the platform knows, newest first.
func (b *branch) cashOuts() (list []actJSON) {
	b.t.Helper()
	var a actsJSON
	if err := json.Unmarshal([]byte(b.must("", "acts", "--json")), &a); err != nil {
		b.t.Fatal(err)
	}
	for _, one := range a.Acts {
		if one.Action == "cashout" {
			list = append(list, one)
		}
	}
	return list
}

func openBranch(t *testing.T) *branch {
	t.Helper()
	b := &branch{
		t: t, relay: newRelay(t), person: person{t, program(t), t.TempDir()}, db: filepath.Join(t.TempDir(), "platform.db"), port: "127.0.0.1:0",
		at: time.Now().Add(-26 * time.Hour).Truncate(time.Second), //nolint:forbidigo // how far the clocks differ is the point
	}
	b.start()
	first := b.served
	codes := make(chan string, 1)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(b.port)
	if err != nil {
		t.Fatal(err)
	}
	cmd := b.wallet("", "enroll", "https://"+relayHost+":"+port, "--handle", first.handle, "--name", "desk", "--fingerprint", b.pin, "--code-fd", "3", "--pin-fd", "3")
	cmd.ExtraFiles = []*os.File{r}
	go func() {
		code := <-first.codes
		codes <- code
		_, _ = io.WriteString(w, code+"\n"+secretPIN+"\n")
		_ = w.Close()
	}()
	out, err := cmd.CombinedOutput()
	_ = r.Close()
	b.said.Write(out)
	if err != nil {
		t.Fatalf("enroll: %v\n%s", err, out)
	}
	delete(b.codes, <-codes) // the platform's log shows it on purpose
	b.at = b.at.Add(24 * time.Hour)
	b.kill()
	b.must(secretPIN+"\n", "limits", "level", "careful", "--yes", "--pin-fd", "3")
	return b
}

// kill -9 of the wallet or the platform at every step of a cash-out, with the
// real keyring, TLS that only its pin vouches for, files, and clocks a day
// apart: one effect, nothing left waiting, books that balance, and no secret in
// any file or printed line, not even where the runtime prints all stacks.
func TestKilledAtEachStepWithRealParts(t *testing.T) {
	t.Parallel()
	b := openBranch(t)
	b.must("", "sync")
	for _, c := range []struct {
		name, path, when string
		signal           syscall.Signal // to the wallet; 0: the platform is killed
		mended           bool           // the wallet goes on by itself
	}{
		{"wallet, before it was asked", "/v1/cashouts", "before", syscall.SIGKILL, false},
		{"wallet, hold made", "/v1/cashouts", "after", syscall.SIGKILL, false},
		{"wallet, challenge sent", "/challenge", "after", syscall.SIGKILL, false},
		{"wallet, code accepted", "/confirm", "after", syscall.SIGKILL, false},
		{"wallet, all stacks printed", "/confirm", "before", syscall.SIGABRT, false},
		{"platform, hold made", "/v1/cashouts", "after", 0, true},
		{"platform, challenge made", "/challenge", "after", 0, true},
		{"platform, code on its way", "/confirm", "before", 0, true},
		{"platform, code accepted", "/confirm", "after", 0, true},
	} {
		b.at = b.at.Add(24 * time.Hour) // of other days' limits
		b.kill()
		before := len(b.cashOuts())
		cmd := b.wallet(secretPIN+"\n", "cashout", "--amount", "1000", "--goal", "fast", "--yes", "--pin-fd", "3")
		var printed bytes.Buffer
		cmd.Stdout, cmd.Stderr = &printed, &printed
		var once sync.Once
		gone := make(chan struct{})
		b.when(func(path, when string) (lost bool) {
			if strings.HasSuffix(path, c.path) && when == c.when {
				once.Do(func() {
					lost = true
					b.looksAt(cmd.Process.Pid)
					if c.signal == 0 {
						b.kill()
						return
					}
					_ = cmd.Process.Signal(c.signal)
					<-gone
				})
			}
			return lost
		})
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		failed := cmd.Wait()
		close(gone)
		b.when(nil)
		b.said.Write(printed.Bytes())
		if c.mended != (failed == nil) {
			t.Errorf("%s: it ended with %v\n%s", c.name, failed, printed.String())
		}
		if c.signal == syscall.SIGABRT && !strings.Contains(printed.String(), "goroutine") {
			t.Errorf("%s: no stacks in %s", c.name, printed.String())
		}
		// The next one first finds what became of the last; what waits is finished by its id.
		b.must(secretPIN+"\n", "cashout", "--amount", "1000", "--goal", "fast", "--yes", "--pin-fd", "3")
		list := b.cashOuts()
		for _, one := range list {
			if one.State == "waiting" {
				b.kill() // a minute later: two codes of one half minute would have to be waited for
				b.must(secretPIN+"\n", "acts", "confirm", one.ID, "--yes", "--pin-fd", "3")
			}
		}
		if len(list) != before+2 {
			t.Errorf("%s: %d cash-outs, want %d", c.name, len(list), before+2)
		}
	}
	b.at = b.at.Add(24 * time.Hour) // all legs have ended
	b.kill()
	quotes, list := map[string]bool{}, b.cashOuts()
	going := func(one actJSON) bool { return one.State == "going" }
	for range 100 { // the platform sees to them on waking up
		if !slices.ContainsFunc(list, going) {
			break
		}
		list = b.cashOuts()
	}
	for _, one := range list {
		if one.State != "done" || one.AmountMinor != 1000 || quotes[one.Quote] {
			t.Errorf("in the end: %+v", one)
		}
		quotes[one.Quote] = true
	}
	b.must("", "serve", "--check", "--db", b.db)
	b.findsNothing()
}

// looksAt looks at a process that has K in memory as its owner could.
func (b *branch) looksAt(pid int) {
	for _, name := range []string{"cmdline", "environ"} {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", pid, name))
		if err != nil {
			continue // it can't be looked at, which is better still
		}
		b.said.Write(text)
	}
	limits, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", pid))
	if err != nil {
		return
	}
	for line := range strings.Lines(string(limits)) {
		if rest, ok := strings.CutPrefix(line, "Max core file size"); ok && strings.Join(strings.Fields(rest)[:2], " ") != "0 0" {
			b.t.Errorf("it may dump its core: %s", line)
		}
	}
}

// findsNothing looks for every secret there was in every file and line.
func (b *branch) findsNothing() {
	t := b.t
	t.Helper()
	stores, err := filepath.Glob(filepath.Join(b.home, "*", "*.store"))
	if more, _ := filepath.Glob(filepath.Join(b.home, "*", "*", "*.store")); err == nil {
		stores = append(stores, more...)
	}
	if len(stores) != 1 {
		t.Fatalf("stores %v", stores)
	}
	item, err := keystore.Load(t.Context(), keystore.NewKeyring(keystore.Limits{}, nil), strings.TrimSuffix(filepath.Base(stores[0]), ".store"))
	if err != nil {
		t.Fatal(err)
	}
	k, err := pin.Open(item.Enrol.Blob, keystore.NewSecret([]byte(secretPIN)))
	if err != nil {
		t.Fatal(err)
	}
	secrets := map[string][]byte{"the PIN": []byte(secretPIN)}
	for name, s := range map[string]keystore.Secret{"K": k, "the device's key": item.Enrol.Key, "the store's key": item.StoreKey, "the blob": item.Enrol.Blob} {
		raw := s.Copy()
		secrets[name] = raw
		secrets[name+" in hex"] = []byte(hex.EncodeToString(raw))
		secrets[name+" in base64"] = []byte(strings.TrimRight(base64.StdEncoding.EncodeToString(raw), "="))
		secrets[name+" in base64url"] = []byte(base64.RawURLEncoding.EncodeToString(raw))
		secrets[name+" as numbers"] = []byte(strings.Trim(fmt.Sprint(raw), "[]"))
	}
	for token := range b.tokens {
		secrets["a token "+token[:4]] = []byte(token)
	}
	if len(b.tokens) < 10 || len(b.codes) < 10 {
		t.Errorf("only %d tokens and %d codes went over the relay", len(b.tokens), len(b.codes))
	}
	look := func(where string, data []byte, secrets map[string][]byte) {
		for name, secret := range secrets {
			if bytes.Contains(data, secret) {
				t.Errorf("%s holds %s", where, name)
			}
		}
	}
	b.logs.Write(b.served.log.Bytes())
	look("what the wallet printed", b.said.Bytes(), secrets)
	look("what the platform printed", b.logs.Bytes(), secrets)
	codes := map[string][]byte{}
	for code := range b.codes {
		codes["the code "+code] = []byte(code)
	}
	look("what the wallet printed", b.said.Bytes(), codes)
	look("what the platform printed", b.logs.Bytes(), codes)
	for _, dir := range []string{b.home, filepath.Dir(b.db)} {
		err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			look(path, data, secrets)
			if dir == b.home { // in books full of numbers eight digits can be there by chance
				look(path, data, codes)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}
