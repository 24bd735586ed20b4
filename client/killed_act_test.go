package client_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"jandon/client"
	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/keystore"
)

// diskKeys is a keyring in plain files, for children of these tests, whose
// secrets are worth nothing. It can end its process before or after a write.
type diskKeys struct {
	dir, kill string
}

func (d diskKeys) Get(_ context.Context, account string) (keystore.Secret, error) {
	b, err := os.ReadFile(filepath.Join(d.dir, account))
	if errors.Is(err, fs.ErrNotExist) {
		return keystore.Secret{}, fault.New(fault.KeyringMissing)
	}
	return keystore.NewSecret(b), err
}

func (d diskKeys) Set(_ context.Context, account string, value keystore.Secret) error {
	die(d.kill == "before the write")
	path := filepath.Join(d.dir, account)
	if err := os.WriteFile(path+".new", value.Copy(), 0o600); err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return err
	}
	die(d.kill == "after the write")
	return nil
}

func (d diskKeys) Delete(_ context.Context, account string) error {
	return os.Remove(filepath.Join(d.dir, account))
}

func (d diskKeys) State(context.Context) keystore.State { return keystore.Ready }

// die is kill -9 of this very process.
func die(now bool) {
	if now {
		self, err := os.FindProcess(os.Getpid())
		if err == nil {
			_ = self.Kill()
		}
		select {}
	}
}

// Names of what a child is told by its environment.
const (
	childDoes = "JANDON_TEST_ACT"
	childURL  = "JANDON_TEST_ACT_URL"
	childDir  = "JANDON_TEST_ACT_DIR"
	childKill = "JANDON_TEST_ACT_KILL"
)

func childSettings(url, dir, kill string) client.Settings {
	o := options(url)
	o.Limits = client.Limits{Tries: 1}
	return client.Settings{Options: o, Dir: dir, Zone: time.UTC, Keys: diskKeys{dir, kill}, ID: "a-test"}
}

// TestActChild is not a test of its own: the tests below run it as a child,
// which moves something until it is killed.
func TestActChild(t *testing.T) {
	does := os.Getenv(childDoes)
	if does == "" {
		return
	}
	a, err := client.Open(t.Context(), childSettings(os.Getenv(childURL), os.Getenv(childDir), os.Getenv(childKill)))
	must(t, err)
	typed := secret(firstPIN)
	_, err = a.Unlock(t.Context(), typed)
	must(t, err)
	if does == "change" {
		must(t, a.ChangePIN(t.Context(), typed, secret(secondPIN)))
		return
	}
	made := begun(t, a, 3000)
	_, err = a.Challenge(t.Context(), made)
	must(t, err)
	if does == "panic" {
		panic(fmt.Sprintf("crashed on purpose: %+v %v", a, typed))
	}
	_, err = a.Confirm(t.Context(), made, nil)
	must(t, err)
}

const secondPIN = "518304926173"

// point is where a child is killed: at a request, by the end of its path, that
// comes after others of its kind; before the platform sees it, or after, when
// the answer would go out. Or at a write of its keyring.
type point struct {
	end, when string
	past      int
}

// killed runs a child that does something and is killed at a point.
func killed(t *testing.T, w *world, s client.Settings, does string, at point) {
	t.Helper()
	child := make(chan *os.Process, 1)
	var mu sync.Mutex
	past := at.past
	hit := func(r *http.Request, when string) bool {
		mu.Lock()
		defer mu.Unlock()
		if at.when != when || at.end == "" || !strings.HasSuffix(r.Method+" "+r.URL.Path, at.end) {
			return false
		}
		past--
		return past < 0
	}
	w.lie(func(_ http.ResponseWriter, r *http.Request) bool {
		if hit(r, "before") {
			_ = (<-child).Kill()
			panic(http.ErrAbortHandler)
		}
		return false
	}, func(r *http.Request, a *said) bool {
		if a.status < 400 && hit(r, "after") {
			_ = (<-child).Kill()
			return false
		}
		return true
	})
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestActChild$")
	cmd.Env = append(os.Environ(), childDoes+"="+does, childURL+"="+s.URL, childDir+"="+s.Dir, childKill+"="+at.when)
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &said, io.Discard
	must(t, cmd.Start())
	child <- cmd.Process
	if err := cmd.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Fatalf("the child was not killed: %v\n%s", err, said.String())
	}
	w.lie(nil, nil)
}

