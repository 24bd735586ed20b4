package client

import (
	"net/http"
	"sync"
	"time"

	"jandon/internal/act"
	"jandon/internal/fault"
	"jandon/keystore"
	"jandon/keystore/device"
	"jandon/keystore/dpop"
)

// as is who asks.
type as uint8

const (
	anyone as = iota // without a session
	prover           // by the device's key alone
	reader           // in a session that reads; one is opened if there is none
	actor            // in a session that may act
)

// who is this device to the platform: its key, its sessions and the nonce it
// was given. Tokens are in memory only.
type who struct {
	key     device.Key
	device  string // ids; "" until the enrolment gave them
	account string
	turn    chan struct{} // one reading session is opened at a time

	mu     sync.Mutex
	nonce  string // the newest that the platform gave
	passes map[act.Scope]*pass
	ended  func() // called when the session that may act is over
}

// pass is an open session with its token.
type pass struct {
	token keystore.Secret
	act.Session
	used time.Time // by the platform's clock
}

func newWho(key device.Key, device, account string) *who {
	return &who{
		key: key, device: device, account: account, turn: make(chan struct{}, 1),
		passes: map[act.Scope]*pass{}, ended: func() {},
	}
}

// open is the session of a scope, nil if there is none or its time is over.
func (w *who) open(scope act.Scope, now time.Time) *pass {
	w.mu.Lock()
	p := w.passes[scope]
	w.mu.Unlock()
	if p == nil || now.Before(p.Expires) && now.Sub(p.used) < p.Idle {
		return p
	}
	w.drop(p)
	return nil
}

func (w *who) keep(p *pass) {
	w.mu.Lock()
	old := w.passes[p.Scope]
	w.passes[p.Scope] = p
	w.mu.Unlock()
	if old != nil {
		old.token.Wipe()
	}
}

// take takes the session of a scope out of use; nil if there is none.
func (w *who) take(scope act.Scope) *pass {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := w.passes[scope]
	delete(w.passes, scope)
	return p
}

// drop forgets a session that is over, unless a newer one took its place.
func (w *who) drop(p *pass) {
	w.mu.Lock()
	current := w.passes[p.Scope] == p
	if current {
		delete(w.passes, p.Scope)
	}
	w.mu.Unlock()
	p.token.Wipe()
	if current && p.Scope == act.ScopeAct {
		w.ended()
	}
}

// touch notes that a session was used; a platform counts its idle time anew.
func (w *who) touch(p *pass, now time.Time) {
	if p == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	p.used = now
}

// newest is the nonce for the next proof that needs one.
func (w *who) newest() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.nonce
}

// given keeps the nonce that came with an answer (RFC 9449, section 8.2).
func (w *who) given(h http.Header) {
	const most = 200
	if n := h.Get("DPoP-Nonce"); n != "" && len(n) <= most {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.nonce = n
	}
}

// sign adds the proof of a request, and the token of its session.
func (w *who) sign(req *http.Request, p *pass, fresh bool, now time.Time) error {
	about := dpop.Request{Method: req.Method, URL: req.URL.String()}
	if fresh {
		about.Nonce = w.newest()
	}
	if p != nil {
		about.Token = p.token
		p.token.Expose(func(token []byte) { req.Header.Set("Authorization", "DPoP "+string(token)) })
	}
	proof, err := dpop.Prove(w.key, about, now)
	if err != nil {
		return fault.From(err)
	}
	req.Header.Set("DPoP", proof)
	return nil
}
