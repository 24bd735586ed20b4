package platform

import (
	"bytes"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"
)

// Log is what a platform said, readable while it goes on.
type Log struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// Broken is a platform with a clock of its own kind, and its log.
func Broken(t *testing.T, now func() time.Time) (*Platform, *Log) {
	t.Helper()
	log := &Log{}
	p, err := Open(t.Context(), Options{Path: Memory, Now: now, Log: slog.New(slog.NewTextHandler(log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	return p, log
}

// Bodies are the members that each route takes, and whether they may be absent.
func Bodies() map[string]map[string]bool {
	known := make(map[string]map[string]bool, len(bodies))
	for route, members := range bodies {
		known[route] = make(map[string]bool, len(members))
		for name, m := range members {
			known[route][name] = m.optional
		}
	}
	return known
}

// Routes are the query parameters that each route knows, how it knows who asks
// ("nobody", "proof"; absent: by a token), and whether it wants a key.
func Routes() (known map[string][]string, open map[string]string, keys map[string]bool) {
	known = make(map[string][]string, len(parameters))
	for route, checks := range parameters {
		known[route] = slices.Sorted(maps.Keys(checks))
	}
	open = make(map[string]string, len(doors))
	for route, door := range doors {
		open[route] = map[int]string{byNobody: "nobody", byProof: "proof"}[door]
	}
	return known, open, keyed
}

// Exhaust makes somebody wait until a pace's whole burst of that length is back:
// "pipe" is the network of the connections that Dial makes.
func (p *Platform) Exhaust(who string, whole time.Duration) {
	p.trust.paces.mu.Lock()
	defer p.trust.paces.mu.Unlock()
	p.trust.paces.full[who] = p.now().Add(whole).UnixNano()
}

// HandlerAs answers as a connection of DialAs does, for programs that stand between.
func (p *Platform) HandlerAs(handle string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.handler.ServeHTTP(w, r.WithContext(as(r.Context(), handle)))
	})
}
