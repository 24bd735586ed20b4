package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"jandon/client"
	"jandon/client/store"
	"jandon/internal/fault"
	"jandon/internal/history"
	"jandon/internal/money"
	"jandon/internal/wallet"
	"jandon/internal/wire"
	"jandon/keystore"
)

// noon is when these tests happen.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func secret(s string) keystore.Secret { return keystore.NewSecret([]byte(s)) }

// site is a platform of the contract with made-up lines and small pages.
type site struct {
	mu     sync.Mutex
	ledger string
	lines  []wire.Transaction
	page   int
	before func(w http.ResponseWriter, r *http.Request) bool // true: answered
	calls  map[string]int
}

func newSite(n int) *site {
	s := &site{ledger: "ledger-1", page: 20, calls: map[string]int{}}
	s.add(n)
	return s
}

// add makes n more payments of 1, 2, 3 … won, one an hour.
func (s *site) add(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range n {
		seq := int64(len(s.lines) + 1)
		s.lines = append(s.lines, wire.FromTransaction(wallet.Transaction{
			ID: fmt.Sprintf("t-%d", seq), Seq: seq, At: noon.Add(-time.Duration(seq) * time.Hour), Type: wallet.Payment, Status: wallet.Posted,
			Amount: won(-seq), Issuer: "shop", Kind: wallet.Prepaid, Merchant: "Corner " + strconv.Itoa(int(seq%7)),
		}))
	}
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.calls[r.URL.Path]++
	before := s.before
	s.mu.Unlock()
	w.Header().Set("Correlation-Id", "corr-1")
	w.Header().Set("Date", noon.Format(http.TimeFormat))
	if before != nil && before(w, r) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	seq := int64(len(s.lines))
	switch r.URL.Path {
	case "/v1/status":
		reply(w, wire.Status{Version: "test", Clock: noon, Simulator: true, Ledger: wire.Line(s.ledger)})
	case "/v1/wallet":
		etag := fmt.Sprintf(`"%s.%d"`, s.ledger, seq)
		w.Header().Set("ETag", etag)
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		reply(w, wire.FromWallet(wallet.Wallet{
			AsOf: noon, Seq: seq, Currency: "KRW", Issuers: []wallet.Issuer{{ID: "shop", Name: "Shop"}},
			Lots: []wallet.Lot{{ID: "lot-1", Issuer: "shop", Kind: wallet.Prepaid, Origin: "gift", Granted: won(seq), Amount: won(seq), Received: noon}},
		}, s.ledger))
	case "/v1/changes":
		after, _ := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64)
		if l := r.URL.Query().Get("ledger"); after > seq || l != "" && l != s.ledger {
			problem(w, fault.New(fault.CursorOld))
			return
		}
		end := min(after+int64(s.page), seq)
		p := wire.ChangePage{Ledger: wire.Line(s.ledger), Seq: end, More: end < seq, Changes: []wire.Change{}}
		for i := after; i < end; i++ {
			p.Changes = append(p.Changes, wire.Change{Seq: i + 1, Transaction: &s.lines[i]})
		}
		reply(w, p)
	case "/v1/transactions/t-1":
		reply(w, wire.TransactionDetail{Transaction: s.lines[0], Trail: []wire.TrailStep{{At: noon, Transaction: "t-1", Type: wallet.Payment, Lot: "lot-1", Kind: wallet.Prepaid, AmountMinor: -1, Currency: "KRW"}}})
	default:
		problem(w, fault.New(fault.NotFound, "what", r.URL.Path))
	}
}

func (s *site) count(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[path]
}

func (s *site) set(before func(http.ResponseWriter, *http.Request) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.before = before
}

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

func problem(w http.ResponseWriter, e *fault.Error) {
	w.Header().Set("Content-Type", wire.ProblemType)
	w.WriteHeader(e.Code.Status())
	e.Correlation = "corr-p"
	_ = json.NewEncoder(w).Encode(wire.FromFault(e, ""))
}

// over starts a handler on loopback and gives options for it that never sleep.
func over(t testing.TB, h http.Handler) client.Options {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections)
	return options(server.URL)
}

func options(url string) client.Options {
	return client.Options{
		URL: url, Now: func() time.Time { return noon }, Jitter: func() float64 { return 0 },
		Sleep: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	}
}

// inside is a listener whose connections are pipes in memory.
type inside struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func newInside() *inside { return &inside{conns: make(chan net.Conn), done: make(chan struct{})} }

func (i *inside) Accept() (net.Conn, error) {
	select {
	case c := <-i.conns:
		return c, nil
	case <-i.done:
		return nil, net.ErrClosed
	}
}

func (i *inside) Close() error   { i.once.Do(func() { close(i.done) }); return nil }
func (i *inside) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }

func (i *inside) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	near, far := net.Pipe()
	select {
	case i.conns <- far:
		return near, nil
	case <-i.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func dialled(t testing.TB, o client.Options) *client.Client {
	t.Helper()
	c, err := client.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func memory(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.OpenMemory(t.Context(), time.UTC, func() time.Time { return noon })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func wantCode(t testing.TB, err error, code fault.Code) *fault.Error {
	t.Helper()
	var e *fault.Error
	if !errors.As(err, &e) || e.Code != code {
		t.Errorf("got %v, want %s", err, code)
		return fault.New(code)
	}
	return e
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// holds checks that a copy has exactly the first n lines of a site.
func holds(t testing.TB, s *store.Store, n int64) {
	t.Helper()
	got, err := s.Totals(t.Context(), history.Query{})
	must(t, err)
	if want := n * (n + 1) / 2; got.Spent != want || int64(got.Lines) != n {
		t.Errorf("holds %d lines worth %d, want %d worth %d", got.Lines, got.Spent, n, want)
	}
}

func won(n int64) money.Amount { return money.Won(n) }
