package client_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"jandon/client"
	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/internal/wire"
)

// sawLog is a device that has seen the log, an hour ago.
func sawLog(t *testing.T) (*world, client.Settings, *client.Account) {
	t.Helper()
	w, s, a := device(t)
	_, err := a.Sync(t.Context(), nil)
	must(t, err)
	if n := w.seen("GET /v1/log"); n != 1 {
		t.Fatalf("the log was asked for %d times", n)
	}
	_, err = a.Sync(t.Context(), nil)
	must(t, err)
	if n := w.seen("GET /v1/log"); n != 1 {
		t.Errorf("within the hour the log was asked for %d times", n)
	}
	w.pass(time.Hour)
	must(t, a.UnlockK(t.Context(), first.k)) // which the log tells of
	return w, s, a
}

// told changes what the platform says of its log.
func told(t *testing.T, change func(*wire.LogPage)) func(*http.Request, *said) bool {
	return func(r *http.Request, a *said) bool {
		if r.URL.Path == "/v1/log" && a.status == http.StatusOK {
			var p wire.LogPage
			if err := json.Unmarshal(a.body, &p); err != nil {
				t.Error(err)
			}
			change(&p)
			var err error
			if a.body, err = json.Marshal(p); err != nil {
				t.Error(err)
			}
		}
		return true
	}
}

// A log that was changed on its way, or is signed by another key, is refused;
// nothing moves then, and all is well once it leads on again.
func TestLogThatWasTamperedWith(t *testing.T) {
	t.Parallel()
	w, _, a := sawLog(t)
	made := begun(t, a, 3000) // the log goes on
	_, err := a.Cancel(t.Context(), made.ID)
	must(t, err)
	w.pass(time.Hour + time.Minute)
	must(t, a.UnlockK(t.Context(), first.k))
	another, err := wire.NewChainKey(make([]byte, 32))
	must(t, err)
	forged, err := wire.ChainHead{Log: 1, N: 1 << 40, Hash: make([]byte, 32), At: w.clock()}.Sign(another)
	must(t, err)
	for name, change := range map[string]func(*wire.LogPage){
		"a head of nonsense": func(p *wire.LogPage) { p.Head = "AAAA" },
		"a head no base64":   func(p *wire.LogPage) { p.Head = "\x00" },
		"another's head": func(p *wire.LogPage) {
			p.Head, p.Key = base64.RawURLEncoding.EncodeToString(forged), another.Verifier()
		},
		"a line of other text": func(p *wire.LogPage) { p.Lines[0].What += "x" },
		"a line of other time": func(p *wire.LogPage) { p.Lines[0].At = p.Lines[0].At.Add(time.Millisecond) },
		"a line left out":      func(p *wire.LogPage) { p.Lines = p.Lines[1:] },
		"the last left out":    func(p *wire.LogPage) { p.Lines = p.Lines[:len(p.Lines)-1] },
		"a line twice":         func(p *wire.LogPage) { p.Lines = append(p.Lines[:1:1], p.Lines...) },
		"a digest of nonsense": func(p *wire.LogPage) { p.Lines[0].Digest = "=" },
	} {
		w.lie(nil, told(t, change))
		_, err := a.Sync(t.Context(), nil)
		if codeOf(err) != fault.LogAltered {
			t.Errorf("%s: %v", name, err)
		}
		_, err = a.CashOut(t.Context(), someQuote(), 0)
		if codeOf(err) != fault.LogAltered {
			t.Errorf("%s: a cash-out was begun: %v", name, err)
		}
	}
	if n := w.seen("POST /v1/cashouts"); n != 1 {
		t.Errorf("%d cash-outs were asked for", n)
	}
	w.lie(nil, nil)
	_, err = a.Sync(t.Context(), nil)
	must(t, err)
	begun(t, a, 3000)
}

// A platform whose clock stands still is looked at all the same: the hour is
// not its own to measure.
func TestLogIsLookedAtWhenThePlatformHoldsItsClock(t *testing.T) {
	t.Parallel()
	w, _, a := sawLog(t)
	_, err := a.Sync(t.Context(), nil)
	must(t, err)
	w.lie(nil, told(t, func(p *wire.LogPage) { p.Head = "AAAA" }))
	_, err = a.Sync(t.Context(), nil)
	must(t, err) // within the hour
	w.mu.Lock()
	w.skew += time.Hour // here an hour goes by, there none
	w.mu.Unlock()
	if _, err = a.Sync(t.Context(), nil); codeOf(err) != fault.LogAltered {
		t.Errorf("its log was not looked at: %v", err)
	}
}

// What was signed once is no news: books as they were before went back.
func TestLogWentBack(t *testing.T) {
	t.Parallel()
	w, s, a := sawLog(t)
	var old string
	w.lie(nil, told(t, func(p *wire.LogPage) { old = p.Head }))
	_, err := a.Sync(t.Context(), nil)
	must(t, err)
	w.lie(nil, nil)
	made := begun(t, a, 3000)
	_, err = a.Cancel(t.Context(), made.ID)
	must(t, err)
	w.pass(time.Hour + time.Minute)
	_, err = a.Sync(t.Context(), nil)
	must(t, err)
	w.pass(time.Hour + time.Minute)

	w.lie(nil, told(t, func(p *wire.LogPage) { p.Head, p.Lines = old, nil }))
	_, err = a.Sync(t.Context(), nil)
	if codeOf(err) != fault.LogAltered {
		t.Errorf("a platform that went back: %v", err)
	}
	must(t, a.Close())
	b, err := client.Open(t.Context(), s)
	must(t, err)
	defer b.Close()
	must(t, b.UnlockK(t.Context(), first.k))
	if _, err = b.CashOut(t.Context(), someQuote(), 0); codeOf(err) != fault.LogAltered {
		t.Errorf("after a restart: %v", err)
	}
	if acts, err := b.Acts(t.Context(), ""); err != nil || len(acts.Acts) == 0 {
		t.Errorf("looking must go on: %v %v", acts, err)
	}
	if n := w.acts()[act.Waiting]; n != 0 {
		t.Errorf("%d acts wait", n)
	}
}
