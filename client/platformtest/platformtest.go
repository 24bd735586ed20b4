// Package platformtest starts the reference platform with a made-up person
// inside somebody's go test, and gives that person's wallet:
//
//	s := platformtest.Start(t, platformtest.Options{Scenario: "student", Faults: "drop=0.2@confirm", Seed: 7})
//	wallet := s.Account()        // enrolled as a device of that person, and unlocked
//	s.Step(24 * time.Hour)       // everything moves together: expiry, quotes, sessions, codes, legs
//
// The platform is the real one, behind a port of this machine, with books in
// memory and rails that are simulated. Its clock stands still until the test
// moves it, and time that the wallet waits passes on that clock, so that
// nothing sleeps and every run is alike. When the test ends, the books are
// checked, and a test whose books do not balance fails.
package platformtest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"jandon/client"
	"jandon/client/store"
	"jandon/internal/platform"
	"jandon/internal/platform/clock"
	"jandon/internal/platform/faults"
	"jandon/internal/scenario"
	"jandon/keystore"
)

// PIN is that of every account that Account gives.
const PIN = "284751"

// At is when a platform starts, unless the options say otherwise: a Sunday
// morning in Seoul.
var At = time.Date(2026, 11, 22, 9, 0, 0, 0, time.FixedZone("KST", 9*60*60))

// Options say what to start. The zero value is the scenario "everyday" without faults.
type Options struct {
	Scenario string       // a name, or a file: what has a separator or ends in .txtar
	At       time.Time    // up to when the person has lived; zero: At
	Faults   string       // a plan such as "latency=300ms@quotes,error=quote_expired@cashouts"; see Fail
	Seed     uint64       // of the chance in Faults
	Log      *slog.Logger // of the platform; nil: none
	Wallets  *slog.Logger // of what Account and Options give; nil: none

	// Over is how wallets reach the platform; nil: as they would any other.
	Over http.RoundTripper
}

// Server is a platform that runs.
type Server struct {
	URL      string             // http, on a port of this machine
	Person   string             // the handle of the made-up person
	Clock    *clock.Clock       // stands still at first; see Step
	Platform *platform.Platform // for what is looked at behind the contract

	t     testing.TB // nil: errors are returned
	zone  *time.Location
	logs  *slog.Logger // of wallets
	over  http.RoundTripper
	stop  context.CancelFunc
	ended chan error

	mu    sync.Mutex
	open  []*client.Account
	count int
	plan  *faults.Plan
}

// Start starts a platform for a test and ends it with the test.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	s, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	s.t = t
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("platformtest: %v", err)
		}
	})
	return s
}

// Open is Start for what is no test. It ends with Close; where Start would fail
// the test later on, it panics.
func Open(ctx context.Context, o Options) (*Server, error) {
	if o.Scenario == "" {
		o.Scenario = "everyday"
	}
	if o.At.IsZero() {
		o.At = At
	}
	file, err := scenario.Open(o.Scenario)
	if err != nil {
		return nil, err
	}
	plan, err := file.Generate(o.At)
	if err != nil {
		return nil, err
	}
	s := &Server{Person: plan.Person, Clock: clock.New(func() time.Time { return o.At }, o.At), zone: plan.Zone, logs: o.Wallets, over: o.Over, ended: make(chan error, 1)}
	s.Clock.Stop()
	s.Platform, err = platform.Open(ctx, platform.Options{Path: platform.Memory, Log: o.Log, Version: "platformtest", Tester: true, Clock: s.Clock})
	if err != nil {
		return nil, err
	}
	if err := errors.Join(s.Platform.Seed(ctx, plan, nil), s.fail(o.Faults, o.Seed)); err != nil {
		return nil, errors.Join(err, s.Platform.Close())
	}
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(err, s.Platform.Close())
	}
	s.URL = "http://" + ln.Addr().String()
	serving, stop := context.WithCancel(context.WithoutCancel(ctx))
	s.stop = stop
	go func() { s.ended <- s.Platform.Serve(serving, ln) }()
	return s, nil
}

// Close ends what was opened and checks the books: an error says what does not
// balance.
func (s *Server) Close() error {
	s.mu.Lock()
	open := s.open
	s.open = nil
	s.mu.Unlock()
	var err error
	for _, a := range open {
		err = errors.Join(err, a.Close())
	}
	s.stop()
	err = errors.Join(err, <-s.ended)
	_, unbalanced := s.Platform.Check(context.Background())
	return errors.Join(err, unbalanced, s.Platform.Close())
}

