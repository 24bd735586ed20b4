package platform_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"jandon/internal/money"
	"jandon/internal/platform"
	"jandon/internal/scenario"
	"jandon/internal/wallet"
	"jandon/internal/wire"
)

var start = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)

func day(n int) time.Time { return start.AddDate(0, 0, n) }

// site is an open platform with one seeded person, a clock, and a client whose
// every answer is held against the contract.
type site struct {
	*platform.Platform
	t      testing.TB
	client *http.Client
	log    *platform.Log
	mu     sync.Mutex
	now    time.Time
}

func (s *site) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *site) at(t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = t
}

func newSite(t testing.TB, path string) *site { return newSiteWith(t, platform.Options{Path: path}) }

// newSiteWith is a site with options of its own.
func newSiteWith(t testing.TB, o platform.Options) *site {
	t.Helper()
	s := &site{t: t, now: day(60), log: &platform.Log{}}
	o.Now, o.Log, o.Version, o.Busy = s.clock, slog.New(slog.NewTextHandler(s.log, nil)), "1.2.3", 20*time.Millisecond
	p, err := platform.Open(t.Context(), o)
	must(t, err)
	t.Cleanup(func() { must(t, p.Close()) })
	must(t, p.Seed(t.Context(), plan(), nil))
	s.Platform = p
	s.as("mina")
	return s
}

// as has a person ask from now on, from inside the process.
func (s *site) as(handle string) {
	transport := &http.Transport{DialContext: s.DialAs(handle)}
	s.t.Cleanup(transport.CloseIdleConnections)
	s.client = &http.Client{Transport: &witness{transport, s.t, contract()}}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func (a answer) into(t testing.TB, v any) {
	t.Helper()
	if a.status != http.StatusOK {
		t.Fatalf("status %d: %s", a.status, a.body)
	}
	must(t, json.Unmarshal(a.body, v))
}

func (a answer) problem(t testing.TB) wire.Problem {
	t.Helper()
	var p wire.Problem
	if got := a.header.Get("Content-Type"); got != wire.ProblemType {
		t.Fatalf("a problem of type %s: %s", got, a.body)
	}
	must(t, json.Unmarshal(a.body, &p))
	if p.Status != a.status || string(p.CorrelationId) != a.header.Get("Correlation-Id") || p.CorrelationId == "" || p.Title == "" || string(p.Type) != "/problems/"+string(p.Code) {
		t.Errorf("problem %s with status %d and correlation %q", a.body, a.status, a.header.Get("Correlation-Id"))
	}
	return p
}

func (s *site) get(path string, headers ...string) answer {
	s.t.Helper()
	return s.do(http.MethodGet, path, nil, headers...)
}

func (s *site) do(method, path string, body io.Reader, headers ...string) answer {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, "http://platform"+path, body)
	must(s.t, err)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i+1] == "" {
			r.Header.Del(headers[i])
		}
	}
	res, err := s.client.Do(r)
	must(s.t, err)
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	must(s.t, err)
	if res.Header.Get("Correlation-Id") == "" {
		s.t.Errorf("%s %s: no correlation id", method, path)
	}
	return answer{res.StatusCode, res.Header, b}
}

// witness holds every answer against the contract.
type witness struct {
	next   http.RoundTripper
	t      testing.TB
	router routers.Router
}

var contract = sync.OnceValue(func() routers.Router {
	openapi3filter.RegisterBodyDecoder("application/problem+json", openapi3filter.JSONBodyDecoder)
	openapi3filter.RegisterBodyDecoder("application/yaml", openapi3filter.FileBodyDecoder)
	doc, err := openapi3.NewLoader().LoadFromData(wire.Contract)
	if err != nil {
		panic(err)
	}
	doc.Servers = nil
	if err := doc.Validate(context.Background()); err != nil {
		panic(err)
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		panic(err)
	}
	return router
})

func (w *witness) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := w.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, err
	}
	_ = res.Body.Close()
	res.Body = io.NopCloser(bytes.NewReader(body))
	if r.Method == http.MethodHead { // the contract speaks of GET; HEAD is the same without a body
		return res, nil
	}
	if err := w.holds(r, res, body); err != nil {
		w.t.Errorf("%s %s answers outside the contract: %v\n%s", r.Method, r.URL, err, body)
	}
	return res, nil
}

func (w *witness) holds(r *http.Request, res *http.Response, body []byte) error {
	route, params, err := w.router.FindRoute(r)
	if err != nil { // not in the contract: then it must be a problem of its shape
		if res.StatusCode == http.StatusNotFound || res.StatusCode == http.StatusMethodNotAllowed {
			var p wire.Problem
			return json.Unmarshal(body, &p)
		}
		return err
	}
	in := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route},
		Status:                 res.StatusCode, Header: res.Header,
		Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	}
	in.SetBodyBytes(body)
	return openapi3filter.ValidateResponse(r.Context(), in)
}

