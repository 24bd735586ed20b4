package platform_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3/driver"

	"jandon/internal/fault"
	"jandon/internal/platform"
	"jandon/internal/wallet"
	"jandon/internal/wire"
)

func TestServeStopsWithItsContext(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, ln) }()
	res, err := http.Get("http://" + ln.Addr().String() + "/healthz") //nolint:noctx // ends with the test
	must(t, err)
	var h wire.Health
	must(t, json.NewDecoder(res.Body).Decode(&h))
	must(t, res.Body.Close())
	if h.Status != wire.Ok {
		t.Errorf("health %+v", h)
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("serving ended with %v", err)
	}
	if c, err := net.Dial("tcp", ln.Addr().String()); err == nil { //nolint:noctx // refused at once
		_ = c.Close()
		t.Error("the port still answers")
	}
}

func TestServeSaysWhenTheListenerIsGone(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	must(t, ln.Close())
	if err := s.Serve(t.Context(), ln); !errors.Is(err, net.ErrClosed) {
		t.Errorf("serving on a closed listener: %v", err)
	}
}

func TestDialEndsWithThePlatform(t *testing.T) {
	t.Parallel()
	p, err := platform.Open(t.Context(), platform.Options{Path: platform.Memory, Now: func() time.Time { return start }})
	must(t, err)
	client := &http.Client{Transport: &http.Transport{DialContext: p.Dial}}
	res, err := client.Get("http://inside/readyz") //nolint:noctx // ends with the test
	must(t, err)
	_, _ = io.Copy(io.Discard, res.Body)
	must(t, res.Body.Close())
	must(t, p.Close())
	if _, err := p.Dial(t.Context(), "", ""); !errors.Is(err, net.ErrClosed) {
		t.Errorf("dialled a closed platform: %v", err)
	}
	if _, err := client.Get("http://inside/readyz"); err == nil { //nolint:noctx,bodyclose // there is none
		t.Error("a closed platform answered")
	}
}

func TestDialGivesUpWithItsContext(t *testing.T) {
	t.Parallel()
	p, err := platform.Open(t.Context(), platform.Options{Path: platform.Memory, Now: func() time.Time { return start }})
	must(t, err)
	must(t, p.Close())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if c, err := p.Dial(ctx, "", ""); err == nil {
		_ = c.Close()
		t.Error("dialled without end")
	}
}

// What breaks inside is told by its id alone, and the log knows of what kind it
// was and where, and not with what: that may be anything of a person.
func TestPanicIsAProblem(t *testing.T) {
	t.Parallel()
	broken, log := platform.Broken(t, func() time.Time { panic("clock fell off: /secret/path") })
	client := &http.Client{Transport: &witness{&http.Transport{DialContext: broken.Dial}, t, contract()}}
	res, err := client.Get("http://inside/v1/status") //nolint:noctx // ends with the test
	must(t, err)
	body, err := io.ReadAll(res.Body)
	must(t, err)
	must(t, res.Body.Close())
	p := answer{res.StatusCode, res.Header, body}.problem(t)
	if res.StatusCode != 500 || fault.Code(p.Code) != fault.Internal || strings.Contains(string(body), "clock") || strings.Contains(string(body), ".go") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	said := log.String()
	for _, want := range []string{string(p.CorrelationId), "a defect of type string", "service_test.go:"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in the log: %s", want, said)
		}
	}
	for _, secret := range []string{"clock fell off", "/secret/path", "goroutine"} {
		if strings.Contains(said, secret) {
			t.Errorf("%q is in the log: %s", secret, said)
		}
	}
}

