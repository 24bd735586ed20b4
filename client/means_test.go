package client_test

import (
	"net/http"
	"testing"
	"time"

	"jandon/client"
	"jandon/internal/fault"
)

// What was last told of limits is there offline, after a restart too, with its
// age; a platform that refuses is no reason to believe what it said before.
func TestLimitsAreKnownOffline(t *testing.T) {
	t.Parallel()
	w, s, a := device(t)
	l, err := a.Limits(t.Context())
	must(t, err)
	must(t, a.Close())
	s.Limits = client.Limits{Tries: 1}
	online, dial := false, s.Dial
	s.Dial = gate(&online, dial)
	a, err = client.Open(t.Context(), s)
	must(t, err)
	defer a.Close()
	w.pass(3 * time.Hour)
	for _, ask := range []func() (time.Time, string, error){
		func() (time.Time, string, error) { l, err := a.Limits(t.Context()); return l.At, l.Version, err },
		func() (time.Time, string, error) { l, err := a.Means(t.Context()); return l.At, l.Version, err },
	} {
		at, version, err := ask()
		wantCode(t, err, fault.Unreachable)
		if !at.Equal(l.At) || version != l.Version {
			t.Errorf("offline they are of %v (%q), told at %v (%q)", at, version, l.At, l.Version)
		}
	}
	online = true
	w.lie(func(to http.ResponseWriter, _ *http.Request) bool {
		problem(to, fault.New(fault.DeviceRevoked))
		return true
	}, nil)
	refused, err := a.Limits(t.Context())
	wantCode(t, err, fault.DeviceRevoked)
	if !refused.At.IsZero() {
		t.Errorf("refused, it tells limits of %v", refused.At)
	}
}