func line(id string, at time.Time, typ wallet.Type, won int64) wallet.Transaction {
	return wallet.Transaction{
		ID: id, At: at, Type: typ, Amount: money.Won(won), Issuer: "game", Kind: wallet.Prepaid,
		Merchant: "Star Game", Category: "game", Channel: "app", Reason: "gems", Contact: "1588-0000", Order: "o-" + id,
	}
}

// plan is a small world with one of everything.
func plan() scenario.Plan {
	p := scenario.Plan{
		Name: "small", Person: "mina", Zone: time.UTC, Currency: money.KRW, At: day(60),
		Issuers: []wallet.Issuer{{ID: "game", Name: "Star Game", Sector: "game", Contact: "1588-0000"}, {ID: "telco", Name: "통신사", Sector: "telco", Contact: "114"}},
	}
	add := func(s scenario.Step) { p.Steps = append(p.Steps, s) }
	for i := range 50 {
		at := day(i)
		id := fmt.Sprintf("%02d", i)
		lot := wallet.Lot{ID: "l" + id, Issuer: "game", Kind: wallet.Prepaid, Origin: "bank_transfer", Granted: money.Won(1000), Received: at, Expires: at.AddDate(0, 0, 20)}
		add(scenario.Step{At: at, Act: scenario.Grant, Transaction: line("g"+id, at, wallet.Topup, 1000), Lot: lot})
		add(scenario.Step{At: at.Add(time.Hour), Act: scenario.Spend, Transaction: line("s"+id, at.Add(time.Hour), wallet.Payment, -700)})
		charge := line("c"+id, at.Add(2*time.Hour), wallet.Payment, -1200)
		charge.Issuer, charge.Kind, charge.Channel, charge.Merchant = "telco", wallet.CarrierCredit, "phone_bill", "별\x1b[31m게임"
		add(scenario.Step{At: charge.At, Act: scenario.Charge, Transaction: charge})
		if i%7 == 3 {
			back := line("r"+id, at.Add(3*time.Hour), wallet.Refund, 700)
			back.RefundOf = "s" + id
			add(scenario.Step{At: back.At, Act: scenario.GiveBack, Transaction: back})
			add(scenario.Step{At: back.At, Act: scenario.Notify, Alert: wallet.Alert{ID: "a" + id, Kind: wallet.AlertRefund, Issuer: "game",
				Merchant: "Star Game", Amount: money.Won(700), Transactions: []string{"s" + id, "r" + id}, Lots: []string{"l" + id}}})
		}
	}
	bill := wallet.Settlement{ID: "b1", Issuer: "telco", From: day(0), To: day(31), Due: day(50), Total: money.Won(0),
		Disclosure: []wallet.Disclosure{{Who: "통신사", What: "amounts", Why: "billing"}}}
	add(scenario.Step{At: day(51), Act: scenario.Bill, Settlement: bill})
	add(scenario.Step{At: day(52), Act: scenario.Pay, Settlement: wallet.Settlement{ID: "b1"}})
	bill.ID, bill.From, bill.To, bill.Due = "b2", day(31), day(55), day(70)
	add(scenario.Step{At: day(55), Act: scenario.Bill, Settlement: bill})
	return p
}

// walk asks everything that a wallet would, and gives the bodies by path.
func (s *site) walk() map[string]string {
	s.t.Helper()
	out := map[string]string{}
	ask := func(path string) []byte {
		a := s.get(path)
		if a.status != http.StatusOK {
			s.t.Fatalf("%s: %d %s", path, a.status, a.body)
		}
		out[path] = string(a.body)
		return a.body
	}
	for _, path := range []string{"/v1/status", "/healthz", "/readyz", "/openapi.yaml", "/v1/wallet", "/v1/issuers", "/v1/alerts?limit=3", "/v1/settlements"} {
		ask(path)
	}
	var changes wire.ChangePage
	for after := int64(0); after == 0 || changes.More; after = changes.Seq {
		changes = wire.ChangePage{}
		must(s.t, json.Unmarshal(ask(fmt.Sprintf("/v1/changes?after=%d&limit=60", after)), &changes))
		for _, c := range changes.Changes {
			switch {
			case c.Settlement != nil:
				ask("/v1/settlements/" + string(c.Settlement.Id))
			case c.Transaction != nil && strings.HasSuffix(string(c.Transaction.Id), "3"):
				ask("/v1/transactions/" + string(c.Transaction.Id))
			}
		}
	}
	for cursor, more := "", true; more; more = cursor != "" {
		path := "/v1/transactions?limit=80"
		if cursor != "" {
			path += "&cursor=" + cursor
		}
		var page wire.TransactionPage
		must(s.t, json.Unmarshal(ask(path), &page))
		cursor = page.NextCursor
	}
	return out
}
