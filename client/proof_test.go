package client_test

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jandon/internal/fault"
	"jandon/keystore/dpop"
)

// Every request but the question for the platform's state carries a proof of
// the device's key, each of its own, over the request and the token it goes with.
func TestEveryRequestIsProved(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.settings()
	var mu sync.Mutex
	ids := map[string]bool{}
	var bad atomic.Int32
	w.lie(func(_ http.ResponseWriter, r *http.Request) bool {
		mu.Lock()
		defer mu.Unlock()
		if r.URL.Path == "/v1/status" {
			if r.Header.Get("DPoP") != "" || r.Header.Get("Authorization") != "" {
				bad.Add(1)
			}
			return false
		}
		token := strings.TrimPrefix(r.Header.Get("Authorization"), "DPoP ")
		p, err := dpop.Check(r.Header.Get("DPoP"), dpop.Request{Method: r.Method, URL: "http://" + r.Host + r.URL.Path, Token: secret(token)}, w.clock())
		if err != nil || ids[p.ID] {
			bad.Add(1)
			t.Errorf("%s %s: %v", r.Method, r.URL.Path, err)
		}
		ids[p.ID] = true
		return false
	}, nil)
	a := w.enrolled(s)
	_, err := a.Sync(t.Context(), nil)
	must(t, err)
	made := begun(t, a, 3000)
	_, err = a.Challenge(t.Context(), made)
	must(t, err)
	_, err = a.Confirm(t.Context(), made, nil)
	must(t, err)
	must(t, a.Close())
	if n := w.seen("DELETE /v1/sessions/current"); n != 1 {
		t.Errorf("the session was closed %d times", n)
	}
	if bad.Load() != 0 || len(ids) < 10 {
		t.Errorf("%d requests, %d bad", len(ids), bad.Load())
	}
}

// What the platform refuses before it looks at a request is put right once and
// no more: a used proof, a wrong clock, an old nonce.
func TestProofsAreMendedOnce(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	for code, tries := range map[fault.Code]int32{fault.ProofReplayed: 2, fault.BadProof: 2, fault.NonceNeeded: 1, fault.Unauthorized: 2} {
		var asked atomic.Int32
		refuse := int32(1)
		relay := func(to http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path != "/v1/devices" || asked.Add(1) > refuse {
				return false
			}
			to.Header().Set("Date", w.clock().Add(time.Duration(asked.Load())*time.Minute).UTC().Format(http.TimeFormat))
			problem(to, fault.New(code))
			return true
		}
		w.lie(relay, nil)
		_, err := a.Devices(t.Context())
		if tries == 2 {
			must(t, err)
		} else { // no proof of this request needs a nonce
			wantCode(t, err, code)
		}
		asked.Store(0)
		refuse = 99
		_, err = a.Devices(t.Context())
		wantCode(t, err, code)
		if n := asked.Load(); n != tries {
			t.Errorf("%s: asked %d times, want %d", code, n, tries)
		}
	}
}

// A clock that was set while several requests were under way is learned from
// the first answer, and the others are not held against this device.
func TestAClockThatJumpsIsMendedForAllThatWereUnderWay(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	_, err := a.Devices(t.Context()) // with a session
	must(t, err)
	const many = 3
	var asked atomic.Int32
	jumped, turn := make(chan struct{}), make(chan struct{}, 1)
	turn <- struct{}{}
	w.lie(func(_ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/v1/devices" {
			return false
		}
		switch n := asked.Add(1); {
		case n == many: // all were signed with the old time
			w.mu.Lock()
			w.now, w.skew = w.now.Add(2*time.Minute), w.skew-2*time.Minute // a session outlasts that, a proof does not
			w.mu.Unlock()
			close(jumped)
			fallthrough
		case n < many:
			<-jumped
			<-turn
		}
		return false
	}, nil)
	errs := make(chan error)
	for range many {
		go func() {
			_, err := a.Devices(t.Context())
			turn <- struct{}{} // the next is refused after this one was mended
			errs <- err
		}()
	}
	for range many {
		must(t, <-errs)
	}
}

// A platform that lost its memory of nonces asks for a new one, and the code of
// a confirmation goes once all the same.
func TestOldNonce(t *testing.T) {
	t.Parallel()
	w, _, a := device(t)
	made := begun(t, a, 3000)
	w.lie(nil, func(r *http.Request, s *said) bool {
		if strings.HasSuffix(r.URL.Path, "/challenge") {
			s.header.Set("DPoP-Nonce", "forgotten")
		}
		return true
	})
	_, err := a.Challenge(t.Context(), made)
	must(t, err)
	w.lie(nil, nil)
	done, err := a.Confirm(t.Context(), made, nil)
	must(t, err)
	asked := 0
	for _, r := range w.requests() {
		if strings.HasSuffix(r, "/confirm") {
			asked++
		}
	}
	if done.Receipt == "" || asked != 2 {
		t.Errorf("asked %d times: %+v", asked, done)
	}
}
