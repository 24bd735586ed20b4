package faults_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/internal/platform/faults"
)

var patterns = []string{"POST /v1/quotes", "POST /v1/cashouts", "POST /v1/challenges/{id}/confirm", "GET /v1/alerts", "GET /v1/wallet"}

func plan(t *testing.T, text string, seed uint64) *faults.Plan {
	t.Helper()
	p, err := faults.Parse(text, seed, faults.Places(patterns))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAPlanIsReadAndWritten(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "latency=300ms@quotes,drop=0.1@confirm,error=quote_expired@cashouts,duplicate,reorder,truncate,disconnect@alerts", "error=paused:0.5", "drop=0",
	} {
		if got := plan(t, text, 1).String(); got != text {
			t.Errorf("%q is %q", text, got)
		}
	}
}

func TestAWrongPartNamesTheNearestWord(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"latensy=1s": "latency", "drop@quote": "quotes", "error=quote_expird": "quote_expired", "drop=2": "0 … 1", "drop=NaN": "0 … 1", "drop=x": "0 … 1",
		"latency": "latency=300ms", "latency=-1s": "latency=300ms", "latency=2h": "latency=300ms", "drop,,drop": "latency, drop", "error": "", "drop@": "quotes",
	} {
		_, err := faults.Parse(text, 1, faults.Places(patterns))
		f := fault.From(err)
		if err == nil || f.Code != fault.BadFlag || !strings.Contains(f.Args["want"], want) {
			t.Errorf("%q: %v %v", text, err, f.Args)
		}
	}
}

// site is a server that counts what is carried out.
type site struct {
	*httptest.Server
	done atomic.Int64
	mu   sync.Mutex
	log  []string
}

func serve(t *testing.T, p *faults.Plan) *site {
	t.Helper()
	s := &site{}
	mux := http.NewServeMux()
	for _, pattern := range patterns {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			s.done.Add(1)
			s.mu.Lock()
			s.log = append(s.log, string(body))
			s.mu.Unlock()
			_, _ = io.WriteString(w, strings.Repeat("answer ", 20)+string(body))
		})
	}
	route := func(r *http.Request) string {
		_, pattern := mux.Handler(r)
		return pattern
	}
	s.Server = httptest.NewServer(p.Wrap(mux, faults.Seams{Route: route, Fail: func(w http.ResponseWriter, _ *http.Request, code fault.Code) {
		w.WriteHeader(code.Status())
		_, _ = io.WriteString(w, string(code))
	}}))
	t.Cleanup(s.Close)
	return s
}

func (s *site) post(path, body string) (int, string, error) {
	res, err := http.Post(s.URL+path, "text/plain", strings.NewReader(body)) //nolint:noctx // a test's own server
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	return res.StatusCode, string(b), err
}

func TestWhatEachFaultDoes(t *testing.T) {
	t.Parallel()
	t.Run("drop", func(t *testing.T) {
		t.Parallel()
		s := serve(t, plan(t, "drop@quotes", 1))
		if _, _, err := s.post("/v1/quotes", "a"); err == nil || s.done.Load() != 1 {
			t.Errorf("%v, carried out %d times", err, s.done.Load())
		}
		if _, body, err := s.post("/v1/cashouts", "b"); err != nil || !strings.HasSuffix(body, "b") {
			t.Errorf("elsewhere: %v", err)
		}
	})
	t.Run("disconnect", func(t *testing.T) {
		t.Parallel()
		s := serve(t, plan(t, "disconnect", 1))
		if _, _, err := s.post("/v1/quotes", "a"); err == nil || s.done.Load() != 0 {
			t.Errorf("%v, carried out %d times", err, s.done.Load())
		}
	})
	t.Run("error", func(t *testing.T) {
		t.Parallel()
		s := serve(t, plan(t, "error=quote_expired@confirm", 1))
		if status, body, err := s.post("/v1/challenges/c-1/confirm", "a"); err != nil || status != 409 || body != "quote_expired" || s.done.Load() != 0 {
			t.Errorf("%d %q %v", status, body, err)
		}
	})
	t.Run("duplicate", func(t *testing.T) {
		t.Parallel()
		s := serve(t, plan(t, "duplicate", 1))
		if _, body, err := s.post("/v1/quotes", "a"); err != nil || !strings.HasSuffix(body, " a") || s.done.Load() != 2 {
			t.Errorf("%q %v, carried out %d times", body, err, s.done.Load())
		}
	})
	t.Run("truncate", func(t *testing.T) {
		t.Parallel()
		s := serve(t, plan(t, "truncate", 1))
		if _, body, err := s.post("/v1/quotes", "a"); !errors.Is(err, io.ErrUnexpectedEOF) || len(body) == 0 || s.done.Load() != 1 {
			t.Errorf("%q %v", body, err)
		}
	})
	t.Run("latency", func(t *testing.T) {
		t.Parallel()
		s := serve(t, plan(t, "latency=20ms", 1))
		began := time.Now()
		if _, _, err := s.post("/v1/quotes", "a"); err != nil || time.Since(began) < 20*time.Millisecond {
			t.Errorf("%v after %v", err, time.Since(began))
		}
	})
	t.Run("reorder", func(t *testing.T) {
		t.Parallel()
		s := serve(t, plan(t, "reorder@quotes", 1))
		first := make(chan error)
		go func() {
			_, _, err := s.post("/v1/quotes", "first")
			first <- err
		}()
		for ended := false; !ended; { // others go on until the first one was let go
			select {
			case err := <-first:
				if err != nil {
					t.Fatal(err)
				}
				ended = true
			default:
				if _, _, err := s.post("/v1/cashouts", "second"); err != nil {
					t.Fatal(err)
				}
			}
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.log[0] != "second" {
			t.Errorf("the order was %v", s.log)
		}
	})
}

// The same requests in the same order meet the same faults.
func TestChanceComesFromTheSeedAlone(t *testing.T) {
	t.Parallel()
	run := func(seed uint64) (log string) {
		s := serve(t, plan(t, "error=paused:0.5@quotes,error=too_late:0.2", seed))
		for range 40 {
			_, body, err := s.post("/v1/quotes", "")
			if err != nil {
				t.Fatal(err)
			}
			log += body[:2]
		}
		return log
	}
	if a, b, c := run(7), run(7), run(8); a != b || a == c {
		t.Errorf("%s\n%s\n%s", a, b, c)
	}
}
