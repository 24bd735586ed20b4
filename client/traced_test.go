package client_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"jandon/client"
	"jandon/internal/fault"
)

// Whatever becomes of a call, its error has the id under which all its tries
// were sent, and every one of them stands under it in the log.
func TestAnErrorWithoutAnAnswerHasTheCallsID(t *testing.T) {
	t.Parallel()
	hang := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	half := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", "100")
		_, _ = w.Write([]byte(`{"version"`))
	}
	named := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Correlation-Id", "of its own")
		problem(w, fault.New(fault.RateLimited))
	}
	tests := []struct {
		name   string
		answer http.HandlerFunc
		code   fault.Code
		tries  int
	}{
		{"disconnected", hang, fault.Unreachable, 4},
		{"cut", half, fault.BadAnswer, 4},
		{"no answer of the contract", plain(200, "text/html", "<p>"), fault.BadAnswer, 1},
		{"of another id", named, fault.RateLimited, 4},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var mu sync.Mutex
			var sent []string
			o := over(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				sent = append(sent, strings.Join(r.Header.Values("Correlation-Id"), ","))
				mu.Unlock()
				test.answer(w, r)
			}))
			var log bytes.Buffer
			o.Log = slog.New(slog.NewTextHandler(&log, nil))
			c := dialled(t, o)
			_, err := c.Status(t.Context())
			e := wantCode(t, err, test.code)
			mu.Lock()
			heard := slices.Clone(sent) // an answer that never came orders nothing
			mu.Unlock()
			if !fault.IsID(e.Correlation) || len(heard) != test.tries {
				t.Fatalf("id %q after %d tries", e.Correlation, len(heard))
			}
			for _, id := range heard {
				if id != e.Correlation {
					t.Errorf("a try was sent under %q, the error has %q", id, e.Correlation)
				}
			}
			for try := range test.tries {
				line := fmt.Sprintf("try=%d code=%s correlation=%s", try+1, test.code, e.Correlation)
				if !strings.Contains(log.String(), line) {
					t.Errorf("the log has no %q:\n%s", line, log.String())
				}
			}
			if differs := strings.Contains(log.String(), `answered_as="of its own"`); differs != (test.name == "of another id") {
				t.Errorf("the log about an answer's own id:\n%s", log.String())
			}
			_, err = c.Status(t.Context())
			if again := fault.From(err); again.Correlation == e.Correlation {
				t.Error("another call has the same id")
			}
		})
	}
}

// All calls of one thing that a person asked for go by its id.
func TestCallsOfOneWishShareItsID(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	sent := map[string]int{}
	s := newSite(90)
	s.set(func(_ http.ResponseWriter, r *http.Request) bool {
		mu.Lock()
		defer mu.Unlock()
		sent[r.Header.Get("Correlation-Id")]++
		return false
	})
	const id = "00000000000000aa"
	ctx := fault.Anew(fault.Tracing(t.Context(), func() string { return id }))
	c := dialled(t, over(t, s))
	_, err := client.NewSyncer(c, memory(t)).Sync(ctx, func(int, int) {})
	must(t, err)
	if len(sent) != 1 || sent[id] < 3 {
		t.Errorf("ids of the requests: %v", sent)
	}
}

// A failure before anything was sent has an id, too.
func TestNobodyThereHasAnID(t *testing.T) {
	t.Parallel()
	o := options("http://127.0.0.1:1")
	_, err := dialled(t, o).Status(t.Context())
	e := wantCode(t, err, fault.Unreachable)
	if !fault.IsID(e.Correlation) {
		t.Errorf("the id %q", e.Correlation)
	}
	if !errors.Is(err, fault.New(fault.Unreachable)) {
		t.Error("it is another error with an id than without")
	}
}
