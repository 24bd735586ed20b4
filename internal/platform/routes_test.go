package platform_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"jandon/internal/platform"
	"jandon/internal/wire"
)

// The platform and the contract know the same parameters, and open the same doors.
func TestRoutesAreThoseOfTheContract(t *testing.T) {
	t.Parallel()
	doc, err := openapi3.NewLoader().LoadFromData(wire.Contract)
	must(t, err)
	known, open, keys := platform.Routes()
	routes, bodies := make(map[string]bool), platform.Bodies()
	for path, item := range doc.Paths.Map() {
		for method, operation := range item.Operations() {
			route := method + " " + path
			routes[route] = true
			var names []string
			key := false
			for _, p := range operation.Parameters {
				if p.Value.In == "query" {
					names = append(names, p.Value.Name)
				}
				key = key || p.Value.In == "header" && p.Value.Name == "Idempotency-Key"
			}
			slices.Sort(names)
			if !slices.Equal(names, known[route]) {
				t.Errorf("%s: the contract has %v, the platform %v", route, names, known[route])
			}
			if key != keys[route] {
				t.Errorf("%s: wants a key in the contract %v, in the platform %v", route, key, keys[route])
			}
			if want := members(operation); !maps.Equal(want, bodies[route]) {
				t.Errorf("%s: takes %v in the contract, %v in the platform", route, want, bodies[route])
			}
			if want := door(operation.Security); want != open[route] {
				t.Errorf("%s: opens by %q in the contract, by %q in the platform", route, want, open[route])
			}
		}
	}
	for _, names := range []map[string]bool{keysOf(known), keysOf(open), keysOf(bodies), keys} {
		for route := range names {
			if !routes[route] {
				t.Errorf("not in the contract: %s", route)
			}
		}
	}
}

// members are those of a body, and whether they may be absent; nil without a body.
func members(o *openapi3.Operation) map[string]bool {
	if o.RequestBody == nil {
		return nil
	}
	schema := o.RequestBody.Value.Content["application/json"].Schema.Value
	list := make(map[string]bool)
	for name := range schema.Properties {
		list[name] = !slices.Contains(schema.Required, name)
	}
	return list
}

// door is how the contract lets requests in: "" by a token.
func door(security *openapi3.SecurityRequirements) string {
	switch {
	case security == nil:
		return ""
	case len(*security) == 0:
		return "nobody"
	}
	for scheme := range (*security)[0] {
		return scheme
	}
	return ""
}

func keysOf[V any](m map[string]V) map[string]bool {
	keys := make(map[string]bool, len(m))
	for k := range m {
		keys[k] = true
	}
	return keys
}

// Who dials and says nothing, or half a thing, is not waited for.
func TestSilenceEnds(t *testing.T) {
	t.Parallel()
	for name, said := range map[string]string{
		"nothing":     "",
		"half a head": "GET /healthz HTTP/1.1\r\nHost: x\r\n",
		"no body":     "GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{",
	} {
		synctest.Test(t, func(t *testing.T) {
			p, err := platform.Open(t.Context(), platform.Options{Path: platform.Memory, Now: time.Now})
			must(t, err)
			c, err := p.Dial(t.Context(), "", "")
			must(t, err)
			began := time.Now()
			_, err = io.WriteString(c, said)
			must(t, err)
			_, _ = io.Copy(io.Discard, bufio.NewReader(c)) // until the platform hangs up
			if took := time.Since(began); took > time.Minute {
				t.Errorf("%s: held for %v", name, took)
			}
			must(t, c.Close())
			must(t, p.Close())
			synctest.Wait()
		})
	}
}

// Those who leave in the middle do the others no harm.
func TestLeavingDoesNoHarm(t *testing.T) {
	t.Parallel()
	s := newSite(t, platform.Memory)
	for i := range 20 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*200*time.Microsecond)
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://inside/v1/changes?limit=500", nil)
		must(t, err)
		if res, err := s.client.Do(r); err == nil {
			must(t, res.Body.Close())
		} else if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("leaving: %v", err)
		}
		cancel()
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(s.log.String())
		}
	})
	s.walk()
	_, err := s.Check(t.Context())
	must(t, err)
}