// While another process holds the database, the answer says so and when to ask again.
func TestTwoProcessesOnOneDatabase(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "p.db")
	s := newSite(t, path)
	s.at(day(75)) // lots are due, so that a read has something to write
	other, err := driver.Open("file:" + path + "?_txlock=immediate")
	must(t, err)
	t.Cleanup(func() { must(t, other.Close()) })
	held, err := other.BeginTx(t.Context(), nil)
	must(t, err)
	a := s.get("/v1/wallet")
	p := a.problem(t)
	if a.status != http.StatusServiceUnavailable || fault.Code(p.Code) != fault.StoreBusy || a.header.Get("Retry-After") != "1" || p.RetryAfterS != 1 {
		t.Errorf("%d %s", a.status, a.body)
	}
	if strings.Contains(string(a.body), path) {
		t.Errorf("the answer names the file: %s", a.body)
	}
	world := plan()
	world.Person = "jun"
	if err := s.Seed(t.Context(), world, nil); fault.From(err).Code != fault.StoreBusy || fault.From(err).Args["file"] != path {
		t.Errorf("seeding beside another process: %v", err)
	}
	if a := s.get("/readyz"); a.status != http.StatusOK {
		t.Errorf("readers can go on: %d %s", a.status, a.body)
	}
	must(t, held.Rollback())
	if a := s.get("/v1/wallet"); a.status != http.StatusOK {
		t.Errorf("afterwards: %d %s", a.status, a.body)
	}
	must(t, s.Seed(t.Context(), world, nil))
}

func TestReadersAndWritersTogether(t *testing.T) {
	t.Parallel()
	for name, path := range map[string]string{"memory": platform.Memory, "file": filepath.Join(t.TempDir(), "p.db")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, path)
			u, err := s.Ledger().User(t.Context(), "mina")
			must(t, err)
			var wg sync.WaitGroup
			for i := range 8 {
				wg.Go(func() {
					for range 5 {
						if a := s.get("/v1/changes?limit=20"); a.status != http.StatusOK {
							t.Errorf("reader: %d %s", a.status, a.body)
						}
					}
				})
				wg.Go(func() {
					x := line(fmt.Sprintf("w%d", i), day(59), wallet.Payment, -10)
					x.Issuer, x.Kind = "telco", wallet.CarrierCredit
					if err := s.Ledger().Charge(t.Context(), u, x); err != nil && fault.From(err).Code != fault.StoreBusy {
						t.Errorf("writer: %v", err)
					}
				})
			}
			wg.Wait()
			_, err = s.Check(t.Context())
			must(t, err)
		})
	}
}

func TestOpenNeedsAClockAndAPlace(t *testing.T) {
	t.Parallel()
	if _, err := platform.Open(t.Context(), platform.Options{Path: platform.Memory}); err == nil {
		t.Error("opened without a clock")
	}
	dir := filepath.Join(t.TempDir(), "none", "p.db")
	if _, err := platform.Open(t.Context(), platform.Options{Path: dir, Now: func() time.Time { return start }}); fault.From(err).Code != fault.BadFile {
		t.Errorf("opened where there is no directory: %v", err)
	}
}

// A wallet's id is that of its exchange; one of another form gets into no log.
func TestAWalletGivesItsRequestAnID(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	const own = "00000000c0ffee00"
	for range 2 { // tries of one call
		a := s.get("/v1/wallet", "Correlation-Id", own)
		if got := a.header.Get("Correlation-Id"); got != own {
			t.Errorf("answered under %q", got)
		}
	}
	a := s.get("/v1/transactions/none", "Correlation-Id", own)
	if p := a.problem(t); p.CorrelationId != own {
		t.Errorf("a problem under %q", p.CorrelationId)
	}
	if n := strings.Count(s.log.String(), "correlation="+own); n != 3 {
		t.Errorf("%d lines under the id, want one for each try:\n%s", n, s.log.String())
	}
	for _, strange := range []string{"evil-line", "00000000C0FFEE00", own + "0", own[1:], "x y=z", strings.Repeat("a", 5000)} {
		got := s.get("/v1/wallet", "Correlation-Id", strange).header.Get("Correlation-Id")
		if !fault.IsID(got) || strings.Contains(s.log.String(), strange) && strange != own[1:] {
			t.Errorf("%.20q was answered under %q, or is in the log", strange, got)
		}
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://platform/v1/status", nil)
	must(t, err)
	r.Header["Correlation-Id"] = []string{own, "00000000c0ffee01"}
	res, err := s.client.Do(r)
	must(t, err)
	defer func() { _ = res.Body.Close() }()
	if got := res.Header.Get("Correlation-Id"); got == own || !fault.IsID(got) || res.StatusCode != http.StatusOK {
		t.Errorf("two ids: %d under %q", res.StatusCode, got)
	}
}
