//go:build unix

package platform_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/wire"
	"jandon/keystore/device"
	"jandon/keystore/secret"
)

// Where a platform is killed: a step of moving value and which time it is
// passed. Of three legs one is refused, one's answer is lost, and one arrives.
var kills = []string{
	"held 1", "begun 1", "made 1", "tried 1", "accepted 1", "confirmed 1", // before anything left
	"claimed 1", "sent 1", "answered 1", "noted 1", // the first leg
	"sent 2", "answered 2", "noted 2", "sent 3", "answered 3", // the others, their first time
	"claimed 4", "answered 4", "noted 4", "answered 5", "noted 5", // asked for, and arrived
}

// memo is what the wallet of the one test person keeps in its own store.
type memo struct {
	Now        time.Time
	Key, K     []byte
	ID, Device string // of the account's device, as the platform calls it
	Pending    string // Idempotency-Key written before it was sent; "" if there is none
	Quote      string
	Round      int
}

const worth = 8_000_000 // what there is at first

// A platform that is killed -9 at any step of a cash-out and started again
// pays each leg once or gives it back wholly, and its books balance.
func TestKilledAtEveryStepOfACashOut(t *testing.T) {
	if dir := os.Getenv("JANDON_TEST_KILL_DIR"); dir != "" {
		untilKilled(t, dir, os.Getenv("JANDON_TEST_KILL_AT"))
		return
	}
	t.Parallel()
	dir := t.TempDir()
	for _, at := range append(slices.Clone(kills), "") {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledAtEveryStepOfACashOut$")
		cmd.Env = append(os.Environ(), "JANDON_TEST_KILL_DIR="+dir, "JANDON_TEST_KILL_AT="+at)
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		switch killed := errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL; { //nolint:errcheck // Unix
		case at == "" && err != nil, at != "" && !killed:
			t.Fatalf("killed at %q: %v\n%s", at, err, out)
		}
	}
	s := shop(t, filepath.Join(dir, "p.db"), read(t, dir).Now, nil)
	r, err := s.Check(t.Context())
	must(t, err)
	if r.Transfers < len(kills) {
		t.Errorf("only %+v", r)
	}
}

// untilKilled is the child: it finishes what the one before it left, then
// cashes out once more and dies at its step.
func untilKilled(t *testing.T, dir, at string) {
	m := read(t, dir)
	name, times, _ := strings.Cut(at, " ")
	left, _ := strconv.Atoi(times)
	var mu sync.Mutex
	armed := false
	var s *site
	s = shop(t, filepath.Join(dir, "p.db"), m.Now, func(step string) {
		mu.Lock()
		defer mu.Unlock()
		if !armed || step != name {
			return
		}
		if left--; left == 0 {
			m.Now = s.clock()
			write(t, dir, m)
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {} // the signal is on its way: nothing more must happen
		}
	})
	p := resumed(s, &m)
	keep := func() {
		mu.Lock()
		defer mu.Unlock()
		m.Now = s.clock()
		write(t, dir, m)
	}
	keep()
	if m.Pending != "" {
		p.recovered(&m)
	}
	p.sums(t)
	if at == "" {
		return
	}
	s.at(s.clock().Add(24 * time.Hour)) // another day: its limits are new
	p.open("totp", p.totp())
	m.Round++
	m.Pending = fmt.Sprintf("key-of-sixteen-%d", m.Round)
	m.Quote = string(p.quoted(map[string]int64{"bank_transfer": 30_000, "bank_instant": 20_000, "mobile_topup": 10_000}).Id)
	keep()
	mu.Lock()
	armed = true
	mu.Unlock()
	p.recovered(&m)
	t.Fatalf("passed %s without dying", at)
}

// resumed is the person's device as it was, or a new one the first time.
func resumed(s *site, m *memo) *phone {
	if m.ID == "" {
		must(s.t, s.Seed(s.t.Context(), riches(worth), nil))
		p := s.enrolled("mina", "Phone")
		scalar := p.key.Bytes()
		m.Key, m.K, m.ID, m.Device = scalar.Copy(), p.k.Copy(), p.account, p.id
		s.at(s.clock().Add(48 * time.Hour))
		p.open("totp", p.totp())
		return p
	}
	s.at(s.clock().Add(31 * time.Second)) // a code of a session is good once
	key, err := device.KeyFrom(secret.New(slices.Clone(m.Key)))
	must(s.t, err)
	p := &phone{site: s, key: key, k: secret.New(slices.Clone(m.K)), account: m.ID, id: m.Device}
	p.open("totp", p.totp())
	return p
}

// recovered sends the pending cash-out under its key, again or for the first
// time, confirms what waits, and sees it to its end.
func (p *phone) recovered(m *memo) {
	a := p.ask(request{method: http.MethodPost, path: "/v1/cashouts", key: m.Pending, body: wire.CashoutRequest{Quote: m.Quote}})
	if a.status == http.StatusConflict && fault.Code(a.problem(p.t).Code) == fault.QuoteExpired {
		m.Pending = "" // it was never begun, and it is too late now
		return
	}
	var one wire.Act
	a.is(p.t, http.StatusCreated, &one)
	if one.State == wire.ActStateWaiting {
		one = p.confirmed(string(one.Id))
	}
	one = p.ended(string(one.Id))
	if one.State != wire.ActStatePartly {
		p.t.Fatalf("ended as %+v", one)
	}
	m.Pending = ""
}

// sums holds what is left against what the acts say went.
func (p *phone) sums(t *testing.T) {
	var w wire.Wallet
	p.look("/v1/wallet").is(t, http.StatusOK, &w)
	have := int64(0)
	for _, l := range w.Lots {
		have += l.AmountMinor
	}
	var page wire.ActPage
	p.look("/v1/acts?limit=100").is(t, http.StatusOK, &page)
	gone, seen := int64(0), map[string]bool{}
	for _, a := range page.Acts {
		if act.Action(a.Action) != act.Cashout {
			continue
		}
		if !act.State(a.State).Final() || seen[string(a.Quote)] {
			t.Errorf("act %+v", a)
		}
		seen[string(a.Quote)] = true
		for _, l := range a.Legs {
			if l.State == wire.ActLegStateDone {
				gone += l.AmountMinor
			}
		}
	}
	if have+gone != worth {
		t.Fatalf("%d are left and %d went of %d", have, gone, int64(worth))
	}
	_, err := p.Check(t.Context())
	must(t, err)
}

func read(t *testing.T, dir string) (m memo) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "memo.json")) //nolint:gosec // a directory of ours
	if errors.Is(err, os.ErrNotExist) {
		return memo{Now: noon.AddDate(0, 0, -2)}
	}
	must(t, err)
	must(t, json.Unmarshal(b, &m))
	return m
}

func write(t *testing.T, dir string, m memo) {
	t.Helper()
	b, err := json.Marshal(m)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, "memo.new"), b, 0o600))
	must(t, os.Rename(filepath.Join(dir, "memo.new"), filepath.Join(dir, "memo.json")))
}
