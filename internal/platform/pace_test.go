package platform

import (
	"fmt"
	"net/http"
	"strconv"
	"testing"
	"time"

	"jandon/internal/fault"
)

func TestPaces(t *testing.T) {
	t.Parallel()
	var p paces
	now := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	slow := pace{3, 10 * time.Second}
	took := func(who string) bool {
		t.Helper()
		err := p.take(who, slow, now)
		if err != nil && fault.From(err).Code != fault.RateLimited {
			t.Fatal(err)
		}
		return err == nil
	}
	for i := range 3 {
		if !took("a") {
			t.Errorf("take %d of the burst", i)
		}
	}
	err := p.take("a", slow, now)
	if f := fault.From(err); f == nil || f.Args["seconds"] != "10" {
		t.Errorf("the fourth: %v", err)
	}
	if !took("b") {
		t.Error("another has to wait")
	}
	now = now.Add(4 * time.Second)
	if f := fault.From(p.take("a", slow, now)); f == nil || f.Args["seconds"] != "6" {
		t.Errorf("too early: %v", f)
	}
	now = now.Add(6 * time.Second)
	if !took("a") || took("a") {
		t.Error("one more, and only one")
	}
	now = now.AddDate(-1, 0, 0)
	if !took("a") {
		t.Error("waiting for a clock that was set back")
	}
}

// The memory is bounded; who has no room in it is slowed down with the others.
func TestPacesOfTooMany(t *testing.T) {
	t.Parallel()
	var p paces
	now := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	for i := range mostPaced {
		if err := p.take(strconv.Itoa(i), paceOfHandle, now); err != nil {
			t.Fatal(err)
		}
	}
	refused := 0
	for i := range paceOfHandles.burst + 10 {
		if p.take(fmt.Sprint("late ", i), paceOfHandle, now) != nil {
			refused++
		}
	}
	if len(p.full) > mostPaced+1 || refused != 10 {
		t.Errorf("%d remembered, %d refused", len(p.full), refused)
	}
	if err := p.take("later", paceOfHandle, now.Add(time.Hour)); err != nil || len(p.full) > 2 {
		t.Errorf("an hour later: %v, %d remembered", err, len(p.full))
	}
}

func TestNetworks(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]string{
		"192.0.2.77:4711": "192.0.2.0/24", "[2001:db8:1:2ff:3::4]:1": "2001:db8:1:200::/56", "[::ffff:192.0.2.1]:5": "192.0.2.0/24",
		"[fe80::1%eth0]:5": "fe80::/56", "pipe": "pipe", "no address:5": "no address:5",
	} {
		if got := placeOf(&http.Request{RemoteAddr: addr}); got != want {
			t.Errorf("%s is of %s, want %s", addr, got, want)
		}
	}
}
