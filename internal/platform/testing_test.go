package platform_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jandon/internal/platform"
	"jandon/internal/platform/clock"
	"jandon/internal/platform/faults"
	"jandon/internal/wire"
)

func (s *site) put(path, body string) answer {
	s.t.Helper()
	return s.do(http.MethodPut, path, strings.NewReader(body), "Content-Type", "application/json")
}

// now is what a tester's clock shows.
func (a answer) clock(t testing.TB) (v struct {
	Time    time.Time
	Speed   float64
	Stopped bool
}) {
	t.Helper()
	a.into(t, &v)
	return v
}

func newTester(t *testing.T) *site {
	t.Helper()
	s := newSiteWith(t, platform.Options{Path: platform.Memory, Tester: true})
	s.client.Transport = s.client.Transport.(*witness).next // the contract knows nothing of testers
	return s
}

func TestATesterMovesTheOneClock(t *testing.T) {
	t.Parallel()
	s := newTester(t)
	if v := s.get("/test/clock").clock(t); !v.Time.Equal(day(60)) || v.Speed != 1 || v.Stopped {
		t.Errorf("at first: %+v", v)
	}
	p := s.enrolled("mina", "tablet")
	session := p.token
	if v := s.put("/test/clock", `{"step":"24h","speed":60,"stopped":true}`).clock(t); !v.Time.Equal(day(61)) || v.Speed != 60 || !v.Stopped {
		t.Errorf("after a step: %+v", v)
	}
	// What lives by the clock went along: the status, the date of answers, and the session.
	var status wire.Status
	a := s.get("/v1/status")
	a.into(t, &status)
	if !status.Clock.Equal(day(61)) || a.header.Get("Date") != day(61).Format(http.TimeFormat) {
		t.Errorf("the status says %v and its date %q", status.Clock, a.header.Get("Date"))
	}
	p.token = session
	if a := p.ask(request{method: http.MethodGet, path: "/v1/wallet", at: day(61)}); a.status != http.StatusUnauthorized {
		t.Errorf("a session outlived a day: %d %s", a.status, a.body)
	}
	s.at(s.clock().Add(time.Hour)) // stopped is stopped
	if v := s.get("/test/clock").clock(t); !v.Time.Equal(day(61)) {
		t.Errorf("it ran on: %+v", v)
	}
	s.put("/test/clock", `{"stopped":false}`)
	s.at(s.clock().Add(time.Minute))
	if v := s.get("/test/clock").clock(t); !v.Time.Equal(day(61).Add(time.Hour)) {
		t.Errorf("it did not run at its speed: %+v", v)
	}
	if v := s.put("/test/clock", `{"time":"2026-12-24T00:00:00Z","step":"1h"}`).clock(t); !v.Time.Equal(time.Date(2026, 12, 24, 1, 0, 0, 0, time.UTC)) {
		t.Errorf("it was not set: %+v", v)
	}
}

func TestWhatATesterSaysIsReadStrictly(t *testing.T) {
	t.Parallel()
	s := newTester(t)
	before := s.get("/test/clock").clock(t)
	for body, want := range map[string]string{
		`{"time":"2026-01-01T00:00:00Z","speed":7}`: "does not go back",
		`{"step":"-1h"}`:      "does not go back",
		`{"step":"soon"}`:     "90s",
		`{"step":"9000000h"}`: "90s",
		`{"time":"9998-12-31T00:00:00Z","step":"99h"}`: "9999",
		`{"speed":0}`:          "86400",
		`{"speed":1e300}`:      "86400",
		`{"spede":1}`:          "spede",
		`{"stopped":"yes"}`:    "stopped",
		`{} {}`:                "one object",
		``:                     "EOF",
		`[1]`:                  "array",
		`{"speed":2} trailing`: "one object",
	} {
		a := s.put("/test/clock", body)
		if p := a.problem(t); p.Code != "bad_request" || !strings.Contains(string(a.body), want) {
			t.Errorf("%s: %s", body, a.body)
		}
	}
	if after := s.get("/test/clock").clock(t); after != before {
		t.Errorf("refused, and yet %+v became %+v", before, after)
	}
	if p := s.put("/test/clock", `{"step":"`+strings.Repeat("1", 20<<10)+`"}`).problem(t); p.Code != "too_large" {
		t.Errorf("20 KB: %+v", p)
	}
	if p := s.do(http.MethodPut, "/test/clock", strings.NewReader(`{}`)).problem(t); p.Code != "bad_media" {
		t.Errorf("no media type: %+v", p)
	}
	if p := s.do(http.MethodDelete, "/test/clock", nil).problem(t); p.Code != "bad_method" {
		t.Errorf("DELETE: %+v", p)
	}
	if p := s.get("/test/nothing").problem(t); p.Code != "not_found" {
		t.Errorf("another path: %+v", p)
	}
	for plan, want := range map[string]string{
		`{"plan":"drop@quote"}`: "quotes", `{"plan":"latensy=1s"}`: "latency", `{"plan":"error=quote_expird"}`: "quote_expired", `{}`: "is needed",
	} {
		if a := s.put("/test/faults", plan); !strings.Contains(string(a.body), want) || a.status != http.StatusBadRequest {
			t.Errorf("%s: %s", plan, a.body)
		}
	}
}