// onDisk is an enrolled device whose keyring and store children can open.
func onDisk(t *testing.T) (*world, client.Settings) {
	t.Helper()
	w, there := another(t)
	s := childSettings(there.URL, t.TempDir(), "")
	s.Sleep = func(ctx context.Context, d time.Duration) error { w.pass(d); return ctx.Err() }
	item, err := keystore.Load(t.Context(), there.Keys, s.ID)
	must(t, err)
	must(t, keystore.Save(t.Context(), s.Keys, s.ID, item))
	return w, s
}

// kill -9 of the wallet at every step of a cash-out: after a restart the act
// is found and finished, or it never was; there is one effect in all.
func TestKilledWhileCashingOut(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		point
		state act.State // of the act after the kill; "": there is none
	}{
		"before it was asked":        {point{end: "/cashouts", when: "before"}, ""},
		"hold made, answer lost":     {point{end: "/cashouts", when: "after"}, act.Waiting},
		"challenge sent":             {point{end: "/challenge", when: "after"}, act.Waiting},
		"code accepted, answer lost": {point{end: "/confirm", when: "after"}, act.Going},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, s := onDisk(t)
			killed(t, w, s, "cash out", c.point)
			got := w.acts()
			if c.state != "" && got[c.state] != 1 || got[act.Waiting]+got[act.Going] > 1 {
				t.Fatalf("after the kill: %v", got)
			}
			a, err := client.Open(t.Context(), s)
			must(t, err)
			defer a.Close()
			must(t, a.UnlockK(t.Context(), first.k))
			found, err := a.Recover(t.Context())
			must(t, err)
			if len(found) != 1 {
				t.Fatalf("found %+v", found)
			}
			if found[0].State == act.Waiting {
				_, err = a.Challenge(t.Context(), found[0])
				must(t, err)
				_, err = a.Confirm(t.Context(), found[0], nil)
				must(t, err)
			}
			if got := w.acts(); got[act.Going] != 1 || got[act.Waiting] != 0 {
				t.Errorf("in all: %v", got)
			}
			again, err := a.Recover(t.Context())
			must(t, err)
			if len(again) != 1 || again[0].ID != found[0].ID {
				t.Errorf("found again %+v", again)
			}
		})
	}
}

// kill -9 of the wallet at every step of a PIN change: one PIN works
// afterwards, the old or the new, and it opens a session at the first try.
func TestKilledWhileChangingThePIN(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		point
		works string
	}{
		"begun, answer lost":        {point{end: "/v1/secret", when: "after"}, firstPIN},
		"challenge sent":            {point{end: "/challenge", when: "after"}, firstPIN},
		"confirmed, answer lost":    {point{end: "/confirm", when: "after"}, firstPIN},
		"new secret told":           {point{end: "/secret", when: "after", past: 1}, firstPIN},
		"new secret not written":    {point{when: "before the write"}, firstPIN},
		"written, not used":         {point{when: "after the write"}, secondPIN},
		"new one used, answer lost": {point{end: "/sessions", when: "after", past: 1}, secondPIN},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, s := onDisk(t)
			w.pass(time.Minute) // two codes are to come, and the child can't wait
			killed(t, w, s, "change", c.point)
			a, err := client.Open(t.Context(), s)
			must(t, err)
			defer a.Close()
			_, err = a.Unlock(t.Context(), secret(c.works))
			must(t, err)
			made := begun(t, a, 3000)
			_, err = a.Challenge(t.Context(), made)
			must(t, err)
			if _, err := a.Confirm(t.Context(), made, nil); err != nil {
				t.Error("the PIN opens and does not confirm:", err)
			}
			if c.works == firstPIN { // and it can be changed after all
				w.pass(time.Minute)
				must(t, a.ChangePIN(t.Context(), secret(firstPIN), secret(secondPIN)))
				a.Lock()
				w.pass(time.Minute)
				_, err = a.Unlock(t.Context(), secret(secondPIN))
				must(t, err)
			}
		})
	}
}