// ctx is that of the test.
func (s *Server) ctx() context.Context {
	if s.t != nil {
		return s.t.Context()
	}
	return context.Background()
}

// must ends the test with an error; without one it has nobody to tell.
func (s *Server) must(err error) {
	if err == nil {
		return
	}
	if s.t == nil {
		panic(fmt.Sprintf("platformtest: %v", err))
	}
	s.t.Helper()
	s.t.Fatalf("platformtest: %v", err)
}

// Options are those of a client for this platform, for tests of one's own
// wiring: address and clock, and waiting that takes no time.
func (s *Server) Options() client.Options {
	return client.Options{
		URL: s.URL, Now: s.Clock.Now, UserAgent: "platformtest", Log: s.logs, Transport: s.over,
		Sleep: func(ctx context.Context, d time.Duration) error { return errors.Join(ctx.Err(), s.Clock.Step(d)) },
	}
}

// Account enrols one more device of the person, with a keyring and a store in
// memory, and unlocks it with PIN. Faults stand aside meanwhile. It is closed
// with the server.
func (s *Server) Account() *client.Account {
	s.mu.Lock()
	s.count++
	name := fmt.Sprintf("platformtest-%d", s.count)
	s.mu.Unlock()
	s.Platform.Provoke(nil)
	a, err := s.enrol(s.ctx(), name)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Platform.Provoke(s.plan)
	s.must(err)
	s.open = append(s.open, a)
	return a
}

func (s *Server) enrol(ctx context.Context, name string) (*client.Account, error) {
	kept, err := store.OpenMemory(ctx, s.zone, s.Clock.Now)
	if err != nil {
		return nil, err
	}
	begun, err := client.Enrol(ctx, client.Settings{
		Options: s.Options(), ID: name, Zone: s.zone, Keys: keystore.NewMemory(), Kept: kept,
	}, s.Person, name)
	if err != nil {
		return nil, errors.Join(err, kept.Close())
	}
	pin := keystore.NewSecret([]byte(PIN))
	defer pin.Wipe()
	err = begun.Activate(ctx, s.code(name))
	if err == nil {
		err = begun.Seal(ctx, pin)
	}
	var a *client.Account
	if err == nil {
		a, err = begun.Finish(ctx, pin)
	}
	if err == nil {
		err = begun.Settle(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, begun.Leave(ctx), kept.Close())
	}
	return a, nil
}

// code is the activation code in the newest letter about a device; empty if
// there is none.
func (s *Server) code(name string) keystore.Secret {
	code := keystore.Secret{}
	for _, l := range s.Platform.Outbox() {
		if l.Device == name {
			code = l.Code
		}
	}
	return code
}

// Letter is what reached a person beside the network.
type Letter struct {
	Handle, Device, Code, Mark string
	Expires                    time.Time
}

// Outbox are the letters of the platform, oldest first.
func (s *Server) Outbox() []Letter {
	var list []Letter
	for _, l := range s.Platform.Outbox() {
		l.Code.Expose(func(code []byte) { list = append(list, Letter{l.Handle, l.Device, string(code), l.Mark, l.Expires}) })
	}
	return list
}

// Step moves the clock ahead by d and sees on the way to all that falls due:
// legs arrive or come back, acts lapse.
func (s *Server) Step(d time.Duration) {
	if s.t != nil {
		s.t.Helper()
	}
	until := s.Clock.Now().Add(d)
	for {
		next, err := s.Platform.Work(s.ctx())
		s.must(err)
		now := s.Clock.Now()
		if next.IsZero() || next.After(until) {
			s.must(s.Clock.Step(max(until.Sub(now), 0)))
			return
		}
		s.must(s.Clock.Step(max(next.Sub(now), time.Millisecond)))
	}
}

// Fail has requests meet a plan of faults from now on: a list of latency=TIME,
// drop, disconnect, error=CODE, duplicate, reorder and truncate, each with a
// chance (drop=0.1, error=paused:0.5) and a place (@quotes, @confirm) if
// wanted; "" ends it. The same requests meet the same faults under one seed.
func (s *Server) Fail(plan string, seed uint64) {
	if s.t != nil {
		s.t.Helper()
	}
	s.must(s.fail(plan, seed))
}

func (s *Server) fail(text string, seed uint64) error {
	plan, err := faults.Parse(text, seed, platform.Places())
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.plan = plan
	s.Platform.Provoke(plan)
	return nil
}