func TestFaultsArePlannedWhileItRuns(t *testing.T) {
	t.Parallel()
	s := newTester(t)
	var v struct {
		Plan   string
		Seed   uint64
		Places []string
	}
	s.put("/test/faults", `{"plan":"error=paused@wallet,error=internal@issuers","seed":7}`).into(t, &v)
	if v.Plan != "error=paused@wallet,error=internal@issuers" || v.Seed != 7 || !strings.Contains(strings.Join(v.Places, " "), "cashouts") {
		t.Errorf("%+v", v)
	}
	p := s.get("/v1/wallet").problem(t)
	if p.Code != "paused" || p.Args["until"] == "" {
		t.Errorf("%+v", p)
	}
	if p := s.get("/v1/issuers").problem(t); p.Code != "internal" || p.Status != http.StatusInternalServerError {
		t.Errorf("%+v", p)
	}
	if !strings.Contains(s.log.String(), "correlation="+string(p.CorrelationId)) || !strings.Contains(s.log.String(), "provoked=\"error=paused@wallet\"") {
		t.Error("the log does not tell a provoked error from a real one, or not its id")
	}
	s.put("/test/faults", `{"plan":"disconnect"}`) // of everything; the way back stays open
	s.put("/test/faults", `{"plan":""}`).into(t, &v)
	if a := s.get("/v1/wallet"); a.status != http.StatusOK {
		t.Errorf("after the faults: %s", a.body)
	}
}

func TestEveryCodeOfTheContractCanBeProvokedByName(t *testing.T) {
	t.Parallel()
	s := newTester(t)
	for _, code := range wire.Codes() {
		plan, err := faults.Parse("error="+string(code)+"@wallet", 1, platform.Places())
		must(t, err)
		s.Provoke(plan)
		a := s.get("/v1/wallet")
		if p := a.problem(t); p.Code != wire.Line(code) || a.status != code.Status() {
			t.Errorf("%s: %d %s", code, a.status, a.body)
		}
	}
}

func TestTheOutboxOfATester(t *testing.T) {
	t.Parallel()
	s := newTester(t)
	p := s.newPhone()
	p.enrol("mina", "tablet")
	var v struct {
		Letters []struct{ Handle, Device, Code, Mark string }
	}
	s.get("/test/outbox").into(t, &v)
	if len(v.Letters) != 1 || v.Letters[0].Handle != "mina" || v.Letters[0].Device != "tablet" || v.Letters[0].Mark == "" {
		t.Fatalf("%+v", v)
	}
	if a := p.activate(v.Letters[0].Code); a.status != http.StatusOK {
		t.Errorf("its code: %s", a.body)
	}
}

// Without tester mode there is nothing there, and with it nothing for others:
// not from another machine, not by another name, not from a page.
func TestNobodyButATesterNearbyReachesTheTesterPaths(t *testing.T) {
	t.Parallel()
	plain := newSite(t, platform.Memory)
	for _, path := range []string{"/test/clock", "/test/faults", "/test/outbox"} {
		if p := plain.get(path).problem(t); p.Code != "not_found" {
			t.Errorf("%s without tester mode: %+v", path, p)
		}
	}
	s := newTester(t)
	for name, r := range map[string]func(*http.Request){
		"another machine":        func(r *http.Request) { r.RemoteAddr = "192.0.2.7:5000" },
		"a name that leads here": func(r *http.Request) { r.Host = "evil.example:8750" },
		"a page":                 func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:8750") },
		"a page's image":         func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
	} {
		q := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8750/test/outbox", nil)
		q.RemoteAddr = "127.0.0.1:5000"
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, q)
		if w.Code != http.StatusOK {
			t.Fatalf("from here: %d %s", w.Code, w.Body)
		}
		r(q)
		w = httptest.NewRecorder()
		s.Handler().ServeHTTP(w, q)
		var p wire.Problem
		must(t, json.Unmarshal(w.Body.Bytes(), &p))
		if w.Code != http.StatusNotFound || p.Code != "not_found" {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

// Books that lived on faster than the world go on from where they were.
func TestTheClockOfATesterStartsWhereTheBooksAre(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "p.db")
	open := func(at time.Time) (*platform.Platform, *clock.Clock) {
		still := func() time.Time { return at }
		c := clock.New(still, at)
		p, err := platform.Open(t.Context(), platform.Options{Path: path, Tester: true, Clock: c})
		must(t, err)
		return p, c
	}
	p, c := open(day(60))
	if !c.Now().Equal(day(60)) {
		t.Errorf("empty books set the clock to %v", c.Now())
	}
	must(t, p.Seed(t.Context(), plan(), nil))
	seen, err := p.Ledger().Seen(t.Context())
	must(t, err)
	must(t, p.Close())
	if seen.IsZero() {
		t.Fatal("the books have seen nothing")
	}
	for at, want := range map[time.Time]time.Time{seen.AddDate(0, 0, -7): seen, seen.AddDate(0, 0, 7): seen.AddDate(0, 0, 7)} {
		p, c := open(at)
		if !c.Now().Equal(want) {
			t.Errorf("opened at %v it shows %v, want %v", at, c.Now(), want)
		}
		must(t, p.Close())
	}
}
