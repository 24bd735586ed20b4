package faults

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"

	"jandon/internal/fault"
)

// Seams are how a plan works on a handler.
type Seams struct {
	Route func(*http.Request) string                                    // the contract's pattern of a request
	Fail  func(w http.ResponseWriter, r *http.Request, code fault.Code) // answers with a problem
	Met   func(r *http.Request, rule Rule)                              // hears of what befalls a request; nil: nobody does
}

// Wrap has requests meet the plan.
func (p *Plan) Wrap(next http.Handler, s Seams) http.Handler {
	if p == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		met := p.roll(words(s.Route(r)))
		for _, rule := range met {
			if s.Met != nil {
				s.Met(r, rule)
			}
			switch rule.Kind {
			case Latency:
				p.pause(r, rule.Wait, nil)
			case Reorder:
				p.hold(r)
			case Disconnect:
				panic(http.ErrAbortHandler)
			case Error:
				s.Fail(w, r, rule.Code)
				return
			}
		}
		p.carry(met, w, r, next)
		p.release()
	})
}

// carry lets a request through, with what befalls it or its answer.
func (p *Plan) carry(met []Rule, w http.ResponseWriter, r *http.Request, next http.Handler) {
	has := func(k Kind) bool { return slices.ContainsFunc(met, func(r Rule) bool { return r.Kind == k }) }
	if has(Duplicate) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		first := r.Clone(r.Context())
		first.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(&lost{header: http.Header{}}, first)
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	switch {
	case has(Drop):
		next.ServeHTTP(&lost{header: http.Header{}}, r)
		p.release()
		panic(http.ErrAbortHandler)
	case has(Truncate):
		answer := &lost{header: http.Header{}, keep: true}
		next.ServeHTTP(answer, r)
		p.release()
		answer.half(w)
		panic(http.ErrAbortHandler)
	}
	next.ServeHTTP(w, r)
}

// roll says which rules a request meets. Every rule of its place rolls its own
// dice, whatever the others say, so that one more rule changes no other.
func (p *Plan) roll(where []string) (met []Rule) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, r := range p.rules {
		if r.Where != "" && !slices.Contains(where, r.Where) {
			continue
		}
		if p.dice[i].Float64() < r.Chance {
			met = append(met, r)
		}
	}
	return met
}

// hold keeps a request back until another one was carried out. If one is held
// back already, that one is the first to go on, and this one isn't held.
func (p *Plan) hold(r *http.Request) {
	p.mu.Lock()
	if p.held != nil {
		p.mu.Unlock()
		return
	}
	mine := make(chan struct{})
	p.held = mine
	p.mu.Unlock()
	p.pause(r, patience, mine)
	p.mu.Lock()
	if p.held == mine {
		p.held = nil
	}
	p.mu.Unlock()
}

// release lets the request that is held back go on.
func (p *Plan) release() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.held != nil {
		close(p.held)
		p.held = nil
	}
}

// pause waits for a while, until something happened, or until nobody waits any more.
func pause(r *http.Request, d time.Duration, until <-chan struct{}) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-until:
	case <-r.Context().Done():
	}
}

// lost is an answer that nobody sees, or not all of.
type lost struct {
	header http.Header
	status int
	keep   bool
	body   bytes.Buffer
}

func (l *lost) Header() http.Header { return l.header }

func (l *lost) WriteHeader(status int) {
	if l.status == 0 {
		l.status = status
	}
}

func (l *lost) Write(b []byte) (int, error) {
	if l.keep {
		return l.body.Write(b)
	}
	return len(b), nil
}

// half sends the headers with the length of the whole, and half of it.
func (l *lost) half(w http.ResponseWriter) {
	for name, values := range l.header {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Length", strconv.Itoa(l.body.Len()))
	if l.status == 0 {
		l.status = http.StatusOK
	}
	w.WriteHeader(l.status)
	_, _ = w.Write(l.body.Bytes()[:l.body.Len()/2])
	if f, ok := w.(http.Flusher); ok {
		f.Flush()
		return
	}
	_ = http.NewResponseController(w).Flush()
}
